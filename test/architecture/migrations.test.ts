import { migrations } from '../../migrations/all.ts';

/** Earlier ones were given stamps out of turn; the databases that ran them know them so. */
const inTurnSince = '202611251380';

test('migrations stand in the list, and in TypeORM’s own order, as their files are named', () => {
  const named = migrations.map((each) => ({
    file: /\d{12}$/.exec(each.name)![0],
    stamp: /\d{13}$/.exec(new each().name!)![0],
  }));
  expect(named.map(({ file }) => file)).toEqual([...new Set(named.map(({ file }) => file))].sort());
  const stamps = named.filter(({ file }) => file >= inTurnSince).map(({ stamp }) => stamp);
  expect(stamps).toEqual([...new Set(stamps)].sort());
  const earlier = named.filter(({ file }) => file < inTurnSince).map(({ stamp }) => stamp);
  expect(stamps.every((each) => earlier.every((before) => before < each))).toBe(true);
});
