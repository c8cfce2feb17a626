import type { Database } from '../db/database.ts';
import type { Reader } from '../db/reader.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { Loaders } from './loaders.ts';

export type Locale = 'fr' | 'en';

/** What one operation carries. Slices above add what they own by declaration (see events/feed.ts). */
export interface Context {
  readonly db: Database;
  readonly viewer: Viewer;
  reader: Reader;
  readonly locale: Locale;
  readonly requestId: string;
  loaders: Loaders;
}

type Asked = Pick<Context, 'viewer' | 'locale' | 'requestId'>;
/** What the process offers every operation: the database, and what slices above declared. */
export type Services = Omit<Context, keyof Asked | 'reader' | 'loaders'>;

export function contextOf(services: Services, asked: Asked): Context {
  const reader = services.db.as(asked.viewer);
  return { ...services, ...asked, reader, loaders: new Loaders(reader) };
}

/** The same viewer seen afresh, at the time it now is: after a write, and for each event of a subscription. */
export function renew(ctx: Context, patience = 0): void {
  ctx.reader = ctx.db.as(ctx.viewer, patience);
  ctx.loaders = new Loaders(ctx.reader);
}
