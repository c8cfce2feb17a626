import { registerVocabulary } from '../graphql/vocabulary.ts';
import { Category } from './access.rules.ts';

export const PersonCategory = registerVocabulary(
  'PersonCategory',
  'A kind of data about a person; each opens by itself.',
  Category,
);
