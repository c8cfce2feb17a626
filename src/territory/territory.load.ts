import pg from 'pg';
import { officialDepartements, officialTerritory } from './official.ts';
import { saveCommunes, saveEpcis } from './territory.save.ts';

const largestChunk = 5_000;

/**
 * Fills the tables of communes and EPCI from the official list: the départements asked for, or all of France.
 * A département that has communes is left as it is, so that the second call costs one question. Answers how many
 * rows were written.
 */
export async function loadTerritory(
  url: string,
  departements?: readonly string[],
): Promise<{ communes: number; epcis: number }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const missing = await missingDepartements(client, departements ?? (await officialDepartements()));
    return missing.size ? await load(client, missing) : { communes: 0, epcis: 0 };
  } finally {
    await client.end();
  }
}

async function missingDepartements(client: pg.Client, asked: readonly string[]): Promise<Set<string>> {
  const { rows } = await client.query<{ code: string }>(
    `select asked.code from unnest($1::text[]) asked (code)
     where not exists (select from commune where departement_code = asked.code)`,
    [asked],
  );
  return new Set(rows.map(({ code }) => code));
}

async function load(client: pg.Client, departements: ReadonlySet<string>) {
  const official = await officialTerritory();
  const communes = official.communes.filter((commune) => departements.has(commune.departementCode));
  const needed = new Set(communes.map((commune) => commune.epciCode));
  const written = { communes: 0, epcis: 0 };
  // each statement is its own transaction: EPCI first, communes refer to them
  const epcis = await saveEpcis(
    client,
    official.epcis.filter(({ code }) => needed.has(code)),
  );
  written.epcis = epcis.created.length + epcis.changed.length;
  for (const chunk of wholeDepartements(communes)) {
    const { created, changed } = await saveCommunes(client, chunk);
    written.communes += created.length + changed.length;
  }
  return written;
}

/**
 * Chunks that cut no département in two: one that has a commune has them all, even after a kill in between.
 * Communes come by code, hence département by département.
 */
export function wholeDepartements<C extends { departementCode: string }>(communes: readonly C[]): C[][] {
  const chunks: C[][] = [];
  for (let from = 0; from < communes.length;) {
    let to = Math.min(from + largestChunk, communes.length);
    while (to < communes.length && communes[to]!.departementCode === communes[to - 1]!.departementCode) to--;
    chunks.push(communes.slice(from, to));
    from = to;
  }
  return chunks;
}
