import { france } from '../../src/kernel/calendar.ts';
import { answersFrom, cancelled, checkClosure } from '../../src/partners/closure.rules.ts';

const today = '2026-07-20';
const refused = (from: string, to: string, others: { from: string; to: string }[] = []) => {
  try {
    checkClosure({ from, to }, others, today);
    return null;
  } catch (error) {
    return (error as { details: { reason?: string } }).details.reason;
  }
};

test('a closure is said beforehand, has an end, and is neither too long nor over another', () => {
  expect(refused(today, '2026-08-23')).toBeNull();
  expect(refused('2026-07-19', '2026-08-23')).toBe('PAST');
  expect(refused('2026-08-01', '2026-07-31')).toBe('DATES_REVERSED');
  expect(refused('2026-08-01', '2026-09-14')).toBeNull();
  expect(refused('2026-08-01', '2026-09-15')).toBe('CLOSED_TOO_LONG');
  const august = { from: '2026-08-01', to: '2026-08-23' };
  for (const day of [august.from, august.to]) expect(refused(day, '2026-08-30', [august])).toBe('OVERLAP');
  expect(refused('2026-08-24', '2026-08-30', [august])).toBeNull();
});

test('closures after one another are no way never to answer: sixty days in a year', () => {
  const spring = { from: '2026-03-01', to: '2026-04-09' }; // forty days
  expect(refused('2026-08-01', '2026-08-20', [spring])).toBeNull();
  expect(refused('2026-08-01', '2026-08-21', [spring])).toBe('CLOSED_TOO_OFTEN');
  expect(refused('2027-01-02', '2027-01-31', [spring])).toBeNull();
});

test('taken back, a closure to come never was, one that runs ends today, one that is over stays', () => {
  const now = '2026-07-20T08:00:00.000Z';
  expect(cancelled({ from: '2026-07-21', to: '2026-07-31' }, today, now)).toEqual({ cancelledAt: now });
  expect(cancelled({ from: '2026-07-20', to: '2026-07-31' }, today, now)).toEqual({ toDay: today });
  expect(() => cancelled({ from: '2026-07-01', to: '2026-07-19' }, today, now)).toThrow('TOO_LATE');
});

test('who is closed answers from the next business day on which nothing is closed', () => {
  const closed = [{ from: '2026-08-01', to: '2026-08-14' }, { from: '2026-08-17', to: '2026-08-25' }];
  expect(answersFrom('2026-08-03', closed, france)).toBe('2026-08-26'); // the 15th is a holiday and a Saturday
  expect(answersFrom('2026-07-31', closed, france)).toBeNull();
  expect(answersFrom('2026-08-26', closed, france)).toBeNull();
}); // prettier-ignore
