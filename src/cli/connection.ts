import { type Logger, pino } from 'pino';
import { serializers } from '../config/log.ts';
import { keptSecret } from '../config/secret.ts';
import { readSettings, type Settings } from '../config/settings.ts';
import { Database } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { systemClock } from '../kernel/clock.ts';
import { reactions } from '../server/reactions.ts';
import { boundPool, openStorage, type Storage } from '../server/storage.ts';
import { Stops } from '../server/stops.ts';
import { loadTerritory } from '../territory/territory.load.ts';

/** Where the data is, for as long as a command works: that of a hub that runs, or the same PostgreSQL started. */
export async function withStorage<T>(work: (storage: Storage, settings: Settings) => Promise<T>): Promise<T> {
  const settings = readSettings();
  const log = quietLog(settings);
  const stops = new Stops(log);
  try {
    return await work(await openStorage(settings, stops, log), settings);
  } finally {
    await stops.run();
  }
}

/** The hub's database for a command, its tables brought up to date. */
export async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  return withStorage((storage) => databaseOf(storage, work));
}

export async function databaseOf<T>(storage: Storage, work: (db: Database) => Promise<T>): Promise<T> {
  await migrate(storage.owner);
  await loadTerritory(storage.owner);
  const pool = await boundPool(storage, 2);
  try {
    return await work(new Database({ pool, clock: systemClock, reactions: reactions() }));
  } finally {
    await pool.end();
  }
}

/** In the wrong folder there would be an empty hub, and nothing to find in it: that is no good news. */
export function settingsOfHub(missing: string): Settings {
  const settings = readSettings();
  const named = settings.DATABASE_URL ?? settings.DATABASE_DIRECT_URL;
  if (named || keptSecret(settings.DATA_DIR, 'database-secret')) return settings;
  throw new Error(`Nothing was started in ${settings.DATA_DIR} yet: ${missing}.`);
}

function quietLog({ LOG_LEVEL }: Settings): Logger {
  return pino({ level: LOG_LEVEL === 'info' ? 'warn' : LOG_LEVEL, serializers }, pino.destination(2));
}
