import { invalid, Refusal } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import { NeedTheme } from '../people/need.rules.ts';

export const EngagementKind = vocabulary({
  ENGAGEMENT:
    'Engagement contract, for everybody since 1 January 2025 (contrat d’engagement, loi plein emploi)',
  CER: 'Of before, with the council (contrat d’engagements réciproques)',
  PPAE: 'Of before, with France Travail (projet personnalisé d’accès à l’emploi)',
  PACEA: 'Of before, with a mission locale (parcours contractualisé vers l’emploi et l’autonomie)',
  CEJ: 'Of before, for the young (contrat d’engagement jeune)',
});
export type EngagementKind = Vocabulary<typeof EngagementKind>;

export const EngagementState = vocabulary({
  DRAFT: 'Being prepared with the person (en préparation)',
  SIGNED: 'Signed by both, the person and the referent organisation (signé)',
  ENDED: 'Over, with its reason (terminé)',
});
export type EngagementState = Vocabulary<typeof EngagementState>;

export const EngagementParty = vocabulary({
  PERSON: 'The person accompanied (bénéficiaire)',
  REFERENT: 'The referent organisation (organisme référent)',
});
export type EngagementParty = Vocabulary<typeof EngagementParty>;

export const EngagementEndReason = vocabulary({
  REPLACED: 'Another one was signed (remplacé)',
  PATHWAY_ENDED: 'The pathway ended (fin du parcours)',
  TERM: 'Its term came (terme)',
  NOT_PURSUED: 'The person does not wish to go on (abandonné)',
  MISTAKE: 'It was recorded by mistake: it counts for nothing (erreur)',
  OTHER: 'Another reason (autre)',
});
export type EngagementEndReason = Vocabulary<typeof EngagementEndReason>;

/** What fills the week. Care is none of these: it stands with needs, behind their own category. */
export const ActivityKind = vocabulary({
  WORK: 'Work, under an insertion contract or another (emploi)',
  IMMERSION: 'An immersion in a company (immersion, PMSMP)',
  TRAINING: 'Training (formation)',
  JOB_SEARCH: 'Looking for work, workshops included (recherche d’emploi)',
  PROJECT: 'Finding one’s trade (projet professionnel)',
  ACCESS_TO_RIGHTS: 'Papers and rights (démarches, accès aux droits)',
  MOBILITY: 'Licence, transport (mobilité)',
  REMOBILISATION: 'Getting going again (remobilisation)',
  VOLUNTEERING: 'Volunteering, life of the neighbourhood (bénévolat)',
  OTHER: 'Something else (autre)',
});
export type ActivityKind = Vocabulary<typeof ActivityKind>;

export const ReviewDecision = vocabulary({
  CONTINUE: 'It goes on as it is (poursuite)',
  ADAPT: 'Goals or activities are to change (adaptation)',
  REORIENT: 'Another orientation is to be asked for (réorientation à demander)',
  END: 'The pathway is to end (fin de parcours à prononcer)',
});
export type ReviewDecision = Vocabulary<typeof ReviewDecision>;

/** As it is kept: what is done, for how long a week, and within which referral or placement. */
export interface Activity {
  kind: ActivityKind;
  weeklyHours: number | null;
  referral: string | null;
  placement: string | null;
}

/** Law of 18 December 2023 for full employment, article 2: from this day all sign the engagement contract. */
const since = '2025-01-01';
/** Contracts of before run until they are replaced, at the latest to this day. */
const latest = '2027-01-01';
const mostHours = 48;
const mostActivities = 20;
const mostGoals = Object.keys(NeedTheme).length;

/** Its last day: of a contract of before the day when the last of them ends, unless it ends sooner. */
export function termOf(kind: EngagementKind, to: string | null | undefined): string | null {
  if (kind === 'ENGAGEMENT') return to ?? null;
  if (to != null && to > latest) throw invalid('to', 'OF_BEFORE_UNTIL', { latest });
  return to ?? latest;
}

interface Signing {
  kind: EngagementKind;
  toDay: string | null;
  beganOn: string;
}

/** On a day of the pathway that has come, under the law of that day. */
export function checkSigning({ kind, toDay, beganOn }: Signing, signedOn: string, today: string): void {
  if (signedOn > today) throw invalid('signedOn', 'FUTURE');
  if (signedOn < beganOn) throw invalid('signedOn', 'BEFORE_PATHWAY', { from: beganOn });
  if ((kind === 'ENGAGEMENT') !== signedOn >= since) throw invalid('signedOn', 'KIND_OF_THAT_DAY', { since });
  if (toDay !== null && toDay < signedOn) throw invalid('signedOn', 'DATES_REVERSED');
}

export interface Signatures {
  personSignedOn: string | null;
  referentSignedOn: string | null;
}

/** A signature beside what was signed already; each party signs once. Both, if none is named. */
export function signedBy(before: Signatures, by: EngagementParty | null, on: string): Signatures {
  const signs = (party: EngagementParty) => by === null || by === party;
  if ((signs('PERSON') && before.personSignedOn) || (signs('REFERENT') && before.referentSignedOn))
    throw invalid('by', 'SIGNED_ALREADY');
  return {
    personSignedOn: signs('PERSON') ? on : before.personSignedOn,
    referentSignedOn: signs('REFERENT') ? on : before.referentSignedOn,
  };
}

/** In force from the last signature; null while one is missing. */
export function inForceFrom({ personSignedOn, referentSignedOn }: Signatures): string | null {
  if (personSignedOn === null || referentSignedOn === null) return null;
  return personSignedOn > referentSignedOn ? personSignedOn : referentSignedOn;
}

/** Days before a planned review on which the referent is told of it. */
export const reviewToldDays = 7;

/** Health is no goal: it is a need, which opens as needs do. */
export function checkGoals(field: string, goals: readonly NeedTheme[]): void {
  if (goals.includes('SANTE')) throw invalid(field, 'SENSITIVE');
  if (new Set(goals).size !== goals.length) throw invalid(field, 'TWICE');
  if (goals.length > mostGoals) throw invalid(field, 'TOO_MANY', { most: mostGoals });
}

type Hours = Pick<Activity, 'weeklyHours'>;

export function checkActivities(activities: readonly Hours[]): void {
  if (activities.length > mostActivities) throw invalid('activities', 'TOO_MANY', { most: mostActivities });
  for (const [at, { weeklyHours }] of activities.entries())
    if (weeklyHours !== null && !(weeklyHours > 0 && weeklyHours <= mostHours))
      throw invalid(`activities.${at}.weeklyHours`, 'WEEKLY_HOURS', { most: mostHours });
  if (hoursOf(activities) > mostHours) throw invalid('activities', 'WEEKLY_HOURS', { most: mostHours });
}

/** Hours a week of all its activities together; fifteen are aimed at (code du travail L5411-6), and nobody is held to them here. */
export function hoursOf(activities: readonly Hours[]): number {
  return activities.reduce((sum, { weeklyHours }) => sum + (weeklyHours ?? 0), 0);
}

interface Standing {
  state: EngagementState;
  signedOn: string | null;
}

export function checkNotEnded({ state }: Pick<Standing, 'state'>, move: string): void {
  if (state === 'ENDED') throw new Refusal('WRONG_STATE', { state, move });
}

export function checkDraft({ state }: Pick<Standing, 'state'>): void {
  if (state !== 'DRAFT') throw new Refusal('WRONG_STATE', { state, move: 'sign' });
}

/** What is reviewed was signed; the review looks back, the next one ahead. */
export function checkReview(
  { state, signedOn }: Standing,
  { heldOn, nextOn }: { heldOn: string; nextOn?: string | null },
  today: string,
): void {
  if (state !== 'SIGNED') throw new Refusal('WRONG_STATE', { state, move: 'review' });
  if (heldOn > today) throw invalid('heldOn', 'FUTURE');
  if (heldOn < signedOn!) throw invalid('heldOn', 'DATES_REVERSED');
  if (nextOn != null && nextOn <= heldOn) throw invalid('nextOn', 'DATES_REVERSED');
}

/** Reasons only the hub gives, since they follow from another move. */
export function checkReason(reason: EngagementEndReason): void {
  if (reason === 'REPLACED' || reason === 'PATHWAY_ENDED') throw invalid('reason', 'NOT_OF_THIS_MOVE');
}

/** The day it ends: no earlier than it was signed, and no later than today. */
export function checkLastDay({ signedOn }: Pick<Standing, 'signedOn'>, endedOn: string, today: string): void {
  if (endedOn > today) throw invalid('endedOn', 'FUTURE');
  if (signedOn !== null && endedOn < signedOn) throw invalid('endedOn', 'DATES_REVERSED');
}
