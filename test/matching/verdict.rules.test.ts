import fc from 'fast-check';
import type { KnownOf } from '../../src/matching/known.rules.ts';
import { verdictsOf } from '../../src/matching/verdict.rules.ts';
import { publics } from '../../src/offers/service.rules.ts';
import { AgeBand } from '../../src/people/person.rules.ts';
import { TargetPublic } from '../../src/programme/public.rules.ts';

const association = { kind: 'ASSOCIATION', remit: null, employs: false };
const employer = { ...association, employs: true };
const nobodyAsked: KnownOf = {
  iae: 'UNKNOWN',
  ageBand: null,
  situations: [],
  weeklyHoursLeast: null,
  weeklyHoursMost: null,
  licences: null,
  frenchLevel: null,
  timeBands: null,
};
const nothingElse = { licences: [], frenchLevel: null, timeBands: [] };
const ofPublics = (asked: string[], known: Partial<KnownOf>, receiver = association) =>
  verdictsOf(
    { publics: asked, siae: false, weeklyHours: null, ...nothingElse },
    { ...nobodyAsked, ...known },
    receiver,
  ).PUBLIC;

describe('the publics of an offer', () => {
  test.each<[string[], Partial<KnownOf>, string | undefined, string | undefined]>([
    // the offer's publics, what is known, as an association is told, as an employer is told
    [[], {}, undefined, undefined],
    [['tous-publics'], {}, 'PASS', 'PASS'],
    [['jeunes'], { ageBand: 'UNDER_26' }, 'PASS', 'PASS'],
    [['jeunes'], { ageBand: 'FROM_40_TO_49' }, 'FAIL', 'FAIL'],
    [['jeunes'], {}, 'UNKNOWN', 'UNKNOWN'],
    [['jeunes', 'seniors'], { ageBand: 'FROM_26_TO_39' }, 'FAIL', 'FAIL'],
    [['jeunes', 'femmes'], { ageBand: 'FROM_50' }, 'UNKNOWN', 'UNKNOWN'],
    [['demandeurs-emploi'], { situations: ['RSA'] }, 'PASS', 'PASS'],
    [['demandeurs-emploi'], { situations: ['DETLD'] }, 'PASS', 'PASS'],
    [['demandeurs-emploi'], {}, 'UNKNOWN', 'UNKNOWN'],
    [['beneficiaires-des-minimas-sociaux'], { situations: ['ASS'] }, 'PASS', 'UNKNOWN'],
    [['beneficiaires-des-minimas-sociaux'], { situations: ['DELD'] }, 'UNKNOWN', 'UNKNOWN'],
    [['residents-qpv-frr'], { situations: ['ZRR'] }, 'PASS', 'PASS'],
    [['personnes-en-situation-de-handicap'], { situations: ['TH', 'AAH'] }, 'UNKNOWN', 'UNKNOWN'],
    [['personnes-en-situation-juridique-specifique'], { situations: ['DETENTION_MJ'] }, 'UNKNOWN', 'UNKNOWN'],
    [['personnes-exilees'], { situations: ['REF_DA'] }, 'UNKNOWN', 'UNKNOWN'],
    [['personnes-en-situation-durgence'], { situations: ['PSH_PR'] }, 'UNKNOWN', 'UNKNOWN'],
    [['familles'], { situations: ['PI'] }, 'UNKNOWN', 'UNKNOWN'],
    [['personnes-en-situation-de-handicap', 'jeunes'], { situations: ['TH'], ageBand: 'FROM_50' }, 'UNKNOWN', 'UNKNOWN'],
  ])('%j, of somebody known by %j: %s to an association, %s to an employer', (asked, known, told, toEmployer) => {
    expect([ofPublics(asked, known), ofPublics(asked, known, employer)]).toEqual([told, toEmployer]);
  }); // prettier-ignore

  const asked = fc.uniqueArray(fc.constantFrom(...publics), { minLength: 1 });
  const codes = Object.keys(TargetPublic) as TargetPublic[];
  const known = fc.record({
    ageBand: fc.option(fc.constantFrom(...(Object.keys(AgeBand) as AgeBand[]))),
    situations: fc.uniqueArray(fc.constantFrom(...codes)),
  });
  const receivers = fc.constantFrom(association, employer);
  const closed = [
    'AAH',
    'TH',
    'DETENTION_MJ',
    'ASE',
    'REF_DA',
    'PSH_PR',
    'PI',
    'CAP_BEP',
    'FLE',
    'PM',
  ] as const;

  test('what the law closes, family and profile never move a verdict, whatever the offer asks', () => {
    fc.assert(
      fc.property(asked, known, receivers, fc.subarray([...closed]), (of, facts, receiver, more) => {
        const without = facts.situations.filter((each) => !(closed as readonly string[]).includes(each));
        const verdict = (situations: TargetPublic[]) => ofPublics(of, { ...facts, situations }, receiver);
        expect(verdict([...without, ...more])).toBe(verdict(without));
      }),
    );
  });

  test.each([
    ['RSA', 'ASS'],
    ['DELD', 'DETLD'],
    ['QPV', 'ZRR'],
  ] as const)('no verdict tells %s from %s', (one, other) => {
    fc.assert(
      fc.property(asked, known, receivers, (of, facts, receiver) => {
        const rest = facts.situations.filter((each) => each !== one && each !== other);
        const verdict = (code: TargetPublic) =>
          ofPublics(of, { ...facts, situations: [...rest, code] }, receiver);
        expect(verdict(one)).toBe(verdict(other));
      }),
    );
  });

  test('to an employer no verdict tells a right to the minimum income from long unemployment', () => {
    fc.assert(
      fc.property(asked, known, (of, facts) => {
        const rest = facts.situations.filter((each) => !['RSA', 'ASS', 'DELD', 'DETLD'].includes(each));
        const verdict = (code: TargetPublic) =>
          ofPublics(of, { ...facts, situations: [...rest, code] }, employer);
        expect(verdict('RSA')).toBe(verdict('DELD'));
      }),
    );
  });
});

test.each<[number | null, number | null, number | null, string | undefined]>([
  // the offer's hours, the person's least and most
  [null, 20, 30, undefined],
  [26, 20, 30, 'PASS'],
  [20, 20, 30, 'PASS'],
  [30, 20, 30, 'PASS'],
  [31, 20, 30, 'FAIL'],
  [19, 20, null, 'FAIL'],
  [35, null, 24, 'FAIL'],
  [26, null, null, 'UNKNOWN'],
])('%s hours a week, of somebody free from %s to %s: %s', (weeklyHours, least, most, told) => {
  const known = { ...nobodyAsked, weeklyHoursLeast: least, weeklyHoursMost: most };
  expect(
    verdictsOf({ publics: [], siae: false, weeklyHours, ...nothingElse }, known, employer).WEEKLY_HOURS,
  ).toBe(told);
});
