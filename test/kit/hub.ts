import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { pino } from 'pino';
import { DemoKeys } from '../../src/auth/demo-keys.ts';
import { hubPool } from '../../src/db/open.ts';
import { assembleHub, type Hub, type HubOptions } from '../../src/server/hub.ts';
import { openDoor, type Door } from '../../src/server/http.ts';
import { TestClock } from './clock.ts';
import { templateDatabase, urlsOf } from './cluster.ts';

export const testKeys = new DemoKeys(Buffer.from('passerelle test keys'));

/** A hub of its own for one test file: a cloned database, real HTTP and WebSocket doors, a clock that can be moved. */
export class TestHub {
  private constructor(
    readonly hub: Hub,
    readonly door: Door,
    readonly clock: TestClock,
    readonly url: string,
    readonly database: string,
  ) {}

  static async open(options: Partial<HubOptions> = {}, template = templateDatabase): Promise<TestHub> {
    const database = await cloneTemplate(template);
    const clock = new TestClock();
    // each makes every plan anew: enough for some at once; who races more of them gives the pool more
    const pool = hubPool(urlsOf(database).hub, { max: 4 });
    const log = pino({ level: process.env.TEST_LOG ?? 'silent' });
    const hub = await assembleHub({ pool, clock, issuers: [testKeys.issuer], log, ...options });
    const door = await openDoor(hub);
    const url = await door.app.listen({ port: 0, host: '127.0.0.1' });
    return new TestHub(hub, door, clock, url, database);
  }

  /** How many subscriptions it carries. */
  get listening(): number {
    return this.door.listening();
  }

  async close(): Promise<void> {
    await this.door.close();
    await this.hub.feed.stop();
    await this.hub.db.pool.end();
    await withAdmin((admin) =>
      admin.query(`drop database ${pg.escapeIdentifier(this.database)} with (force)`),
    );
  }
}

/** Files of one process count each for themselves: what one that failed left behind is not the next one’s. */
const run = randomBytes(4).toString('hex');
let made = 0;

export async function cloneTemplate(template = templateDatabase): Promise<string> {
  const database = `test_${process.env.JEST_WORKER_ID}_${run}_${made++}`;
  await withAdmin((admin) =>
    admin.query(`create database ${database} template ${template} strategy file_copy owner passerelle_owner`),
  );
  return database;
}

export async function withAdmin<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: urlsOf('postgres').admin });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
