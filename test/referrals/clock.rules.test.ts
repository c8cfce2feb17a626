import { dueAt, reservedUntil, startedClock } from '../../src/referrals/clock.rules.ts';
import { openToReceiver, openToSender, type DisclosureFacts } from '../../src/referrals/disclosure.rules.ts';
import { ReferralState } from '../../src/referrals/referral.rules.ts';

const now = '2026-11-23T08:00:00.000Z'; // a Monday
const nantes = { commune: '44109', startsOn: null };
const sent = { answerDueAt: null, delays: null };

test('a referral is sent under three business days to take charge and ten to answer', () => {
  expect(startedClock(now, nantes)).toMatchObject({
    acknowledgeDueAt: '2026-11-26T23:00:00.000Z',
    answerDueAt: '2026-12-07T23:00:00.000Z',
  });
});

test('the hub acts at the end of the delay of each state, and never on a closed one', () => {
  const due = (state: ReferralState, startsOn: string | null = null) =>
    dueAt(state, now, { ...nantes, startsOn }, { answerDueAt: 'the answer’s own', delays: null });
  expect(due('SENT')).toBe('the answer’s own');
  expect(due('ACKNOWLEDGED')).toBe('the answer’s own');
  expect(due('WAITLISTED')).toBe('2026-12-23T08:00:00.000Z');
  expect(due('ACCEPTED')).toBe('2026-12-21T23:00:00.000Z'); // twenty business days
  expect(due('ACCEPTED', '2026-12-01')).toBe('2026-12-08T23:00:00.000Z'); // start and five more
  expect(due('ACCEPTED', '2026-11-02')).toBe('2026-12-21T23:00:00.000Z'); // a start already past announces nothing
  expect(due('CANCELLATION_REQUESTED')).toBe('2026-11-25T23:00:00.000Z');
  for (const state of ['DRAFT', 'PLACED', 'DECLINED', 'CLOSED'] as const) expect(due(state)).toBeNull();
});

test('in Strasbourg the day after Christmas does not count', () => {
  const late = '2028-12-22T08:00:00.000Z'; // a Friday; Monday is Christmas, Tuesday is a holiday there alone
  expect(dueAt('CANCELLATION_REQUESTED', late, nantes, sent)).toBe('2028-12-27T23:00:00.000Z');
  const strasbourg = { commune: '67482', startsOn: null };
  expect(dueAt('CANCELLATION_REQUESTED', late, strasbourg, sent)).toBe('2028-12-28T23:00:00.000Z');
});

test('a closed August is no time to answer in: what was sent before answers after it', () => {
  // sent Monday 27 July 2026; closed from Saturday 1 to Sunday 23 August: Tuesday 28 to Friday 31 are four days, then
  // from Monday 24 six more
  const closed = [{ from: '2026-08-01', to: '2026-08-23' }];
  expect(startedClock('2026-07-27T08:00:00.000Z', { ...nantes, closed })).toMatchObject({
    acknowledgeDueAt: '2026-07-30T22:00:00.000Z',
    answerDueAt: '2026-08-31T22:00:00.000Z',
  });
  // a place is reserved, and an acceptance held, for days on which somebody is there
  expect(reservedUntil('2026-07-30T08:00:00.000Z', { ...nantes, closed })).toBe('2026-08-25T22:00:00.000Z');
  const accepted = (place: object) => dueAt('ACCEPTED', '2026-07-27T08:00:00.000Z', { ...nantes, ...place }, sent);
  expect(accepted({ closed })).toBe('2026-09-14T22:00:00.000Z');
  expect(accepted({ closed, startsOn: '2026-07-30' })).toBe('2026-08-27T22:00:00.000Z');
  // silence confirms a cancellation all the same
  expect(dueAt('CANCELLATION_REQUESTED', '2026-07-31T08:00:00.000Z', { ...nantes, closed }, sent)).toBe('2026-08-04T22:00:00.000Z');
}); // prettier-ignore

test('a referral keeps the delays it was sent under, whatever they are now', () => {
  const delays = { acknowledge: 1, answer: 5, waiting: 60, holdAfterStart: 2, holdWithoutStart: 10 };
  expect(startedClock(now, nantes, delays)).toMatchObject({
    delays,
    answerDueAt: '2026-11-30T23:00:00.000Z',
  });
  const due = (state: ReferralState, startsOn: string | null = null) =>
    dueAt(state, now, { ...nantes, startsOn }, { answerDueAt: null, delays });
  expect(due('WAITLISTED')).toBe('2027-01-22T08:00:00.000Z');
  expect(due('ACCEPTED')).toBe('2026-12-07T23:00:00.000Z');
  expect(due('ACCEPTED', '2026-12-01')).toBe('2026-12-03T23:00:00.000Z');
});

test('names open to the receiver by stages, and close with the referral', () => {
  const facts = (over: Partial<DisclosureFacts>): DisclosureFacts => ({
    state: 'SENT',
    disclose: 'AT_ACKNOWLEDGEMENT',
    acknowledgedAt: null,
    metAt: null,
    ...over,
  });
  const named = ['CORE', 'IDENTITY', 'CONTACT'];
  expect(openToReceiver(facts({ state: 'DRAFT' }))).toEqual([]);
  expect(openToReceiver(facts({}))).toEqual(['CORE']);
  expect(openToReceiver(facts({ state: 'WAITLISTED' }))).toEqual(['CORE']);
  expect(openToReceiver(facts({ state: 'ACKNOWLEDGED', acknowledgedAt: now }))).toEqual(named);
  for (const disclose of ['AT_MEETING', 'AT_ACCEPTANCE'] as const) {
    expect(openToReceiver(facts({ state: 'ACKNOWLEDGED', acknowledgedAt: now, disclose }))).toEqual(['CORE']);
    expect(openToReceiver(facts({ state: 'ACCEPTED', acknowledgedAt: now, disclose }))).toEqual(named);
  }
  expect(openToReceiver(facts({ state: 'WAITLISTED', disclose: 'AT_MEETING', metAt: now }))).toEqual(named);
  expect(openToReceiver(facts({ metAt: now }))).toEqual(named);
  expect(openToReceiver(facts({ disclose: 'AT_ACCEPTANCE', metAt: now }))).toEqual(['CORE']);
  for (const state of ['DECLINED', 'WITHDRAWN', 'EXPIRED', 'REROUTED', 'CANCELLED', 'LAPSED', 'CLOSED'] as const) {
    expect(openToReceiver(facts({ state, acknowledgedAt: now }))).toEqual([]);
    expect(openToSender(facts({ state }))).toEqual([]);
  }
}); // prettier-ignore
