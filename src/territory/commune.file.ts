import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import StreamArray from 'stream-json/streamers/StreamArray.js';
import { csvRecords, separatorOf } from './csv.ts';

/** What a list of communes may say of one, as text, by the name the hub gives it. */
export type CommuneField =
  'code' | 'type' | 'name' | 'epciCode' | 'population' | 'postalCodes' | 'latitude' | 'longitude' | 'point';

export interface CommuneRecord {
  /** Line of a CSV file, rank in a JSON array, from 1. */
  line: number;
  said: Partial<Record<CommuneField, string>>;
}

/** Headings of INSEE (COG), La Poste, the DGCL and geo.api.gouv.fr, folded; the first that says something counts. */
const headings: Record<CommuneField, readonly string[]> = {
  code: ['code_insee', 'code_commune_insee', 'com', 'codgeo', 'insee_com', 'code_commune', 'insee', 'code'],
  type: ['typecom', 'type_com'],
  name: [
    'nom',
    'libelle',
    'nom_standard',
    'libgeo',
    'nom_commune',
    'nom_de_la_commune',
    'nom_com',
    'nccenr',
    'name',
  ],
  epciCode: ['code_epci', 'epci_code', 'siren_epci', 'epci'],
  population: ['population', 'population_municipale', 'pmun', 'pop_mun', 'ptot'],
  postalCodes: ['codes_postaux', 'code_postal', 'postal_codes', 'cp'],
  latitude: ['latitude', 'lat', 'latitude_mairie', 'latitude_centre'],
  longitude: ['longitude', 'lon', 'lng', 'long', 'longitude_mairie', 'longitude_centre'],
  point: ['coordonnees_gps', 'coordonnees_geographiques', 'geopoint', 'geo_point_2d', 'centre', 'mairie'],
};
const fields = Object.keys(headings) as CommuneField[];

/** The records of a list of communes, CSV or a JSON array of objects, in UTF-8, read as they come. */
export async function* communeRecords(source: string | Readable): AsyncGenerator<CommuneRecord> {
  const stream = typeof source === 'string' ? createReadStream(source) : source;
  const { head, text } = await peek(stream.setEncoding('utf8'));
  const records = head.trimStart().startsWith('[')
    ? jsonRecords(text)
    : namedRecords(text, separatorOf(head));
  for await (const { line, values } of records) yield { line, said: said(values) };
}

/** Reads on until the first line is known: it tells the format and the separator. */
async function peek(stream: AsyncIterable<string>): Promise<{ head: string; text: AsyncGenerator<string> }> {
  const chunks = stream[Symbol.asyncIterator]();
  let start = '';
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    start += next.value;
    if (start.includes('\n') || start.length > 100_000) break;
  }
  start = start.replace(/^\uFEFF/, '');
  return { head: start.split('\n', 1)[0]!, text: again() };

  async function* again() {
    yield start;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  }
}

interface Named {
  line: number;
  values: Map<string, unknown>;
}

async function* namedRecords(text: AsyncIterable<string>, separator: string): AsyncGenerator<Named> {
  let names: string[] | undefined;
  for await (const { line, cells } of csvRecords(text, separator))
    if (names) yield { line, values: new Map(cells.map((cell, at) => [names![at] ?? '', cell])) };
    else names = refuseForeign(cells.map(folded));
}

async function* jsonRecords(text: AsyncIterable<string>): AsyncGenerator<Named> {
  const array = StreamArray.withParser();
  pipeline(Readable.from(text), array, () => undefined); // a failure comes out of the loop below
  for await (const { key, value } of array as AsyncIterable<{ key: number; value: object | null }>)
    yield {
      line: key + 1,
      values: new Map(Object.entries(value ?? {}).map(([name, each]) => [folded(name), each])),
    };
}

function refuseForeign(names: string[]): string[] {
  if (headings.code.some((name) => names.includes(name))) return names;
  throw new Error(
    `This is no list of communes: no column named ${headings.code.join(', ')} among ${names.join(', ')}.`,
  );
}

/** `#Code_commune_INSEE`, `codesPostaux` and `Code INSEE` are read alike. */
function folded(heading: string): string {
  const plain = heading
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1_$2');
  return plain
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}

function said(values: Map<string, unknown>): CommuneRecord['said'] {
  const texts = fields.map((field) => {
    const all = headings[field].map((name) => textOf(values.get(name)));
    return [field, all.find((text) => text !== '')] as const;
  });
  return Object.fromEntries(texts.filter(([, text]) => text !== undefined));
}

function textOf(value: unknown): string {
  // GeoJSON writes the longitude first
  if (isPoint(value)) return [...value.coordinates].reverse().join(', ');
  if (Array.isArray(value)) return value.join(' ');
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function isPoint(value: unknown): value is { coordinates: number[] } {
  return Array.isArray((value as { coordinates?: unknown } | null | undefined)?.coordinates);
}
