import pg from 'pg';
import { migrations } from '../../migrations/all.ts';

/** Held by whoever migrates; a backup holds it shared while it begins. */
export const migrationLock = 7_201_988; // any constant of ours: two hubs starting together migrate one after the other

/** Brings the schema up to date as the owner, or only so far. Answers the names of the migrations that ran. */
export async function migrate(ownerUrl: string, upTo?: readonly string[]): Promise<string[]> {
  const guard = new pg.Client({ connectionString: ownerUrl });
  await guard.connect();
  try {
    // held by this session until it ends: TypeORM itself takes no lock
    await guard.query('select pg_advisory_lock($1)', [migrationLock]);
    return (await areAllRun(guard, upTo)) ? [] : await run(ownerUrl, upTo);
  } finally {
    await guard.end();
  }
}

/** TypeORM is not even loaded where it has nothing to do, at each start but the first. */
async function areAllRun(owner: pg.Client, upTo?: readonly string[]): Promise<boolean> {
  const { rows } = await owner.query<{ made: boolean }>(
    `select to_regclass('migrations') is not null as made`,
  );
  if (!rows[0]!.made) return false;
  const run = new Set(
    (await owner.query<{ name: string }>('select name from migrations')).rows.map(({ name }) => name),
  );
  return migrations.every((each) => run.has(nameOf(each)) || (upTo && !upTo.includes(nameOf(each))));
}

async function run(ownerUrl: string, upTo?: readonly string[]): Promise<string[]> {
  const { dataSource } = await import('./data-source.ts');
  const source = dataSource(ownerUrl, [], upTo);
  try {
    await source.initialize();
    return (await source.runMigrations()).map(({ name }) => name);
  } finally {
    if (source.isInitialized) await source.destroy();
  }
}

/** Whether the database has the migrations this code knows, all of them and no other, in whatever order they came. */
export async function isCurrent(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ name: string }>('select name from migrations');
  const known = new Set(migrations.map(nameOf));
  return rows.length === known.size && rows.every(({ name }) => known.has(name));
}

function nameOf(migration: (typeof migrations)[number]): string {
  return new migration().name;
}
