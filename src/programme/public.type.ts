import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './public.rules.ts';

export const TargetPublic = registerVocabulary(
  'TargetPublic',
  'A public that the law names for insertion (public cible), by the codes of les-emplois. Young and senior are read from the age.',
  rules.TargetPublic,
);
