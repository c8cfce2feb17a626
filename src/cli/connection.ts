import { pino } from 'pino';
import { serializers } from '../config/log.ts';
import { readSettings } from '../config/settings.ts';
import { Database } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { systemClock } from '../kernel/clock.ts';
import { reactions } from '../server/reactions.ts';
import { boundPool, openStorage } from '../server/storage.ts';
import { Stops } from '../server/stops.ts';
import { loadTerritory } from '../territory/territory.load.ts';

/** The hub's database for a command: that of a hub that runs, or the same one started for as long as the command works. */
export async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const settings = readSettings();
  const log = pino(
    { level: settings.LOG_LEVEL === 'info' ? 'warn' : settings.LOG_LEVEL, serializers },
    pino.destination(2),
  );
  const stops = new Stops(log);
  try {
    const storage = await openStorage(settings, stops, log);
    await migrate(storage.owner);
    await loadTerritory(storage.owner);
    const pool = await boundPool(storage, 2);
    stops.add('the pool', () => pool.end());
    return await work(new Database({ pool, clock: systemClock, reactions: reactions() }));
  } finally {
    await stops.run();
  }
}
