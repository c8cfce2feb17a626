import { subjectOf } from '../kernel/ids.ts';
import { invalid, Refusal } from '../kernel/refusal.ts';
import type { VacancyState } from './vacancy.rules.ts';

/** What a subscriber wants to be told of; what is left out is not asked. */
export interface Following {
  organisation?: string | null;
  host?: string | null;
  offer?: string | null;
  commune?: string | null;
  states?: readonly VacancyState[] | null;
}

/** What could never match is refused at once, or a typing error would look like silence. */
export function checkFollowing({ organisation, host, offer, commune, states }: Following): void {
  for (const [field, id] of Object.entries({ organisation, host }))
    if (id != null && subjectOf(id) !== 'Organisation') throw new Refusal('NOT_FOUND', {}, field);
  if (offer != null && subjectOf(offer) !== 'Offer') throw new Refusal('NOT_FOUND', {}, 'offer');
  if (commune != null && !/^\w{5}$/.test(commune))
    throw new Refusal('UNKNOWN_COMMUNE', { commune }, 'commune');
  if (states?.length === 0) throw invalid('states', 'REQUIRED');
}

interface Followed {
  organisationId: string;
  hostId: string | null;
  offerId: string;
  communeCode: string | null;
  state: VacancyState;
}

export function follows(
  { organisation, host, offer, commune, states }: Following,
  vacancy: Followed,
): boolean {
  return (
    (organisation == null || vacancy.organisationId === organisation) &&
    (host == null || vacancy.hostId === host) &&
    (offer == null || vacancy.offerId === offer) &&
    (commune == null || vacancy.communeCode === commune) &&
    (states == null || states.includes(vacancy.state))
  );
}
