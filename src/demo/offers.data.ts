import type { ContributionDomain, SiaeKind } from '../offers/offer.rules.ts';
import type { OfferKind } from '../programme/offer-kind.rules.ts';
import type { ContractKind } from '../vacancies/vacancy.rules.ts';

/** What an offer of the demo is made from; each organisation named publishes one, at one of its sites. */
export interface OfferTemplate {
  kind: OfferKind;
  title: string;
  about: string;
  by: string[];
  siae?: SiaeKind;
  domains?: ContributionDomain[];
  thematiques?: string[];
  rome?: string[];
  publics?: string[];
  /** How it takes people: a recruitment, sessions, without counting, or with no vacancy at all. */
  takes: 'RECRUITMENT' | 'SESSION' | 'UNCOUNTED' | 'NO_VACANCY';
  places?: [least: number, most: number];
  hours?: number;
  weeks?: number;
  contract?: ContractKind;
  service?: string;
}

const minima = ['beneficiaires-des-minimas-sociaux', 'demandeurs-emploi'];

type Work = Pick<OfferTemplate, 'by' | 'rome'> & Partial<OfferTemplate>;
const worksite = (
  title: string,
  about: string,
  domains: ContributionDomain[],
  more: Work,
): OfferTemplate => ({
  kind: 'INSERTION_WORKSITE',
  siae: 'ACI',
  takes: 'RECRUITMENT',
  places: [3, 9],
  hours: 26,
  contract: 'FIXED_TERM_I',
  publics: minima,
  title,
  about,
  domains,
  ...more,
});
const enterprise = (
  siae: SiaeKind,
  title: string,
  about: string,
  domains: ContributionDomain[],
  more: Work,
): OfferTemplate => ({
  kind: 'INSERTION_ENTERPRISE_JOB',
  siae,
  takes: 'RECRUITMENT',
  places: [1, 5],
  hours: 35,
  contract: 'FIXED_TERM_I',
  publics: minima,
  title,
  about,
  domains,
  ...more,
});
const job = (title: string, about: string, more: Work): OfferTemplate => ({
  kind: 'JOB',
  takes: 'RECRUITMENT',
  places: [1, 3],
  hours: 35,
  contract: 'PERMANENT',
  publics: ['demandeurs-emploi'],
  title,
  about,
  ...more,
});
const help = (
  kind: OfferKind,
  title: string,
  about: string,
  thematiques: string[],
  by: string[],
  more: Partial<OfferTemplate> = {},
): OfferTemplate => ({
  kind,
  title,
  about,
  thematiques,
  by,
  takes: 'NO_VACANCY',
  service: 'accompagnement',
  publics: ['tous-publics'],
  ...more,
});
const session: Partial<OfferTemplate> = { takes: 'SESSION', places: [6, 12], service: 'atelier' };
const dropIn: Partial<OfferTemplate> = { takes: 'UNCOUNTED', service: 'information' };

/** The first two are those of the story (DEMO): V and W. */
export const offerTemplates: readonly OfferTemplate[] = [
  worksite('Entretien des berges', 'Débroussaillage, taille et plantation au bord de la Sèvre, avec un encadrant technique et un accompagnement vers l’emploi.', ['GREEN_SPACES', 'NATURAL_HERITAGE'], { by: ['berges-vives'], rome: ['A1203'] }),
  worksite('Entretien des jardins de l’Erdre', 'Entretien de jardins publics et de massifs, formation aux gestes du paysage.', ['GREEN_SPACES'], { by: ['erdre-chantiers'], rome: ['A1203'] }),
  worksite('Espaces verts des communes', 'Tonte, taille et désherbage pour les communes du secteur.', ['GREEN_SPACES'], { by: ['coup-de-main-castel', 'erdre-chantiers', 'recycl-estuaire'], rome: ['A1203'] }),
  worksite('Restauration des rivières', 'Enlèvement d’embâcles et plantation de ripisylve.', ['NATURAL_HERITAGE'], { by: ['berges-vives', 'pierre-et-main'], rome: ['A1203'] }),
  worksite('Maraîchage et paniers', 'Culture de légumes biologiques, récolte et préparation de paniers.', ['FOOD'], { by: ['jardins-du-lac', 'erdre-chantiers'], rome: ['A1414', 'A1416'] }),
  worksite('Restauration du patrimoine', 'Maçonnerie à la chaux, murets et petit patrimoine.', ['BUILT_HERITAGE', 'BUILDING'], { by: ['pierre-et-main', 'erdre-chantiers'], rome: ['F1703'] }),
  worksite('Peinture et rafraîchissement de logements', 'Remise en état de logements de bailleurs sociaux.', ['HOUSING_CONDITIONS', 'BUILDING'], { by: ['pierre-et-main', 'coup-de-main-castel'], rome: ['F1606'] }),
  worksite('Ressourcerie : tri et vente', 'Collecte, tri, réparation et vente d’objets.', ['WASTE'], { by: ['recycl-estuaire', 'coup-de-main-castel', 'fil-en-aiguille'], rome: ['K2304', 'D1507'] }),
  worksite('Blanchisserie et couture', 'Blanchisserie pour les collectivités, retouches et friperie.', ['HYGIENE', 'WASTE'], { by: ['fil-en-aiguille'], rome: ['K2204'], places: [2, 6] }),
  worksite('Premières heures en chantier', 'Quelques heures par semaine pour reprendre pied, avec une équipe mobile.', ['GREEN_SPACES', 'WASTE'], { by: ['berges-vives', 'recycl-estuaire'], rome: ['K2303'], hours: 8, contract: 'FIXED_TERM_I_PHC' }),
  enterprise('EI', 'Commis de cuisine', 'Préparation de repas en cuisine centrale.', ['FOOD'], { by: ['table-commune'], rome: ['G1602', 'G1603'] }),
  enterprise('EI', 'Service en restaurant d’insertion', 'Accueil, service et plonge.', ['FOOD'], { by: ['table-commune'], rome: ['G1603'] }),
  enterprise('EI', 'Peintre et plaquiste', 'Second œuvre sur des chantiers de rénovation.', ['BUILDING'], { by: ['batir-ensemble'], rome: ['F1606', 'F1703'] }),
  enterprise('EI', 'Manœuvre du bâtiment', 'Aide aux équipes, approvisionnement et nettoyage de chantier.', ['BUILDING'], { by: ['batir-ensemble'], rome: ['F1704'] }),
  enterprise('EI', 'Agent de tri', 'Tri des déchets sur une ligne automatisée.', ['WASTE'], { by: ['recycl-estuaire'], rome: ['K2304'] }),
  enterprise('AI', 'Missions de nettoyage', 'Missions courtes dans des bureaux et des écoles ; inscription sans compter les places.', ['HYGIENE'], { by: ['net-et-clair', 'coup-de-main-castel'], rome: ['K2204'], takes: 'UNCOUNTED', contract: 'FIXED_TERM_USAGE', hours: 15 }),
  enterprise('AI', 'Aide à domicile', 'Ménage et courses chez des personnes âgées.', ['PERSONAL_SERVICES'], { by: ['net-et-clair', 'coup-de-main-castel'], rome: ['K1304', 'K1302'], contract: 'FIXED_TERM_USAGE', hours: 20 }),
  enterprise('ETTI', 'Missions d’intérim en logistique', 'Préparation de commandes et manutention.', ['FOOD'], { by: ['relais-interim'], rome: ['N1103', 'N1105'], takes: 'UNCOUNTED', contract: 'TEMPORARY' }),
  enterprise('ETTI', 'Missions d’intérim du bâtiment', 'Renforts d’équipe sur des chantiers de la métropole.', ['BUILDING'], { by: ['relais-interim'], rome: ['F1704'], contract: 'TEMPORARY', places: [2, 8] }),
  enterprise('EITI', 'Livraison à vélo-cargo', 'Travail indépendant accompagné : tournées de livraison.', ['PERSONAL_SERVICES'], { by: ['pedale-douce'], rome: ['N4105'], contract: 'BUSINESS_CREATION' }),
  job('Ouvrier maraîcher', 'Récolte et conditionnement de mâche et de muguet.', { by: ['maraichers-vallee'], rome: ['A1416'], domains: ['FOOD'], contract: 'FIXED_TERM', places: [3, 8] }),
  job('Préparateur de commandes', 'Préparation de commandes en entrepôt, horaires du matin.', { by: ['logistique-montoir'], rome: ['N1103'] }),
  job('Agent de service hôtelier', 'Entretien des chambres et service des repas auprès de personnes âgées.', { by: ['residence-les-glycines'], rome: ['K2204'], domains: ['HYGIENE', 'PERSONAL_SERVICES'], hours: 30 }),
  job('Employé d’étage', 'Entretien des chambres d’un hôtel de bord de mer.', { by: ['hotel-de-la-baie'], rome: ['K2204'], domains: ['HYGIENE'], contract: 'FIXED_TERM' }),
  job('Opérateur d’usinage', 'Usinage de pièces de machines agricoles, formation interne.', { by: ['atelier-mecanique'], rome: ['H2903'] }),
  job('Contrat de professionnalisation maçon', 'Alternance chez les adhérents du groupement.', { by: ['geiq-loire'], rome: ['F1703'], domains: ['BUILDING'], contract: 'PROFESSIONAL_TRAINING', places: [3, 6] }),
  job('Agent d’entretien des routes', 'Emploi réservé par une clause sociale : dépendances vertes des routes.', { by: ['service-development'], rome: ['K2303'], domains: ['GREEN_SPACES'], contract: 'FIXED_TERM' }),
  help('IMMERSION', 'Immersion en entreprise', 'Une à deux semaines pour découvrir un métier.', ['choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite'], ['residence-les-glycines', 'logistique-montoir', 'atelier-mecanique', 'maraichers-vallee', 'hotel-de-la-baie', 'table-commune', 'ft-nantes'], { takes: 'RECRUITMENT', places: [1, 2], hours: 35, weeks: 2, rome: ['K2204', 'N1103'] }),
  help('QUALIFYING_TRAINING', 'Titre professionnel agent d’entretien du bâtiment', 'Six mois de formation, titre inscrit au RNCP.', ['se-former--trouver-sa-formation'], ['horizons-formation', 'geiq-loire'], { takes: 'SESSION', places: [8, 14], hours: 35, weeks: 26, service: 'formation', rome: ['I1203'], domains: ['BUILDING'] }),
  help('QUALIFYING_TRAINING', 'Titre professionnel assistant de vie aux familles', 'Formation et stages à domicile et en établissement.', ['se-former--trouver-sa-formation'], ['horizons-formation', 'ft-saint-nazaire'], { takes: 'SESSION', places: [8, 14], hours: 35, weeks: 24, service: 'formation', rome: ['K1302'], domains: ['PERSONAL_SERVICES'] }),
  help('QUALIFYING_TRAINING', 'Préparateur de commandes et CACES', 'Certificat et conduite de chariots.', ['se-former--trouver-sa-formation'], ['horizons-formation', 'ft-nantes'], { takes: 'SESSION', places: [8, 12], hours: 35, weeks: 10, service: 'formation', rome: ['N1103'] }),
  help('HEALTH', 'Bilan de santé', 'Un bilan gratuit et un accompagnement vers les soins.', ['sante--acces-aux-soins'], ['souffle-ouest', 'ccas-nantes', 'ml-nantes'], dropIn),
  help('HEALTH', 'Groupe bien-être et sport adapté', 'Deux matinées par semaine pendant deux mois.', ['sante--sante-mentale', 'remobilisation--activites-sportives-et-culturelles'], ['souffle-ouest', 'passerelles-loire', 'maison-rurale'], session),
  help('HOUSING', 'Accompagnement vers et dans le logement', 'Recherche d’un logement, dossier et installation.', ['logement-hebergement--louer-un-logement', 'logement-hebergement--se-maintenir-dans-le-logement'], ['clef-de-sol', 'ccas-nantes', 'ccas-saint-nazaire', 'ccas-reze']),
  help('HOUSING', 'Mieux habiter : auto-réhabilitation', 'Ateliers de travaux et d’économies d’énergie chez soi.', ['logement-hebergement--se-maintenir-dans-le-logement'], ['clef-de-sol', 'ccas-chateaubriant', 'batir-ensemble'], { ...session, domains: ['HOUSING_CONDITIONS'] }),
  help('LITERACY', 'Atelier de français à visée professionnelle', 'Trois demi-journées par semaine, par petits groupes.', ['lecture-ecriture-calcul--maitriser-le-francais'], ['atelier-des-mots', 'passerelles-loire', 'maison-rurale', 'ml-nantes'], session),
  help('LITERACY', 'Lire, écrire, compter', 'Remise à niveau pour adultes, entrées permanentes.', ['lecture-ecriture-calcul--maitriser-le-calcul', 'lecture-ecriture-calcul--maitriser-le-francais'], ['atelier-des-mots', 'ccas-saint-nazaire', 'clic-et-lien']),
  help('BUDGET', 'Point conseil budget', 'Écoute, bilan du budget, dossier de surendettement.', ['difficultes-financieres--ameliorer-sa-gestion-budgetaire', 'difficultes-financieres--situation-dendettement-surendettement'], ['budget-serein', 'ccas-nantes', 'ccas-reze', 'maison-rurale']),
  help('BUDGET', 'Atelier budget du quotidien', 'Quatre séances pour reprendre la main.', ['difficultes-financieres--acquerir-une-autonomie-budgetaire'], ['budget-serein', 'maison-rurale', 'ccas-chateaubriant'], session),
  help('CHILDREN_EDUCATION', 'Accompagnement à la scolarité au collège', 'Aide aux devoirs et rencontres avec les parents, dans le collège.', ['famille--soutien-a-la-parentalite-et-a-leducation'], ['service-dejc', 'cartable-partage', 'commune-saint-nazaire', 'commune-ancenis'], session),
  help('CHILDREN_EDUCATION', 'Ateliers parents-enfants', 'Temps de jeu et de lecture en famille.', ['famille--soutien-a-la-parentalite-et-a-leducation'], ['cartable-partage', 'service-dejc', 'commune-blain'], dropIn),
  help('CHILDCARE', 'Garde d’enfants sur horaires décalés', 'Garde à domicile tôt le matin et le soir, pour une reprise d’emploi.', ['famille--garde-denfants'], ['petits-pas', 'commune-chateaubriant', 'ccas-saint-nazaire']),
  help('CHILDCARE', 'Places en crèche à vocation d’insertion', 'Places pour les parents en recherche d’emploi.', ['famille--garde-denfants'], ['petits-pas', 'commune-nantes', 'commune-ancenis'], { takes: 'SESSION', places: [2, 5] }),
  help('MOBILITY', 'Location solidaire de scooters et voitures', 'À la semaine ou au mois, pour un emploi ou une formation.', ['mobilite--acceder-a-un-vehicule'], ['roue-libre', 'maison-rurale', 'coup-de-main-castel'], { service: 'aide-materielle' }),
  help('MOBILITY', 'Permis de conduire accompagné', 'Auto-école sociale, rythme adapté.', ['mobilite--preparer-un-permis'], ['roue-libre', 'ml-saint-nazaire', 'passerelles-loire'], { takes: 'SESSION', places: [5, 8], service: 'formation', weeks: 30 }),
  help('MOBILITY', 'Diagnostic mobilité', 'Un entretien pour trouver comment se déplacer.', ['mobilite--etre-accompagne-dans-son-parcours-mobilite'], ['roue-libre', 'ft-chateaubriant', 'plie']),
  help('DIGITAL', 'Premiers pas numériques', 'Ordinateur, téléphone, messagerie et démarches.', ['numerique--maitriser-les-fondamentaux-du-numerique'], ['clic-et-lien', 'commune-blain', 'commune-reze', 'maison-rurale'], session),
  help('DIGITAL', 'Aide aux démarches en ligne', 'Sans rendez-vous, avec un conseiller numérique.', ['numerique--acceder-a-des-services-en-ligne'], ['clic-et-lien', 'ccas-nantes', 'commune-nantes', 'commune-ancenis'], dropIn),
  help('RIGHTS_AND_LEGAL', 'Permanence juridique', 'Droit du travail, du logement et de la famille.', ['difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits'], ['droits-devant-44', 'ccas-reze', 'maison-rurale'], dropIn),
  help('RIGHTS_AND_LEGAL', 'Accompagnement aux démarches', 'Constituer et suivre ses dossiers.', ['difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives'], ['droits-devant-44', 'ccas-chateaubriant', 'maison-rurale', 'ccas-saint-nazaire']),
  help('REMOBILISATION', 'Atelier Reprendre confiance', 'Huit semaines en groupe, sorties et projets collectifs.', ['remobilisation--bien-etre-confiance-en-soi', 'remobilisation--lien-social'], ['passerelles-loire', 'maison-rurale', 'souffle-ouest', 'plie-estuaire'], { ...session, weeks: 8 }),
  help('REMOBILISATION', 'Jardin partagé', 'Deux demi-journées par semaine, à son rythme.', ['remobilisation--lien-social'], ['jardins-du-lac', 'passerelles-loire', 'commune-nantes'], { domains: ['FOOD'], service: 'atelier' }),
  help('OTHER', 'Parrainage vers l’emploi', 'Un parrain bénévole pendant six mois.', ['preparer-sa-candidature--developper-son-reseau', 'trouver-un-emploi--convaincre-un-recruteur-en-entretien'], ['passerelles-loire', 'ml-nantes', 'cap-emploi']),
  help('OTHER', 'Conseil à la création d’activité', 'De l’idée au dossier.', ['creer-une-entreprise--definir-son-projet-de-creation-dentreprise'], ['plie', 'pedale-douce', 'ft-saint-nazaire'], { service: 'accompagnement' }),
]; // prettier-ignore
