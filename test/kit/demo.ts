import pg from 'pg';
import { Database } from '../../src/db/database.ts';
import { hubPool } from '../../src/db/open.ts';
import { loadDemo } from '../../src/demo/demo.ts';
import { TestClock } from './clock.ts';
import { demoDatabase, madeBy, templateDatabase, urlsOf } from './cluster.ts';
import { testKeys, withAdmin } from './hub.ts';

const oneMaker = 7_201_989; // advisory lock: the first test file that asks makes it, the others wait

/** The demo is loaded once for all runs on the same code, and only if a test asks: the name of the database to clone. */
export async function demoTemplate(): Promise<string> {
  await withAdmin(async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [oneMaker]);
    const made = await admin.query('select from pg_database where datname = $1', [demoDatabase]);
    if (made.rowCount) return;
    const unfinished = `${demoDatabase}_unfinished`;
    await admin.query(`drop database if exists ${unfinished}`);
    await admin.query(
      `create database ${unfinished} template ${templateDatabase} strategy file_copy owner passerelle_owner`,
    );
    await fill(unfinished);
    // what it was made of: kept for the next run if that is still the same
    await admin.query(`comment on database ${unfinished} is ${pg.escapeLiteral(madeBy())}`);
    await admin.query(`alter database ${unfinished} rename to ${demoDatabase}`);
  });
  return demoDatabase;
}

async function fill(database: string): Promise<void> {
  const pool = hubPool(urlsOf(database).hub, { max: 2 });
  await loadDemo(new Database({ pool, clock: new TestClock() }), testKeys);
  await pool.end();
  const owner = new pg.Client({ connectionString: urlsOf(database).owner });
  await owner.connect();
  await owner.query('analyze').finally(() => owner.end());
}
