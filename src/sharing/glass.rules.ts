import { invalid, Refusal } from '../kernel/refusal.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import type { Category } from '../people/access.rules.ts';
import { mayOpen, type Holder } from '../people/closed.rules.ts';

export const GlassReason = vocabulary({
  VITAL_EMERGENCY: 'Their life or health is in danger now (urgence vitale)',
  CHILD_IN_DANGER: 'A child of theirs is in danger (enfant en danger)',
  VIOLENCE: 'They suffer violence, or are threatened with it (violences)',
  SHELTER_TONIGHT: 'They have nowhere to sleep tonight (mise à l’abri)',
  MISSING_PERSON: 'Nobody knows where they are, and there is cause for fear (disparition inquiétante)',
});
export type GlassReason = Vocabulary<typeof GlassReason>;

export const SoughtBy = vocabulary({
  ID: 'By the hub’s own id',
  REFERENCE: 'By the reference people say on the telephone',
  IDENTITY: 'By name and date of birth, all exact',
});
export type SoughtBy = Vocabulary<typeof SoughtBy>;

/** For how long a broken glass opens, and how often a member may try within an hour, also in vain. */
export const glass = { hours: 3, tries: 5, within: 60 * 60_000 } as const;

const everyEmergency: readonly Category[] = ['CORE', 'IDENTITY', 'CONTACT', 'NEEDS'];
/** What one emergency needs beside: what a rescuer must know, and who may know where the person is. */
const beside: Partial<Record<GlassReason, readonly Category[]>> = {
  VITAL_EMERGENCY: ['HEALTH'],
  MISSING_PERSON: ['PATHWAY'],
};

/** An emergency opens what it needs, of what the law leaves open to that organisation and the hub keeps. */
export function openedBy(reason: GlassReason, holder: Holder, health: boolean): Category[] {
  const all = [...everyEmergency, ...(beside[reason] ?? [])];
  return all.filter((category) => mayOpen(category, holder) && (health || category !== 'HEALTH'));
}

/** Only a person who could be asked why: a tool has nobody who saw the emergency. */
export function checkBreaker({ kind, people }: Pick<Viewer, 'kind' | 'people'>): void {
  if (kind === 'TOOL') throw new Refusal('NOT_ALLOWED', { act: 'breakGlass', reason: 'MEMBER_ONLY' });
  if (people === 'NONE') throw new Refusal('NOT_ALLOWED', { act: 'breakGlass' });
}

export interface Sought {
  person?: string | null;
  reference?: string | null;
  identity?: object | null;
}

export function soughtBy({ person, reference, identity }: Sought): SoughtBy {
  const given = [person, reference, identity].filter((each) => each != null);
  if (given.length !== 1) throw invalid('person', 'ONE_OF');
  if (person != null) return 'ID';
  return reference != null ? 'REFERENCE' : 'IDENTITY';
}

const [leastDetail, mostDetail] = [20, 500];

/** The sentence that says why, as it is kept; counted in characters as PostgreSQL counts them. */
export function detailOf(detail: string): string {
  const text = detail.trim();
  const length = [...text].length;
  if (length < leastDetail || length > mostDetail)
    throw invalid('detail', 'LENGTH', { least: leastDetail, most: mostDetail });
  return text;
}

export function checkTries(tries: number): void {
  if (tries >= glass.tries) throw new Refusal('TOO_MANY_ATTEMPTS', { most: glass.tries });
}
