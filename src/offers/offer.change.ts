import type { Reader } from '../db/reader.ts';
import { knownSite } from '../partners/site.store.ts';
import { knownCommune } from '../territory/commune.store.ts';
import type { OfferDetails } from './offer-input.type.ts';
import type { OfferRow } from './offer.row.ts';

type Change = Partial<OfferRow>;

/** Where an offer happens: at a site, with its commune and point; or somewhere in a commune. */
export async function placeOf(reader: Reader, { site, commune, address }: OfferDetails): Promise<Change> {
  if (site != null) {
    const { id, communeCode, latitude, longitude, approximate, ...at } = await knownSite(
      reader,
      site,
      'site',
    );
    return { siteId: id, communeCode, address: at.address, latitude, longitude, approximate };
  }
  if (commune != null) {
    const { code, latitude, longitude } = await knownCommune(reader, commune, 'commune');
    return {
      siteId: null,
      communeCode: code,
      address: address ?? null,
      latitude,
      longitude,
      approximate: true,
    };
  }
  return { ...(commune === null && nowhere), ...(site === null && { siteId: null }), address };
}

const nowhere = {
  siteId: null,
  communeCode: null,
  latitude: null,
  longitude: null,
  approximate: true,
} as const;

const lists = [
  'domains', 'thematiques', 'romeCodes', 'publics', 'receptionModes', 'mobilisationModes', 'mobilisableBy',
  'eligibilityZone',
] as const; // prettier-ignore
const nullables = [
  'siaeKind', 'description', 'publicsDetail', 'fees', 'feesDetail', 'mobilisationLink', 'accessConditions',
  'openingHours', 'weeks', 'weeklyHours', 'contactEmail', 'contactPhone', 'serviceType', 'externalReference',
] as const; // prettier-ignore
const required = ['title', 'exclusive', 'countsAsAction'] as const;

/** The columns an input speaks of. Null empties: a list becomes empty, what may not be empty stays. */
export function changeOf(input: OfferDetails & { title?: string | null }): Change {
  const given = (names: readonly (keyof typeof input)[]) => names.filter((name) => input[name] !== undefined);
  return Object.fromEntries([
    ...given(lists).map((name) => [name, [...new Set((input[name] as string[] | null) ?? [])]]),
    ...given(nullables).map((name) => [name, input[name]]),
    ...given(required).flatMap((name) => (input[name] === null ? [] : [[name, input[name]]])),
  ]);
}
