import fc from 'fast-check';
import sql from 'sql-template-tag';
import { behind, eachDue, type DueRow } from '../../src/db/due.ts';
import { World } from '../kit/world.ts';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

/** So many things, several due at one instant, told apart by microseconds that a Date would drop. */
const things = (count: number) => sql`(select lpad(n::text, 3, '0') as id,
  app.clock() + (n / 3) * interval '1 microsecond' as since from generate_series(1, ${count}) n) thing`;

test('each has one turn, however many are taken at once and whichever fail, and is counted once it is committed', async () => {
  const doomed = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 13 }), doomed, async (count, batch, failing) => {
      const turns: string[] = [];
      const faults: string[] = [];
      const sweep = eachDue({
        ...{ cause: 'test', counts: ['odd', 'even', 'fourth'] },
        next: (reader, after, most) =>
          reader.rows<DueRow>(sql`select id, since::text as at from ${things(count)}
            where ${behind(after, sql`since`, sql`id`)} order by since, id limit ${most}`),
        turn: (tx, id) => {
          turns.push(id);
          tx.lastly('fail', () => (failing.includes(Number(id)) ? Promise.reject(new Error('no')) : Promise.resolve()));
          if (Number(id) === 5) return Promise.resolve(null);
          return Promise.resolve(Number(id) % 2 ? 'odd' : Number(id) % 4 ? 'even' : ['even', 'fourth']);
        },
      });
      const swept = await sweep(world.db, (_, id) => faults.push(id), batch);
      const all = Array.from({ length: count }, (_, at) => at + 1);
      const good = all.filter((each) => !failing.includes(each));
      expect(turns.map(Number)).toEqual(all);
      expect(faults.map(Number)).toEqual(all.filter((each) => failing.includes(each)));
      expect(swept).toEqual({
        odd: good.filter((each) => each % 2 && each !== 5).length,
        even: good.filter((each) => each % 2 === 0).length,
        fourth: good.filter((each) => each % 4 === 0).length,
        failed: count - good.length,
      });
    }),
    { numRuns: 25 },
  );
}); // prettier-ignore
