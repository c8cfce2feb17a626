import fc from 'fast-check';
import { grouped, type Joint } from '../../src/doubles/group.rules.ts';
import { decided, type LinkActor, linkMoves, LinkState } from '../../src/doubles/link.rules.ts';
import { Refusal } from '../../src/kernel/refusal.ts';

const joint = (person: string, into: string, of: Partial<Joint> = {}): Joint => ({
  ...{ link: `${person}${into}`, person, into, confirmed: true, at: '1' },
  ...of,
});
const shown = (people: string, ...joints: Joint[]) =>
  grouped([...people], joints)
    .map(({ sameAs, countedAs }) => sameAs + countedAs)
    .join(' ');

test('records that nothing joins stand for themselves', () => {
  expect(shown('ab')).toBe('aa bb');
});

test('a confirmed link makes one person, known by the record that was there, along a chain too', () => {
  expect(shown('ab', joint('b', 'a'))).toBe('aa aa');
  expect(shown('abc', joint('c', 'b'), joint('b', 'a', { at: '2' }))).toBe('aa aa aa');
});

test('a link that waits counts once and joins nothing', () => {
  expect(shown('ab', joint('b', 'a', { confirmed: false }))).toBe('aa ba');
});

test('a record that may be one of two people does not make these two one', () => {
  const [first, second] = ['1', '2'].map((at) => ({ confirmed: false, at }));
  expect(shown('abc', joint('c', 'b', second), joint('c', 'a', first))).toBe('aa bb ca');
});

test('links that run in a circle end at one record', () => {
  const circle = [joint('a', 'b'), joint('b', 'c', { at: '2' }), joint('c', 'a', { at: '3' })];
  expect(shown('abc', ...circle)).toBe('cc cc cc');
});

const names = [...'abcdef'];
const anyJoint = fc
  .record({
    link: fc.uuid(),
    person: fc.constantFrom(...names),
    into: fc.constantFrom(...names),
    confirmed: fc.boolean(),
    at: fc.constantFrom('1', '2', '3'),
  })
  .filter(({ person, into }) => person !== into);
const anyJoints = fc.uniqueArray(anyJoint, { selector: ({ link }) => link, maxLength: 9 });

test('whatever the links, each record has one canonical record, which stands for itself; one person is counted once', () => {
  fc.assert(
    fc.property(anyJoints, (joints) => {
      const groups = new Map(grouped(names, joints).map((each) => [each.person, each]));
      for (const { person, sameAs, countedAs, link } of groups.values()) {
        expect(groups.get(sameAs)).toMatchObject({ sameAs, countedAs });
        expect(groups.get(countedAs)!.countedAs).toBe(countedAs);
        expect(link === null).toBe(person === sameAs);
      }
      for (const { person, into, confirmed } of joints)
        if (confirmed) expect(groups.get(person)!.sameAs).toBe(groups.get(into)!.sameAs);
    }),
  );
});

test('a link more and then less changes nothing, in whatever order they are given', () => {
  fc.assert(
    fc.property(anyJoints, anyJoint, (joints, more) => {
      const before = grouped(names, joints);
      grouped(names, [...joints, more]);
      expect(grouped(names, joints.toReversed())).toEqual(before);
    }),
  );
});

test('only the moves of the table are made, by those it names', () => {
  const by: LinkActor[] = ['DECIDER', 'FOLLOWER'];
  const made = Object.keys(LinkState).flatMap((state) =>
    linkMoves.moves.flatMap((move) =>
      by.flatMap((actor) => {
        try {
          return `${actor}: ${state} ${move} ${decided(state as never, move, [actor])}`;
        } catch (error) {
          expect(['WRONG_STATE', 'NOT_ALLOWED']).toContain((error as Refusal).code);
          return [];
        }
      }),
    ),
  );
  expect(made).toEqual([
    'DECIDER: PROPOSED confirm CONFIRMED',
    'DECIDER: PROPOSED refuse REFUSED',
    'FOLLOWER: PROPOSED merge CONFIRMED',
    'DECIDER: CONFIRMED unmerge UNLINKED',
    'FOLLOWER: CONFIRMED unmerge UNLINKED',
  ]);
});
