import { invalid } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import { isSiret } from './siret.rules.ts';

export const OrganisationKind = vocabulary({
  COUNCIL: 'The departmental council, which runs the programme (conseil départemental)',
  COUNCIL_SERVICE: 'A service of the council; shares nothing with it by itself (service du département)',
  STATE: 'The State, which funds and follows the indicators (État, préfecture)',
  STATE_SERVICE: 'A service of the State, with its remit (DDETS, ARS, DDT)',
  PLIE: 'Local plan for insertion and employment (plan local pour l’insertion et l’emploi)',
  COMMUNE: 'A commune; its social centre (CCAS) is an organisation of its own, with remit CCAS',
  ASSOCIATION: 'An association, which publishes offers and may follow people',
  INSERTION_ENTERPRISE:
    'A SIAE: ACI, EI, AI, ETTI or EITI by its accreditations (structure d’insertion par l’activité économique)',
  COMPANY: 'An ordinary company, or a GEIQ (entreprise)',
  IAE_COUNCIL: 'The body that gives its opinion on IAE conventions (CDIAE)',
  CITY_CONTRACT: 'A city contract for its priority neighbourhoods (contrat de ville)',
  BENEFITS_FUND: 'A fund that pays the minimum income (CAF, MSA)',
  EMPLOYMENT_SERVICE: 'France Travail, a mission locale or a Cap emploi (service public de l’emploi)',
});
export type OrganisationKind = Vocabulary<typeof OrganisationKind>;

export const Remit = vocabulary({
  EMPLOYMENT: 'Employment and the conventions of insertion enterprises (DDETS)',
  HEALTH_AND_SOCIAL: 'Health and social action (ARS, formerly DDASS)',
  INFRASTRUCTURE: 'Housing conditions and roadsides (DDT, formerly DDE)',
  CCAS: 'A commune’s social centre (centre communal d’action sociale)',
  DEVELOPMENT: 'Council: companies, durable jobs, social clauses (Développement)',
  EDUCATION: 'Council: children’s education in collèges (DEJC)',
  BUILDINGS: 'Council: built heritage and building sites (Bâtiments départementaux)',
  WATER_AND_ENVIRONMENT: 'Council: rivers, green spaces, waste (Eau et Environnement)',
  EUROPEAN_AFFAIRS: 'Council: grants of the European Social Fund (Affaires européennes)',
});
export type Remit = Vocabulary<typeof Remit>;

export const AccreditationKind = vocabulary({
  ACI: 'Insertion work site (atelier et chantier d’insertion)',
  EI: 'Insertion enterprise (entreprise d’insertion)',
  AI: 'Intermediary association (association intermédiaire)',
  ETTI: 'Insertion temporary-work enterprise (entreprise de travail temporaire d’insertion)',
  EITI: 'Insertion by self-employment (entreprise d’insertion par le travail indépendant)',
  GEIQ: 'Employers’ group for insertion and qualification; not a SIAE (groupement d’employeurs)',
  EA: 'Adapted enterprise (entreprise adaptée)',
});
export type AccreditationKind = Vocabulary<typeof AccreditationKind>;

/** Kinds of authorised prescribers (code du travail R5132-1-1, order of 1 September 2021), by the codes of les-emplois. */
export const PrescriberKind = vocabulary({
  FT: 'France Travail',
  ML: 'Local mission for the young (mission locale)',
  CAP_EMPLOI: 'Cap emploi',
  DEPT: 'Social services of the council (service social du département)',
  ODC: 'A body to which the council delegates (organisation délégataire)',
  CCAS: 'A social centre of a commune (CCAS, CIAS)',
  PLIE: 'Local plan for insertion and employment (PLIE)',
  CAF: 'Family benefits fund (CAF)',
  MSA: 'Farmers’ social fund (MSA)',
  ASE: 'Child welfare (aide sociale à l’enfance)',
  PJJ: 'Youth justice (protection judiciaire de la jeunesse)',
  SPIP: 'Probation and prison insertion (SPIP)',
  CHRS: 'Sheltered housing and social rehabilitation (CHRS)',
  CHU: 'Emergency shelter (CHU)',
  CADA: 'Reception of asylum seekers (CADA)',
  CPH: 'Provisional housing of refugees (CPH)',
  CIDFF: 'Information on women’s and families’ rights (CIDFF)',
  CSAPA: 'Addiction care (CSAPA)',
  CAARUD: 'Addiction, harm reduction (CAARUD)',
  PREVENTION: 'Street prevention (service ou club de prévention)',
  PREFECT: 'Another body, authorised by the prefect (habilitée par arrêté préfectoral)',
});
export type PrescriberKind = Vocabulary<typeof PrescriberKind>;

const remitsByKind: Partial<Record<OrganisationKind, readonly Remit[]>> = {
  STATE_SERVICE: ['EMPLOYMENT', 'HEALTH_AND_SOCIAL', 'INFRASTRUCTURE'],
  COMMUNE: ['CCAS'],
  COUNCIL_SERVICE: ['DEVELOPMENT', 'EDUCATION', 'BUILDINGS', 'WATER_AND_ENVIRONMENT', 'EUROPEAN_AFFAIRS'],
};

export interface OrganisationFacts {
  kind: OrganisationKind;
  remit?: Remit | null;
  siret?: string | null;
  name?: string | null;
  email?: string | null;
  shortName?: string | null;
  phone?: string | null;
  website?: string | null;
}

/** What an organisation says of itself must agree with its kind. */
export function checkOrganisation(organisation: OrganisationFacts): void {
  const { kind, remit, siret, name, shortName, email, phone, website } = organisation;
  if (siret != null && !isSiret(siret)) throw invalid('siret', 'SIRET');
  if (name != null) checkLength('name', name, 2, 200);
  if (shortName != null) checkLength('shortName', shortName, 0, 100);
  if (email != null) checkEmail('email', email);
  if (phone != null) checkPhone('phone', phone);
  if (website != null) checkLink('website', website);
  if (remit != null && !remitsByKind[kind]?.includes(remit)) throw invalid('remit', 'KIND');
  if (kind === 'STATE_SERVICE' && remit == null) throw invalid('remit', 'REQUIRED');
}

export function checkLength(field: string, text: string, least: number, most: number): void {
  const length = text.trim().length;
  if (length < least || length > most) throw invalid(field, 'LENGTH', { least, most });
}

/** A partner's own number of a subject: short enough to be found by. */
export function checkExternalReference(reference: string | null | undefined): void {
  if (reference != null) checkLength('externalReference', reference, 1, 200);
}

export function checkPhone(field: string, phone: string): void {
  if (!/^\+?[0-9 ().-]{6,30}$/.test(phone)) throw invalid(field, 'PHONE');
}

export function checkLink(field: string, link: string): void {
  if (link.length > 500 || !/^https?:\/\/\S+$/.test(link)) throw invalid(field, 'LINK');
}

export function checkEmail(field: string, text: string): void {
  if (text.length > 254 || !/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text)) throw invalid(field, 'EMAIL');
}

export function checkDays(
  field: string,
  from: string | null | undefined,
  to: string | null | undefined,
): void {
  if (from != null && to != null && to < from) throw invalid(field, 'DATES_REVERSED');
}
