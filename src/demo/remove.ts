import pg from 'pg';
import type { DemoKeys } from '../auth/demo-keys.ts';
import type { Database } from '../db/database.ts';
import { whileNoHubRuns } from '../db/running.ts';
import { rowsOf } from './demo.ts';

/** What stays: the schema's history, the territory, the rules of outcomes, the journal's own row, and the line that says that the demo is gone. */
const kept = ['migrations', 'commune', 'epci', 'outcome_rule', 'outcome_rule_set', 'journal', 'demo_load'];

export class NotRemoved extends Error {}

/**
 * Empties a hub in which only the demo was ever tried, and notes that it is gone: no later start loads it again. What was
 * tried by its partners goes with it; one partner of one's own, and nothing is removed, since a right, a referral or a line
 * of the access log may by then tie real people to invented ones. False when it was removed before.
 */
export function removeDemo(ownerUrl: string, db: Database, keys: DemoKeys): Promise<boolean> {
  return whileNoHubRuns(ownerUrl, () => remove(ownerUrl, db, keys));
}

async function remove(ownerUrl: string, db: Database, keys: DemoKeys): Promise<boolean> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ asOf: Date; removed: boolean }>(
      `select loaded_as_of as "asOf", removed_at is not null as removed from demo_load`,
    );
    if (!rows[0]) throw new NotRemoved('There is no demo in this hub.');
    if (rows[0].removed) return false;
    const { organisation } = await rowsOf(db, rows[0].asOf.toISOString(), keys);
    await empty(
      owner,
      (organisation as { id: string }[]).map(({ id }) => id),
    );
    return true;
  } finally {
    await owner.end();
  }
}

async function empty(owner: pg.Client, invented: readonly string[]): Promise<void> {
  const { rows } = await owner.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> all($1)`,
    [kept],
  );
  await owner.query('begin');
  // nobody registers a partner between the look and the end
  await owner.query('lock table organisation in access exclusive mode');
  const { rows: real } = await owner.query<{ name: string }>(
    'select name from organisation where id <> all($1) order by created_at',
    [invented],
  );
  if (real[0])
    throw new NotRemoved(
      `${real.length} partners are not of the demo (${real[0].name}): start with an empty database instead.`,
    );
  await owner.query(`truncate ${rows.map(({ name }) => name).join(', ')} restart identity`);
  await owner.query(`update demo_load set removed_at = now();
    update journal set epoch = gen_random_uuid()::text, floor_tx = '0', floor_pos = 0`);
  await owner.query('commit; analyze');
}
