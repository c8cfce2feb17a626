import type pg from 'pg';
import sql, { type Sql } from 'sql-template-tag';
import type { CommuneRow, EpciRow } from './commune.row.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** Of the codes written, those that were new; a row that was the same is in neither list. */
export interface Saved {
  created: string[];
  changed: string[];
}

/** Writes communes in one statement; what already stands as given is not touched. */
export async function saveCommunes(client: Queryable, communes: readonly CommuneRow[]): Promise<Saved> {
  return save(
    client,
    sql`insert into commune as known
      (code, name, departement_code, epci_code, population, postal_codes, latitude, longitude, approximate)
    select code, name, "departementCode", "epciCode", population, "postalCodes", latitude, longitude, approximate
    from jsonb_to_recordset(${JSON.stringify(communes)}::jsonb) as given (code text, name text, "departementCode" text,
      "epciCode" text, population integer, "postalCodes" text[], latitude double precision,
      longitude double precision, approximate boolean)
    on conflict (code) do update set name = excluded.name, departement_code = excluded.departement_code,
      epci_code = excluded.epci_code, population = excluded.population, postal_codes = excluded.postal_codes,
      latitude = excluded.latitude, longitude = excluded.longitude, approximate = excluded.approximate
    where known is distinct from excluded
    returning code, xmax = 0 as created`,
  );
}

export async function saveEpcis(client: Queryable, epcis: readonly EpciRow[]): Promise<Saved> {
  return save(
    client,
    sql`insert into epci as known (code, name)
    select code, name from jsonb_to_recordset(${JSON.stringify(epcis)}::jsonb) as given (code text, name text)
    on conflict (code) do update set name = excluded.name where known is distinct from excluded
    returning code, xmax = 0 as created`,
  );
}

async function save(client: Queryable, statement: Sql): Promise<Saved> {
  // a fresh row carries no xmax, an updated one that of the transaction that updates it
  const { rows } = await client.query<{ code: string; created: boolean }>(statement.text, statement.values);
  const codes = (created: boolean) => rows.filter((row) => row.created === created).map((row) => row.code);
  return { created: codes(true), changed: codes(false) };
}
