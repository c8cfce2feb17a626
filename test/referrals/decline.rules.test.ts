import fc from 'fast-check';
import {
  againFrom,
  consequences,
  refuseRecent,
  waits,
  WaitEnd,
  type Declined,
} from '../../src/referrals/decline.rules.ts';
import { dayAfter } from '../../src/eligibility/eligibility.rules.ts';
import { DeclineReason } from '../../src/referrals/reason.rules.ts';

/** docs/domain.md §4, by hand: whose a refusal is, how long the offer waits, what lifts it, whether the person hears it. */
const documented: Record<DeclineReason, string> = {
  DID_NOT_COME: 'PERSON, none, told',
  DID_NOT_COME_TO_INTERVIEW: 'PERSON, none, told',
  HIRED_ELSEWHERE: 'PERSON, none, told',
  TRAINING: 'PERSON, none, told',
  NON_ELIGIBLE: 'NOBODY, until ELIGIBILITY_CHANGED, told',
  NOT_MOBILE: 'PERSON, until NEW_PROFILE or NEED_CLOSED, told',
  NOT_INTERESTED: 'PERSON, 180 days, told',
  LACKING_SKILLS: 'PROVIDER, 90 days or NEW_PROFILE, told',
  INCOMPATIBLE: 'NOBODY, until NEED_CLOSED, told',
  PREVENT_OBJECTIVES: 'PROVIDER, none, not told',
  NO_POSITION: 'NOBODY, none, told',
  DUPLICATE: 'NOBODY, none, not told',
  OTHER: 'PROVIDER, none, told',
};

test('each reason to decline has the consequence that is written down', () => {
  const written = Object.fromEntries(
    Object.entries(consequences).map(([code, { whose, waitDays, liftedBy, toldToPerson }]) => {
      const lifts = liftedBy.join(' or ');
      const days = waitDays === null ? null : `${waitDays} days`;
      const wait = days && lifts ? `${days} or ${lifts}` : (days ?? (lifts ? `until ${lifts}` : 'none'));
      return [code, `${whose}, ${wait}, ${toldToPerson ? 'told' : 'not told'}`];
    }),
  );
  expect(written).toEqual(documented);
  expect(Object.keys(consequences)).toEqual(Object.keys(DeclineReason));
});

const of = (reason: DeclineReason, over: Partial<Declined> = {}): Declined => ({
  reason,
  on: '2026-06-01',
  since: [],
  ...over,
});

test.each<[string, Declined, string, boolean]>([
  ['90 days for skills', of('LACKING_SKILLS'), '2026-08-29', true],
  ['and not one more', of('LACKING_SKILLS'), '2026-08-30', false],
  ['nor once the profile is another', of('LACKING_SKILLS', { since: ['NEW_PROFILE'] }), '2026-06-02', false],
  ['but a need is no skill', of('LACKING_SKILLS', { since: ['NEED_CLOSED'] }), '2026-06-02', true],
  [
    '180 days where the person would not',
    of('NOT_INTERESTED', { since: ['NEW_PROFILE'] }),
    '2026-11-27',
    true,
  ],
  ['and not one more', of('NOT_INTERESTED'), '2026-11-28', false],
  ['as long as eligibility is the same', of('NON_ELIGIBLE'), '2036-06-01', true],
  ['and no longer', of('NON_ELIGIBLE', { since: ['ELIGIBILITY_CHANGED'] }), '2026-06-02', false],
  ['not at all for who could not be reached', of('DID_NOT_COME'), '2026-06-01', false],
])('an offer waits %s', (_, declined, today, told) => {
  expect(waits(declined, today)).toBe(told);
});

test('a wait only ever ends: no day nor change after which it runs again', () => {
  const codes = Object.keys(consequences) as DeclineReason[];
  const ends = Object.keys(WaitEnd) as WaitEnd[];
  fc.assert(
    fc.property(fc.constantFrom(...codes), fc.subarray(ends), fc.subarray(ends), fc.nat(400), fc.nat(400), (reason, one, more, days, later) => {
      const first = of(reason, { since: one });
      const today = dayAfter(first.on, days);
      const then = { ...first, since: [...one, ...more] };
      if (!waits(first, today)) expect(waits(then, dayAfter(today, later))).toBe(false);
    }),
  );
}); // prettier-ignore

test('says until when, or what lifts it, where the wait still runs', () => {
  expect(againFrom('NOT_INTERESTED', '2026-06-01')).toBe('2026-11-28');
  expect(againFrom('NO_POSITION', '2026-06-01')).toBeNull();
  expect(() => refuseRecent(of('NOT_INTERESTED'), '2026-06-02')).toThrow(/REFUSED_RECENTLY .*2026-11-28/);
  expect(() => refuseRecent(of('LACKING_SKILLS'), '2026-06-02')).toThrow(/2026-08-30.*UNLESS_LIFTED/);
  expect(() => refuseRecent(of('INCOMPATIBLE'), '2026-06-02')).toThrow(/REFUSED_RECENTLY .*UNTIL_LIFTED/);
  expect(() => refuseRecent(of('NO_POSITION'), '2026-06-02')).not.toThrow();
});
