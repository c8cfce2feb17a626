import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { CommuneRow, EpciRow } from './commune.row.ts';
import { frenchPlaces, type Place } from './official.points.ts';
import { locate } from './point.rules.ts';

export interface Territory {
  communes: CommuneRow[];
  epcis: EpciRow[];
}

interface OfficialCommune {
  code: string;
  nom: string;
  type: string;
  departement: string;
  population?: number;
  codesPostaux?: string[];
}

interface OfficialEpci {
  code: string;
  nom: string;
  membres: { code: string }[];
}

/**
 * The communes and EPCI of France as the State lists them (Code officiel géographique, EPCI of the DGCL, both
 * through Etalab), by code, with the points of GeoNames. Read when asked and not kept.
 */
export async function officialTerritory(): Promise<Territory> {
  const epcis = await official<OfficialEpci>('epci');
  const epciOf = new Map(
    epcis.flatMap((epci) => epci.membres.map((member) => [member.code, epci.code] as const)),
  );
  const communes = (await official<OfficialCommune>('communes'))
    .filter(({ type }) => type === 'commune-actuelle')
    .map((commune) => communeOf(commune, epciOf.get(commune.code) ?? null))
    .sort(byCode);
  const places = await placeOfEach(communes);
  return {
    communes: locate(communes, ({ code }) => places.get(code)),
    epcis: epcis.map(({ code, nom }) => ({ code, name: nom })).sort(byCode),
  };
}

/** Codes of all départements of the official list, overseas territories among them. */
export async function officialDepartements(): Promise<string[]> {
  return (await official<{ code: string }>('departements')).map(({ code }) => code);
}

async function official<T>(list: 'communes' | 'epci' | 'departements'): Promise<T[]> {
  const file = createRequire(import.meta.url).resolve(`@etalab/decoupage-administratif/data/${list}.json`);
  return JSON.parse(await readFile(file, 'utf8')) as T[];
}

function communeOf(
  { code, nom, departement, population, codesPostaux }: OfficialCommune,
  epciCode: string | null,
) {
  return {
    code,
    name: nom,
    departementCode: departement,
    epciCode,
    population: population ?? 0,
    postalCodes: codesPostaux ?? [],
  };
}

/** Of the places in a commune the one that bears its name; failing that the largest. */
async function placeOfEach(communes: readonly { code: string; name: string }[]): Promise<Map<string, Place>> {
  const names = new Map(communes.map(({ code, name }) => [code, name]));
  const { compare } = new Intl.Collator('fr', { sensitivity: 'base', ignorePunctuation: true });
  const chosen = new Map<string, Place & { namesake: boolean }>();
  for await (const place of frenchPlaces()) {
    const name = names.get(place.code);
    if (name === undefined) continue;
    const namesake = compare(place.name, name) === 0;
    const rival = chosen.get(place.code);
    const better = !rival || (namesake === rival.namesake ? place.population > rival.population : namesake);
    if (better) chosen.set(place.code, { ...place, namesake });
  }
  return chosen;
}

function byCode(one: { code: string }, other: { code: string }): number {
  return one.code < other.code ? -1 : 1;
}
