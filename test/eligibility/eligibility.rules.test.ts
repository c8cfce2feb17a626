import fc from 'fast-check';
import { checkCriteria, IaeCriterion, levelOf, validUntil } from '../../src/eligibility/diagnosis.rules.ts';
import {
  dayAfter,
  iaeEligibility,
  standingIn,
  windowsOf,
  type DiagnosisFacts,
  type PassFacts,
} from '../../src/eligibility/eligibility.rules.ts';
import {
  checkedEnd,
  checkWithin,
  prolonged,
  suspended,
  type PassState,
} from '../../src/eligibility/pass.rules.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import { SiaeKind } from '../../src/offers/offer.rules.ts';

const reason = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    const { code, field, details } = error as Refusal;
    return `${details.reason ?? code} ${field}`;
  }
  return null;
};

describe('eligibility to insertion by work', () => {
  const pass = (over: Partial<PassFacts> = {}): PassFacts => ({
    ...{ fromDay: '2026-01-01', endsOn: '2027-12-31', suspendedFrom: null, suspendedUntil: null, ...over },
  });
  const by = (kind: DiagnosisFacts['kind'], organisationId = 'org_a'): DiagnosisFacts => ({
    ...{ kind, organisationId, onDay: '2026-01-01', validUntil: '2026-07-01' },
  });
  const held = { suspendedFrom: '2026-03-01', suspendedUntil: '2026-04-30' };
  const prescriber = by('AUTHORISED_PRESCRIBER');

  test.each<[string, PassFacts[], DiagnosisFacts[], string, string | null, string]>([
    ['nothing at all', [], [], '2026-03-15', null, 'NOTHING_KNOWN'],
    ['a pass on its first day', [pass()], [], '2026-01-01', null, 'PASS until 2027-12-31'],
    ['a pass on its last day', [pass()], [], '2027-12-31', null, 'PASS until 2027-12-31'],
    ['a pass the day after', [pass()], [], '2028-01-01', null, 'PASS_ENDED'],
    ['a pass the day before', [pass()], [], '2025-12-31', null, 'PASS_NOT_BEGUN'],
    ['a suspended pass', [pass(held)], [], '2026-03-01', null, 'PASS_SUSPENDED'],
    ['a pass before its suspension', [pass(held)], [], '2026-02-28', null, 'PASS until 2026-02-28'],
    ['a pass after its suspension', [pass(held)], [], '2026-05-01', null, 'PASS until 2027-12-31'],
    ['a prescriber’s diagnosis', [], [prescriber], '2026-07-01', null, 'PRESCRIBER_DIAGNOSIS until 2026-07-01'],
    ['one of over six months', [], [prescriber], '2026-07-02', null, 'DIAGNOSIS_ENDED'],
    ['one of later', [], [prescriber], '2025-12-31', null, 'DIAGNOSIS_NOT_BEGUN'],
    ['a suspended pass beside a diagnosis', [pass(held)], [prescriber], '2026-03-15', null, 'PRESCRIBER_DIAGNOSIS until 2026-07-01'],
    ['a pass beside a diagnosis', [pass()], [prescriber], '2026-03-15', null, 'PASS until 2027-12-31'],
    ['an employer’s diagnosis, with that employer', [], [by('EMPLOYER')], '2026-03-15', 'org_a', 'EMPLOYER_DIAGNOSIS until 2026-07-01'],
    ['an employer’s diagnosis, elsewhere', [], [by('EMPLOYER')], '2026-03-15', 'org_b', 'NOTHING_KNOWN'],
    ['an employer’s diagnosis, of nobody in particular', [], [by('EMPLOYER')], '2026-03-15', null, 'NOTHING_KNOWN'],
  ])('%s', (_, passes, diagnoses, on, employer, told) => {
    const { ground, until, question } = iaeEligibility({ passes, diagnoses }, on, employer);
    expect(question ?? `${ground} until ${until}`).toBe(told);
  }); // prettier-ignore

  const start = fc.integer({ min: -900, max: 900 }).map((days) => dayAfter('2026-11-23', days));
  const passes = fc.tuple(start, fc.nat(900), fc.option(fc.tuple(fc.nat(800), fc.nat(200)))).map(([fromDay, days, off]) =>
    pass({
      ...{ fromDay, endsOn: dayAfter(fromDay, days) },
      ...(off && { suspendedFrom: dayAfter(fromDay, off[0]), suspendedUntil: dayAfter(fromDay, off[0] + off[1]) }),
    }),
  ); // prettier-ignore
  const diagnoses = fc
    .tuple(start, fc.constantFrom('AUTHORISED_PRESCRIBER', 'EMPLOYER'), fc.constantFrom('org_a', 'org_b'))
    .map(([onDay, kind, organisationId]): DiagnosisFacts => ({
      ...{ kind: kind as DiagnosisFacts['kind'], organisationId, onDay, validUntil: validUntil(onDay) },
    }));
  const facts = fc.record({
    passes: fc.array(passes, { maxLength: 3 }),
    diagnoses: fc.array(diagnoses, { maxLength: 3 }),
  });

  test('whatever is known: PASS exactly where something runs that day, otherwise a question, never FAIL', () => {
    fc.assert(
      fc.property(facts, start, fc.constantFrom(null, 'org_a', 'org_b'), (known, on, employer) => {
        const standing = iaeEligibility(known, on, employer);
        const runs =
          known.passes.some(
            (each) => each.fromDay <= on && on <= each.endsOn && !(each.suspendedFrom && each.suspendedFrom <= on && on <= each.suspendedUntil!),
          ) ||
          known.diagnoses.some(
            (each) => each.onDay <= on && on <= each.validUntil && (each.kind !== 'EMPLOYER' || each.organisationId === employer),
          );
        expect(standing.verdict).toBe(runs ? 'PASS' : 'UNKNOWN');
        expect(standing.question === null).toBe(runs);
        if (runs) expect(standing.until! >= on).toBe(true);
      }),
    );
  }); // prettier-ignore

  test('a receiver’s windows say the same as the facts, and nothing of another employer’s diagnosis', () => {
    fc.assert(
      fc.property(facts, start, (known, on) => {
        const windows = windowsOf(known, 'org_a');
        expect({ ...iaeEligibility(known, on, 'org_a'), question: null }).toEqual(standingIn(windows, on));
        const others = known.diagnoses.filter(
          (each) => each.kind === 'EMPLOYER' && each.organisationId !== 'org_a',
        );
        const without = { ...known, diagnoses: known.diagnoses.filter((each) => !others.includes(each)) };
        expect(windowsOf(without, 'org_a')).toEqual(windows);
      }),
    );
  });
});

describe('a pass', () => {
  const state: PassState = {
    fromDay: '2026-01-01',
    endsOn: '2027-12-31',
    suspendedFrom: null,
    suspendedUntil: null,
    withdrawnAt: null,
  };
  const withdrawn = { ...state, withdrawnAt: '2026-02-01T08:00:00Z' };

  test('lasts 24 months unless the platform says otherwise', () => {
    expect(checkedEnd({ from: '2026-01-01' })).toBe('2027-12-31');
    expect(checkedEnd({ from: '2024-02-29' })).toBe('2026-02-27');
    expect(checkedEnd({ from: '2026-01-01', to: '2026-06-30' })).toBe('2026-06-30');
    expect(reason(() => checkedEnd({ from: '2026-01-01', to: '2025-12-31' }))).toBe('DATES_REVERSED to');
    expect(reason(() => checkedEnd({ from: '2026-01-01', to: '2046-01-02' }))).toBe('PASS_TOO_LONG to');
  });

  test('ends as many days later as it was suspended', () => {
    expect(suspended(state, { from: '2026-03-01', until: '2026-03-31' })).toMatchObject({
      endsOn: '2028-01-31',
    });
  });

  test.each<[string, PassState, string, string, string]>([
    ['withdrawn', withdrawn, '2026-03-01', '2026-03-31', 'WRONG_STATE null'],
    ['before it begins', state, '2025-12-31', '2026-03-31', 'WITHIN_PASS from'],
    ['after it ends', state, '2028-01-01', '2028-03-31', 'WITHIN_PASS from'],
    ['backwards', state, '2026-03-31', '2026-03-01', 'DATES_REVERSED until'],
    ['for over three years', state, '2026-03-01', '2029-03-02', 'MONTHS until'],
    ['within another suspension', { ...state, suspendedFrom: '2026-02-01', suspendedUntil: '2026-03-01' }, '2026-03-01', '2026-03-31', 'SUSPENDED_THEN from'],
  ])('is not suspended %s', (_, pass, from, until, refused) => {
    expect(reason(() => suspended(pass, { from, until }))).toBe(refused);
  }); // prettier-ignore

  test('is prolonged beyond its end, and not once withdrawn', () => {
    expect(prolonged(state, '2028-12-31')).toEqual({ prolongedTo: '2028-12-31', endsOn: '2028-12-31' });
    expect(reason(() => prolonged(state, '2027-12-31'))).toBe('AFTER_END to');
    expect(reason(() => prolonged(withdrawn, '2028-12-31'))).toBe('WRONG_STATE null');
    expect(reason(() => checkWithin(367))).toBe('RANGE within');
  });
});

describe('the criteria of an employer', () => {
  test.each<[SiaeKind, IaeCriterion[], string | null]>([
    ['ACI', ['RSA'], null],
    ['ACI', ['CAP_BEP', 'PI', 'PM'], null],
    ['ACI', ['CAP_BEP', 'PI'], 'NOT_ENOUGH criteria'],
    ['EI', ['CAP_BEP', 'CAP_BEP', 'PI'], 'NOT_ENOUGH criteria'],
    ['EITI', ['QPV', 'JEUNE'], 'NOT_ENOUGH criteria'],
    ['AI', ['QPV', 'JEUNE'], null],
    ['ETTI', ['QPV', 'JEUNE'], null],
    ['ETTI', ['QPV'], 'NOT_ENOUGH criteria'],
    ['AI', [], 'NOT_ENOUGH criteria'],
    ['AI', ['JEUNE', 'SENIOR', 'QPV'], 'CONTRARY criteria'],
    ['ACI', ['DELD', 'DETLD'], 'CONTRARY criteria'],
  ])('as %s on %j: %s', (siaeKind, criteria, refused) => {
    expect(reason(() => checkCriteria({ kind: 'EMPLOYER', siaeKind, criteria }))).toBe(refused);
  });

  test('are needed of an employer alone: a prescriber states none', () => {
    expect(reason(() => checkCriteria({ kind: 'AUTHORISED_PRESCRIBER' }))).toBeNull();
    expect(reason(() => checkCriteria({ kind: 'AUTHORISED_PRESCRIBER', criteria: ['RSA'] }))).toBe(
      'NOT_ASKED criteria',
    );
    expect(reason(() => checkCriteria({ kind: 'AUTHORISED_PRESCRIBER', siaeKind: 'AI' }))).toBe(
      'NOT_ASKED siaeKind',
    );
    expect(reason(() => checkCriteria({ kind: 'EMPLOYER', criteria: ['RSA'] }))).toBe('REQUIRED siaeKind');
  });

  test('one of the first level is always enough, whatever the structure', () => {
    const first = (Object.keys(IaeCriterion) as IaeCriterion[]).filter((each) => levelOf(each) === 1);
    expect(first.sort()).toEqual(['AAH', 'ASS', 'DETLD', 'RSA']);
    for (const siaeKind of Object.keys(SiaeKind) as SiaeKind[])
      for (const each of first) expect(reason(() => checkCriteria({ kind: 'EMPLOYER', siaeKind, criteria: [each] }))).toBeNull();
  }); // prettier-ignore
});
