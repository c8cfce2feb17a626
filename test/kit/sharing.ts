import type { Client } from './client.ts';

export const grantSelection = `grant { id state version purpose legalBasis categories kind from until endedOn endReason
  externalReference person { id } organisation { id } organisations { id } grantedBy { id } grantedByMember { id } }`;

/** The whole payload of `grantSharing`: with consent, to prepare a referral, unless said otherwise. */
export function share(as: Client, input: object) {
  const usual = { categories: ['IDENTITY', 'CONTACT'], purpose: 'PREPARE_REFERRAL', legalBasis: 'CONSENT' };
  return as.run('grantSharing', 'NewSharing', { ...usual, ...input }, grantSelection);
}

/** The same; fails when refused. */
export async function shared(as: Client, input: object) {
  const payload = await share(as, input);
  if (payload.userErrors.length) throw new Error(JSON.stringify(payload.userErrors));
  return payload.grant;
}

/** The whole payload of `endSharing`. */
export function endSharing(as: Client, input: object) {
  const selection = `person { id sharingGrants { nodes { id state } } } ${grantSelection}`;
  return as.run('endSharing', 'SharingEnding', { reason: 'NO_LONGER_NEEDED', ...input }, selection);
}

export const sentence = 'Elle ne répond plus, la porte est fermée et un voisin a entendu un cri.';

/** The whole payload of `breakGlass`. */
export function breakGlass(as: Client, input: object) {
  const usual = { reason: 'SHELTER_TONIGHT', detail: sentence };
  return as.run('breakGlass', 'GlassBreaking', { ...usual, ...input }, glassSelection);
}

export const glassSelection = `glass { id brokenBy reason detail soughtBy categories brokenAt until
  person { id identity { lastName } contact { phone } } organisation { id } }`;

/** What of a person is open to a client, and why. */
export async function openTo(client: Client, person: string): Promise<Record<string, string> | null> {
  const query = 'query ($id: ID!) { person(id: $id) { disclosure { category visible why } } }';
  const { person: seen } = await client.get(query, { id: person });
  if (!seen) return null;
  const open = seen.disclosure.filter((each: any) => each.visible);
  return Object.fromEntries(open.map((each: any) => [each.category, each.why]));
}
