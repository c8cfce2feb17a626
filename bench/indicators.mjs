/**
 * What the two indicators cost at the size of a département over five years: asked by month and EPCI, of one year and of all
 * five, as anybody's question goes; and how long a correction takes until it is counted. Each answer is compared with one
 * worked out from the facts. `npm run bench -- indicators [share of a département = 1] [file.json]`.
 */
import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import pg from 'pg';
import sql from 'sql-template-tag';
import { Database } from '../dist/src/db/database.js';
import { hubPool } from '../dist/src/db/open.js';
import { count } from '../dist/src/indicators/count.store.js';
import { factsOf } from '../dist/src/indicators/fact.store.js';
import { recount } from '../dist/src/indicators/figure.store.js';
import { recountAll } from '../dist/src/indicators/figure.sweep.js';
import { hubViewer } from '../dist/src/kernel/viewer.js';
import { departement, withProgramme } from './kit/cluster.mjs';

const [share = '1', file] = process.argv.slice(2);
const sizes = Object.fromEntries(
  Object.entries(departement).map(([what, size]) => [what, Math.ceil(size * Number(share))]),
);
const clock = { now: () => '2026-11-24T09:00:00.000Z' };
const viewer = hubViewer('bench');
const years = {
  one: { from: '2025-01-01', to: '2025-12-31' },
  five: { from: '2022-01-01', to: '2026-11-24' },
};
const names = ['BENEFICIARIES_IN_ACTION', 'DURABLE_JOB_OR_QUALIFYING_TRAINING'];
const rounds = 15;

await withProgramme(sizes, (urls) =>
  measure(urls).catch((error) => {
    console.error(error);
    process.exitCode = 1;
  }),
);

async function measure(urls) {
  await spread(urls.admin);
  const db = new Database({ pool: hubPool(urls.hub), clock });
  const begun = performance.now();
  const people = await recountAll(db);
  const results = { people, recountedIn: Math.round(performance.now() - begun) };
  const admin = new pg.Client({ connectionString: urls.admin });
  await admin.connect();
  await admin.query('vacuum analyze');
  const [rows] = (await admin.query(`select (select count(*) from placement) as placements, (select count(*) from figure_stay) as stays,
    (select count(*) from figure_presence) as presences, (select count(*) from figure_path) as paths`)).rows;
  Object.assign(results, rows);
  for (const name of names)
    for (const [span, period] of Object.entries(years)) {
      const counting = asked(name, period);
      const times = [];
      let counted;
      for (let round = 0; round < rounds; round++) {
        const at = performance.now();
        counted = await db.write(viewer, (tx) => tx.asFigures(() => count(tx, counting)));
        times.push(performance.now() - at);
      }
      results[`${name} ${span}`] = { p50: middle(times), groups: counted.groups.length, exact: await isExact(db, counting, counted) };
    }
  results.correction = await correct(db, admin);
  console.log(results);
  if (file) await writeFile(file, JSON.stringify({ sizes, results }, null, 1));
  await admin.end();
  await db.pool.end();
} // prettier-ignore

function asked(name, period) {
  const looking = { ...period, asOf: clock.now(), day: '2026-11-24' };
  return { name, looking, by: ['MONTH', 'HOME_EPCI'], filter: {}, wholeMonths: true, year: null };
}

function middle(times) {
  return Math.round([...times].sort((one, other) => one - other)[times.length >> 1]);
}

/** Group by group, against people counted one by one. */
async function isExact(db, { name, looking }, { groups }) {
  const plain = await db.write(viewer, (tx) => tx.asFigures(() => tx.rows(sql`
    select fact.month::text as month, fact.home_epci as epci, count(distinct fact.who) filter (where fact.hit) as value
    from (${factsOf[name](looking)}) fact group by 1, 2`)));
  const found = new Map(groups.map(({ keys, value }) => [keys.join(' '), value]));
  return plain.length === groups.length && plain.every(({ month, epci, value }) => found.get(`${month} ${epci ?? ''}`) === Number(value));
} // prettier-ignore

/** One end told otherwise: until whoever asks next is given the new figure. */
async function correct(db, admin) {
  const { rows } = await admin.query(`select id, person_id from placement where state = 'ENDED' limit 15`);
  const times = [];
  for (const { id, person_id: person } of rows) {
    await admin.query(
      `update outcome set kind = 'UNEMPLOYED', contract_kind = null where placement_id = $1`,
      [id],
    );
    const at = performance.now();
    await db.write(viewer, (tx) => recount(tx, [person]));
    await db.write(viewer, (tx) => tx.asFigures(() => count(tx, asked(names[1], years.one))));
    times.push(performance.now() - at);
  }
  return { p50: middle(times), most: Math.round(Math.max(...times)) };
}

/** Placements lie over five years and last months; three people in four had a right, a third of whom left it. */
async function spread(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`set session_replication_role = replica; set statement_timeout = 0;
    update placement set started_on = day, ended_on = case when state = 'ENDED' then day + 30 + (hashtextextended(id, 2) & 2147483647)::int % 330 end
      from (select id as of, case when state = 'ENDED' then date '2022-01-01' + (hashtextextended(id, 1) & 2147483647)::int % 1400
        else date '2026-01-01' + (hashtextextended(id, 3) & 2147483647)::int % 320 end as day from placement) spread where of = id;
    update outcome set ended_on = placement.ended_on, from_day = placement.ended_on + 3,
        kind = (array['JOB', 'JOB', 'UNEMPLOYED', 'TRAINING', 'UNKNOWN'])[1 + (hashtextextended(placement.id, 4) & 2147483647)::int % 5]
      from placement where placement.id = outcome.placement_id;
    update outcome set contract_kind = case when id % 2 = 0 then 'PERMANENT' else 'FIXED_TERM' end, to_day = case when id % 2 = 1 then from_day + (id % 400)::int end
      where kind = 'JOB';
    update outcome set certification = case when id % 2 = 0 then 'RNCP' else 'NONE' end where kind = 'TRAINING';
    insert into entitlement (id, person_id, benefit, role, organism, created_at, updated_at)
      select replace(id, 'per_', 'ent_'), id, 'RSA', 'ALLOCATAIRE', 'CAF', created_at, created_at from person where hashtext(id) % 4 <> 0;
    insert into entitlement_period (id, entitlement_id, person_id, state, from_day, until_day, known_from)
      select replace(id, 'ent_', 'epd_'), id, person_id, 'OPEN', date '2020-01-01' + (hashtextextended(id, 5) & 2147483647)::int % 900,
        case when hashtext(id) % 3 = 0 then date '2023-06-01' + (hashtextextended(id, 6) & 2147483647)::int % 1000 end, created_at from entitlement`);
  await client.query('vacuum analyze');
  await client.end();
}
