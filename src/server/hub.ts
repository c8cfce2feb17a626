import type pg from 'pg';
import type { Logger } from 'pino';
import type { Issuer } from '../auth/tokens.ts';
import { Login } from '../auth/login.ts';
import { Database } from '../db/database.ts';
import { EventFeed } from '../events/feed.ts';
import type { Services } from '../graphql/context.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Office } from '../notices/office.ts';
import { KeyUses } from '../partners/key-uses.ts';
import type { Reach } from '../webhooks/endpoint.rules.ts';
import { Entrance } from './entrance.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { Metrics } from './metrics.ts';
import { reactions } from './reactions.ts';

export interface HubOptions {
  pool: pg.Pool;
  /** Where notices are heard, if not on the pool itself. */
  listener?: pg.Pool;
  clock: Clock;
  issuers: readonly Issuer[];
  log: Logger;
  limits?: Partial<Limits>;
  /** Whether the schema may be read without a token. */
  schemaIsPublic?: boolean;
  /** Whom to tell of a weakness; nobody is named if not said. */
  securityContact?: string | undefined;
  /** Whether health data are kept; off unless the operator names a certified host. */
  health?: boolean;
  /** Whether the council's members who see everybody must state a purpose outside their portfolio. */
  purposeRequired?: boolean;
  /** Where endpoints of webhooks may be; on the internet if not said. */
  reach?: Reach;
  /** How it sends mail; it sends none if not said. */
  office?: Office | null;
  /** What opens `/metrics`; there is no such page if not said. */
  metricsToken?: string | undefined;
  /** How many proxies stand in front, each adding the address it was asked from to `X-Forwarded-For`. */
  proxies?: number;
  /** Whether queries are answered by compiled plans; on if not said. */
  fastPath?: boolean;
}

/** What one process of the hub is made of, before it opens any door. */
export interface Hub extends Omit<Services, 'webhooks'> {
  /** Where endpoints of webhooks may be. */
  reach: Reach;
  health: boolean;
  login: Login;
  keyUses: KeyUses;
  entrance: Entrance;
  log: Logger;
  limits: Limits;
  schemaIsPublic: boolean;
  securityContact: string | undefined;
  office: Office | null;
  /** What this process counts of itself. */
  metrics: Metrics;
  metricsToken: string | undefined;
  fastPath: boolean;
}

export async function assembleHub(options: HubOptions): Promise<Hub> {
  const { pool, clock, issuers, log, securityContact, metricsToken } = options;
  const {
    schemaIsPublic = false,
    health = false,
    proxies = 0,
    purposeRequired = false,
    office = null,
    reach = 'PUBLIC',
    fastPath = true,
  } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const db = new Database({ pool, clock, reactions: reactions() });
  const feed = new EventFeed(db, log, options.listener);
  db.onCommit = feed.committed;
  await feed.start();
  const keyUses = new KeyUses(db);
  const believedFor = limits.socketBelievedFor;
  const login = new Login({ pool, issuers, health, clock, believedFor, used: keyUses.used });
  const entrance = new Entrance(login, limits.failuresPerMinute, proxies);
  const services = { db, feed, purposeRequired };
  return {
    ...services,
    reach,
    health,
    login,
    keyUses,
    entrance,
    log,
    limits,
    schemaIsPublic,
    securityContact,
    office,
    metrics: new Metrics(),
    metricsToken,
    fastPath,
  };
}
