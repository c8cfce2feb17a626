import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

/** The publics of insertion by the codes of les-emplois. Young and senior are read from the age, never stored. */
export const TargetPublic = vocabulary({
  RSA: 'Receives the minimum income (bénéficiaire du RSA)',
  ASS: 'Receives the specific solidarity allowance (allocataire de l’ASS)',
  AAH: 'Receives the allowance for disabled adults (allocataire de l’AAH)',
  DETLD: 'Has sought work for 24 months or more (demandeur d’emploi de très longue durée)',
  CAP_BEP: 'Left school at level 3 or below (CAP, BEP ou infra)',
  ASE: 'Left child welfare (sortant de l’aide sociale à l’enfance)',
  DELD: 'Has sought work for 12 to 24 months (demandeur d’emploi de longue durée)',
  TH: 'Is recognised as a disabled worker (RQTH)',
  PI: 'Raises children alone (parent isolé)',
  PSH_PR: 'Has no home, or is sheltered (sans hébergement, hébergé ou parcours de rue)',
  REF_DA: 'Is a refugee, protected or seeks asylum (réfugié, protégé, demandeur d’asile)',
  ZRR: 'Lives in a rural revitalisation zone (résident de ZRR ou ZFRR)',
  QPV: 'Lives in a priority neighbourhood (résident de QPV)',
  DETENTION_MJ: 'Leaves prison, or is under a court’s order (sortant de détention, sous main de justice)',
  FLE: 'Speaks French below A1 (français langue étrangère)',
  PM: 'Cannot travel easily (problème de mobilité)',
});
export type TargetPublic = Vocabulary<typeof TargetPublic>;
