import fc from 'fast-check';
import { openedTo } from '../../src/people/closed.rules.ts';
import { checkNeed } from '../../src/people/need.rules.ts';
import { ageBand, checkLegalBasis, referenceOf, shownCommune } from '../../src/people/person.rules.ts';
import { checkProfile, restated } from '../../src/people/profile.rules.ts';

const refused = (reason: string) => expect.objectContaining({ details: expect.objectContaining({ reason }) });

test.each([
  [null, null],
  [2005, 'UNDER_26'],
  [2000, 'FROM_26_TO_39'],
  [1980, 'FROM_40_TO_49'],
  [1976, 'FROM_50'],
])('who was born in %s is in the band %s', (year, band) => {
  expect(ageBand(year, '2026-11-23')).toBe(band);
});

test('a commune of 5,000 inhabitants could name one person and is not shown', () => {
  expect(shownCommune({ code: '44001', population: 5000 })).toBeNull();
  expect(shownCommune({ code: '44109', population: 5001 })).toBe('44109');
});

test('a reference is short and never ambiguous to say', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 6, maxLength: 6 }), (bytes) =>
      /^P-[0-9A-HJKMNP-TV-Z]{6}$/.test(referenceOf(bytes)),
    ),
  );
});

describe('the legal basis', () => {
  test.each(['COUNCIL', 'BENEFITS_FUND', 'EMPLOYMENT_SERVICE', 'COMMUNE'])(
    '%s cannot ask consent',
    (kind) => {
      expect(() => checkLegalBasis('CONSENT', { kind, delegated: false })).toThrow(
        refused('NO_FREE_CONSENT'),
      );
      checkLegalBasis('LEGAL_OBLIGATION', { kind, delegated: false });
    },
  );
  test('an association needs the consent of the person, or the delegation of the council', () => {
    const kind = 'ASSOCIATION';
    expect(() => checkLegalBasis('PUBLIC_INTEREST', { kind, delegated: false })).toThrow(
      refused('NO_MISSION'),
    );
    checkLegalBasis('CONSENT', { kind, delegated: false });
    checkLegalBasis('PUBLIC_INTEREST', { kind, delegated: true });
  });
  test('a PLIE has a mission, and its participants may say no', () => {
    checkLegalBasis('PUBLIC_INTEREST', { kind: 'PLIE', delegated: false });
    checkLegalBasis('CONSENT', { kind: 'PLIE', delegated: false });
  });
});

test('rights, health and justice open to the referent who does not employ, and to nobody who only registered', () => {
  const special = ['ENTITLEMENTS', 'HEALTH', 'JUSTICE'] as const;
  const opened = (reason: 'REFERENT' | 'REGISTRAR', kind: string, employs = false) =>
    special.filter((category) => openedTo(reason, { kind, remit: null, employs }).includes(category));
  expect(opened('REFERENT', 'INSERTION_ENTERPRISE')).toEqual([]);
  expect(opened('REFERENT', 'ASSOCIATION', true)).toEqual([]);
  expect(opened('REFERENT', 'PLIE')).toEqual(special);
  expect(opened('REGISTRAR', 'PLIE')).toEqual([]);
});

describe('a need', () => {
  const check = (need: object) => () => checkNeed({ theme: 'MOBILITE', ...need }, '2026-11-23');
  test('is a theme, and maybe a thématique and a detail', () => {
    check({ thematique: 'mobilite--preparer-un-permis', detail: 'sans permis' })();
  });
  test.each([
    [{ theme: 'SANTE', detail: 'dos' }, 'SENSITIVE'],
    [{ theme: 'SANTE', thematique: 'mobilite--preparer-un-permis' }, 'SENSITIVE'],
    [{ thematique: 'sante--addictions' }, 'SENSITIVE'],
    [
      {
        thematique:
          'difficultes-administratives-ou-juridiques--prendre-en-compte-une-problematique-judiciaire',
      },
      'SENSITIVE',
    ],
    [{ thematique: 'mobilite--voler' }, 'CODE'],
    [{ detail: 'x'.repeat(501) }, 'LENGTH'],
    [{ openedOn: '2026-11-24' }, 'FUTURE'],
  ])('%j is refused: %s', (need, reason) => {
    expect(check(need)).toThrow(refused(reason));
  });
});

describe('a profile', () => {
  test.each([
    [{ wishedTrades: ['Z9999'] }, 'ROME'],
    [{ wishedTrades: ['A1203'], refusedTrades: ['A1203'] }, 'WISHED_TOO'],
    [{ skills: [''] }, 'LENGTH'],
    [{ skills: Array(31).fill('x') }, 'TOO_MANY'],
    [{ travel: { mode: 'CAR', maxMinutes: 30, maxKm: 30 } }, 'MINUTES_OR_KM'],
    [{ travel: { mode: 'CAR', maxKm: 0 } }, 'RANGE'],
    [{ availability: { weeklyHoursLeast: 30, weeklyHoursMost: 20 } }, 'RANGE'],
    [{ availability: { away: [{ from: '2026-12-02', to: '2026-12-01' }] } }, 'DATES_REVERSED'],
  ])('%j is refused: %s', (profile, reason) => {
    expect(() => checkProfile(profile as never)).toThrow(refused(reason));
  });

  test('each line remembers when and by whom it was stated; null makes it unknown again', () => {
    const first = restated({}, { skills: ['x'], licences: ['B'] }, '2026-01-01', 'org_a');
    const then = restated(first, { skills: null, frenchLevel: 'A2' }, '2026-02-01', 'org_b');
    expect(then).toEqual({
      LICENCES: { on: '2026-01-01', by: 'org_a' },
      FRENCH_LEVEL: { on: '2026-02-01', by: 'org_b' },
    });
  });
});
