import type { Database } from '../db/database.ts';
import { Disclosures, noting } from '../db/disclosures.ts';
import type { Reader } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
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
  /** The purpose stated with the request, a code; null when none was. */
  readonly purpose: string | null;
  loaders: Loaders;
  /** What the answer opens of whom: written before it leaves (docs/adr/0008). */
  readonly disclosures: Disclosures;
  /** Asked of a mutation when all of it is done and nothing committed: whether its answer may leave (server/owing.ts). */
  beforeCommit?: (tx: Transaction) => Promise<void>;
  /** Whom the answer of a mutation tells of without a purpose being stated. */
  readonly excused: Set<string>;
}

type Asked = Pick<Context, 'viewer' | 'locale' | 'requestId' | 'purpose'>;
/** What the process offers every operation: the database, and what slices above declared. */
export type Services = Omit<
  Context,
  keyof Asked | 'reader' | 'loaders' | 'disclosures' | 'excused' | 'beforeCommit'
>;

export function contextOf(services: Services, asked: Asked): Context {
  const disclosures = new Disclosures();
  const reader = noting(services.db.as(asked.viewer), disclosures);
  return { ...services, ...asked, disclosures, reader, loaders: new Loaders(reader), excused: new Set() };
}

/** The same viewer seen afresh, at the time it now is: after a write, and for each event of a subscription. */
export function renew(ctx: Context, patience = 0): void {
  ctx.reader = noting(ctx.db.as(ctx.viewer, patience), ctx.disclosures);
  ctx.loaders = new Loaders(ctx.reader);
}
