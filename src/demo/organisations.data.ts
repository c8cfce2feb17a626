import type {
  AccreditationKind,
  OrganisationKind,
  PrescriberKind,
  Remit,
} from '../partners/organisation.rules.ts';

/** One partner of the demo. `commune` is the name in the official list; `sites` are communes too. */
export interface DemoOrganisation {
  key: string;
  kind: OrganisationKind;
  name: string;
  commune: string;
  remit?: Remit;
  shortName?: string;
  parent?: string;
  about?: string;
  prescriber?: PrescriberKind;
  accreditations?: AccreditationKind[];
  sites?: string[];
  /** Staff beside the actors. */
  staff?: number;
}

type More = Omit<DemoOrganisation, 'key' | 'kind' | 'name' | 'commune'>;
const of =
  (kind: OrganisationKind) =>
  (key: string, name: string, commune: string, more: More = {}): DemoOrganisation => ({
    key,
    kind,
    name,
    commune,
    ...more,
  });
const service = (key: string, name: string, remit: Remit, about: string): DemoOrganisation =>
  of('COUNCIL_SERVICE')(key, `Département de Loire-Atlantique – ${name}`, 'Nantes', {
    remit,
    about,
    parent: 'council',
    staff: 1,
    sites: ['Nantes'],
  });
const state = of('STATE_SERVICE');
const commune = of('COMMUNE');
const employment = of('EMPLOYMENT_SERVICE');
const association = of('ASSOCIATION');
const siae = of('INSERTION_ENTERPRISE');
const company = of('COMPANY');

/** Public bodies bear their names; what they do here is invented all the same. */
const publicBodies: readonly DemoOrganisation[] = [
  of('COUNCIL')('council', 'Département de Loire-Atlantique', 'Nantes', { shortName: 'Département 44', about: 'Pilote le programme départemental d’insertion (Direction de la Vie sociale et de l’Insertion).', prescriber: 'DEPT', staff: 14 }),
  service('service-development', 'Développement', 'DEVELOPMENT', 'Emplois durables dans les entreprises et clauses sociales des marchés.'),
  service('service-dejc', 'DEJC', 'EDUCATION', 'Éducation des enfants : actions dans les collèges.'),
  service('service-buildings', 'Bâtiments départementaux', 'BUILDINGS', 'Patrimoine bâti : chantiers dans les bâtiments du Département.'),
  service('service-water', 'Eau et Environnement', 'WATER_AND_ENVIRONMENT', 'Rivières, espaces verts et déchets : chantiers au bord de l’eau.'),
  service('service-europe', 'Affaires européennes', 'EUROPEAN_AFFAIRS', 'Subventions du Fonds social européen.'),
  of('STATE')('prefecture', 'Préfecture de la Loire-Atlantique', 'Nantes', { about: 'Représente l’État : cofinancement et suivi des indicateurs.' }),
  state('ddets', 'DDETS de la Loire-Atlantique', 'Nantes', { remit: 'EMPLOYMENT', about: 'Conventions de l’insertion par l’activité économique et postes financés.', staff: 1 }),
  state('ars', 'ARS Pays de la Loire – délégation territoriale de Loire-Atlantique', 'Nantes', { remit: 'HEALTH_AND_SOCIAL', about: 'Offres de santé financées par l’agence.', staff: 1, sites: ['Nantes'] }),
  state('ddtm', 'DDTM de la Loire-Atlantique', 'Nantes', { remit: 'INFRASTRUCTURE', about: 'Habitat indigne et dépendances vertes des routes.', staff: 1, sites: ['Saint-Nazaire'] }),
  of('PLIE')('plie', 'PLIE de l’agglomération nantaise', 'Nantes', { about: 'Plan local pour l’insertion et l’emploi, cofinancé par le Fonds social européen.', prescriber: 'PLIE', staff: 5 }),
  of('PLIE')('plie-estuaire', 'PLIE de l’Estuaire', 'Saint-Nazaire', { prescriber: 'PLIE', staff: 3 }),
  commune('commune-nantes', 'Ville de Nantes', 'Nantes', { sites: ['Nantes'], staff: 1 }),
  commune('commune-saint-nazaire', 'Ville de Saint-Nazaire', 'Saint-Nazaire', { sites: ['Saint-Nazaire'], staff: 1 }),
  commune('commune-reze', 'Ville de Rezé', 'Rezé', { sites: ['Rezé'], about: 'Accueille des chantiers et des ateliers sur ses sites.' }),
  commune('commune-chateaubriant', 'Ville de Châteaubriant', 'Châteaubriant', { sites: ['Châteaubriant'], staff: 1 }),
  commune('commune-ancenis', 'Ville d’Ancenis-Saint-Géréon', 'Ancenis-Saint-Géréon', { sites: ['Ancenis-Saint-Géréon'], staff: 1 }),
  commune('commune-blain', 'Ville de Blain', 'Blain', { sites: ['Blain'], staff: 1 }),
  commune('ccas-nantes', 'CCAS de Nantes', 'Nantes', { remit: 'CCAS', prescriber: 'CCAS', sites: ['Nantes'], staff: 3 }),
  commune('ccas-saint-nazaire', 'CCAS de Saint-Nazaire', 'Saint-Nazaire', { remit: 'CCAS', prescriber: 'CCAS', sites: ['Saint-Nazaire'], staff: 2 }),
  commune('ccas-reze', 'CCAS de Rezé', 'Rezé', { remit: 'CCAS', prescriber: 'CCAS', staff: 1 }),
  commune('ccas-chateaubriant', 'CCAS de Châteaubriant', 'Châteaubriant', { remit: 'CCAS', prescriber: 'CCAS', staff: 1 }),
  of('IAE_COUNCIL')('cdiae', 'Comité départemental pour l’emploi – commission de l’inclusion et de l’IAE', 'Nantes', { shortName: 'CDIAE', about: 'Donne son avis sur les conventions de l’insertion par l’activité économique.', staff: 1 }),
  of('CITY_CONTRACT')('city-nantes', 'Contrat de ville de la métropole nantaise', 'Nantes', { about: 'Quartiers prioritaires de la métropole.', staff: 1, sites: ['Nantes'] }),
  of('CITY_CONTRACT')('city-saint-nazaire', 'Contrat de ville de l’agglomération nazairienne', 'Saint-Nazaire', { staff: 1 }),
  of('BENEFITS_FUND')('caf', 'CAF de la Loire-Atlantique', 'Nantes', { about: 'Verse le revenu minimum et transmet le flux mensuel.' }),
  of('BENEFITS_FUND')('msa', 'MSA Loire-Atlantique – Vendée', 'Saint-Herblain', { about: 'Verse le revenu minimum du régime agricole.', staff: 1 }),
  employment('ft-nantes', 'France Travail – agence de Nantes', 'Nantes', { prescriber: 'FT', staff: 4, sites: ['Nantes'] }),
  employment('ft-saint-nazaire', 'France Travail – agence de Saint-Nazaire', 'Saint-Nazaire', { prescriber: 'FT', staff: 3 }),
  employment('ft-chateaubriant', 'France Travail – agence de Châteaubriant', 'Châteaubriant', { prescriber: 'FT', staff: 2 }),
  employment('ml-nantes', 'Mission locale de la métropole nantaise', 'Nantes', { prescriber: 'ML', staff: 3, sites: ['Nantes'] }),
  employment('ml-saint-nazaire', 'Mission locale de l’agglomération nazairienne', 'Saint-Nazaire', { prescriber: 'ML', staff: 2 }),
  employment('cap-emploi', 'Cap emploi de Loire-Atlantique', 'Saint-Herblain', { prescriber: 'CAP_EMPLOI', staff: 2 }),
]; // prettier-ignore

/** Invented: no figure of the demo may stick to a real association or company. */
const providers: readonly DemoOrganisation[] = [
  association('passerelles-loire', 'Passerelles de Loire', 'Nantes', { about: 'Accompagnement vers l’emploi et ateliers de remobilisation.', prescriber: 'ODC', staff: 3, sites: ['Nantes', 'Vertou'] }),
  association('atelier-des-mots', 'L’Atelier des Mots de Loire', 'Nantes', { about: 'Lecture, écriture et calcul pour adultes.', sites: ['Nantes', 'Saint-Herblain'], staff: 2 }),
  association('roue-libre', 'Roue Libre Estuaire', 'Saint-Nazaire', { about: 'Location solidaire de véhicules, garage et auto-école sociale.', sites: ['Saint-Nazaire', 'Pontchâteau'], staff: 2 }),
  association('clef-de-sol', 'Clef de Seuil', 'Rezé', { about: 'Accès et maintien dans le logement.', sites: ['Rezé'], staff: 2 }),
  association('budget-serein', 'Budget Serein 44', 'Nantes', { about: 'Point conseil budget et médiation bancaire.', sites: ['Nantes', 'Ancenis-Saint-Géréon'], staff: 1 }),
  association('petits-pas', 'Les Petits Pas de l’Erdre', 'Nort-sur-Erdre', { about: 'Garde d’enfants sur des horaires décalés.', sites: ['Nort-sur-Erdre', 'Carquefou'], staff: 1 }),
  association('clic-et-lien', 'Clic et Lien', 'Saint-Herblain', { about: 'Ateliers numériques de proximité.', sites: ['Saint-Herblain', 'Blain'], staff: 1 }),
  association('droits-devant-44', 'Droits d’Abord 44', 'Nantes', { about: 'Accès aux droits et permanence juridique.', sites: ['Nantes'], staff: 1 }),
  association('souffle-ouest', 'Souffle d’Ouest', 'Saint-Nazaire', { about: 'Santé et bien-être : bilans, groupes de parole, sport adapté.', sites: ['Saint-Nazaire', 'Nantes'], staff: 2 }),
  association('horizons-formation', 'Horizons Formation Loire', 'Carquefou', { about: 'Formations qualifiantes du bâtiment, du soin et de la logistique.', sites: ['Carquefou', 'Montoir-de-Bretagne'], staff: 2 }),
  association('cartable-partage', 'Le Cartable Partagé', 'Orvault', { about: 'Aide aux devoirs et ateliers parents-enfants.', sites: ['Orvault', 'Couëron'], staff: 1 }),
  association('maison-rurale', 'La Maison du Pays Blanc', 'Guérande', { about: 'Lieu d’accueil rural : démarches, mobilité, lien social.', sites: ['Guérande', 'Herbignac'], staff: 1 }),
  siae('berges-vives', 'Les Berges Vives', 'Rezé', { about: 'Atelier et chantier d’insertion : rivières, berges et espaces verts.', accreditations: ['ACI'], sites: ['Rezé', 'Bouguenais'], staff: 2 }),
  siae('erdre-chantiers', 'Erdre Chantiers', 'Nantes', { about: 'Atelier et chantier d’insertion : jardins, maraîchage, patrimoine.', accreditations: ['ACI'], sites: ['Nantes', 'La Chapelle-sur-Erdre'], staff: 2 }),
  siae('pierre-et-main', 'Pierre et Main', 'Clisson', { about: 'Chantier de restauration du patrimoine bâti.', accreditations: ['ACI'], sites: ['Clisson', 'Machecoul-Saint-Même'], staff: 1 }),
  siae('recycl-estuaire', 'Recycl’Estuaire', 'Saint-Nazaire', { about: 'Collecte, tri et ressourcerie.', accreditations: ['ACI', 'EI'], sites: ['Saint-Nazaire', 'Saint-Brevin-les-Pins'], staff: 2 }),
  siae('table-commune', 'La Table Commune', 'Saint-Herblain', { about: 'Cuisine centrale et restaurant d’insertion.', accreditations: ['EI'], sites: ['Saint-Herblain', 'Nantes'], staff: 1 }),
  siae('batir-ensemble', 'Bâtir Ensemble Ouest', 'Orvault', { about: 'Second œuvre du bâtiment.', accreditations: ['EI'], sites: ['Orvault', 'Savenay'], staff: 1 }),
  siae('net-et-clair', 'Net et Clair Services', 'Saint-Sébastien-sur-Loire', { about: 'Nettoyage et aide à domicile.', accreditations: ['AI'], sites: ['Saint-Sébastien-sur-Loire', 'Vallet'], staff: 1 }),
  siae('coup-de-main-castel', 'Coup de Main Castelbriantais', 'Châteaubriant', { about: 'Mise à disposition chez les particuliers et les communes.', accreditations: ['AI', 'ACI'], sites: ['Châteaubriant', 'Derval'], staff: 1 }),
  siae('relais-interim', 'Relais Intérim Atlantique', 'Nantes', { about: 'Travail temporaire d’insertion.', accreditations: ['ETTI'], sites: ['Nantes', 'Montoir-de-Bretagne'], staff: 2 }),
  siae('jardins-du-lac', 'Les Jardins du Lac', 'Saint-Philbert-de-Grand-Lieu', { about: 'Maraîchage biologique et paniers.', accreditations: ['ACI'], sites: ['Saint-Philbert-de-Grand-Lieu'], staff: 1 }),
  siae('pedale-douce', 'Pédale Douce Livraison', 'Nantes', { about: 'Livraison à vélo par des travailleurs indépendants.', accreditations: ['EITI'], sites: ['Nantes'], staff: 1 }),
  siae('fil-en-aiguille', 'Fil et Laine d’Ancenis', 'Ancenis-Saint-Géréon', { about: 'Couture, blanchisserie et friperie.', accreditations: ['ACI'], sites: ['Ancenis-Saint-Géréon', 'Oudon'], staff: 1 }),
  company('geiq-loire', 'GEIQ Loire Bâtiment (démonstration)', 'Carquefou', { about: 'Groupement d’employeurs : contrats de professionnalisation.', accreditations: ['GEIQ'], sites: ['Carquefou'], staff: 1 }),
  company('maraichers-vallee', 'Maraîchers du Val de Divatte', 'Divatte-sur-Loire', { sites: ['Divatte-sur-Loire'], staff: 1 }),
  company('logistique-montoir', 'Logistique Trois-Ponts', 'Montoir-de-Bretagne', { sites: ['Montoir-de-Bretagne'], staff: 1 }),
  company('residence-les-glycines', 'Résidence Les Grandes Glycines', 'Orvault', { sites: ['Orvault'], staff: 1 }),
  company('hotel-de-la-baie', 'Hôtel des Deux Baies', 'Pornichet', { sites: ['Pornichet'], staff: 1 }),
  company('atelier-mecanique', 'Mécanique Aubinière', 'Châteaubriant', { sites: ['Châteaubriant'], staff: 1 }),
]; // prettier-ignore

export const demoOrganisations: readonly DemoOrganisation[] = [...publicBodies, ...providers];
