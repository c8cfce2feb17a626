import fc from 'fast-check';
import { inWords, replaced } from '../../src/people/rectification.rules.ts';

test('only what a change replaced is kept, with what was known before', () => {
  const before = { personId: 'per_1', lastName: 'Durant', firstName: 'Nadia', birthName: null };
  expect(replaced(before, { ...before, lastName: 'Durand' })).toEqual({ lastName: 'Durant' });
  expect(replaced(null, { personId: 'per_1', phone: '02 40 00 00 00', email: null })).toEqual({
    phone: null,
  });
  expect(replaced({ skills: [] }, { skills: null, stated: {} })).toBeNull();
});

test('saying the same again replaces nothing', () => {
  const facts = fc.dictionary(fc.string(), fc.jsonValue());
  fc.assert(fc.property(facts, (known) => replaced(known, structuredClone(known)) === null));
});

test('a former value is told as a person reads it', () => {
  const away = [{ from: '2026-08-01', to: '2026-08-15' }];
  expect([null, 'Durant', ['B', 'AM'], away, 26].map(inWords)).toEqual([
    ...[null, 'Durant', 'B, AM', '2026-08-01 – 2026-08-15', '26'],
  ]);
});
