import pg from 'pg';
import type { Logger } from 'pino';

/** Held by every hub for as long as it runs, shared with the others; alone by whoever replaces its data as a whole. */
const runningLock = 7_201_989; // any constant of ours
const triedAgainAfter = 1000;

export class HubRuns extends Error {
  constructor() {
    super('A hub runs on this database: stop it first, and every other process of it.');
  }
}

/** Says that a hub runs here, until it is told to stop; waits for whoever replaces the data meanwhile. */
export async function sayRunning(ownerUrl: string, log: Logger): Promise<() => Promise<void>> {
  let stopped = false;
  const lost = (err: Error) => log.debug({ err }, 'the sign that a hub runs was lost');
  let held = await hold(ownerUrl, lost);
  // PostgreSQL was away, and forgot: it is said again as soon as it is back
  const keep = (client: pg.Client) => client.once('end', () => void again());
  const again = async () => {
    while (!stopped)
      try {
        held = await hold(ownerUrl, lost);
        return stopped ? await held.end() : keep(held);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, triedAgainAfter).unref());
      }
  };
  keep(held);
  return async () => {
    stopped = true;
    await held.end();
  };
}

async function hold(ownerUrl: string, lost: (err: Error) => void): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', lost); // from the beginning: one that is lost unheard ends the process
  await client.connect();
  try {
    await client.query('set statement_timeout = 0; set idle_session_timeout = 0');
    await client.query('select pg_advisory_lock_shared($1)', [runningLock]);
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}

/** Does this while no hub runs here; one that starts meanwhile waits until it is done. */
export async function whileNoHubRuns<T>(ownerUrl: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const taken = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [
      runningLock,
    ]);
    if (!taken.rows[0]!.alone) throw new HubRuns();
    return await work();
  } finally {
    await client.end();
  }
}
