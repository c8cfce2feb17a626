import fc from 'fast-check';
import { Category } from '../../src/people/access.rules.ts';
import { mayOpen } from '../../src/people/closed.rules.ts';
import {
  checkCategories,
  endOf,
  grantState,
  type Recipient,
  SharingPurpose,
  termOf,
  withCore,
} from '../../src/sharing/grant.rules.ts';

const today = '2026-11-23';
const now = '2026-11-23T08:00:00.000Z';
const purposes = Object.keys(SharingPurpose) as SharingPurpose[];
const categories = Object.keys(Category) as Category[];

const to = (kind: string, over: Partial<Recipient> = {}): Recipient => ({
  ...{ id: 'org', kind, remit: null, employs: false, mayFollow: false },
  ...over,
});
const refusalOf = (work: () => unknown) => {
  try {
    work();
    return null;
  } catch (error) {
    const { code, details, field } = error as { code: string; details: { reason?: string }; field: string };
    return [details.reason ?? code, field];
  }
};

describe('the time of a grant', () => {
  test('runs from now to the end of its last day in Paris, twelve months if nobody says', () => {
    expect(termOf({}, today, now)).toEqual({
      fromDay: today,
      untilDay: '2027-11-23',
      opensAt: now,
      closesAt: '2027-11-23T23:00:00.000Z',
    });
    expect(termOf({ from: '2027-07-01', until: '2027-07-31' }, today, now)).toMatchObject({
      opensAt: '2027-06-30T22:00:00.000Z',
      closesAt: '2027-07-31T22:00:00.000Z',
    });
  });

  test.each([
    [{ from: '2026-11-22' }, ['PAST', 'from']],
    [{ from: '2027-11-24' }, ['MONTHS', 'from']],
    [{ until: '2027-11-24' }, ['MONTHS', 'until']],
    [{ from: '2026-12-01', until: '2026-11-30' }, ['DATES_REVERSED', 'until']],
    [{ from: '2027-11-23', until: '2028-11-23' }, null],
    [{ until: today }, null],
  ])('%p', (asked, expected) => expect(refusalOf(() => termOf(asked, today, now))).toEqual(expected));

  test('is over by its date, whether the hub has noted it or not', () => {
    const term = termOf({ from: '2026-12-01', until: '2026-12-31' }, today, now);
    const grant = { ...term, endedAt: null, endReason: null };
    const at = (instant: string) => grantState(grant, instant);
    expect([at(now), at(term.opensAt), at('2026-12-31T22:59:59.999Z'), at(term.closesAt)]).toEqual([
      'UPCOMING',
      'RUNNING',
      'RUNNING',
      'ENDED',
    ]);
    expect(endOf(grant, now)).toBeNull();
    expect(endOf(grant, term.closesAt)).toEqual({ on: '2026-12-31', reason: 'TERM' });
    const stopped = { ...grant, endedAt: '2026-12-03T23:30:00.000Z', endReason: 'PERSON_REQUEST' as const };
    expect(endOf(stopped, term.closesAt)).toEqual({ on: '2026-12-04', reason: 'PERSON_REQUEST' });
  });
});

describe('what a grant may open', () => {
  const check = (given: Category[], purpose: SharingPurpose, ...recipients: Recipient[]) =>
    refusalOf(() => checkCategories(given, purpose, recipients));
  const employer = to('INSERTION_ENTERPRISE', { mayFollow: true });
  const plie = to('PLIE', { mayFollow: true });

  test.each([
    [['IDENTITY', 'HEALTH'], 'HEALTH_PATHWAY', [employer], ['CLOSED_BY_LAW', 'categories.1']],
    [['HEALTH'], 'HEALTH_PATHWAY', [to('ASSOCIATION')], null],
    [['HEALTH'], 'HEALTH_PATHWAY', [to('ASSOCIATION', { employs: true })], ['CLOSED_BY_LAW', 'categories.0']],
    [['HEALTH'], 'HEALTH_PATHWAY', [to('ASSOCIATION'), to('ASSOCIATION', { employs: true })], ['CLOSED_BY_LAW', 'categories.0']],
    [['CORE'], 'PREPARE_REFERRAL', [to('BENEFITS_FUND')], ['CLOSED_BY_LAW', 'categories.0']],
    [['HEALTH'], 'HOUSING', [plie], ['NOT_NEEDED', 'categories.0']],
    [['PATHWAY'], 'JOINT_FOLLOW_UP', [plie], null],
    [['PATHWAY'], 'JOINT_FOLLOW_UP', [employer], ['PATHWAY_TO_FOLLOWERS', 'categories.0']],
    [['PATHWAY'], 'JOINT_FOLLOW_UP', [to('COMPANY')], ['PATHWAY_TO_FOLLOWERS', 'categories.0']],
    [['PATHWAY'], 'PREPARE_REFERRAL', [plie], ['NOT_NEEDED', 'categories.0']],
  ] as [Category[], SharingPurpose, Recipient[], string[] | null][])('%p for %s to %p', (given, purpose, recipients, expected) =>
    expect(check(given, purpose, ...recipients)).toEqual(expected));

  test('whatever is asked, nothing passes that the law closes to one of them, and the core is always in it', () => {
    const someone = fc.record({
      id: fc.constant('org'),
      kind: fc.constantFrom('COUNCIL', 'PLIE', 'COMMUNE', 'ASSOCIATION', 'INSERTION_ENTERPRISE', 'COMPANY', 'STATE', 'BENEFITS_FUND'),
      remit: fc.constantFrom(null, 'CCAS'),
      employs: fc.boolean(),
      mayFollow: fc.boolean(),
    });
    const given = fc.array(fc.constantFrom(...categories), { maxLength: 12 });
    fc.assert(
      fc.property(given, fc.constantFrom(...purposes), fc.array(someone, { minLength: 1 }), (asked, purpose, all) => {
        if (check(asked, purpose, ...all)) return;
        expect(asked.every((category) => all.every((each) => mayOpen(category, each)))).toBe(true);
        const opened = withCore(asked);
        expect(opened[0]).toBe('CORE');
        expect(new Set(opened).size).toBe(opened.length);
      }),
    );
  });
}); // prettier-ignore
