import sql from 'sql-template-tag';
import { record } from '../../src/events/journal.ts';
import type { JournalLine } from '../../src/events/line.ts';
import { hubViewer } from '../../src/kernel/viewer.ts';
import { withAdmin } from '../kit/hub.ts';
import { vacancyInTables } from '../kit/vacancies.ts';
import { World } from '../kit/world.ts';

/** PostgreSQL goes away in the middle of things: every connection is cut, the one that listens included. */

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function cutEveryConnection(): Promise<number> {
  const query = `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`;
  return withAdmin(async (admin) => (await admin.query(query, [world.server.database])).rowCount!);
}

/** Writes one fact, as often as it takes; a commit whose answer was lost may have written it: then it is there. */
async function written(subject: { type: string; id: string; version: number }): Promise<void> {
  for (;;) {
    try {
      await world.db.write(hubViewer('test'), async (tx) => {
        const [there] = await tx.rows(sql`select 1 from event where subject_id = ${subject.id}
          and subject_version = ${subject.version}`);
        if (!there) await record(tx, { type: 'vacancy.updated', subject, audience: ['*'] });
      });
      return;
    } catch {
      await pause(20);
    }
  }
}

test('the feed loses and repeats no line while its connections are cut, again and again', async () => {
  const came: JournalLine[] = [];
  const stop = world.server.hub.feed.follow((line) => void came.push(line));
  const writers = 6;
  const rounds = 40;
  let cutting = true;
  let cut = 0;
  const saboteur = (async () => {
    for (; cutting; await pause(150)) cut += await cutEveryConnection();
  })();
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let version = 1; version <= rounds; version++) {
        await written({ type: 'Test', id: `cut-${writer}`, version });
        await pause(Math.random() * 20);
      }
    }),
  );
  cutting = false;
  await saboteur;
  const stored = await world.rows<{ id: string }>(sql`select id from event where subject_type = 'Test'
    order by event.tx, event.pos`);
  for (let n = 0; n < 100 && came.length < stored.length; n++) await pause(100);
  await pause(300);
  stop();
  expect(cut).toBeGreaterThan(5);
  expect(stored).toHaveLength(writers * rounds);
  expect(came.filter((line) => line.subjectType === 'Test').map((line) => line.id)).toEqual(
    stored.map((row) => row.id),
  );
});

test('a subscriber stays through it, and is told of each fact once, in order', async () => {
  const partner = await world.organisation();
  const member = await partner.member();
  const id = await vacancyInTables(partner, 3);
  const live = await world.listening(
    member,
    'subscription { vacancyUpdated { event { id type } vacancy { id organisation { id } offer { id } } } }',
  );
  const rounds = 30;
  let cutting = true;
  const saboteur = (async () => {
    for (; cutting; await pause(120)) await cutEveryConnection();
  })();
  for (let version = 1; version <= rounds; version++) {
    await written({ type: 'Vacancy', id, version });
    await pause(30);
  }
  cutting = false;
  await saboteur;
  const messages = await live.until(rounds, 15_000);
  await pause(200);
  const stored = await world.rows<{ id: string }>(sql`select id from event where subject_id = ${id}
    order by event.tx, event.pos`);
  expect(messages.map((each) => each.vacancyUpdated.event.id)).toEqual(stored.map((row) => row.id));
  expect(messages.every((each) => each.vacancyUpdated.vacancy.organisation.id === partner.id)).toBe(true);
});
