import { Told } from '../../src/events/told.ts';

test('the end is told once, only of whom it took away, and again only after they opened again', () => {
  const told = new Told(10);
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
  const told = new Told(10);
  told.step('person', 'referral', false);
  expect(told.end('person', false, [])).toBeNull();
  expect(told.step('person', 'referral', false)).toBe(true);
  expect(told.end('person', false, ['referral'])).toEqual({ person: null, subjects: ['referral'] });
});

test('it remembers no more than its bound: the person longest unheard of goes first', () => {
  const told = new Told(3);
  for (const person of ['a', 'b', 'a', 'c', 'd']) told.step(person, `of ${person}`, true);
  expect(['a', 'b', 'c', 'd'].map((person) => told.subjectsOf(person).length)).toEqual([1, 0, 1, 1]);
});
