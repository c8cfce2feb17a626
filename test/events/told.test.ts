import fc from 'fast-check';
import { always, Told, type Since } from '../../src/events/told.ts';

const at = (pos: number) => ({ tx: 1n, pos: BigInt(pos) });

/** A memory as one listener knows it that has been there from the beginning. */
class Alone {
  private readonly told: Told;
  private now = 0;
  constructor(
    bound: number,
    private readonly since: Since = always,
  ) {
    this.told = new Told(bound);
  }
  step = (person: string, subject: string, open: boolean) =>
    this.told.step(person, subject, open, at(++this.now))(this.since);
  end = (person: string, open: boolean, gone: readonly string[]) =>
    this.told.end(person, open, gone).find(({ to }) => to(this.since))?.ended ?? null;
  subjectsOf = (person: string) => this.told.subjectsOf(person);
}

test('the end is told once, only of whom it took away, and again only after they opened again', () => {
  const told = new Alone(10);
  expect(told.end('nobody told of', false, [])).toBeNull();
  expect(told.step('person', 'referral', true)).toBe(true);
  expect(told.end('person', true, [])).toBeNull();
  expect(told.end('person', false, [])).toEqual({ person: 'person', subjects: [] });
  expect(told.end('person', false, [])).toBeNull();
  expect(told.step('person', 'referral', false)).toBe(false);
  expect(told.step('person', 'another referral', false)).toBe(true);
  expect(told.step('person', 'referral', true)).toBe(true);
  expect(told.end('person', false, ['referral'])).toEqual({ person: 'person', subjects: ['referral'] });
  expect(told.subjectsOf('person')).toEqual(['another referral']);
});

test('a subject told without its person ends by itself alone', () => {
  const told = new Alone(10);
  told.step('person', 'referral', false);
  expect(told.end('person', false, [])).toBeNull();
  expect(told.step('person', 'referral', false)).toBe(true);
  expect(told.end('person', false, ['referral'])).toEqual({ person: null, subjects: ['referral'] });
});

test('it remembers no more than its bound: the person longest unheard of goes first', () => {
  const told = new Alone(3);
  for (const person of ['a', 'b', 'a', 'c', 'd']) told.step(person, `of ${person}`, true);
  expect(['a', 'b', 'c', 'd'].map((person) => told.subjectsOf(person).length)).toEqual([1, 0, 1, 1]);
});

test('who joined later is told the end of what it was told itself, and of nothing else', () => {
  const told = new Told(10);
  told.step('person', 'first', true, at(1));
  told.step('person', 'second', true, at(3));
  const ends = told.end('person', false, ['first', 'second']);
  const heard = [0, 1, 2, 3, 4].map((since) =>
    ends.filter(({ to }) => to(at(since))).map(({ ended }) => ended),
  );
  expect(heard).toEqual([
    [{ person: 'person', subjects: ['first', 'second'] }],
    [{ person: 'person', subjects: ['second'] }],
    [{ person: 'person', subjects: ['second'] }],
    [],
    [],
  ]);
});

test('after the end only who had not heard of the subject is told its steps', () => {
  const told = new Told(10);
  told.step('person', 'referral', true, at(2));
  told.end('person', false, []);
  const to = told.step('person', 'referral', false, at(5));
  expect([to(at(1)), to(at(2)), to(at(4))]).toEqual([false, true, true]);
});

test('each hears one listener’s story, however many listen together', () => {
  const events = fc.array(
    fc.record({
      end: fc.boolean(),
      open: fc.boolean(),
      subject: fc.constantFrom('a', 'b', 'c'),
      gone: fc.subarray(['a', 'b', 'c']),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(events, fc.nat(12), (story, joined) => {
      const together = new Told(100);
      const alone = new Told(100);
      story.forEach(({ end, open, subject, gone }, now) => {
        const here = now >= joined;
        if (end) {
          const shared = together.end('person', open, gone).find(({ to }) => to(at(joined)))?.ended ?? null;
          const own = here ? (alone.end('person', open, gone)[0]?.ended ?? null) : null;
          if (here) expect(sorted(shared)).toEqual(sorted(own));
        } else {
          const shared = together.step('person', subject, open, at(now + 1))(at(joined));
          if (here) expect(shared).toBe(alone.step('person', subject, open, at(now + 1))(always));
        }
      });
    }),
  );
});

const sorted = (ended: { person: string | null; subjects: string[] } | null) =>
  ended && { ...ended, subjects: [...ended.subjects].sort() };
