import { Refusal } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

/** Why a member who sees everybody opens somebody outside their own portfolio: docs/domain.md §1. */
export const Purpose = vocabulary({
  FOLLOW_UP: 'Following the person in the place of an absent colleague (suivi)',
  SUPERVISION: 'Supervising how the person is followed (encadrement)',
  PERSON_REQUEST: 'The person asked: a question, a complaint, their rights (demande de la personne)',
  DATA_QUALITY: 'Correcting a record, telling doubles apart (qualité des données)',
  INCIDENT: 'Looking into an incident (incident)',
});
export type Purpose = Vocabulary<typeof Purpose>;

/** A stated purpose as its code, null when none was stated. One misspelled is refused: it would be taken for none. */
export function purposeOf(stated: unknown): Purpose | null {
  if (stated === undefined || stated === null) return null;
  if (typeof stated !== 'string' || !Object.hasOwn(Purpose, stated))
    throw new Refusal('BAD_REQUEST', { reason: 'PURPOSE' });
  return stated as Purpose;
}
