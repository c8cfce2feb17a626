import type { Verdict } from '../eligibility/verdict.rules.ts';
import type { AgeBand } from '../people/person.rules.ts';
import type { FrenchLevel, Licence, TimeBand } from '../people/profile.rules.ts';
import type { TargetPublic } from '../programme/public.rules.ts';

/** What is known of the person; whatever is not is a question. */
export interface KnownOf {
  ageBand: AgeBand | null;
  situations: readonly TargetPublic[];
  /** Whether they are eligible to insertion by work with this employer. */
  iae: Verdict;
  weeklyHoursLeast: number | null;
  weeklyHoursMost: number | null;
  licences: readonly Licence[] | null;
  frenchLevel: FrenchLevel | null;
  /** Null while nobody stated when the person is available; empty: at any time. */
  timeBands: readonly TimeBand[] | null;
}
