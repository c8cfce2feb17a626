import { invalid } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import type { OrganisationKind, Remit } from '../partners/organisation.rules.ts';
import type { AgreementKind } from './agreement.rules.ts';

export const PartyRole = vocabulary({
  GRANTOR: 'Grants, and signs for the authority (autorité qui conventionne)',
  PILOT: 'Runs what the partners agreed (structure pilote)',
  FACILITATOR: 'Follows the social clause for buyer and company (facilitateur de la clause)',
  PROVIDER: 'Does what is agreed: employs, accompanies, trains (structure conventionnée, attributaire)',
  FUNDER: 'Pays a part (financeur)',
  BUYER: 'Buys the works or services the clause stands in (acheteur, maître d’ouvrage)',
  PRESCRIBER: 'Refers people to it (prescripteur)',
});
export type PartyRole = Vocabulary<typeof PartyRole>;

export interface Party {
  organisationId: string;
  role: PartyRole;
}
export interface PartyFacts extends Party {
  kind: OrganisationKind;
  remit: Remit | null;
}

/** A kind of organisation, or a kind with one remit only. */
type Kinds = readonly (OrganisationKind | `${OrganisationKind} ${Remit}`)[];

const state: Kinds = ['STATE', 'STATE_SERVICE EMPLOYMENT'];
const funders: Kinds = [
  ...(['COUNCIL', 'COUNCIL_SERVICE', 'STATE', 'STATE_SERVICE'] as const),
  ...(['COMMUNE', 'CITY_CONTRACT', 'PLIE'] as const),
];
const providers: Kinds = [
  ...(['ASSOCIATION', 'INSERTION_ENTERPRISE', 'COMPANY', 'COMMUNE'] as const),
  ...(['PLIE', 'EMPLOYMENT_SERVICE', 'COUNCIL_SERVICE'] as const),
];
/** A social centre may carry an insertion work site; a commune does not. */
const siae: Kinds = ['INSERTION_ENTERPRISE', 'ASSOCIATION', 'COMMUNE CCAS'];
const prescribers: Kinds = [
  ...(['COUNCIL', 'COUNCIL_SERVICE', 'PLIE', 'ASSOCIATION', 'COMMUNE CCAS'] as const),
  'EMPLOYMENT_SERVICE',
];
const buyers: Kinds = [
  ...(['COUNCIL', 'COUNCIL_SERVICE', 'STATE', 'STATE_SERVICE', 'COMMUNE'] as const),
  ...(['COMPANY', 'ASSOCIATION'] as const),
];

interface Shape {
  /** As what who leads it stands in it, and which organisations may lead one. */
  lead: PartyRole;
  leads: Kinds;
  /** Who may be what beside; what is not here is no role of this kind. */
  roles: Partial<Record<PartyRole, Kinds>>;
  /** Without which it is not submitted; the database holds the same (`agreement_parties_complete`). */
  needed: readonly PartyRole[];
}

/** Who agrees with whom, by kind (docs/domain.md §9). A fund that pays benefits reads no agreement: it is party to none. */
export const shapes: Readonly<Record<AgreementKind, Shape>> = {
  COUNCIL_GRANT: {
    ...{ lead: 'GRANTOR', leads: ['COUNCIL', 'COUNCIL_SERVICE'] },
    ...{
      roles: { PROVIDER: providers, FUNDER: funders, PRESCRIBER: prescribers },
      needed: ['GRANTOR', 'PROVIDER'],
    },
  },
  IAE_CONVENTION: {
    ...{ lead: 'GRANTOR', leads: state },
    ...{
      roles: { PROVIDER: siae, FUNDER: funders, PRESCRIBER: prescribers },
      needed: ['GRANTOR', 'PROVIDER'],
    },
  },
  CAOM: {
    ...{ lead: 'GRANTOR', leads: ['COUNCIL', ...state] },
    ...{ roles: { FUNDER: ['COUNCIL', ...state], PROVIDER: siae }, needed: ['GRANTOR', 'FUNDER'] },
  },
  ESF_GRANT: {
    ...{ lead: 'GRANTOR', leads: ['COUNCIL_SERVICE EUROPEAN_AFFAIRS'] },
    ...{
      roles: { PROVIDER: providers, FUNDER: funders, PRESCRIBER: prescribers },
      needed: ['GRANTOR', 'PROVIDER'],
    },
  },
  PLIE_PROTOCOL: {
    ...{ lead: 'PILOT', leads: ['PLIE'] },
    ...{
      roles: { FUNDER: funders, PROVIDER: providers, PRESCRIBER: prescribers },
      needed: ['PILOT', 'FUNDER'],
    },
  },
  CITY_CONTRACT: {
    ...{ lead: 'GRANTOR', leads: ['CITY_CONTRACT'] },
    ...{
      roles: { PROVIDER: providers, FUNDER: funders, PRESCRIBER: prescribers },
      needed: ['GRANTOR', 'PROVIDER'],
    },
  },
  SOCIAL_CLAUSE: {
    ...{ lead: 'FACILITATOR', leads: ['COUNCIL', 'COUNCIL_SERVICE', 'PLIE', 'COMMUNE'] },
    ...{
      roles: { BUYER: buyers, PROVIDER: providers, PRESCRIBER: prescribers },
      needed: ['FACILITATOR', 'BUYER', 'PROVIDER'],
    },
  },
};

const mostParties = 30;

export function isAmong(kinds: Kinds, { kind, remit }: Pick<PartyFacts, 'kind' | 'remit'>): boolean {
  const named: readonly string[] = kinds;
  return named.includes(kind) || named.includes(`${kind} ${remit}`);
}

/** Whether an organisation of this kind leads agreements of that one. */
export function mayLead(kind: AgreementKind, organisation: Pick<PartyFacts, 'kind' | 'remit'>): boolean {
  return isAmong(shapes[kind].leads, organisation);
}

/** Each party may be what it is said to be, once. The provider is needed from the draft on, where the kind has one. */
export function checkParties(kind: AgreementKind, parties: readonly PartyFacts[], lead: string): void {
  if (parties.length > mostParties) throw invalid('parties', 'TOO_MANY', { most: mostParties });
  parties.forEach((party, at) => {
    const kinds = shapes[kind].roles[party.role];
    if (!kinds) throw invalid(`parties.${at}.role`, 'ROLE_OF_KIND', { role: party.role });
    if (!isAmong(kinds, party)) throw invalid(`parties.${at}.organisation`, 'KIND_OF_ROLE', { role: party.role });
    if (party.role === 'PROVIDER' && kind === 'IAE_CONVENTION' && party.organisationId === lead)
      throw invalid(`parties.${at}.organisation`, 'KIND_OF_ROLE', { role: party.role });
  });
  const keys = parties.map(({ organisationId, role }) => `${organisationId} ${role}`);
  if (new Set(keys).size < keys.length) throw invalid('parties', 'TWICE');
  if (needsProvider(kind)) checkProvider(kind, parties);
  if (kind === 'CAOM') checkBothSides(parties, lead);
} // prettier-ignore

function checkProvider(kind: AgreementKind, parties: readonly PartyFacts[]): void {
  const count = providersOf(parties).length;
  if (count === 0) throw invalid('parties', 'PARTY_MISSING', { role: 'PROVIDER' });
  if (kind !== 'SOCIAL_CLAUSE' && count > 1) throw invalid('parties', 'ONE_PROVIDER');
}

/** The State and the council agree with each other, whichever of them leads. */
function checkBothSides(parties: readonly PartyFacts[], lead: string): void {
  if (parties.some(({ role, organisationId }) => role === 'FUNDER' && organisationId === lead))
    throw invalid('parties', 'OTHER_SIDE');
}

export function needsProvider(kind: AgreementKind): boolean {
  return shapes[kind].needed.includes('PROVIDER');
}

export function providersOf<P extends Party>(parties: readonly P[]): P[] {
  return parties.filter(({ role }) => role === 'PROVIDER');
}

/** What is missing before it can be submitted, or null. */
export function missingRole(kind: AgreementKind, parties: readonly Party[]): PartyRole | null {
  return shapes[kind].needed.find((role) => !parties.some((party) => party.role === role)) ?? null;
}

/** The State on one side, the council on the other. */
export function bothSides(lead: Pick<PartyFacts, 'kind'>, parties: readonly PartyFacts[]): boolean {
  const council = lead.kind === 'COUNCIL';
  return parties.some(({ role, kind }) => role === 'FUNDER' && (kind === 'COUNCIL') !== council);
}
