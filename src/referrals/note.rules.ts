import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

/** What a note is about. Nothing on health, offences, opinions or origins, whatever the category. */
export const NoteCategory = vocabulary({
  PRACTICAL: 'Where, when, what to bring (pratique)',
  AVAILABILITY: 'When the person is free, how to reach them (disponibilité)',
  TRAVEL: 'How the person gets there (déplacement)',
  SKILLS: 'Experience and skills for this place (compétences)',
  FOLLOW_UP: 'What was agreed between the two partners (suivi)',
  OTHER: 'Anything else (autre)',
});
export type NoteCategory = Vocabulary<typeof NoteCategory>;

export const longestNote = 500;
