/** Short lists of data·inclusion v1 that a service is described with, verbatim: they belong to data·inclusion. */

/** Whom it is for (publics). */
export const publics: readonly string[] = [
  'actifs',
  'beneficiaires-des-minimas-sociaux',
  'demandeurs-emploi',
  'etudiants',
  'familles',
  'femmes',
  'jeunes',
  'personnes-en-situation-de-handicap',
  'personnes-en-situation-durgence',
  'personnes-en-situation-juridique-specifique',
  'personnes-exilees',
  'residents-qpv-frr',
  'seniors',
  'tous-publics',
];

/** Open to everybody: such an offer answers a search for any public. */
export const everyPublic = 'tous-publics';

/** Whether it costs something (frais). */
export const fees: readonly string[] = ['gratuit', 'payant'];

/** Where people are received (modes d’accueil). */
export const receptionModes: readonly string[] = ['a-distance', 'en-presentiel'];

/** How one asks for it (modes de mobilisation). */
export const mobilisationModes: readonly string[] = [
  'envoyer-un-courriel',
  'se-presenter',
  'telephoner',
  'utiliser-lien-mobilisation',
];

/** Who may ask for it (personnes mobilisatrices). */
export const mobilisableBy: readonly string[] = ['professionnels', 'usagers'];

/** What kind of service it is (types de services). */
export const serviceTypes: readonly string[] = [
  'accompagnement',
  'aide-financiere',
  'aide-materielle',
  'atelier',
  'formation',
  'information',
];
