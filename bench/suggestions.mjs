/**
 * Pages of twenty in both directions, and one explanation, at 100,000 people and 5,000 open vacancies:
 * `npx tsc -b && node bench/suggestions.mjs [share of a département = 1]`: medians in milliseconds. Trades are drawn from
 * 500, a tenth of the wishes fall on one of them.
 */
import 'reflect-metadata';
import pg from 'pg';
import { Database } from '../dist/src/db/database.js';
import { hubPool } from '../dist/src/db/open.js';
import { candidatesOf, matchOf, suggestionsOf } from '../dist/src/matches/match.store.js';
import { standingOf } from '../dist/src/matches/standing.store.js';
import { departement, withProgramme } from './kit/cluster.mjs';
import { viewersOf } from './kit/viewers.mjs';

const [share = '1'] = process.argv.slice(2);
const rounds = 40;
const clock = { now: () => '2026-11-24T09:00:00.000Z' };
const sizes = Object.fromEntries(
  Object.entries({ ...departement, vacancies: 10_000, referrals: 100_000 }).map(([what, size]) => [
    what,
    Math.ceil(size * Number(share)),
  ]),
);
/** The programme of the other benches has one trade: here each person wishes two of 500, and each vacancy is of one. */
const varied = `
  create temp table trade as select n - 1 as at, chr(65 + n % 14) || lpad((1000 + n)::text, 4, '0') as code from generate_series(1, 500) n;
  update person_profile set licences = case when n % 3 = 0 then null when n % 3 = 1 then '{B}'::text[] else '{}' end,
      travel_mode = 'CAR', travel_minutes = 20 + n % 40, weekly_hours_least = 15 + n % 10, weekly_hours_most = 26 + n % 14,
      wished_rome = array[(select code from trade where at = case when n % 10 = 0 then 0 else (n * 7) % 500 end), (select code from trade where at = (n * 13) % 500)]
    from (select person_id as id, row_number() over (order by person_id) as n from person_profile) numbered where numbered.id = person_profile.person_id;
  update vacancy set rome_code = (select code from trade where at = n % 500), weekly_hours = 20 + n % 16,
      starts_on = case when state = 'OPEN' then date '2026-12-01' + (n % 30)::int else starts_on end
    from (select id, row_number() over (order by id) as n from vacancy) numbered where numbered.id = vacancy.id;
  insert into programme (id, number, title, from_year, until_year, in_force_from, axes, targets, weights, priority_publics, organisation_id, adopted_at)
    select 'pro_bench', 1, 'Bench', 2026, 2030, '2026-01-01', '[]', '[]', '[{"criterion":"WISH","points":30},{"criterion":"TRADE","points":20},
      {"criterion":"TRAVEL","points":15},{"criterion":"NEEDS","points":10},{"criterion":"HOURS","points":10},{"criterion":"WAITING","points":5},
      {"criterion":"PRIORITY_PUBLIC","points":5},{"criterion":"FRESHNESS","points":5}]', '{RSA}', id, now() from organisation where kind = 'COUNCIL'`;

async function measure(urls) {
  const pool = hubPool(urls.hub);
  const admin = new pg.Client({ connectionString: urls.admin });
  await admin.connect();
  for (const statement of varied.split(';\n')) await admin.query(statement);
  await admin.query('vacuum analyze');
  const open = (await admin.query(`select id from vacancy where state = 'OPEN' order by md5(id) limit 50`)).rows.map(({ id }) => id);
  const [{ count }] = (await admin.query(`select count(*) from vacancy where state = 'OPEN'`)).rows;
  console.log(`${sizes.people} people, ${count} open vacancies`);
  for (const [who, viewer] of Object.entries(await viewersOf(admin))) {
    const reader = new Database({ pool, clock }).as(viewer);
    const people = (await admin.query(`select person_id as id from person_access where organisation_id = $1 and category = 'PROFILE'
      and ($2::text is null or member_id = $2) and valid_until is null order by md5(person_id) limit 50`,
      [viewer.organisation, viewer.people === 'PORTFOLIO' ? viewer.member : null])).rows.map(({ id }) => id);
    const at = (list) => (round) => list[round % list.length];
    const [person, vacancy] = [at(people), at(open)];
    if (people.length) {
      await told(`${who}: suggestions of a person`, (round) => suggestionsOf.load(reader, [{ of: person(round), page: { first: 20 } }]));
      await told(`${who}: an explanation`, (round) => matchOf.load(reader, [{ person: person(round), vacancy: vacancy(round) }]));
      await told(`${who}: a rank`, (round) => standingOf.load(reader, [{ person: person(round), vacancy: vacancy(round) }]));
    }
    await told(`${who}: candidates of a vacancy`, (round) => candidatesOf.load(reader, [{ of: vacancy(round), page: { first: 20 } }]));
  }
  await Promise.all([pool.end(), admin.end()]);
} // prettier-ignore

async function told(what, ask) {
  const times = [];
  let rows = 0;
  for (let round = 0; round <= rounds; round++) {
    const from = performance.now();
    const [answer] = await ask(round);
    times.push(performance.now() - from);
    rows += answer?.nodes?.length ?? 1;
  }
  times.shift();
  times.sort((one, other) => one - other);
  const percentile = (of) => times[Math.floor(rounds * of)].toFixed(1).padStart(8);
  console.log(
    `${percentile(0.5)} ms  ${percentile(0.95)} ms  ${(rows / (rounds + 1)).toFixed(1).padStart(5)} rows  ${what}`,
  );
}

await withProgramme(sizes, measure);
