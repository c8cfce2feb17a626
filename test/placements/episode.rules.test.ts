import fc from 'fast-check';
import { Refusal } from '../../src/kernel/refusal.ts';
import {
  checkEpisode,
  EpisodeKind,
  suspendsByItself,
  told,
  type EpisodeFacts,
  type Recorded,
} from '../../src/placements/episode.rules.ts';
import { plusDays } from '../../src/placements/placement.rules.ts';

const today = '2026-11-23';

function why(episode: EpisodeFacts, others: readonly Recorded[] = []): string | null {
  try {
    checkEpisode(episode, { startedOn: '2026-11-01', today, others });
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return `${error.field}: ${error.details.reason as string}`;
  }
}
const trial: EpisodeFacts = { kind: 'TRIAL_PERIOD', from: '2026-11-10', suspends: true };

test('an immersion or a training goes on within the contract; who is away or tried elsewhere interrupts it', () => {
  expect(Object.values(EpisodeKind).filter(suspendsByItself)).toEqual([
    ...['TRIAL_PERIOD', 'SICK_LEAVE', 'FAMILY_LEAVE', 'LEAVE'],
  ]);
  expect(why({ ...trial, suspends: false })).toBe('suspends: TRIAL_SUSPENDS');
});

test('of a leave nothing is told but that there is one', () => {
  expect(Object.values(EpisodeKind).map(told)).toEqual(
    ['PMSMP', 'TRIAL_PERIOD', 'LEAVE', 'LEAVE', 'LEAVE', 'TRAINING', 'OTHER'], // prettier-ignore
  );
});

test('it began after the start and not tomorrow; its other days follow from its first', () => {
  expect(why({ ...trial, expectedTo: '2026-12-10' })).toBeNull();
  expect(why({ ...trial, from: '2026-10-31' })).toBe('from: BEFORE_START');
  expect(why({ ...trial, from: '2026-11-24' })).toBe('from: FUTURE');
  expect(why({ ...trial, expectedTo: '2026-11-09' })).toBe('expectedTo: DATES_REVERSED');
  expect(why({ ...trial, to: '2026-11-09' })).toBe('to: DATES_REVERSED');
  expect(why({ ...trial, to: '2026-11-24' })).toBe('to: FUTURE');
});

test('two suspensions share no day, nor do two episodes of one kind; one may begin the day another ended', () => {
  const other = { kind: 'LEAVE', fromDay: '2026-11-05', toDay: '2026-11-10', suspends: true } as const;
  expect(why(trial, [other])).toBeNull();
  expect(why({ ...trial, from: '2026-11-09' }, [other])).toBe('from: OVERLAP');
  expect(why({ ...trial, from: '2026-11-02' }, [other])).toBe('from: OVERLAP');
  expect(why({ ...trial, from: '2026-11-02', to: '2026-11-05' }, [other])).toBeNull();
  const immersion: EpisodeFacts = { kind: 'PMSMP', from: '2026-11-06', suspends: false };
  expect(why(immersion, [other])).toBeNull();
  expect(why(immersion, [{ ...other, kind: 'PMSMP', suspends: false }])).toBe('from: OVERLAP');
  const sick: EpisodeFacts = { kind: 'SICK_LEAVE', from: '2026-11-06', suspends: false };
  expect(why(sick, [{ ...other, toDay: null, suspends: false }])).toBe('from: OVERLAP');
});

test('whatever is accepted one after the other, no day is interrupted twice', () => {
  const day = fc.integer({ min: 0, max: 21 });
  const span = fc.record({ from: day, length: fc.option(day) });
  fc.assert(
    fc.property(fc.array(span, { maxLength: 6 }), (spans) => {
      const recorded: Recorded[] = [];
      for (const { from, length } of spans) {
        const fromDay = plusDays('2026-11-01', from);
        const toDay = length === null ? null : plusDays(fromDay, length);
        if (why({ kind: 'LEAVE', from: fromDay, to: toDay, suspends: true }, recorded) === null)
          recorded.push({ kind: 'LEAVE', fromDay, toDay, suspends: true });
      }
      const inOrder = recorded.sort((one, other) => (one.fromDay < other.fromDay ? -1 : 1));
      for (const [at, { toDay }] of inOrder.entries()) {
        const next = inOrder[at + 1];
        if (next && next.fromDay !== inOrder[at]!.fromDay)
          expect(toDay !== null && toDay <= next.fromDay).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});
