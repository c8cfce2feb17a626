import { invalid } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import { checkPast } from './placement.rules.ts';

export const EpisodeKind = vocabulary({
  PMSMP: 'Immersion in another company (PMSMP)',
  TRIAL_PERIOD: 'Trial period with another employer (période d’essai)',
  SICK_LEAVE: 'Sick leave; nothing is said of why (arrêt maladie)',
  FAMILY_LEAVE: 'Maternity, paternity, adoption or parental leave (congé familial)',
  LEAVE: 'Away; of what kind is not said, or not for you (absence)',
  TRAINING: 'Training outside (formation)',
  OTHER: 'Another reason (autre)',
});
export type EpisodeKind = Vocabulary<typeof EpisodeKind>;

const leaves: readonly EpisodeKind[] = ['SICK_LEAVE', 'FAMILY_LEAVE'];
/** Nobody works here meanwhile; an immersion or a training is usually part of the contract. */
const suspending: readonly EpisodeKind[] = ['TRIAL_PERIOD', 'SICK_LEAVE', 'FAMILY_LEAVE', 'LEAVE'];

/** What everybody who sees the placement reads of an episode: that somebody is away, never that they are ill. */
export function told(kind: EpisodeKind): EpisodeKind {
  return leaves.includes(kind) ? 'LEAVE' : kind;
}

export function suspendsByItself(kind: EpisodeKind): boolean {
  return suspending.includes(kind);
}

export interface EpisodeFacts {
  kind: EpisodeKind;
  from: string;
  expectedTo?: string | null;
  /** The day the work was taken up again; absent while it lasts. */
  to?: string | null;
  suspends: boolean;
}

export interface Recorded {
  kind: EpisodeKind;
  fromDay: string;
  toDay: string | null;
  suspends: boolean;
}

interface Around {
  startedOn: string;
  today: string;
  others: readonly Recorded[];
}

/** An episode has begun, after the start, and is the only one of its kind, and the only suspension, on its days. */
export function checkEpisode(episode: EpisodeFacts, { startedOn, today, others }: Around): void {
  const { kind, from, expectedTo = null, to = null, suspends } = episode;
  if (kind === 'TRIAL_PERIOD' && !suspends) throw invalid('suspends', 'TRIAL_SUSPENDS');
  checkPast('from', from, today);
  if (from < startedOn) throw invalid('from', 'BEFORE_START', { startedOn });
  if (expectedTo !== null && expectedTo < from) throw invalid('expectedTo', 'DATES_REVERSED');
  if (to !== null) checkTaken(to, { from, today });
  const beside = others.filter((other) => other.kind === told(kind) || (other.suspends && suspends));
  const met = beside.find((other) => meet({ from, to }, other));
  if (met) throw invalid('from', 'OVERLAP', { until: met.toDay ?? today });
}

/** The day the work was taken up again. */
export function checkTaken(
  on: string,
  { from, today }: { from: string; today: string },
  field: 'to' | 'on' = 'to',
): void {
  checkPast(field, on, today);
  if (on < from) throw invalid(field, 'DATES_REVERSED');
}

/** Taken up again and interrupted on the same day: no day belongs to both. */
function meet({ from, to }: { from: string; to: string | null }, other: Recorded): boolean {
  return (other.toDay === null || from < other.toDay) && (to === null || to > other.fromDay);
}
