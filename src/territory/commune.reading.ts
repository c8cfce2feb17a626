import type { Readable } from 'node:stream';
import { z } from 'zod';
import { communeRecords, type CommuneRecord } from './commune.file.ts';

/** A commune as a list gives it; what the list does not say is absent. */
export interface GivenCommune {
  line: number;
  code: string;
  name?: string;
  epciCode?: string | null;
  population?: number;
  postalCodes?: string[];
  latitude?: number;
  longitude?: number;
}

export interface RefusedLine {
  line: number;
  reason: string;
}

export interface Reading {
  /** Once each: lines that name the same commune are one, with the postal codes of all. */
  communes: GivenCommune[];
  refused: RefusedLine[];
  /** Lines of the official files that are no communes: delegated and associated ones, municipal arrondissements. */
  skipped: number;
}

const arrondissement = /^(?:751|6938|132)\d/;
const offEarth = 'is off the Earth';

const text = z.string('is missing');
const number = text.transform((said) => Number(said.replace(/\s/g, '').replace(',', '.')));

// spreadsheets eat the leading zero
const code = text
  .transform((said) => said.toUpperCase().padStart(5, '0'))
  .pipe(z.string().regex(/^(?!00)(?:\d\d|2[AB])\d{3}$/, 'is no INSEE code'));
const name = text.max(200, 'is longer than 200 characters').regex(/^[^\0\uFFFD]*$/, 'is not UTF-8');
// INSEE writes Z nine times for "in no EPCI"
const epciCode = text
  .regex(/^(?:\d{9}|Z{9})$/, 'is no SIREN')
  .transform((said) => (said.startsWith('Z') ? null : said));
const population = number.pipe(z.int32('is no whole number').min(0, 'is below zero'));
const postalCodes = text
  .transform((said) => said.split(/[\s,;/|]+/))
  .pipe(z.array(z.string().regex(/^\d{5}$/, 'hold one that is no postal code')));
const degrees = (most: number) =>
  number.pipe(z.number('is no number').min(-most, offEarth).max(most, offEarth));

const schema = z
  .object({
    code,
    name: name.optional(),
    epciCode: epciCode.optional(),
    population: population.optional(),
    postalCodes: postalCodes.optional(),
    latitude: degrees(90).optional(),
    longitude: degrees(180).optional(),
  })
  .refine(
    (row) => (row.latitude === undefined) === (row.longitude === undefined),
    'latitude and longitude go together',
  );

/** Reads a whole list and judges each line, so that nothing is written before the file is known to its end. */
export async function readCommunes(source: string | Readable): Promise<Reading> {
  const communes = new Map<string, GivenCommune>();
  const refused: RefusedLine[] = [];
  let skipped = 0;
  for await (const { line, said } of communeRecords(source)) {
    if (isNoCommune(said)) {
      skipped++;
      continue;
    }
    const { data, error } = schema.safeParse(withPoint(said));
    if (error) refused.push({ line, reason: reasonOf(error) });
    else communes.set(data.code, joined(communes.get(data.code), { line, ...data }));
  }
  return { communes: [...communes.values()], refused, skipped };
}

function isNoCommune({ type, code }: CommuneRecord['said']): boolean {
  return (type !== undefined && type !== 'COM') || arrondissement.test(code ?? '');
}

/** `47.2, -1.5` in one column, where latitude and longitude have none of their own. */
function withPoint({ point, ...said }: CommuneRecord['said']): CommuneRecord['said'] {
  if (point === undefined || said.latitude !== undefined || said.longitude !== undefined) return said;
  const [latitude, longitude] = point.split(/[,;\s]+/);
  return { ...said, latitude, longitude };
}

function reasonOf(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => [path[0], message].filter(Boolean).join(' ')).join('; ');
}

function joined(before: GivenCommune | undefined, now: GivenCommune): GivenCommune {
  const postalCodes = new Set([...(before?.postalCodes ?? []), ...(now.postalCodes ?? [])]);
  return { ...now, ...before, ...(postalCodes.size && { postalCodes: [...postalCodes].sort() }) };
}
