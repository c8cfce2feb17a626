import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './verdict.rules.ts';

export const Verdict = registerVocabulary('Verdict', 'Whether a person meets a rule.', rules.Verdict);
