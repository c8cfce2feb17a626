/**
 * What it costs to tell many: events to sockets that ask the same with the same eyes, beside a bare `ws` server that hands the
 * same bytes to as many, in the same run; then 10,000 sockets, a steady stream, another process, and what an event adds to
 * the transaction that writes it. `npm run bench -- fanout [sockets = 5000] [file.json]`; needs `ulimit -n` of 25,000.
 */
import 'reflect-metadata';
import { fork } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import pg from 'pg';
import { DemoKeys } from '../dist/src/auth/demo-keys.js';
import { newId } from '../dist/src/kernel/ids.js';
import { loadTerritory } from '../dist/src/territory/territory.load.js';
import { withCluster } from './kit/cluster.mjs';

const [sockets = '5000', file] = process.argv.slice(2);
const crowd = Number(sockets);
/** Who hears fifty events a second: a hundred thousand frames, more than some machines can take. */
const steadily = Number(process.env.STEADY ?? 2000);
const query =
  'subscription { vacancyUpdated { cursor event { id type occurredAt } vacancy { id state places held taken version title } } }';
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const spent = (before, after) => (after.user + after.system - before.user - before.system) / 1000;
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const median = (values) =>
  at(
    [...values].sort((one, other) => one - other),
    0.5,
  );
const results = {};

async function run(urls) {
  await loadTerritory(urls.owner, ['44']);
  const { token, vacancies } = await people(urls.admin);
  const hub = await started('fanout-hub.mjs', ['hub', urls.hub]);
  const bare = await started('fanout-hub.mjs', ['bare']);
  const clients = [await started('fanout-clients.mjs', []), await started('fanout-clients.mjs', [])];
  const each = (call, ...args) => Promise.all(clients.map((client) => client.ask(call, ...args)));
  const connect = (to, count) => each('open', { ...to, count: Math.ceil(count / clients.length) });
  const toHub = { url: hub.url, token, query };

  const empty = await hub.ask('usage');
  await connect(toHub, crowd);
  await connect({ url: bare.url }, crowd);
  await settled(hub, crowd);
  results.crowd = await compare({ hub, bare, each, vacancy: vacancies[0] });
  const full = await hub.ask('usage');
  results.crowd.rssMiB = [empty, full].map(({ rss }) => Math.round(rss / 2 ** 20));
  await connect(toHub, Math.max(0, 10_000 - crowd));
  await settled(hub, 10_000);
  const { event } = await told(hub, vacancies[0], each, 10_000);
  results.tenThousand = {
    heard: event.count,
    rssMiB: Math.round((await hub.ask('usage')).rss / 2 ** 20),
    ...(await faultsOf(each)),
  };
  await each('close');
  await pause(2000);

  const other = await started('fanout-hub.mjs', ['hub', urls.hub]);
  await connect(toHub, steadily);
  const far = await started('fanout-clients.mjs', []);
  await far.ask('open', { url: other.url, token, query, count: 200 });
  await settled(hub, steadily);
  await settled(other, 200);
  results.steady = {
    ...(await steady(hub, vacancies, { near: clients, far: [far] })),
    ...(await faultsOf(each)),
  };
  await each('close');
  await pause(1000);
  results.writing = await writing(hub, vacancies);
  for (const process of [hub, bare, other, far, ...clients]) process.kill();
  console.log(JSON.stringify(results, null, 1));
  if (file) await writeFile(file, JSON.stringify(results, null, 1));
}

/** The same event by both, one after the other: median of the time from commit to the last delivery, and of the processor time. */
async function compare({ hub, bare, each, vacancy }) {
  const rounds = { hub: [], bare: [] };
  for (let n = 0; n < 25; n++) {
    const one = await told(hub, vacancy, each, crowd);
    rounds.hub.push(one);
    const event = newId('Event');
    // as many bytes as the hub's own frame: an event of this id in place of the other
    const text = JSON.stringify({
      id: '1',
      type: 'next',
      payload: { data: { vacancyUpdated: { event: { id: event } } }, filler: 'x'.repeat(330) },
    });
    const before = await bare.ask('cpu');
    const { at } = await bare.ask('event', text);
    const heard = await allHeard(each, event, crowd);
    const after = await bare.ask('cpu');
    rounds.bare.push({ ms: heard.last - at, cpu: spent(before, after), event: heard });
    await pause(150);
  }
  const of = (arm, what) => median(rounds[arm].slice(5).map((round) => round[what]));
  const figures = (arm) => ({ ms: of(arm, 'ms'), cpuMs: of(arm, 'cpu') });
  const [hubs, bares] = [figures('hub'), figures('bare')];
  const ratio = { ms: hubs.ms / bares.ms, cpu: hubs.cpuMs / bares.cpuMs };
  return {
    sockets: crowd,
    hub: hubs,
    bare: bares,
    ratio,
    goal: 1.5,
    lost: rounds.hub.filter(({ event }) => event.count !== crowd).length,
  };
}

async function told(hub, vacancy, each, count) {
  const before = await hub.ask('cpu');
  const { event: id, at } = await hub.ask('event', vacancy);
  const event = await allHeard(each, id, count);
  return { ms: event.last - at, cpu: spent(before, await hub.ask('cpu')), event };
}

async function allHeard(each, event, count) {
  const heard = { count: 0, last: 0 };
  for (const end = Date.now() + 10_000; heard.count < count && Date.now() < end; await pause(20))
    for (const part of await each('heard', event)) {
      heard.count += part.count;
      heard.last = Math.max(heard.last, part.last);
    }
  return heard;
}

/** Fifty events a second for ten seconds: from commit to delivery, of each at each socket. */
async function steady(hub, vacancies, { near, far }) {
  const said = [];
  for (const begun = Date.now(); Date.now() - begun < 10_000;) {
    const next = begun + said.length * 20;
    await pause(Math.max(0, next - Date.now()));
    said.push(hub.ask('event', vacancies[said.length % vacancies.length]));
  }
  const events = await Promise.all(said);
  await pause(2000);
  const latencies = async (processes, sockets) => {
    const all = [];
    for (const { event, at } of events)
      for (const each of processes)
        for (const time of (await each.ask('heard', event)).times) all.push(time - at);
    all.sort((one, other) => one - other);
    const expected = events.length * sockets;
    return { heard: all.length, expected, p50: at(all, 0.5), p99: at(all, 0.99), most: all.at(-1) };
  };
  const same = await latencies(near, steadily);
  const otherProcess = await latencies(far, 200);
  return { events: events.length, same, otherProcess, goal: { p50: 25, p99: 250, otherP50: 50 } };
}

async function writing(hub, vacancies) {
  const rates = { plain: [], event: [] };
  for (let round = 0; round < 5; round++)
    for (const arm of ['plain', 'event'])
      rates[arm].push(await hub.ask('write', vacancies, arm === 'event', 2000));
  const [plain, event] = [median(rates.plain), median(rates.event)];
  return {
    writers: vacancies.length,
    plainPerSecond: plain,
    withEventPerSecond: event,
    ratio: plain / event,
    goal: 1.25,
  };
}

async function faultsOf(each) {
  const all = await each('faults');
  return {
    errors: all.reduce((sum, { errors }) => sum + errors, 0),
    closed: all.reduce((sum, { closed }) => sum + closed, 0),
  };
}
async function settled(hub, count) {
  while ((await hub.ask('usage')).sockets < count) await pause(100);
}

/** A process that answers one question at a time, in the order asked. */
async function started(script, args) {
  const child = fork(new URL(`kit/${script}`, import.meta.url), args, { execArgv: ['--expose-gc'] });
  const waiting = [];
  let url;
  await new Promise((resolve) =>
    child.on('message', ({ call, answer }) => {
      if (call !== 'ready') return waiting.shift()(answer);
      url = answer;
      resolve();
    }),
  );
  const ask = (call, ...args) =>
    new Promise((resolve) => {
      waiting.push(resolve);
      child.send({ call, args });
    });
  return { url, ask, kill: () => child.kill() };
}

/** A partner with one member, and sixteen open vacancies. */
async function people(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  client.on('error', () => {});
  const [organisation, member, offer] = [newId('Organisation'), newId('Member'), newId('Offer')];
  const now = new Date().toISOString();
  await client.query(`insert into organisation (id, kind, name, siret, commune_code, created_at, updated_at)
    values ($1, 'ASSOCIATION', 'Bench', '00000000000000', '44109', $2, $2)`, [organisation, now]);
  await client.query(`insert into member (id, organisation_id, email, display_name, state, roles, people, created_at, updated_at)
    values ($1, $2, 'bench@example.org', 'Bench', 'ACTIVE', '{PROVIDER}', 'NONE', $3, $3)`, [member, organisation, now]);
  await client.query(`insert into offer (id, organisation_id, kind, state, title, description, commune_code, exclusive, approximate, published_at, confirmed_at, created_at, updated_at)
    values ($1, $2, 'INSERTION_WORKSITE', 'PUBLISHED', 'Entretien des berges', 'Bench', '44109', true, true, $3, $3, $3, $3)`, [offer, organisation, now]);
  const vacancies = Array.from({ length: 16 }, () => newId('Vacancy'));
  for (const id of vacancies)
    await client.query(`insert into vacancy (id, offer_id, organisation_id, state, places, commune_code, created_at, updated_at)
      values ($1, $2, $3, 'OPEN', 5, '44109', $4, $4)`, [id, offer, organisation, now]);
  await client.end();
  const token = await new DemoKeys(Buffer.from('bench')).memberToken('bench@example.org');
  return { token, vacancies };
} // prettier-ignore

await withCluster(run);
