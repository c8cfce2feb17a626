import { invalid } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import { checkEmail, checkLength, checkPhone } from '../partners/organisation.rules.ts';

export const LegalBasis = vocabulary({
  PUBLIC_INTEREST: 'A mission of public interest (mission d’intérêt public, RGPD art. 6.1.e)',
  LEGAL_OBLIGATION: 'An obligation of the law (obligation légale, RGPD art. 6.1.c)',
  CONSENT: 'The person’s consent, only where they could really say no (consentement, RGPD art. 6.1.a)',
});
export type LegalBasis = Vocabulary<typeof LegalBasis>;

export const AgeBand = vocabulary({
  UNDER_26: 'Under 26, by the year of birth (jeune)',
  FROM_26_TO_39: 'From 26 to 39',
  FROM_40_TO_49: 'From 40 to 49',
  FROM_50: 'Fifty or older (senior)',
});
export type AgeBand = Vocabulary<typeof AgeBand>;

/** Only the year of birth is in the core: the band may be a year early, and tells no birthday. */
export function ageBand(birthYear: number | null, today: string): AgeBand | null {
  if (birthYear === null) return null;
  const age = Number(today.slice(0, 4)) - birthYear;
  if (age < 26) return 'UNDER_26';
  if (age < 40) return 'FROM_26_TO_39';
  return age < 50 ? 'FROM_40_TO_49' : 'FROM_50';
}

/** A commune this small could name one person: only its EPCI is shown. */
const smallCommune = 5000;

export function shownCommune(commune: { code: string; population: number } | null): string | null {
  return commune && commune.population > smallCommune ? commune.code : null;
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford's: no I, L, O, U to misread

/** What people say on the telephone instead of a name: `P-7K3M2Q`. */
export function referenceOf(random: Uint8Array): string {
  return 'P-' + [...random.subarray(0, 6)].map((byte) => alphabet[byte % 32]).join('');
}

/** Public bodies decide about a person's rights: before them nobody could really say no. */
const cannotAskConsent = ['COUNCIL', 'COUNCIL_SERVICE', 'BENEFITS_FUND', 'EMPLOYMENT_SERVICE', 'COMMUNE'];
/** Bodies with a mission of their own; others get one only by the council's delegation. */
const withMission = [...cannotAskConsent, 'PLIE'];

/** On what ground an organisation of this kind may follow a person (docs/domain.md §7). */
export function checkLegalBasis(basis: LegalBasis, holder: { kind: string; delegated: boolean }): void {
  if (basis === 'CONSENT') {
    if (cannotAskConsent.includes(holder.kind)) throw invalid('legalBasis', 'NO_FREE_CONSENT');
  } else if (!withMission.includes(holder.kind) && !holder.delegated) {
    throw invalid('legalBasis', 'NO_MISSION');
  }
}

export interface IdentityFacts {
  lastName?: string | null;
  firstName?: string | null;
  birthName?: string | null;
  birthDate?: string | null;
}

export function checkIdentity(identity: IdentityFacts, today: string): void {
  for (const name of ['lastName', 'firstName', 'birthName'] as const)
    if (identity[name] != null) checkLength(`identity.${name}`, identity[name], 1, 100);
  const { birthDate } = identity;
  if (birthDate != null && birthDate > today) throw invalid('identity.birthDate', 'FUTURE');
  if (birthDate != null && birthDate < '1900-01-01') throw invalid('identity.birthDate', 'TOO_OLD');
}

export interface ContactFacts {
  phone?: string | null;
  email?: string | null;
  address?: string | null;
}

export function checkContact({ phone, email, address }: ContactFacts): void {
  if (phone != null) checkPhone('contact.phone', phone);
  if (email != null) checkEmail('contact.email', email);
  if (address != null) checkLength('contact.address', address, 1, 200);
}

export function birthYear(birthDate: string | null | undefined): number | null {
  return birthDate == null ? null : Number(birthDate.slice(0, 4));
}
