import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

export const IndicatorName = vocabulary({
  BENEFICIARIES_IN_ACTION: 'Beneficiaries with at least a day in an action of the programme (indicateur 1)',
  ENTRIES_IN_ACTION: 'Starts of beneficiaries in an action of the programme: the flow beside the stock (entrées)',
  DURABLE_JOB_OR_QUALIFYING_TRAINING:
    'Beneficiaries whose path ended in a durable job or a qualifying training (indicateur 2)',
  ENGAGEMENTS_SIGNED_IN_TIME: 'Engagement contracts signed by both parties within a month of the orientation (contrats signés dans le délai)',
  IAE_DYNAMIC_EXITS: 'Exits of insertion structures to a job or training, by the convention of 2013 (sorties dynamiques)',
  PLIE_POSITIVE_EXITS: 'Participants sent by the PLIE who left to what its protocol counts (sorties positives du PLIE)',
  WORKING_AFTER_SIX_MONTHS: 'Placements ended six months ago whose person was then in work (suivi à six mois)',
  ANSWERED_IN_TIME: 'Referrals answered before their deadline (taux de réponse)',
  DAYS_TO_ANSWER: 'Business days until an answer, the median (délai de réponse)',
  HOURS_CONTRIBUTED: 'Hours of work given to sites and domains, by the contracts (heures travaillées)',
  PLACES_FILLED: 'Places taken, of those that vacancies offered (taux de remplissage)',
}); // prettier-ignore
export type IndicatorName = Vocabulary<typeof IndicatorName>;

export const IndicatorUnit = vocabulary({
  PERSON: 'People, each once (personnes)',
  PLACEMENT: 'Placements, exits: a person may have several (parcours en structure)',
  PATH: 'Paths, each from its beginning to its end (parcours)',
  REFERRAL: 'Referrals (orientations)',
  PLACE: 'Places (places)',
  NEED: 'Needs of people: somebody may have several (besoins)',
  HOUR: 'Hours (heures)',
  DAY: 'Business days (jours ouvrés)',
});
export type IndicatorUnit = Vocabulary<typeof IndicatorUnit>;

export const IndicatorTerritory = vocabulary({
  HOME: 'Where the person lives (domicile)',
  SITE: 'Where the action takes place (lieu de l’action)',
});
export type IndicatorTerritory = Vocabulary<typeof IndicatorTerritory>;

export const IndicatorDimension = vocabulary({
  MONTH: 'The month (mois)',
  HOME_EPCI: 'The EPCI where the person lives',
  HOME_COMMUNE: 'The commune where the person lives, where it has over 5,000 inhabitants; else null',
  SITE_EPCI: 'The EPCI of the action',
  SITE_COMMUNE: 'The commune of the action',
  OFFER_KIND: 'The kind of offer',
  PROVIDER: 'The organisation that employs or receives',
  HOST: 'The organisation on whose site it is: that of the provider where it says no other (hôte)',
  CONTRIBUTION_DOMAIN: 'What the work contributes to; one of an offer in several domains stands in each',
  OUTCOME_CLASS: 'The class of the outcome by the rule set of the indicator',
});
export type IndicatorDimension = Vocabulary<typeof IndicatorDimension>;

const home = ['HOME_EPCI', 'HOME_COMMUNE'] as const;
const site = ['SITE_EPCI', 'SITE_COMMUNE', 'OFFER_KIND', 'PROVIDER', 'CONTRIBUTION_DOMAIN'] as const;

export interface Meaning {
  /** Needs stand in a table of their own. */
  unit: Exclude<IndicatorUnit, 'NEED'>;
  territory: IndicatorTerritory;
  /** By what it may be told; where people may stand in several groups, the groups cannot be added up. */
  by: readonly IndicatorDimension[];
  additive: boolean;
  ruleSet: 'PDI_2007' | 'IAE_2013' | 'PLIE' | null;
  /** Counts all there are: it is a part of nothing. */
  whole?: true;
  /** Of people by a characteristic, which only the council reads exactly; all else a partner reads of itself. */
  ofPeople: boolean;
  fr: string;
  en: string;
}

export const meanings: Record<IndicatorName, Meaning> = {
  BENEFICIARIES_IN_ACTION: {
    ...{ unit: 'PERSON', territory: 'HOME', by: ['MONTH', ...home, ...site], additive: false, ruleSet: null, ofPeople: true, whole: true },
    fr: 'Personnes distinctes ayant passé au moins un jour, en cours ou suspendu, dans une action du programme pendant la période, et dont un droit au revenu minimum (allocataire ou conjoint) était ouvert le jour où l’action, ou le parcours, a commencé. Les séances d’information d’un jour ou moins ne comptent pas.',
    en: 'Distinct people with at least a day, under way or suspended, in an action of the programme in the period, of whom a minimum-income right (claimant or spouse) was open on the day the action, or the pathway, began. Information sessions of a day or less do not count.',
  },
  ENTRIES_IN_ACTION: {
    ...{ unit: 'PLACEMENT', territory: 'HOME', by: ['MONTH', ...home, ...site], additive: true, ruleSet: null, ofPeople: true, whole: true },
    fr: 'Entrées de bénéficiaires dans une action du programme, par le premier jour.',
    en: 'Starts of beneficiaries in an action of the programme, by the first day.',
  },
  DURABLE_JOB_OR_QUALIFYING_TRAINING: {
    ...{ unit: 'PERSON', territory: 'HOME', by: ['MONTH', ...home], additive: false, ruleSet: 'PDI_2007', ofPeople: true },
    fr: 'Bénéficiaires dont le parcours s’est terminé dans la période (parcours clos ou, à défaut, dernière action terminée, sans reprise sous 45 jours) avec un emploi durable ou une formation qualifiante commencé au plus tard 90 jours après ; rapportés aux bénéficiaires dont le parcours s’est terminé.',
    en: 'Beneficiaries whose path ended in the period (pathway ended or, without one, last action ended; not taken up again within 45 days) with a durable job or a qualifying training begun at most 90 days later; of the beneficiaries whose path ended.',
  },
  ENGAGEMENTS_SIGNED_IN_TIME: {
    ...{ unit: 'PATH', territory: 'HOME', by: ['MONTH', ...home], additive: true, ruleSet: null, ofPeople: true },
    fr: 'Parcours dont le contrat d’engagement devait être signé dans la période (un mois après l’orientation, CASF L262-34) et l’a été à cette date au plus tard par les deux parties ; rapportés à tous ces parcours, sauf ceux clos auparavant sans contrat.',
    en: 'Pathways whose engagement contract was to be signed in the period (a month after the orientation, CASF L262-34) and was by then, by both parties; of all these pathways but those ended before without one.',
  },
  IAE_DYNAMIC_EXITS: {
    ...{ unit: 'PLACEMENT', territory: 'SITE', by: ['MONTH', ...site, 'OUTCOME_CLASS'], additive: true, ruleSet: 'IAE_2013', ofPeople: false },
    fr: 'Sorties de structures de l’IAE vers un emploi durable, un emploi de transition ou une sortie positive ; rapportées aux sorties examinées, retraits exclus.',
    en: 'Exits of insertion structures to a durable job, a transitional job or a positive exit; of the exits examined, those withdrawn left out.',
  },
  PLIE_POSITIVE_EXITS: {
    ...{ unit: 'PERSON', territory: 'HOME', by: ['MONTH', ...home, 'OUTCOME_CLASS'], additive: false, ruleSet: 'PLIE', ofPeople: false },
    fr: 'Participants orientés par le PLIE sortis positivement au sens de son protocole ; rapportés aux participants sortis, poursuites de parcours exclues.',
    en: 'Participants sent by the PLIE who left positively by its protocol; of those who left, paths that go on left out.',
  },
  WORKING_AFTER_SIX_MONTHS: {
    ...{ unit: 'PLACEMENT', territory: 'SITE', by: ['MONTH', ...site], additive: true, ruleSet: null, ofPeople: false },
    fr: 'Suivis à six mois dus dans la période qui ont trouvé la personne en emploi ; rapportés à tous les suivis dus, injoignables et non faits compris.',
    en: 'Six-month follow-ups due in the period that found the person in work; of all that were due, unreachable and not done included.',
  },
  ANSWERED_IN_TIME: {
    ...{ unit: 'REFERRAL', territory: 'SITE', by: ['MONTH', ...site], additive: true, ruleSet: null, ofPeople: false },
    fr: 'Orientations répondues dans le délai ; rapportées aux orientations envoyées et échues dans la période. Retirées avant l’échéance : exclues ; la mise en liste d’attente est une réponse.',
    en: 'Referrals answered in time; of those sent whose deadline fell in the period. Withdrawn before the deadline: left out; waitlisting is an answer.',
  },
  DAYS_TO_ANSWER: {
    ...{ unit: 'DAY', territory: 'SITE', by: ['MONTH', ...site], additive: false, ruleSet: null, ofPeople: false, whole: true },
    fr: 'Délai médian entre l’envoi et la réponse, en jours ouvrés, fermetures et arrêts exclus, pour les réponses de la période.',
    en: 'Median time from sending to the answer, in business days, closures and stops left out, of the answers of the period.',
  },
  HOURS_CONTRIBUTED: {
    ...{ unit: 'HOUR', territory: 'SITE', by: ['MONTH', ...site, 'HOST'], additive: true, ruleSet: null, ofPeople: false },
    fr: 'Heures prévues aux contrats (heures hebdomadaires ÷ 7, jour par jour, suspensions exclues) : une estimation. À une date passée, ce que les contrats disaient alors.',
    en: 'Hours by the contracts (weekly hours ÷ 7, day by day, suspensions left out): an estimate. As of a past moment, what the contracts then said.',
  },
  PLACES_FILLED: {
    ...{ unit: 'PLACE', territory: 'SITE', by: ['MONTH', ...site, 'HOST'], additive: true, ruleSet: null, ofPeople: false },
    fr: 'Places occupées, rapportées aux places des recrutements et séances commençant dans la période, telles qu’elles étaient connues à la date demandée.',
    en: 'Places taken, of those of the recruitments and sessions that begin in the period, as they stood at the moment asked.',
  },
}; // prettier-ignore

/** Groups that people may stand in several of cannot be added up; nor can domains, of which an offer has several. */
export function isAdditive({ additive }: Meaning, by: readonly IndicatorDimension[]): boolean {
  return additive && !by.includes('CONTRIBUTION_DOMAIN');
}
