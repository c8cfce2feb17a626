import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from 'pino';
import type { Locale } from '../graphql/context.ts';

/** What an error needs to know of its request: the reader's language, and the id that finds it in the log. */
export interface Asked {
  locale: Locale;
  requestId: string;
  log: Logger;
}

/** Apollo formats errors without saying of which request: it is remembered here while one is answered. */
export const asking = new AsyncLocalStorage<Asked>();
