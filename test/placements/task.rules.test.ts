import fc from 'fast-check';
import { addDays } from '../../src/kernel/clock.ts';
import { daysToTell, outcomeDueAt, outcomeTask, outcomeTasks } from '../../src/placements/task.rules.ts';

const ended = '2026-11-20';
/** The instants at which the hub acts on an end recorded then, if it is always in time. */
function course(recordedAt: string): string[] {
  const at = [];
  let now = recordedAt;
  for (let reminders = 0; reminders <= outcomeTasks.length; reminders++)
    at.push((now = outcomeDueAt(ended, reminders, now)));
  return at;
}

test('an outcome not known yet is asked for 30, 60 and 90 days after the end, and given up two weeks later', () => {
  expect(course('2026-11-20T10:00:00.000Z')).toEqual([
    '2026-12-20T23:00:00.000Z',
    '2027-01-19T23:00:00.000Z',
    '2027-02-18T23:00:00.000Z',
    '2027-03-04T23:00:00.000Z',
  ]);
});

test('an end recorded months late is asked about at once, and never given up in a day', () => {
  const late = '2027-06-01T10:00:00.000Z';
  expect(course(late)).toEqual([0, 14, 28, 42].map((days) => addDays(late, days)));
});

test('however late it was recorded, two weeks lie between two tasks and before the end of asking', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 }), (days) => {
      const times = course(addDays('2026-11-20T10:00:00.000Z', days)).map((at) => Date.parse(at));
      for (const [at, time] of times.entries())
        expect(at === 0 || time - times[at - 1]! >= daysToTell * 86_400_000).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('what is known leaves no task; correcting the reason of the end alone does not begin anew', () => {
  const now = '2027-01-10T08:00:00.000Z';
  const asked = { endedOn: ended, outcomeDueAt: '2027-01-19T23:00:00.000Z', outcomeReminders: 1 };
  const none = { outcomeDueAt: null, outcomeReminders: 0 };
  expect(outcomeTask({ kind: 'JOB', endedOn: ended }, asked, now)).toEqual(none);
  expect(outcomeTask({ kind: 'NOT_YET_KNOWN', endedOn: ended }, asked, now)).toEqual({
    outcomeDueAt: asked.outcomeDueAt,
    outcomeReminders: 1,
  });
  expect(outcomeTask({ kind: 'NOT_YET_KNOWN', endedOn: ended }, { ...none, endedOn: ended }, now)).toEqual({
    outcomeDueAt: now,
    outcomeReminders: 0,
  });
});
