import type { Readable } from 'node:stream';
import type pg from 'pg';
import sql from 'sql-template-tag';
import { readCommunes, type GivenCommune, type RefusedLine } from './commune.reading.ts';
import type { CommuneRow } from './commune.row.ts';
import { communes } from './commune.store.ts';
import { saveCommunes } from './territory.save.ts';

const chunkSize = 500;

export interface CommuneImport {
  created: number;
  changed: number;
  unchanged: number;
  /** Lines of the file that are no communes, of no interest here. */
  skipped: number;
  refused: RefusedLine[];
}

/**
 * Brings communes up to date with an official list (CSV with a heading, or a JSON array), given by its path or as
 * a stream: what the list says replaces, what it does not say stays. Lines that cannot be are refused one by one.
 * A dry run tells the same and writes nothing.
 */
export async function importCommunes(
  pool: pg.Pool,
  source: string | Readable,
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<CommuneImport> {
  const { communes: given, refused, skipped } = await readCommunes(source);
  const result: CommuneImport = { created: 0, changed: 0, unchanged: 0, skipped, refused };
  for (let from = 0; from < given.length; from += chunkSize) {
    const chunk = await apply(pool, given.slice(from, from + chunkSize), dryRun);
    result.created += chunk.created;
    result.changed += chunk.changed;
    result.unchanged += chunk.unchanged;
    refused.push(...chunk.refused);
  }
  refused.sort((one, other) => one.line - other.line);
  return result;
}

type Chunk = Omit<CommuneImport, 'skipped'>;

async function apply(pool: pg.Pool, given: GivenCommune[], dryRun: boolean): Promise<Chunk> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const chunk = await write(client, given);
    await client.query(dryRun ? 'rollback' : 'commit');
    return chunk;
  } catch (error) {
    await client.query('rollback').catch((fault: Error) => (broken = fault));
    throw error;
  } finally {
    client.release(broken);
  }
}

async function write(client: pg.PoolClient, given: GivenCommune[]): Promise<Chunk> {
  const known = await knownRows(client, given);
  const epcis = await knownEpcis(client, given);
  const refused: RefusedLine[] = [];
  const rows: CommuneRow[] = [];
  for (const commune of given) {
    const row = rowOf(known.get(commune.code), commune, epcis);
    if (typeof row === 'string') refused.push({ line: commune.line, reason: row });
    else rows.push(row);
  }
  const { created, changed } = await saveCommunes(client, rows);
  const unchanged = rows.length - created.length - changed.length;
  return { created: created.length, changed: changed.length, unchanged, refused };
}

async function knownRows(client: pg.PoolClient, given: GivenCommune[]): Promise<Map<string, CommuneRow>> {
  const { text, values } = sql`select ${communes.columns} from commune
    where code = any(${given.map(({ code }) => code)}) order by code for update`;
  const { rows } = await client.query<CommuneRow>(text, values);
  return new Map(rows.map((row) => [row.code, row]));
}

async function knownEpcis(client: pg.PoolClient, given: GivenCommune[]): Promise<Set<string>> {
  const codes = given.flatMap(({ epciCode }) => epciCode ?? []);
  const { rows } = await client.query<{ code: string }>('select code from epci where code = any($1)', [
    codes,
  ]);
  return new Set(rows.map(({ code }) => code));
}

/** The row as it will be, or why it cannot. */
function rowOf(
  before: CommuneRow | undefined,
  given: GivenCommune,
  epcis: ReadonlySet<string>,
): CommuneRow | string {
  const { line: _, ...said } = given;
  if (said.epciCode && !epcis.has(said.epciCode)) return `epciCode ${said.epciCode} is unknown`;
  // postal files write names in capitals without accents: they never replace a proper one
  const name = before && said.name === said.name?.toUpperCase() ? before.name : (said.name ?? before?.name);
  if (name === undefined) return `name is missing, and commune ${said.code} is new`;
  const point = said.latitude === undefined ? {} : { approximate: false };
  return { ...(before ?? blank(said.code)), ...said, ...point, name };
}

function blank(code: string): Omit<CommuneRow, 'code' | 'name'> {
  const departementCode = code.slice(0, /^9[78]/.test(code) ? 3 : 2);
  return {
    departementCode,
    epciCode: null,
    population: 0,
    postalCodes: [],
    latitude: null,
    longitude: null,
    approximate: true,
  };
}
