/**
 * Ten minutes of a busy département: so many reads and so many mutations a second, asked whether or not the last ones were
 * answered, while sockets listen. Then what the database holds is compared with what was answered.
 * `npm run bench -- load [--share 1] [--seconds 600] [--reads 500] [--writes 200] [--sockets 2000] [--file out.json]`
 *
 * A time is counted from when a question was due, not from when it could be sent: a hub that falls behind is not spared.
 */
import { fork } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { departement } from './kit/cluster.mjs';
import { sizesOf } from './kit/kept.mjs';
import { installPeers } from './speed/node.mjs';
import { withPeers } from './speed/open.mjs';

installPeers();
const { drawWrites, refuseOverbooked } = await import('./speed/contest.mjs');
const { reads } = await import('./speed/draw.mjs');
const { steady, quantile } = await import('./speed/load.mjs');

const option = (fallback) => ({ type: 'string', default: fallback });
const { values: given } = parseArgs({
  options: {
    share: option('1'),
    seconds: option('600'),
    reads: option('500'),
    writes: option('200'),
    sockets: option('2000'),
    file: { type: 'string' },
  },
});
const seconds = Number(given.seconds);
const query = 'subscription { vacancyUpdated { cursor event { id } vacancy { id state free } } }';
/** Mutations are made ready so many seconds ahead. */
const ahead = 10;

await withPeers(sizesOf(departement, Number(given.share)), ['hub-20'], async (opened) => {
  const { admin, cast, draws, peers, tokens } = opened;
  const [hub] = peers;
  const crowd = await listeners(hub.url, tokens.get(cast.council.email), Number(given.sockets));
  const asked = reads.flatMap((operation) => draws[operation].map((ask) => hub.request(operation, ask)));
  const shuffled = asked.map((request, at) => asked[(at * 7919) % asked.length] ?? request);
  const writing = movesOf(opened, hub, Number(given.writes));
  await writing.more();
  const [read, moved] = await Promise.all([
    steady({ url: hub.url, next: (at) => shuffled[at % shuffled.length], rate: Number(given.reads), seconds }),
    steady({ url: hub.url, next: writing.next, rate: Number(given.writes), seconds, keep: true }),
  ]);
  const counts = await countsOf(admin, moved.answers);
  const report = { reads: told(read), writes: told(moved), counts, sockets: { ...(await crowd.faults()), open: crowd.count } };
  console.log(JSON.stringify(report, null, 1));
  const faults = [...read.wrong, ...moved.wrong];
  if (faults.length) console.log(`wrong: ${[...new Set(faults)].slice(0, 5).join('\n')}`);
  crowd.close();
  if (given.file) await writeFile(given.file, JSON.stringify({ given, ...report }, null, 1));
}); // prettier-ignore

/** Half refers people, half accepts what more want than there are places; drawn as they are used up. */
function movesOf({ admin, cast }, hub, rate) {
  const ready = [];
  let making = null;
  const draw = async () => {
    const count = Math.max(20, Math.ceil((rate * ahead) / 2));
    const refers = await drawWrites(admin, cast, 'M1', count);
    const accepts = await drawWrites(admin, cast, 'M2', count);
    for (let at = 0; at < count; at++)
      ready.push(hub.request('M1', refers[at]), hub.request('M2', accepts[at]));
  };
  const more = () => (making ??= draw().finally(() => (making = null)));
  return {
    more,
    next() {
      if (ready.length < rate * ahead) void more();
      return ready.shift();
    },
  };
}

/** What was answered and what stands: referrals made, acceptances, and places held. */
async function countsOf(admin, answers) {
  const said = answers.map((text) => JSON.parse(text).data);
  const done = (name) => said.filter((data) => data?.[name] && !data[name].userErrors.length).length;
  const { rows } = await admin.query(`select
    (select count(*)::int from referral where id not like 'ref_01000%' and id not like 'ref_02%') as referred,
    (select count(*)::int from referral where id like 'ref_02%' and state = 'ACCEPTED') as accepted,
    (select sum(held)::int from vacancy where id like 'vac_02%') as held`);
  await refuseOverbooked(admin);
  const answered = { referred: done('referPerson'), accepted: done('acceptReferral') };
  const equal = answered.referred === rows[0].referred && answered.accepted === rows[0].accepted && rows[0].held === rows[0].accepted;
  return { answered, stands: rows[0], equal };
} // prettier-ignore

function told({ times, wrong, due, late }) {
  const at = (share) => Number(quantile(times, share).toFixed(1));
  return { due, answered: times.length, wrong: wrong.length, neverSent: late, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
} // prettier-ignore

async function listeners(url, token, count) {
  const child = fork(new URL('kit/fanout-clients.mjs', import.meta.url));
  const next = () => new Promise((resolve) => child.once('message', resolve));
  const call = (name, ...args) => {
    const answered = next();
    child.send({ call: name, args });
    return answered.then(({ answer }) => answer);
  };
  await next();
  const opened = count ? await call('open', { url, token, query, count }) : 0;
  return { count: opened, faults: () => call('faults'), close: () => child.kill() };
}
