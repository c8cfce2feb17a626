import { Temporal } from 'temporal-polyfill';
import { Refusal } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import type { DeclineReason } from './reason.rules.ts';

export const DeclineOwner = vocabulary({
  PERSON: 'Of the person: they would not, or could not (de la personne)',
  PROVIDER: 'Of the provider: it judged so (du prestataire)',
  NOBODY: 'Of nobody: circumstances (de personne)',
});
export type DeclineOwner = Vocabulary<typeof DeclineOwner>;

export const WaitEnd = vocabulary({
  NEW_PROFILE: 'What the person can or wants changed: the profile was updated (nouveau profil)',
  ELIGIBILITY_CHANGED: 'A pass or a diagnosis came or went (éligibilité changée)',
  NEED_CLOSED: 'A need of the person was met (frein levé)',
});
export type WaitEnd = Vocabulary<typeof WaitEnd>;

/** What has changed since a refusal, each said or not. */
export type Changed = Record<WaitEnd, boolean>;

export function sinceOf(changed: Changed): WaitEnd[] {
  return Object.values(WaitEnd).filter((each) => changed[each]);
}

/** Why somebody is sent again to an offer that declined them not long ago. */
export const DespiteRefusal = vocabulary({
  PERSON_ASKS: 'The person asks for it (à la demande de la personne)',
  SITUATION_CHANGED: 'What led to the refusal is no longer so (la situation a changé)',
  PROVIDER_AGREES: 'The provider has said that it would look again (le prestataire est d’accord)',
});
export type DespiteRefusal = Vocabulary<typeof DespiteRefusal>;

export interface Consequence {
  whose: DeclineOwner;
  /** Days before the same offer is proposed to the person again; null: no number of days. */
  waitDays: number | null;
  /** What ends the wait before its days are over, or at all where it has none. */
  liftedBy: readonly WaitEnd[];
  /** Whether the reason is for the person to hear, by who follows them. */
  toldToPerson: boolean;
}

const none = (whose: DeclineOwner, toldToPerson = true): Consequence => ({
  ...{ whose, waitDays: null, liftedBy: [], toldToPerson },
});

/** What follows from each reason (docs/domain.md §4). Not coming has no consequence by itself. */
export const consequences: Readonly<Record<DeclineReason, Consequence>> = {
  DID_NOT_COME: none('PERSON'),
  DID_NOT_COME_TO_INTERVIEW: none('PERSON'),
  HIRED_ELSEWHERE: none('PERSON'),
  TRAINING: none('PERSON'),
  NON_ELIGIBLE: { whose: 'NOBODY', waitDays: null, liftedBy: ['ELIGIBILITY_CHANGED'], toldToPerson: true },
  NOT_MOBILE: {
    whose: 'PERSON',
    waitDays: null,
    liftedBy: ['NEW_PROFILE', 'NEED_CLOSED'],
    toldToPerson: true,
  },
  NOT_INTERESTED: { whose: 'PERSON', waitDays: 180, liftedBy: [], toldToPerson: true },
  LACKING_SKILLS: { whose: 'PROVIDER', waitDays: 90, liftedBy: ['NEW_PROFILE'], toldToPerson: true },
  INCOMPATIBLE: { whose: 'NOBODY', waitDays: null, liftedBy: ['NEED_CLOSED'], toldToPerson: true },
  PREVENT_OBJECTIVES: none('PROVIDER', false),
  NO_POSITION: none('NOBODY'),
  DUPLICATE: none('NOBODY', false),
  OTHER: none('PROVIDER'),
};

/** The first day on which days alone end the wait; null where there are none. */
export function againFrom(reason: DeclineReason, declinedOn: string): string | null {
  const { waitDays } = consequences[reason];
  return waitDays === null ? null : Temporal.PlainDate.from(declinedOn).add({ days: waitDays }).toString();
}

export interface Declined {
  reason: DeclineReason;
  /** The day of the refusal. */
  on: string;
  /** What has changed of the person since. */
  since: readonly WaitEnd[];
}

/** Whether the wait after a refusal still runs. */
export function waits({ reason, on, since }: Declined, today: string): boolean {
  const { waitDays, liftedBy } = consequences[reason];
  if (liftedBy.some((each) => since.includes(each))) return false;
  return waitDays === null ? liftedBy.length > 0 : today < againFrom(reason, on)!;
}

/** A human decides: the same offer within the wait needs a reason, and is then sent as any other. */
export function refuseRecent(declined: Declined, today: string): void {
  if (!waits(declined, today)) return;
  const { reason: code, on: declinedOn } = declined;
  const until = againFrom(code, declinedOn);
  const lifted = consequences[code].liftedBy.length > 0;
  const details = { declined: code, declinedOn, ...(until && { until }) };
  const reason = until === null ? 'UNTIL_LIFTED' : lifted ? 'UNLESS_LIFTED' : null;
  throw new Refusal('REFUSED_RECENTLY', { ...details, ...(reason && { reason }) }, 'despiteRefusal');
}
