import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

/** What is offered to people, and what they seek: one list for both. */
export const OfferKind = vocabulary({
  INSERTION_WORKSITE: 'Work on an insertion work site, employed by an ACI (chantier d’insertion)',
  INSERTION_ENTERPRISE_JOB:
    'A job in an insertion enterprise: EI, AI, ETTI or EITI (poste en entreprise d’insertion)',
  JOB: 'An ordinary job, durable or not (emploi)',
  IMMERSION: 'A period in a real workplace, without contract (immersion, PMSMP)',
  QUALIFYING_TRAINING: 'Training that leads to a qualification (formation qualifiante)',
  HEALTH: 'Access to care and health (santé)',
  HOUSING: 'Finding, keeping or improving housing (logement)',
  LITERACY: 'Reading, writing, counting, French (lutte contre l’illettrisme, FLE)',
  BUDGET: 'Managing a budget, over-indebtedness (budget)',
  CHILDREN_EDUCATION: 'Support to children’s schooling (éducation des enfants)',
  CHILDCARE: 'Having children looked after (garde d’enfants)',
  MOBILITY: 'Driving licence, vehicle, transport (mobilité)',
  DIGITAL: 'Using digital services (numérique)',
  RIGHTS_AND_LEGAL: 'Access to rights, legal and administrative help (accès aux droits)',
  REMOBILISATION: 'Confidence, activity, social ties (remobilisation)',
  OTHER: 'Anything else (autre)',
});
export type OfferKind = Vocabulary<typeof OfferKind>;
