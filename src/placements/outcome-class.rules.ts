import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

/** Who counts what as a success: partners count differently, and their figures stand side by side, never added. */
export const RuleSet = vocabulary({
  PDI_2007: 'The programme’s own: did the path end in a durable job or a qualifying training (PDI 2007)',
  IAE_2013: 'Exits of insertion structures by the statistical convention of 2013 (sorties dynamiques)',
  PLIE: 'Positive exits of the participants of the PLIE (protocole du PLIE)',
});
export type RuleSet = Vocabulary<typeof RuleSet>;

export const OutcomeClass = vocabulary({
  DURABLE_JOB: 'A durable job (emploi durable)',
  TRANSITIONAL_JOB: 'A job that may lead further (emploi de transition)',
  QUALIFYING_TRAINING: 'A training that leads to a certification (formation qualifiante)',
  POSITIVE_EXIT: 'A positive exit, as the rule set has it (sortie positive)',
  OTHER_EXIT: 'Any other exit, unemployment and what nobody told included (autre sortie)',
  CONTINUES: 'No exit: the path goes on elsewhere (poursuite du parcours)',
  WITHDRAWN: 'Not counted at all: the stay was too short, or the person died (retrait)',
  PENDING: 'It cannot be said yet; `why` says what is missing (en attente)',
});
export type OutcomeClass = Vocabulary<typeof OutcomeClass>;

export const LengthBound = vocabulary({
  AT_LEAST: 'So many months or more: exactly so many is enough',
  MORE_THAN: 'More than so many months: exactly so many is not enough',
  LESS_THAN: 'Less than so many months',
});
export type LengthBound = Vocabulary<typeof LengthBound>;
