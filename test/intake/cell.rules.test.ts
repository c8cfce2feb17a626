import fc from 'fast-check';
import { codesIn, dayIn, monthIn, numberIn, refuseNirIn, withNought } from '../../src/intake/cell.rules.ts';
import { folded } from '../../src/intake/columns.ts';
import { NeedTheme } from '../../src/people/need.rules.ts';

const refusal = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    return (error as { details: { reason: string } }).details.reason;
  }
  return null;
};

test.each([
  ['2026-11-23', '2026-11-23'],
  ['23/11/2026', '2026-11-23'],
  ['3/2/1987', '1987-02-03'],
  ['03.02.1987', '1987-02-03'],
])('the day %s', (cell, day) => expect(dayIn({ day: cell }, 'day')).toBe(day));

test.each(['31/02/2026', '2026-02-30', '23/11/26', '11-23-2026', 'hier', '46349', '2026-13-01'])(
  'no day: %s',
  (cell) => expect(refusal(() => dayIn({ day: cell }, 'day'))).toBe('DAY'),
);

test('every day, written both ways, is that day', () => {
  const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(days, (date) => {
      const day = date.toISOString().slice(0, 10);
      const [year, month, ofMonth] = day.split('-');
      return dayIn({ day }, 'day') === day && dayIn({ day: `${ofMonth}/${month}/${year}` }, 'day') === day;
    }),
  );
});

test.each([
  ['2026-11', '2026-11-01'],
  ['11/2026', '2026-11-01'],
  ['2026-11-30', '2026-11-01'],
  ['30/11/2026', '2026-11-01'],
])('the month %s', (cell, month) => expect(monthIn({ month: cell }, 'month')).toBe(month));

test.each([
  ['35', 35],
  ['35,5', 35.5],
  ['151.67', 151.67],
])('the number %s', (cell, value) => expect(numberIn({ n: cell }, 'n')).toBe(value));
test.each(['-3', '1 200', '1e3', '35h', '=1+1'])('no number: %s', (cell) =>
  expect(refusal(() => numberIn({ n: cell }, 'n'))).toBe('DECIMAL'),
);

test('codes in one cell, in any letters; one that is none is refused without a word of it', () => {
  expect(codesIn(NeedTheme, { needs: 'mobilite, LOGEMENT | sante,' }, 'needs')).toEqual([
    'MOBILITE',
    'LOGEMENT',
    'SANTE',
  ]);
  expect(refusal(() => codesIn(NeedTheme, { needs: 'toString' }, 'needs'))).toBe('NO_SUCH_CODE');
});

test('a nought that a spreadsheet dropped comes back, where the number is one short and no other', () => {
  expect([
    withNought('612345678', 10),
    withNought('1004', 5),
    withNought('2A004', 5),
    withNought('33612345678', 10),
  ]).toEqual(['0612345678', '01004', '2A004', '33612345678']);
});

test('whatever has the shape of a NIR is refused, spaced or not, whether its key is right or not', () => {
  const digits = fc.stringMatching(/^[12]\d\d(0[1-9]|1[0-2])\d{8}(\d\d)?$/);
  fc.assert(
    fc.property(digits, (nir) => refusal(() => refuseNirIn({ x: nir.replace(/(.{3})/g, '$1 ') })) === 'NIR'),
  );
  for (const other of ['12345678901', '999992139001', '12345678901234', '0612345678'])
    expect(refusal(() => refuseNirIn({ x: other }))).toBeNull();
});

test('a heading is known whatever its case, accents and punctuation', () => {
  expect([folded('Date de naissance '), folded('N° de Sécurité-Sociale'), folded('﻿PRÉNOM')]).toEqual([
    'date_de_naissance',
    'n_de_securite_sociale',
    'prenom',
  ]);
});
