import pg from 'pg';
import { migrations } from '../../migrations/all.ts';
import { dataSource } from './data-source.ts';

/** Held by whoever migrates; a backup holds it shared while it begins. */
export const migrationLock = 7_201_988; // any constant of ours: two hubs starting together migrate one after the other

/** Brings the schema up to date as the owner, or only so far. Answers the names of the migrations that ran. */
export async function migrate(ownerUrl: string, upTo?: readonly string[]): Promise<string[]> {
  const guard = new pg.Client({ connectionString: ownerUrl });
  await guard.connect();
  const source = dataSource(ownerUrl, [], upTo);
  try {
    // held by this session until it ends: TypeORM itself takes no lock
    await guard.query('select pg_advisory_lock($1)', [migrationLock]);
    await source.initialize();
    return (await source.runMigrations()).map((migration) => migration.name);
  } finally {
    if (source.isInitialized) await source.destroy();
    await guard.end();
  }
}

/** Whether the database has the migrations this code knows, all of them and no other, in whatever order they came. */
export async function isCurrent(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ name: string }>('select name from migrations');
  const known = new Set(migrations.map((migration) => new migration().name));
  return rows.length === known.size && rows.every(({ name }) => known.has(name));
}
