import { pino } from 'pino';
import sql from 'sql-template-tag';
import { hubPool } from '../../src/db/open.ts';
import { record } from '../../src/events/journal.ts';
import { openDoor, type Door } from '../../src/server/http.ts';
import { assembleHub, type Hub } from '../../src/server/hub.ts';
import { urlsOf } from '../kit/cluster.ts';
import { testKeys, withAdmin } from '../kit/hub.ts';
import { Reader } from '../kit/reader.ts';
import { offerInTables, vacancyInTables } from '../kit/vacancies.ts';
import { World, type Asking, type Partner } from '../kit/world.ts';

/**
 * Everything that goes wrong at once: sixteen writers whose commits overtake each other and are rolled back, two hubs over
 * one database whose connections are cut, readers that are killed and go on elsewhere by another door.
 */
let world: World;
let second: { hub: Hub; door: Door; url: string };
let owner: Partner;
let members: [Asking, Asking];
let open: string[];
let drafts: string[];

beforeAll(async () => {
  world = await World.open();
  second = await anotherHub();
  owner = await world.organisation();
  members = [await owner.member(), await (await world.organisation()).member()];
  open = await Promise.all([1, 2, 3].map(() => vacancyInTables(owner, 2)));
  const draft = await offerInTables(owner, { state: 'DRAFT' });
  drafts = await Promise.all([1, 2].map(() => vacancyInTables(owner, 2)));
  await world.db.write(world.hub, (tx) =>
    tx.change(
      sql`update vacancy set state = 'DRAFT', opened_at = null, offer_id = ${draft} where id = any(${drafts})`,
    ),
  );
});
afterAll(async () => {
  await second.door.close();
  await second.hub.feed.stop();
  await second.hub.db.pool.end();
  await world.close();
});

async function anotherHub() {
  const pool = hubPool(urlsOf(world.server.database).hub, { max: 12 });
  const log = pino({ level: 'silent' });
  const hub = await assembleHub({ pool, clock: world.clock, issuers: [testKeys.issuer], log });
  const door = await openDoor(hub);
  return { hub, door, url: await door.app.listen({ port: 0, host: '127.0.0.1' }) };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const random = (below: number) => Math.floor(Math.random() * below);
const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
  for (;;)
    try {
      return await work();
    } catch {
      await pause(10 + random(20));
    }
};

/** Locks its subject, takes its number, waits: the transaction begun first is often committed last, or not at all. */
async function write(subject: string): Promise<void> {
  const audience = drafts.includes(subject) ? [owner.id] : ['*'];
  await world.db
    .write(world.hub, async (tx) => {
      if (random(2)) await tx.rows(sql`select pg_current_xact_id()`); // numbered before it has its turn
      await pause(random(8));
      const [{ version }] = (await tx.rows<{ version: number }>(sql`
        update vacancy set version = version + 1 where id = ${subject} returning version`)) as [
        { version: number },
      ];
      await record(tx, {
        type: 'vacancy.updated',
        subject: { type: 'Vacancy', id: subject, version },
        audience,
      });
      await pause(random(15));
      if (random(5) === 0) throw new Error('rolled back');
    })
    .catch(() => {}); // rolled back, or cut off: nobody is to hear of it
}

test('each reader heard what it was entitled to, all of it, once, and each subject in order', async () => {
  const startOf = async (as: Asking) =>
    (await as.get('{ events { checkpoint } }')).events.checkpoint as string;
  const hubs = () => [world.server.url, second.url];
  const readers = await Promise.all(
    Array.from({ length: 12 }, async (_, n) => {
      const as = members[n % 2]!;
      return new Reader({ token: as.token, from: await startOf(as), hubs });
    }),
  );
  let written = false;
  let over = false;
  const following = readers.map((reader) =>
    reader.live(
      () => over,
      () => written,
    ),
  );
  const cutting = (async () => {
    for (; !written; await pause(400 + random(300)))
      await withAdmin((admin) => admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = $1 and random() < 0.5`, [world.server.database])); // prettier-ignore
  })();
  await Promise.all(
    Array.from({ length: 16 }, async (_, writer) => {
      const subjects = [...open, ...drafts];
      for (let n = 0; n < 14; n++) await write(subjects[(writer + random(2)) % subjects.length]!);
    }),
  );
  written = true;
  await cutting;
  const stored = await patiently(() =>
    world.rows<{ id: string; audience: string[]; subject: string; version: number }>(sql`select id, audience,
      subject_id as subject, subject_version as version from event where type = 'vacancy.updated' order by event.tx, event.pos`),
  );
  const meantFor = ({ token }: Reader) =>
    stored.filter(({ audience }) => audience.includes('*') || token === members[0].token).map(({ id }) => id);
  const end = Date.now() + 30_000;
  while (readers.some((each) => each.heard.length < meantFor(each).length) && Date.now() < end)
    await pause(50);
  over = true;
  const ending = setInterval(() => readers.forEach((each) => each.end()), 20);
  await Promise.all(following);
  clearInterval(ending);

  expect(stored.length).toBeGreaterThan(80);
  for (const reader of readers) {
    expect(reader.lives).toBeGreaterThan(1);
    expect(reader.heard.map(({ id }) => id)).toEqual(meantFor(reader));
  }
  for (const subject of [...open, ...drafts]) {
    const versions = stored.filter((line) => line.subject === subject).map(({ version }) => version);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(new Set(versions).size).toBe(versions.length);
  }
}, 60_000);
