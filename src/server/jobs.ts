import { Logger, parseCronItems, run, type CronItem, type Task } from 'graphile-worker';
import type { Logger as Pino } from 'pino';
import sql from 'sql-template-tag';
import type { Database } from '../db/database.ts';
import { addDays } from '../kernel/clock.ts';
import { hubViewer } from '../kernel/viewer.ts';
import type { Metrics } from './metrics.ts';

/** What the hub does by itself when time has come, by name; one of N processes does it, whichever is first. */
export type Sweeps = Readonly<Record<string, Sweep>>;
/** One thing whose time cannot come (its fault is told) does not keep the others from theirs. */
export type Sweep = (db: Database, onFault: (error: unknown, subject: string) => void) => Promise<unknown>;

/** What is done each minute, and what each night. */
export interface Work {
  minutely: Sweeps;
  nightly: Sweeps;
}

/** What the work is done with. */
export interface Clockwork {
  db: Database;
  log: Pino;
  metrics: Pick<Metrics, 'swept'>;
}

const schema = 'jobs';
const daysRemembered = 7;
const purgedAtOnce = 5_000;

const everyMinute: Partial<CronItem> = { match: '* * * * *' };
const everyNight: Partial<CronItem> = { match: '17 3 * * *' };
// a sweep looks for all that is due: a missed minute needs no second run, and a failed one has its next
const options = { backfillPeriod: 0, maxAttempts: 1 };

/**
 * The clockwork, over the owner's login and in a schema of its own. What is due stands in columns of the tables;
 * a job carries nothing, so that losing one loses nothing.
 */
export async function startJobs(hub: Clockwork, ownerUrl: string, { minutely, nightly }: Work) {
  const { log } = hub;
  const runner = await run({
    connectionString: ownerUrl,
    maxPoolSize: 3,
    schema,
    concurrency: 2,
    pollInterval: 10_000,
    noHandleSignals: true,
    logger: quiet(log),
    taskList: {
      sweep: doing(hub, minutely),
      purge: doing(hub, { commands: forgetCommands, ...nightly }),
    },
    parsedCronItems: parseCronItems([
      { task: 'sweep', ...everyMinute, options } as CronItem,
      { task: 'purge', ...everyNight, options } as CronItem,
    ]),
  });
  runner.promise.catch((err: unknown) => log.error({ err }, 'the jobs ended'));
  return () => runner.stop();
}

function doing({ db, log, metrics }: Clockwork, sweeps: Sweeps): Task {
  return async () => {
    for (const [name, sweep] of Object.entries(sweeps)) {
      const onFault = (err: unknown, subject: string) =>
        log.error({ err, subject }, `${name}: left for later`);
      // a file of tombstones that cannot be written must not keep the access log from being sealed
      await sweep(db, onFault).then(
        (moved) => {
          metrics.swept(name, new Date());
          log.info({ sweep: name, moved }, 'swept');
        },
        (error: unknown) => onFault(error, 'all of it'),
      );
    }
  };
}

/** Idempotency keys are kept seven days; forgotten in short transactions, however many there are. */
export async function forgetCommands(db: Database): Promise<number> {
  for (let forgotten = 0; ;) {
    const gone = await db.write(hubViewer('purge'), (tx) =>
      tx.change(sql`delete from command where (client, key) in (
        select client, key from command where at < ${addDays(tx.now, -daysRemembered)} limit ${purgedAtOnce})`),
    );
    forgotten += gone;
    if (gone < purgedAtOnce) return forgotten;
  }
}

/** The library speaks of every step, and shows whole connections: the operator wants to hear what failed. */
function quiet(log: Pino): Logger {
  return new Logger(() => (level, message) => log[level === 'error' ? 'warn' : 'debug'](`jobs: ${message}`));
}
