import { record } from '../../src/events/journal.ts';
import type { JournalLine } from '../../src/events/line.ts';
import type { Transaction } from '../../src/db/transaction.ts';
import { hubViewer } from '../../src/kernel/viewer.ts';
import { World } from '../kit/world.ts';

let world: World;

beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

const say = (tx: Transaction, id: string, version: number) =>
  record(tx, { type: 'offer.updated', subject: { type: 'Offer', id, version }, audience: ['*'] });

/** Follows the feed until so many lines about these subjects have come. */
function collect(count: number, prefix: string): Promise<JournalLine[]> {
  return new Promise((resolve) => {
    const lines: JournalLine[] = [];
    const stop = world.server.hub.feed.follow((line) => {
      if (!line.subjectId.startsWith(prefix) || lines.push(line) < count) return;
      // a little longer: a line that came twice would come now
      setTimeout(() => (stop(), resolve(lines)), 100);
    });
  });
}

test('many facts of one transaction come in the order they were said, each once', async () => {
  const came = collect(25, 'one-');
  await world.db.write(hubViewer('test'), async (tx) => {
    for (let version = 1; version <= 25; version++) await say(tx, 'one-1', version);
  });
  expect((await came).map((line) => line.subjectVersion)).toEqual(
    Array.from({ length: 25 }, (_, at) => at + 1),
  );
});

test('under many writers at once no line is lost or repeated, and each subject keeps its order', async () => {
  const writers = 12;
  const rounds = 25;
  const came = collect(writers * rounds, 'many-');
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let version = 1; version <= rounds; version++)
        await world.db.write(hubViewer('test'), async (tx) => {
          await say(tx, `many-${writer}`, version);
          // the lower transaction id often commits last: what a reader by number would skip
          if (version % 3 === 0) await new Promise((resolve) => setTimeout(resolve, Math.random() * 15));
        });
    }),
  );
  const lines = await came;
  expect(new Set(lines.map((line) => line.id)).size).toBe(writers * rounds);
  expect(lines.length).toBe(writers * rounds);
  for (let writer = 0; writer < writers; writer++) {
    const versions = lines
      .filter((line) => line.subjectId === `many-${writer}`)
      .map((line) => line.subjectVersion);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  }
});
