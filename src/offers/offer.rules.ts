import { addDays } from '../kernel/clock.ts';
import { invalid } from '../kernel/refusal.ts';
import { Transitions } from '../kernel/transitions.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import {
  checkEmail,
  checkExternalReference,
  checkLength,
  checkLink,
  checkPhone,
} from '../partners/organisation.rules.ts';
import { OfferKind } from '../programme/offer-kind.rules.ts';
import { isThematique } from '../programme/thematique.rules.ts';
import * as service from './service.rules.ts';

export { OfferKind };

export const OfferState = vocabulary({
  DRAFT: 'Being written; seen by its own organisation only (brouillon)',
  PUBLISHED: 'In the catalogue (publiée)',
  SUSPENDED: 'In the catalogue, but takes nobody for the moment (suspendue)',
  ARCHIVED: 'Out of the catalogue for good; still read by what refers to it (archivée)',
});
export type OfferState = Vocabulary<typeof OfferState>;

export const ContributionDomain = vocabulary({
  GREEN_SPACES: 'Green spaces (espaces verts)',
  WASTE: 'Waste, re-use, recycling (déchets)',
  BUILDING: 'Building (bâtiment)',
  FOOD: 'Food, market gardening (alimentation)',
  HYGIENE: 'Cleaning, laundry (hygiène)',
  HOUSING_CONDITIONS: 'Housing conditions (habitat)',
  NATURAL_HERITAGE: 'Rivers, paths, natural heritage (patrimoine naturel)',
  BUILT_HERITAGE: 'Built heritage (patrimoine bâti)',
  PERSONAL_SERVICES: 'Services to persons (services à la personne)',
});
export type ContributionDomain = Vocabulary<typeof ContributionDomain>;

/** GEIQ and EA are accreditations but no SIAE. */
export const SiaeKind = vocabulary({
  ACI: 'Insertion work site (atelier et chantier d’insertion)',
  EI: 'Insertion enterprise (entreprise d’insertion)',
  AI: 'Intermediary association (association intermédiaire)',
  ETTI: 'Insertion temporary-work enterprise (entreprise de travail temporaire d’insertion)',
  EITI: 'Insertion by self-employment (entreprise d’insertion par le travail indépendant)',
});
export type SiaeKind = Vocabulary<typeof SiaeKind>;

export type OfferMove = 'publish' | 'resume' | 'update' | 'confirm' | 'suspend' | 'archive';

/** The life of an offer. Nothing leaves ARCHIVED. */
export const offerMoves = new Transitions<OfferState, OfferMove, 'PROVIDER'>([
  { from: ['DRAFT'], move: 'publish', to: 'PUBLISHED', by: ['PROVIDER'] },
  { from: ['SUSPENDED'], move: 'resume', to: 'PUBLISHED', by: ['PROVIDER'] },
  { from: ['DRAFT', 'PUBLISHED', 'SUSPENDED'], move: 'update', to: 'SAME', by: ['PROVIDER'] },
  { from: ['PUBLISHED', 'SUSPENDED'], move: 'confirm', to: 'SAME', by: ['PROVIDER'] },
  { from: ['PUBLISHED'], move: 'suspend', to: 'SUSPENDED', by: ['PROVIDER'] },
  { from: ['DRAFT', 'PUBLISHED', 'SUSPENDED'], move: 'archive', to: 'ARCHIVED', by: ['PROVIDER'] },
]);

const workKinds: readonly OfferKind[] = ['INSERTION_WORKSITE', 'INSERTION_ENTERPRISE_JOB', 'JOB'];

/** A person holds one work offer at a time; services, training and immersions go beside it (docs/domain.md §4). */
export function exclusiveByDefault(kind: OfferKind): boolean {
  return workKinds.includes(kind);
}

export const staleAfterDays = 90;

/** In the catalogue, and nobody said for 90 days that it still holds. */
export function isStale(offer: { state: OfferState; confirmedAt: string | null }, now: string): boolean {
  const inCatalogue = offer.state === 'PUBLISHED' || offer.state === 'SUSPENDED';
  return inCatalogue && (offer.confirmedAt === null || addDays(offer.confirmedAt, staleAfterDays) < now);
}

const siaeKindsOf: Partial<Record<OfferKind, readonly SiaeKind[]>> = {
  INSERTION_WORKSITE: ['ACI'],
  INSERTION_ENTERPRISE_JOB: ['EI', 'AI', 'ETTI', 'EITI'],
};

export interface HeldAccreditation {
  kind: string;
  fromDay: string;
  toDay: string | null;
}

/** The SIAE an offer names must go with its kind, and be an accreditation its organisation holds that day. */
export function checkSiaeKind(
  offer: { kind: OfferKind; siaeKind?: SiaeKind | null },
  accreditations: readonly HeldAccreditation[],
  day: string,
): void {
  const { kind, siaeKind } = offer;
  if (siaeKind == null) return;
  if (!siaeKindsOf[kind]?.includes(siaeKind)) throw invalid('siaeKind', 'KIND');
  const held = accreditations.some(
    (each) => each.kind === siaeKind && each.fromDay <= day && (each.toDay === null || day < each.toDay),
  );
  if (!held) throw invalid('siaeKind', 'NOT_ACCREDITED', { siaeKind });
}

export interface OfferFacts {
  title?: string | null;
  description?: string | null;
  thematiques?: readonly string[] | null;
  romeCodes?: readonly string[] | null;
  publics?: readonly string[] | null;
  fees?: string | null;
  receptionModes?: readonly string[] | null;
  mobilisationModes?: readonly string[] | null;
  mobilisableBy?: readonly string[] | null;
  mobilisationLink?: string | null;
  serviceType?: string | null;
  eligibilityZone?: readonly string[] | null;
  weeks?: number | null;
  weeklyHours?: number | null;
  contactEmail?: string | null;
  contactPhone?: string | null;
  externalReference?: string | null;
}

const mostListed = 100;

/** What an offer says of itself, each field by itself. */
export function checkOffer(offer: OfferFacts): void {
  if (offer.title != null) checkLength('title', offer.title, 3, 200);
  if (offer.contactEmail != null) checkEmail('contactEmail', offer.contactEmail);
  if (offer.contactPhone != null) checkPhone('contactPhone', offer.contactPhone);
  if (offer.mobilisationLink != null) checkLink('mobilisationLink', offer.mobilisationLink);
  checkExternalReference(offer.externalReference);
  checkBetween('weeks', offer.weeks, 1, 520);
  checkBetween('weeklyHours', offer.weeklyHours, 0, 168);
  checkEach('romeCodes', offer.romeCodes, (code) => /^[A-N]\d{4}$/.test(code), 'ROME');
  checkEach('eligibilityZone', offer.eligibilityZone, (code) => /^\w{2,9}$/.test(code), 'CODE');
  checkCodes(offer);
}

function checkCodes(offer: OfferFacts): void {
  checkEach('thematiques', offer.thematiques, isThematique, 'CODE');
  checkEach('publics', offer.publics, among(service.publics), 'CODE');
  checkEach('receptionModes', offer.receptionModes, among(service.receptionModes), 'CODE');
  checkEach('mobilisationModes', offer.mobilisationModes, among(service.mobilisationModes), 'CODE');
  checkEach('mobilisableBy', offer.mobilisableBy, among(service.mobilisableBy), 'CODE');
  if (offer.fees != null && !service.fees.includes(offer.fees))
    throw invalid('fees', 'CODE', { value: offer.fees });
  if (offer.serviceType != null && !service.serviceTypes.includes(offer.serviceType))
    throw invalid('serviceType', 'CODE', { value: offer.serviceType });
}

const among = (codes: readonly string[]) => (code: string) => codes.includes(code);

function checkEach(
  field: string,
  values: readonly string[] | null | undefined,
  accepts: (value: string) => boolean,
  reason: string,
): void {
  if ((values?.length ?? 0) > mostListed) throw invalid(field, 'RANGE', { least: 0, most: mostListed });
  for (const value of values ?? []) if (!accepts(value)) throw invalid(field, reason, { value });
}

function checkBetween(field: string, value: number | null | undefined, least: number, most: number): void {
  if (value != null && !(value >= least && value <= most)) throw invalid(field, 'RANGE', { least, most });
}

/** What a reader of the catalogue needs: what it is, and where. */
export function checkPublishable(offer: {
  title: string;
  description: string | null;
  communeCode: string | null;
}): void {
  if (!offer.title.trim()) throw invalid('title', 'REQUIRED');
  if (!offer.description?.trim()) throw invalid('description', 'REQUIRED');
  if (offer.communeCode === null) throw invalid('commune', 'REQUIRED');
}

/** A suspension may name the day it ends; not one already past. */
export function checkSuspension(until: string | null | undefined, today: string): void {
  if (until != null && until < today) throw invalid('until', 'PAST');
}
