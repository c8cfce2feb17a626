import { Temporal } from 'temporal-polyfill';
import { endOfDay } from '../kernel/calendar.ts';
import { parisDay } from '../kernel/clock.ts';
import { invalid, Refusal } from '../kernel/refusal.ts';
import { meaningsOf, type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import { checkDays } from '../partners/organisation.rules.ts';
import type { Category } from '../people/access.rules.ts';
import { closedToEmployers, isEmployer, mayOpen, type Holder } from '../people/closed.rules.ts';

export const SharingPurpose = vocabulary({
  PREPARE_REFERRAL: 'To see whether an action would suit, before it is sent (préparer une orientation)',
  JOINT_FOLLOW_UP: 'Two partners follow the person together (accompagnement conjoint)',
  RIGHTS: 'To open the person’s rights, or keep them (accès aux droits)',
  HOUSING: 'To find a home, or stay in it (accès au logement, maintien dans le logement)',
  HEALTH_PATHWAY: 'Care, prevention, recognition of a disability (parcours de santé)',
  CHILDCARE: 'To have the children looked after (garde d’enfants)',
  MOBILITY: 'To get to work or training (mobilité)',
  LEAVING_PRISON: 'To prepare the way out of prison (préparation à la sortie de détention)',
});
export type SharingPurpose = Vocabulary<typeof SharingPurpose>;

export const SharingEndReason = vocabulary({
  PERSON_REQUEST: 'The person says stop; nobody may refuse it (demande de la personne)',
  NO_LONGER_NEEDED: 'The purpose is reached, or given up (plus nécessaire)',
  LEGAL_BASIS_ENDED: 'The ground it stood on is no longer there (fin de la base légale)',
  MISTAKE: 'It was given by mistake (erreur)',
});
export type SharingEndReason = Vocabulary<typeof SharingEndReason>;

export const GrantEndReason = vocabulary({
  ...(meaningsOf(SharingEndReason) as Record<SharingEndReason, string>),
  TERM: 'Its last day is over (échéance)',
  ERASED: 'The person’s record was erased (dossier effacé)',
});
export type GrantEndReason = Vocabulary<typeof GrantEndReason>;

export const GrantState = vocabulary({
  UPCOMING: 'Given; it opens nothing yet (à venir)',
  RUNNING: 'It opens what it names (en cours)',
  ENDED: 'It opens nothing any more; `endReason` says why (terminé)',
});
export type GrantState = Vocabulary<typeof GrantState>;

export interface GrantFacts {
  opensAt: string;
  closesAt: string;
  endedAt: string | null;
}

export function grantState({ opensAt, closesAt, endedAt }: GrantFacts, now: string): GrantState {
  if (endedAt !== null || closesAt <= now) return 'ENDED';
  return opensAt > now ? 'UPCOMING' : 'RUNNING';
}

/** Why and on which day it ended; one whose last day is over has ended, whether the hub has noted it or not. */
export function endOf(
  grant: GrantFacts & { untilDay: string; endReason: GrantEndReason | null },
  now: string,
) {
  if (grantState(grant, now) !== 'ENDED') return null;
  const { endedAt, endReason, untilDay: term } = grant;
  return endedAt === null || endReason === 'TERM' || endReason === null
    ? { on: term, reason: 'TERM' as const }
    : { on: parisDay(endedAt), reason: endReason };
}

export function mayEnd(grant: GrantFacts, now: string): void {
  const state = grantState(grant, now);
  if (state === 'ENDED') throw new Refusal('WRONG_STATE', { state, move: 'end' });
}

/** A grant is dated: this long at most, and this long if nobody says. */
const mostMonths = 12;

export interface Term {
  fromDay: string;
  untilDay: string;
  opensAt: string;
  closesAt: string;
}

/** From the first moment of a day to the last of another, in Paris; what begins today begins now. */
export function termOf(
  asked: { from?: string | null; until?: string | null },
  today: string,
  now: string,
): Term {
  const fromDay = asked.from ?? today;
  if (fromDay < today) throw invalid('from', 'PAST');
  if (fromDay > later(today)) throw invalid('from', 'MONTHS', { most: mostMonths });
  const untilDay = asked.until ?? later(fromDay);
  checkDays('until', fromDay, untilDay);
  if (untilDay > later(fromDay)) throw invalid('until', 'MONTHS', { most: mostMonths });
  const opensAt = fromDay === today ? now : endOfDay(dayBefore(fromDay));
  return { fromDay, untilDay, opensAt, closesAt: endOfDay(untilDay) };
}

function later(day: string): string {
  return Temporal.PlainDate.from(day).add({ months: mostMonths }).toString();
}

function dayBefore(day: string): string {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
}

/** Whom a grant names, and all that decides what it may open to them. */
export interface Recipient extends Holder {
  id: string;
  /** Whether it may follow people itself. */
  mayFollow: boolean;
}

const always: readonly Category[] = ['CORE', 'IDENTITY', 'CONTACT'];
/** What each purpose needs beside a name and a way to reach the person: no more is shared (RGPD, article 5.1.c). */
const needed: Record<SharingPurpose, readonly Category[]> = {
  PREPARE_REFERRAL: ['NEEDS', 'PROFILE'],
  JOINT_FOLLOW_UP: ['NEEDS', 'PROFILE', 'PATHWAY', 'ENTITLEMENTS', 'HEALTH', 'JUSTICE'],
  RIGHTS: ['NEEDS', 'ENTITLEMENTS'],
  HOUSING: ['NEEDS', 'ENTITLEMENTS'],
  HEALTH_PATHWAY: ['NEEDS', 'PROFILE', 'HEALTH'],
  CHILDCARE: ['NEEDS', 'PROFILE'],
  MOBILITY: ['NEEDS', 'PROFILE'],
  LEAVING_PRISON: ['NEEDS', 'PROFILE', 'JUSTICE'],
};

/** Purposes that tell by themselves what the law closes to an employer. */
const tellingPurposes: readonly SharingPurpose[] = ['HEALTH_PATHWAY', 'LEAVING_PRISON'];

/**
 * Whether what a grant is for, and to whom it is given, tells what is guarded: to whom the law closes that, it does not
 * exist. The column `guarded` says the same.
 */
export function isGuarded({
  purpose,
  categories,
}: {
  purpose: SharingPurpose;
  categories: readonly Category[];
}): boolean {
  return tellingPurposes.includes(purpose) || categories.some((each) => closedToEmployers.includes(each));
}

/** What a grant opens: the core with whatever else it names, each once. */
export function withCore(categories: readonly Category[]): Category[] {
  return [...new Set<Category>(['CORE', ...categories])];
}

/**
 * The pathway leads to every referral and placement of the person: it opens only to those who could follow the person
 * themselves and are nobody's employer.
 */
function mayFollowPathway(recipient: Recipient): boolean {
  return recipient.mayFollow && !isEmployer(recipient);
}

/** What the law closes is told before what the purpose does not need. */
export function checkCategories(
  categories: readonly Category[],
  purpose: SharingPurpose,
  recipients: readonly Recipient[],
): void {
  for (const [at, category] of categories.entries()) {
    const field = `categories.${at}`;
    if (recipients.some((recipient) => !mayOpen(category, recipient)))
      throw new Refusal('CLOSED_BY_LAW', { category }, field);
    if (category === 'PATHWAY' && !recipients.every(mayFollowPathway))
      throw invalid(field, 'PATHWAY_TO_FOLLOWERS');
    if (!always.includes(category) && !needed[purpose].includes(category))
      throw invalid(field, 'NOT_NEEDED', { purpose, category });
  }
}
