import fc from 'fast-check';
import { holdsNir, refuseNir } from '../../src/people/nir.rules.ts';

const valid = '255081416802538';

test.each([
  valid,
  '2 55 08 14 168 025 38',
  'sécu 2.55.08.14.168.025.38 !',
  '2-55-08-14-168-025-38',
  '2550814168025',
  '1 85 05 2A 123 456',
  '２５５０８１４１６８０２５３８',
])('%s is a social security number', (text) => {
  expect(holdsNir(text)).toBe(true);
});

test.each([
  '255081416802539', // a wrong key
  '35600000000048', // a SIRET
  '02 40 12 34 56',
  '1763890800000', // an instant in milliseconds: no such month
  '2026-11-23 08:00:00.000',
  '12550814168025381234',
  '',
])('%s is none', (text) => {
  expect(holdsNir(text)).toBe(false);
});

test('whatever is typed around it, a number with the right key is found', () => {
  const around = fc.string({ maxLength: 20 }).map((text) => text.replace(/[0-9\s.-]/g, 'x'));
  fc.assert(fc.property(around, around, (before, after) => holdsNir(`${before}${valid}${after}`)));
});

test('it is refused wherever it stands in an input, by the path of the field', () => {
  expect(() => refuseNir({ contact: { address: `chez ${valid}` } })).toThrow(
    expect.objectContaining({ code: 'INVALID_INPUT', field: 'contact.address' }),
  );
});
