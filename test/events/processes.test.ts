import sql from 'sql-template-tag';
import { record } from '../../src/events/journal.ts';
import { hubViewer } from '../../src/kernel/viewer.ts';
import { Processes } from '../kit/processes.ts';
import { Reader } from '../kit/reader.ts';

/**
 * Two hubs as processes of their own, and all that ends them: a rolling restart, a kill, the crash of PostgreSQL. Each once in
 * the build; `node bench/torture.mjs [minutes]` goes on for as long as is said, with sixteen writers and everything at random.
 */
const minutes = Number(process.env.TORTURE_MINUTES ?? 0);
const writers = minutes ? 16 : 4;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const random = (below: number) => Math.floor(Math.random() * below);

let there: Processes;
let open: Awaited<ReturnType<Processes['partner']>>;
let hidden: typeof open;
let stranger: typeof open;
beforeAll(async () => {
  there = await Processes.open();
  await Promise.all([there.begin(), there.begin()]);
  open = await there.partner(3, 'PUBLISHED');
  hidden = await there.partner(2, 'DRAFT');
  stranger = await there.partner(0, 'DRAFT');
}, 300_000);
afterAll(() => there?.close(), 60_000);

let tried = 0;
/** Locks its subject, takes its number, waits: the transaction begun first is often committed last, or not at all. */
async function write(): Promise<void> {
  const { id, vacancies } = random(3) ? open : hidden;
  const subject = vacancies[random(vacancies.length)]!;
  tried++;
  await there.db
    .write(hubViewer('test'), async (tx) => {
      if (random(2)) await tx.rows(sql`select pg_current_xact_id()`); // numbered before it has its turn
      await pause(random(10));
      const [line] = await tx.rows<{ version: number }>(
        sql`update vacancy set version = version + 1 where id = ${subject} returning version`,
      );
      const audience = id === open.id ? ['*'] : [id];
      const about = { type: 'Vacancy' as const, id: subject, version: line!.version };
      await record(tx, { type: 'vacancy.updated', subject: about, audience });
      await pause(random(20));
      if (random(6) === 0) throw new Error('rolled back');
    })
    .catch(() => pause(50)); // rolled back, or PostgreSQL is away: nobody is to hear of it, unless it was committed
}

async function startOf(key: string): Promise<string> {
  const response = await fetch(`${there.urls[0]}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: '{ events { checkpoint } }' }),
  });
  return ((await response.json()) as any).data.events.checkpoint;
}

const done = { rolled: 0, killed: 0, crashed: 0, cut: 0 };
const roll = async () => {
  await there.begin(); // the next is ready before the last is told to stop
  expect(await there.end('SIGTERM')).toBe(0);
  done.rolled++;
};
const kill = async () => {
  const next = there.begin();
  expect(await there.end('SIGKILL')).toBe('SIGKILL');
  await next;
  done.killed++;
};
const crash = async () => {
  await there.crashPostgres();
  done.crashed++;
};
const cut = async () => {
  await there.cutConnections();
  done.cut++;
};

/** Each once, or at random until the time is over. */
async function trouble(): Promise<void> {
  if (!minutes) {
    await roll();
    await kill();
    await crash();
    await pause(300);
    return;
  }
  const acts = [roll, kill, crash, cut, cut, cut];
  for (const end = Date.now() + minutes * 60_000; Date.now() < end; await pause(random(3000)))
    await acts[random(acts.length)]!();
}

test('whatever ends a hub or its database, each subscriber hears all it may, once, and each subject in order', async () => {
  const keys = [open.key, hidden.key, stranger.key];
  const faithful = { doors: ['bySocket'] as const, lives: [3_600_000, 3_600_001] as const };
  const readers = await Promise.all(
    Array.from({ length: minutes ? 18 : 6 }, async (_, n) => {
      const token = keys[n % 3]!;
      const habits = n % 2 ? {} : faithful;
      return new Reader({ token, from: await startOf(token), hubs: () => there.urls, ...habits });
    }),
  );
  let written = false;
  let over = false;
  const following = readers.map((reader) => reader.live(() => over, () => written)); // prettier-ignore
  const writing = Array.from({ length: writers }, async () => {
    while (!written) await write();
  });
  const ending = setInterval(() => over && readers.forEach((each) => each.end()), 20);
  await pause(300);
  await trouble().catch((fault: unknown) => {
    written = over = true; // who reads and writes would go on for ever
    throw fault;
  });
  written = true;
  await Promise.all(writing);
  const stored = await there.db.as(hubViewer('test')).rows<{ id: string; audience: string[]; subject: string; version: number }>(
    sql`select id, audience, subject_id as subject, subject_version as version from event
      where type = 'vacancy.updated' order by event.tx, event.pos`); // prettier-ignore
  const meantFor = ({ token }: Reader) =>
    stored.filter(({ audience }) => audience.includes('*') || token === hidden.key).map(({ id }) => id);
  // as long as anybody still hears something: how fast they come to the end is no matter here
  const missing = () => readers.reduce((sum, each) => sum + Math.max(0, meantFor(each).length - each.heard.length), 0);
  for (let left = missing(), since = Date.now(); left > 0 && Date.now() - since < 30_000; await pause(50)) {
    const now = missing();
    if (now < left) since = Date.now();
    left = now;
  }
  over = true;
  await Promise.all(following);
  clearInterval(ending);

  const codes: Record<number, number> = {};
  for (const code of readers.flatMap((each) => each.codes)) codes[code] = (codes[code] ?? 0) + 1;
  if (minutes) {
    const lives = readers.reduce((sum, each) => sum + each.lives, 0);
    const heard = readers.reduce((sum, each) => sum + each.heard.length, 0);
    console.log(JSON.stringify({ minutes, ...done, tried, written: stored.length, readers: readers.length, lives, heard, codes }));
  }
  expect(stored.length).toBeGreaterThan(50);
  // a hub that is asked to stop says so, one that is killed cannot
  for (const [code, times] of [[1012, done.rolled], [1006, done.killed]] as const)
    expect([code, (codes[code] ?? 0) > 0]).toEqual([code, times > 0 || (codes[code] ?? 0) > 0]);
  for (const reader of readers) expect(reader.heard.map(({ id }) => id)).toEqual(meantFor(reader));
  for (const subject of [...open.vacancies, ...hidden.vacancies]) {
    const versions = stored.filter((line) => line.subject === subject).map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  }
}, 600_000 + minutes * 60_000); // prettier-ignore
