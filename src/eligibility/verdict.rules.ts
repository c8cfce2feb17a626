import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

export const Verdict = vocabulary({
  PASS: 'It is so (rempli)',
  FAIL: 'It is not so (non rempli)',
  UNKNOWN: 'Not known, or not for the hub to say: a question to ask the sender (à demander)',
});
export type Verdict = Vocabulary<typeof Verdict>;
