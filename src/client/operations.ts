/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** How a person gave agreement. */
export type AgreementHow =
  /** Said face to face (en personne) */
  | 'IN_PERSON'
  /** Said on the telephone (par téléphone) */
  | 'PHONE'
  /** Written: letter, e-mail, message (par écrit) */
  | 'WRITTEN';

/** What the work gives to the territory (domaine de contribution). */
export type ContributionDomain =
  /** Building (bâtiment) */
  | 'BUILDING'
  /** Built heritage (patrimoine bâti) */
  | 'BUILT_HERITAGE'
  /** Food, market gardening (alimentation) */
  | 'FOOD'
  /** Green spaces (espaces verts) */
  | 'GREEN_SPACES'
  /** Housing conditions (habitat) */
  | 'HOUSING_CONDITIONS'
  /** Cleaning, laundry (hygiène) */
  | 'HYGIENE'
  /** Rivers, paths, natural heritage (patrimoine naturel) */
  | 'NATURAL_HERITAGE'
  /** Services to persons (services à la personne) */
  | 'PERSONAL_SERVICES'
  /** Waste, re-use, recycling (déchets) */
  | 'WASTE';

/** From one day to another, both included; an end left out is open. */
export type Days = {
  /** First day. */
  from?: string | null | undefined;
  /** Last day. */
  to?: string | null | undefined;
};

/** Why a person is sent again to an offer that declined them not long ago. */
export type DespiteRefusal =
  /** The person asks for it (à la demande de la personne) */
  | 'PERSON_ASKS'
  /** The provider has said that it would look again (le prestataire est d’accord) */
  | 'PROVIDER_AGREES'
  /** What led to the refusal is no longer so (la situation a changé) */
  | 'SITUATION_CHANGED';

/** When identity and contact open to the provider. */
export type Disclose =
  /** They open when the provider accepts (à l’acceptation) */
  | 'AT_ACCEPTANCE'
  /** Identity and contact open when a named member takes charge (à la prise en charge) */
  | 'AT_ACKNOWLEDGEMENT'
  /** They open at the first meeting, which goes through the sender; at the latest at acceptance */
  | 'AT_MEETING';

/** A circle around a commune. What has no known point is in no circle. */
export type Near = {
  /** INSEE code of the commune at its centre, five characters. */
  commune: string;
  /** Its radius in kilometres, straight line: from 1 to 200. */
  km: number;
};

/** A referral to prepare, or to send at once. */
export type NewReferral = {
  /** Why, where this offer declined the person not long ago; without it: REFUSED_RECENTLY. */
  despiteRefusal?: DespiteRefusal | null | undefined;
  /** When the person’s name opens to the provider; at acknowledgement if not said. */
  disclose?: Disclose | null | undefined;
  /** Your own number for it, once per organisation: otherwise ALREADY_EXISTS. */
  externalReference?: string | null | undefined;
  /** Of your choice, up to 200 characters: the same key and input never act twice (kept 7 days). */
  idempotencyKey?: string | null | undefined;
  /** The offer (`off_…`), published; not needed with `vacancy`. */
  offer?: string | null | undefined;
  /** The person (`per_…`); one you follow. */
  person: string;
  /** Needed to send: without it AGREEMENT_MISSING. */
  personAgreement?: PersonAgreement | null | undefined;
  /** True sends it at once; false keeps a draft that only you see. */
  send?: boolean;
  /** One of its vacancies (`vac_…`), open, or filled when a place is to be waited for. */
  vacancy?: string | null | undefined;
};

/** What kind of insertion action it is. */
export type OfferKind =
  /** Managing a budget, over-indebtedness (budget) */
  | 'BUDGET'
  /** Having children looked after (garde d’enfants) */
  | 'CHILDCARE'
  /** Support to children’s schooling (éducation des enfants) */
  | 'CHILDREN_EDUCATION'
  /** Using digital services (numérique) */
  | 'DIGITAL'
  /** Access to care and health (santé) */
  | 'HEALTH'
  /** Finding, keeping or improving housing (logement) */
  | 'HOUSING'
  /** A period in a real workplace, without contract (immersion, PMSMP) */
  | 'IMMERSION'
  /** A job in an insertion enterprise: EI, AI, ETTI or EITI (poste en entreprise d’insertion) */
  | 'INSERTION_ENTERPRISE_JOB'
  /** Work on an insertion work site, employed by an ACI (chantier d’insertion) */
  | 'INSERTION_WORKSITE'
  /** An ordinary job, durable or not (emploi) */
  | 'JOB'
  /** Reading, writing, counting, French (lutte contre l’illettrisme, FLE) */
  | 'LITERACY'
  /** Driving licence, vehicle, transport (mobilité) */
  | 'MOBILITY'
  /** Anything else (autre) */
  | 'OTHER'
  /** Training that leads to a qualification (formation qualifiante) */
  | 'QUALIFYING_TRAINING'
  /** Confidence, activity, social ties (remobilisation) */
  | 'REMOBILISATION'
  /** Access to rights, legal and administrative help (accès aux droits) */
  | 'RIGHTS_AND_LEGAL';

/** The person’s agreement to being referred to this provider; the rule of the trade (docs/domain.md §2). */
export type PersonAgreement = {
  /** Whether the person agrees; false is the same as nothing: AGREEMENT_MISSING. */
  given: boolean;
  /** How it was given. */
  how: AgreementHow;
  /** The day it was given; not a day to come. */
  on: string;
};

/** Which referrals, of those you may see; every given condition must hold. */
export type ReferralFilter = {
  /** Whose deadline comes before this instant. */
  dueBefore?: string | null | undefined;
  /** Sent by you under this number of your own. */
  externalReference?: string | null | undefined;
  /** To this offer. */
  offer?: string | null | undefined;
  /** Of this person. */
  person?: string | null | undefined;
  /** Received by this organisation. */
  receiver?: string | null | undefined;
  /** Sent by this organisation. */
  sender?: string | null | undefined;
  /** In any of these states. */
  states?: Array<ReferralState> | null | undefined;
  /** True: those your organisation received and has not answered yet (à traiter). */
  toAnswer?: boolean | null | undefined;
  /** True: accepted, not started, and the vacancy’s first day (or the day of the acceptance, if it says none) is past. */
  toStart?: boolean | null | undefined;
  /** To this vacancy. */
  vacancy?: string | null | undefined;
};

/** Where a referral stands (docs/domain.md §4). Only the moves of the table lead from one to another. */
export type ReferralState =
  /** Accepted; a place is held where places are counted (acceptée) */
  | 'ACCEPTED'
  /** A named member of the provider has taken charge (prise en charge) */
  | 'ACKNOWLEDGED'
  /** The sender asks to cancel the acceptance; the place stays held (annulation demandée) */
  | 'CANCELLATION_REQUESTED'
  /** The acceptance was cancelled, with a coded reason (annulée) */
  | 'CANCELLED'
  /** The placement that came of it has ended (close) */
  | 'CLOSED'
  /** Declined by the provider, with a coded reason (refusée) */
  | 'DECLINED'
  /** Being prepared; only its sender sees it (brouillon) */
  | 'DRAFT'
  /** Nobody answered in time, or the wait ended (expirée) */
  | 'EXPIRED'
  /** Accepted but never started in time (caduque) */
  | 'LAPSED'
  /** The placement has started (démarrée) */
  | 'PLACED'
  /** Sent elsewhere instead: see `next` (réorientée) */
  | 'REROUTED'
  /** Sent; the provider has not taken charge yet (envoyée) */
  | 'SENT'
  /** On the waiting list (liste d’attente) */
  | 'WAITLISTED'
  /** Withdrawn by the sender or the hub, with a coded reason (retirée) */
  | 'WITHDRAWN';

/** Why the hub refuses, for programs. Codes never change; see docs/errors.md. */
export type UserErrorCode =
  /** No referral is sent without the agreement of the person to this provider. */
  | 'AGREEMENT_MISSING'
  /** A subject with this number (SIRET, external reference) exists. */
  | 'ALREADY_EXISTS'
  /** This person already has a live referral to this vacancy or offer. */
  | 'ALREADY_REFERRED'
  /** The law closes this category of a person to that organisation: no grant can open it. */
  | 'CLOSED_BY_LAW'
  /** The key was used before with another operation or input. */
  | 'IDEMPOTENCY_MISMATCH'
  /** A value is outside what the field accepts; `field` names it. */
  | 'INVALID_INPUT'
  /** A meeting of this referral is planned already: record, move or cancel that one first. */
  | 'MEETING_PLANNED'
  /** You see it, but your role or organisation may not do this. */
  | 'NOT_ALLOWED'
  /** Nothing with that id exists for you. */
  | 'NOT_FOUND'
  /** Every place of the vacancy is held or taken. */
  | 'NO_PLACE_LEFT'
  /** Everybody the meeting has a seat for is invited already. */
  | 'NO_SEAT_LEFT'
  /** An IAE convention is signed after an opinion of the IAE council, and not after a deferral. */
  | 'OPINION_REQUIRED'
  /** The structure has another signed convention of this kind on some of these days. */
  | 'OVERLAPPING_AGREEMENT'
  /** The person has another exclusive placement then; confirm with a reason. */
  | 'OVERLAPPING_PLACEMENT'
  /** Places cannot go below what is held and taken, nor a vacancy close over accepted people. */
  | 'PLACES_IN_USE'
  /** This offer declined the person not long ago; confirm with a reason. */
  | 'REFUSED_RECENTLY'
  /** The version you read is no longer the current one; read again. */
  | 'STALE'
  /** The time during which this could be done or undone is over. */
  | 'TOO_LATE'
  /** This member broke, or tried to break, the glass as often as an hour allows. */
  | 'TOO_MANY_ATTEMPTS'
  /** No commune of the official list has this code. */
  | 'UNKNOWN_COMMUNE'
  /** The offer counts its places: bind the referral to one of its vacancies first. */
  | 'VACANCY_REQUIRED'
  /** The move does not exist from the state the subject is in; the answer shows it as it is. */
  | 'WRONG_STATE';

/** Which vacancies; every given condition must hold. */
export type VacancyFilter = {
  /** INSEE code of its commune. */
  commune?: string | null | undefined;
  /** Of offers in any of these domains. */
  domains?: Array<ContributionDomain> | null | undefined;
  /** SIREN of the EPCI of its commune. */
  epci?: string | null | undefined;
  /** With at least so many places free, and open; one that counts no places has none. */
  freePlacesAtLeast?: number | null | undefined;
  /** On a site of this organisation, provided by another (accueil). */
  host?: string | null | undefined;
  /** Of offers of any of these kinds. */
  kinds?: Array<OfferKind> | null | undefined;
  /** Of this offer. */
  offer?: string | null | undefined;
  /** Of this organisation. */
  organisation?: string | null | undefined;
  /** Of offers open to any of these publics of data·inclusion v1; what is for everybody (`tous-publics`) always is. */
  publics?: Array<string> | null | undefined;
  /** Any of these trades: a ROME code (`A1203`) or how it begins (`A12`); the vacancy’s own, or its offer’s when it names none. */
  rome?: Array<string> | null | undefined;
  /** Sessions of this series. */
  series?: string | null | undefined;
  /** Starting on one of these days; undated ones do not. */
  startsBetween?: Days | null | undefined;
  /** In any of these states. If not said: what is yours, and of others what is open or filled of published offers. */
  states?: Array<VacancyState> | null | undefined;
  /** Words of its title or of its offer, in any order; accents, case and small typing errors forgiven. */
  text?: string | null | undefined;
  /** Of offers for any of these thématiques of data·inclusion v1: a code, or a category (`mobilite`) for all of its codes. */
  thematiques?: Array<string> | null | undefined;
};

/** Where a vacancy stands. OPEN and FILLED follow the count of its places. */
export type VacancyState =
  /** Takes nobody any more; those who have a place keep it */
  | 'CLOSED'
  /** Being prepared; seen by its own organisation only */
  | 'DRAFT'
  /** Every place is held or taken; opens again when one is freed */
  | 'FILLED'
  /** Takes referrals and has places left, or does not count them */
  | 'OPEN';

export type FindVacanciesQueryVariables = Exact<{
  near: Near;
  filter?: VacancyFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type FindVacanciesQuery = { vacancies: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, places: number | null, free: number | null, distanceKm: number | null, startsOn: string | null, offer: { id: string, title: string, stale: boolean, organisation: { id: string, name: string } } | null }> } };

export type FollowReferralsSubscriptionVariables = Exact<{
  organisation?: string | null | undefined;
  states?: Array<ReferralState> | ReferralState | null | undefined;
  after?: string | null | undefined;
  checkpointEvery?: number | null | undefined;
}>;


export type FollowReferralsSubscription = { referralUpdated: { cursor: string, event: { id: string, type: string, occurredAt: string, subject: { id: string, version: number } } | null, referral: { id: string, version: number, state: ReferralState, deadline: string | null, person: { id: string, reference: string } | null } | null, accessEnded: { person: string | null, subjects: Array<string> } | null } };

export type FollowedReferralFragment = { id: string, version: number, state: ReferralState, deadline: string | null, person: { id: string, reference: string } | null };

export type TakeCheckpointQueryVariables = Exact<{ [key: string]: never; }>;


export type TakeCheckpointQuery = { events: { checkpoint: string } };

export type ReadReferralsQueryVariables = Exact<{
  filter?: ReferralFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type ReadReferralsQuery = { referrals: { nodes: Array<{ id: string, version: number, state: ReferralState, deadline: string | null, person: { id: string, reference: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ReferPersonMutationVariables = Exact<{
  input: NewReferral;
}>;


export type ReferPersonMutation = { referPerson: { referral: { id: string, version: number, state: ReferralState, deadline: string | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } };

export const FollowedReferralFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FollowedReferral"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Referral"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"deadline"}},{"kind":"Field","name":{"kind":"Name","value":"person"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}}]}}]}}]} as unknown as DocumentNode<FollowedReferralFragment, unknown>;
export const FindVacanciesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FindVacancies"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"near"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Near"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"VacancyFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"vacancies"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"near"},"value":{"kind":"Variable","name":{"kind":"Name","value":"near"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"EnumValue","value":"DISTANCE"}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"places"}},{"kind":"Field","name":{"kind":"Name","value":"free"}},{"kind":"Field","name":{"kind":"Name","value":"distanceKm"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"offer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"stale"}},{"kind":"Field","name":{"kind":"Name","value":"organisation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<FindVacanciesQuery, FindVacanciesQueryVariables>;
export const FollowReferralsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"FollowReferrals"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organisation"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"states"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ReferralState"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"checkpointEvery"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"referralUpdated"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"organisation"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organisation"}}},{"kind":"Argument","name":{"kind":"Name","value":"states"},"value":{"kind":"Variable","name":{"kind":"Name","value":"states"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"checkpointEvery"},"value":{"kind":"Variable","name":{"kind":"Name","value":"checkpointEvery"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"event"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"subject"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"referral"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"FollowedReferral"}}]}},{"kind":"Field","name":{"kind":"Name","value":"accessEnded"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"person"}},{"kind":"Field","name":{"kind":"Name","value":"subjects"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FollowedReferral"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Referral"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"deadline"}},{"kind":"Field","name":{"kind":"Name","value":"person"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}}]}}]}}]} as unknown as DocumentNode<FollowReferralsSubscription, FollowReferralsSubscriptionVariables>;
export const TakeCheckpointDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TakeCheckpoint"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"events"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"checkpoint"}}]}}]}}]} as unknown as DocumentNode<TakeCheckpointQuery, TakeCheckpointQueryVariables>;
export const ReadReferralsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ReadReferrals"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ReferralFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"referrals"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"FollowedReferral"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FollowedReferral"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Referral"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"deadline"}},{"kind":"Field","name":{"kind":"Name","value":"person"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}}]}}]}}]} as unknown as DocumentNode<ReadReferralsQuery, ReadReferralsQueryVariables>;
export const ReferPersonDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ReferPerson"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"NewReferral"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"referPerson"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"referral"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"deadline"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<ReferPersonMutation, ReferPersonMutationVariables>;