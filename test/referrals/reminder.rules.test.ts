import { defaultDelays } from '../../src/referrals/delay.rules.ts';
import { daysOf, rateOf, sentenceOf } from '../../src/referrals/timeliness.rules.ts';
import { nextReminder, remindersAt, waitReminder } from '../../src/referrals/reminder.rules.ts';

const nantes = { commune: '44109', startsOn: null };
const monday = '2026-11-23T08:00:00.000Z';
const run = { from: monday, delays: defaultDelays, stops: [] };

test('a provider is reminded at half of its time, its managers at four fifths, the sender a day before the end', () => {
  // from Monday nine o’clock to the end of Monday 7 December: 255 hours of business
  expect(remindersAt(run, nantes)).toEqual([
    '2026-11-30T15:30:00.000Z', // after 127 hours and a half: Monday, 16:30
    '2026-12-03T20:00:00.000Z', // after 204 hours: Thursday, 21:00
    '2026-12-04T23:00:00.000Z', // after 231: a business day before the end
  ]);
  expect([0, 1, 2, 3].map((said) => nextReminder(run, nantes, said))).toEqual([
    ...remindersAt(run, nantes),
    null,
  ]);
});

test('what stops the clock moves the reminders too, but not one that came before', () => {
  const stops = [{ from: '2026-12-01T08:00:00.000Z', until: '2026-12-02T08:00:00.000Z' }];
  expect(remindersAt({ ...run, stops }, nantes)).toEqual([
    '2026-11-30T15:30:00.000Z',
    '2026-12-04T20:00:00.000Z',
    '2026-12-07T23:00:00.000Z',
  ]);
});

test('under the shortest delay the order stays', () => {
  const delays = { ...defaultDelays, answer: 2 };
  const said = remindersAt({ ...run, delays }, nantes);
  expect([...said].sort()).toEqual(said);
});

test('the sender is asked five days before a wait ends', () => {
  expect(waitReminder('2026-12-23T08:00:00.000Z')).toBe('2026-12-18T08:00:00.000Z');
});

test('how a partner answers is exact for itself and the council, a band for others', () => {
  expect([rateOf({ due: 12, inTime: 10 }, true), rateOf({ due: 12, inTime: 10 }, false)]).toEqual([
    0.833, 0.8,
  ]);
  const minutes = 3.6 * 1440;
  expect([daysOf(minutes, true), daysOf(minutes, false), daysOf(60, false)]).toEqual([3.6, 4, 1]);
  expect(sentenceOf(minutes, false, 'en')).toBe('answers in about 4 days');
  expect(sentenceOf(60, false, 'en')).toBe('answers in about 1 day');
  expect(sentenceOf(minutes, true, 'fr')).toBe('répond en 3,6 jours');
  expect(sentenceOf(1440, false, 'fr')).toBe('répond en environ 1 jour');
});
