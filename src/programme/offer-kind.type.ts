import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './offer-kind.rules.ts';

export const OfferKind = registerVocabulary(
  'OfferKind',
  'What kind of insertion action it is.',
  rules.OfferKind,
);
