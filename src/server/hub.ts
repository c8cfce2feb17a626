import type pg from 'pg';
import type { Logger } from 'pino';
import type { Issuer } from '../auth/tokens.ts';
import { Login } from '../auth/login.ts';
import { Database } from '../db/database.ts';
import { EventFeed } from '../events/feed.ts';
import type { Services } from '../graphql/context.ts';
import type { Clock } from '../kernel/clock.ts';
import { reactions } from './reactions.ts';

export interface HubOptions {
  pool: pg.Pool;
  clock: Clock;
  issuers: readonly Issuer[];
  log: Logger;
}

/** What one process of the hub is made of, before it opens any door. */
export interface Hub extends Services {
  login: Login;
  log: Logger;
}

export async function assembleHub({ pool, clock, issuers, log }: HubOptions): Promise<Hub> {
  const db = new Database({ pool, clock, reactions: reactions() });
  const feed = new EventFeed(pool, log);
  db.onCommit = feed.committed;
  await feed.start();
  return { db, feed, login: new Login(pool, issuers), log };
}
