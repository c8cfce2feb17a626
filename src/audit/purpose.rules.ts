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

/** A stated purpose as its code; what is no code counts as none. */
export function purposeOf(stated: unknown): Purpose | null {
  return typeof stated === 'string' && Object.hasOwn(Purpose, stated) ? (stated as Purpose) : null;
}
