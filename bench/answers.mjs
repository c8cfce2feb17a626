/**
 * What a programme of full size asks of two figures that are worked out when they are asked: how partners answer, and
 * where else a person could go. `npm run bench -- answers [share of a département = 1]`: medians in milliseconds.
 */
import 'reflect-metadata';
import pg from 'pg';
import { Database } from '../dist/src/db/database.js';
import { hubPool } from '../dist/src/db/open.js';
import { hubViewer } from '../dist/src/kernel/viewer.js';
import { nextBestFor } from '../dist/src/referrals/next-best.store.js';
import { answersOfOffer, answersOfOrganisation } from '../dist/src/referrals/timeliness.store.js';
import { departement, withProgramme } from './kit/cluster.mjs';

const [share = '1'] = process.argv.slice(2);
const rounds = 15;
const clock = { now: () => '2026-11-24T09:00:00.000Z' };
const sizes = Object.fromEntries(
  Object.entries(departement).map(([what, size]) => [what, Math.ceil(size * Number(share))]),
);
await withProgramme(sizes, measure);

async function measure(urls) {
  const pool = hubPool(urls.hub);
  const reader = new Database({ pool, clock }).as(hubViewer('bench'));
  const admin = new pg.Client({ connectionString: urls.admin });
  await admin.connect();
  const ids = async (query) => (await admin.query(query)).rows.map(({ id }) => id);
  const biggest = (column) =>
    ids(
      `select ${column} as id from referral where sent_at is not null group by 1 order by count(*) desc limit 20`,
    );
  const open = await ids(`select id from referral where state = 'DECLINED' order by id desc limit 50`);
  const [organisations, offers] = [await biggest('receiver_id'), await biggest('offer_id')];
  await told('how the biggest provider answers', () =>
    answersOfOrganisation.load(reader, organisations.slice(0, 1)),
  );
  await told('how the 20 biggest answer', () => answersOfOrganisation.load(reader, organisations));
  await told('how the 20 biggest offers are answered', () => answersOfOffer.load(reader, offers));
  await told('the next best of one referral', (round) => nextBestFor.load(reader, [open[round % 50]]));
  await told('the next best of a page of 50', () => nextBestFor.load(reader, open));
  await Promise.all([pool.end(), admin.end()]);
}

async function told(what, ask) {
  const times = [];
  for (let round = 0; round <= rounds; round++) {
    const from = performance.now();
    await ask(round);
    times.push(performance.now() - from);
  }
  const [median] = times
    .slice(1)
    .sort((one, other) => one - other)
    .slice(Math.floor(rounds / 2));
  console.log(`${median.toFixed(1).padStart(8)} ms  ${what}`);
}
