/**
 * What both walls cost whoever asks: the same GraphQL questions over HTTP, of a hub with both walls and of one with
 * neither (a superuser's pool, scope `true`), over one database, in turns; the access log is written by both.
 * `npm run bench -- walls-asked [share of a département = 1] [file.json]`; `bench/walls.mjs` measures the statements alone.
 *
 * Judged by processor time, of the hub's process and of its PostgreSQL processes together, which is what bounds how many
 * questions a machine answers, and which others at work on it do not change.
 */
import 'reflect-metadata';
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import pg from 'pg';
import { DemoKeys } from '../dist/src/auth/demo-keys.js';
import { departement, withProgramme } from './kit/cluster.mjs';
import { someOf, viewersOf } from './kit/viewers.mjs';

const [share = '1', file] = process.argv.slice(2);
const [goal, budget, rounds] = [0.85, 400, 3]; // milliseconds an arm of a round
const keys = new DemoKeys(Buffer.from('bench'));

const questions = {
  'catalogue: 20 open vacancies': () => `{ vacancies(first: 20, orderBy: START) { nodes { id title free startsOn
    offer { title organisation { name } } } } }`,
  '20 people, names and needs': () => `{ people(first: 20, orderBy: UPDATED) { nodes { id reference ageBand
    identity { lastName firstName } needs(first: 5) { nodes { theme openedOn } } } } }`,
  'inbox: referrals to answer': () => `{ referrals(first: 20, orderBy: DEADLINE, filter: { toAnswer: true }) { nodes { id state
    deadline person { reference ageBand identity { lastName } } offer { title } sender { name } availableMoves { move allowed } } } }`,
  '20 newest referrals': () => `{ referrals(first: 20, orderBy: NEWEST) { nodes { id state sentAt
    person { reference identity { lastName firstName } } offer { title organisation { name } } vacancy { free } } } }`,
  '20 placements by contract end': () => `{ placements(first: 20, orderBy: CONTRACT_END) { nodes { id state startedOn
    contractEndsOn person { reference identity { lastName } } contracts { kind weeklyHours } outcome { kind } } } }`,
  'a person three levels deep': ({ people }) => `{ person(id: "${people[0]}") { reference identity { lastName firstName }
    contact { phone } profile { frenchLevel } referent { organisation { name } } needs(first: 10) { nodes { theme } }
    referrals(first: 10) { nodes { state history { move at } offer { title organisation { name } }
      placement { state startedOn outcome { kind } } } } } }`,
}; // prettier-ignore

const sizes = Object.fromEntries(
  Object.entries(departement).map(([what, size]) => [what, Math.ceil(size * Number(share))]),
);
await withProgramme(sizes, compare);

async function compare(urls) {
  const admin = new pg.Pool({ connectionString: urls.admin, max: 2 });
  const arms = { walls: await open(urls.hub, 'walls'), none: await open(urls.admin, 'none') };
  const results = [];
  try {
  for (const [who, viewer] of Object.entries(await viewersOf(admin))) {
    const some = await someOf(admin, viewer);
    const token = await keys.memberToken(emailOf(viewer));
    for (const [what, text] of Object.entries(questions)) {
      const body = JSON.stringify({ query: text(some) });
      const asked = Object.values(arms).map((arm) => ({ arm, ask: () => ask(arm.url, token, body) }));
      for (const { arm, ask: once } of asked) check(await once(), `${who}, ${what}, ${arm.name}`);
      for (const together of [1, 8]) {
        results.push({ who, what, together, ...(await race(asked, together)) });
        tell(results.at(-1));
      }
    }
  }
  } finally {
    await Promise.all([admin.end(), ...Object.values(arms).map((arm) => arm.tell('stop'))]);
  }
  const met = results.filter(({ ratio }) => ratio >= goal).length;
  console.log(`${met} of ${results.length} at ${goal} or better; median ${median(results.map(({ ratio }) => ratio))}`);
  if (file) await writeFile(file, JSON.stringify({ sizes, goal, results }, null, 1));
} // prettier-ignore

/** A hub in a process of its own: what the client works is not counted with it. */
async function open(url, name) {
  const child = fork(new URL('kit/door.mjs', import.meta.url), [url, name]);
  const waiting = [];
  child.on('message', (message) => waiting.shift()(message));
  const next = () => new Promise((resolve) => waiting.push(resolve));
  const { url: address, backends } = await next();
  const tellIt = async (what) => {
    const answered = next();
    child.send(what);
    return (await answered).answer;
  };
  return { name, url: address, backends, tell: tellIt };
} // prettier-ignore

/** m0 sees all of its organisation's people, m1 its portfolio, m2 a territory. */
function emailOf({ organisation, people }) {
  const number = Number(organisation.slice('org_01'.length));
  return `m${['ALL', 'PORTFOLIO', 'TERRITORY'].indexOf(people)}@org${number}.example`;
}

async function ask(url, token, body) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).json();
}

function check({ data, errors }, what) {
  if (errors || !data) throw new Error(`${what}: ${JSON.stringify(errors)}`);
}

/** Microseconds of processor a question, medians of rounds in which the two take turns. */
async function race(asked, together) {
  const samples = asked.map(() => []);
  let times = 0;
  for (let round = -1; round < rounds; round++)
    for (const [at, { arm, ask: once }] of asked.entries()) {
      if (round < 0) times = Math.max(times, await warm(once, together));
      else samples[at].push(await timed(arm, once, Math.ceil(times / together), together));
    }
  const [walls, none] = samples.map((of) => Math.round(median(of)));
  return { walls, none, ratio: Number((none / walls).toFixed(2)) };
}

/** How many questions fill a round; on the way both hubs have compiled and planned what they will. */
async function warm(once, together) {
  const began = performance.now();
  let times = 0;
  for (; performance.now() - began < budget / 2; times += together)
    await Promise.all(Array.from({ length: together }, once));
  return Math.max(times, together);
}

async function timed(arm, once, times, together) {
  const before = await worked(arm);
  const worker = async () => {
    for (let n = 0; n < times; n++) await once();
  };
  await Promise.all(Array.from({ length: together }, worker));
  return ((await worked(arm)) - before) / times / together;
}

async function worked({ backends, tell: tellIt }) {
  const ofServer = backends.map((pid) => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1000);
  return (await tellIt('cpu')) + ofServer.reduce((sum, time) => sum + time, 0);
} // prettier-ignore

function median(samples) {
  return [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)];
}

function tell({ who, what, together, walls, none, ratio }) {
  console.log(`${who.padEnd(21)} ${what.padEnd(30)} ×${together} ${`${walls}`.padStart(8)} ${`${none}`.padStart(8)}  ${ratio.toFixed(2)}${ratio < goal ? '  below' : ''}`);
} // prettier-ignore
