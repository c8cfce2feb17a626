import sql, { type Sql } from 'sql-template-tag';
import { constraintMeans } from '../db/constraints.ts';
import type { Order } from '../db/list.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import { assignments, everyone, insertInto, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { byId, grouped, type Batch } from '../graphql/loaders.ts';
import { anyOf, edge } from '../graphql/lists.ts';
import { found } from '../kernel/refusal.ts';
import { OrganisationRow } from './organisation.row.ts';
import type { Accreditation, NewAccreditation, OrganisationFilter } from './organisation.type.ts';

export const organisations = table('organisation', OrganisationRow, everyone);
export const organisationById = byId(organisations, 'Organisation');

constraintMeans('organisation_siret', 'ALREADY_EXISTS', 'siret');
constraintMeans('organisation_single_council', 'ALREADY_EXISTS', 'kind');

const byName: Order = {
  name: 'NAME',
  keys: [
    { by: sql`organisation.name`, type: 'text' },
    { by: sql`organisation.id`, type: 'text' },
  ],
};

export const servicesOf = edge(organisations, 'parentId', byName);

export function organisationList(filter: OrganisationFilter) {
  return { table: organisations, where: conditions(filter), order: byName };
}

function conditions({ text, kinds, commune, epci }: OrganisationFilter): Sql[] {
  return [
    ...(text ? [sql`app.fold(${text}) <% organisation.folded`] : []),
    ...anyOf('organisation.kind', kinds),
    ...(commune != null ? [sql`organisation.commune_code = ${commune}`] : []),
    ...(epci != null
      ? [sql`organisation.commune_code in (select code from commune where epci_code = ${epci})`]
      : []),
  ];
}

export const organisationBySiret: Batch<string, OrganisationRow | null> = {
  async load(reader, sirets) {
    const rows = await reader.rows<OrganisationRow>(
      sql`select ${organisations.columns} from organisation where siret = any(${sirets})`,
    );
    const known = new Map(rows.map((row) => [row.siret, row]));
    return sirets.map((siret) => known.get(siret) ?? null);
  },
};

export const accreditationsOf = grouped<Accreditation & { organisationId: string }, string>(
  (reader, ids) =>
    reader.rows(sql`select organisation_id as "organisationId", kind, number, from_day as "fromDay", to_day as "toDay"
      from accreditation where organisation_id = any(${ids}) order by from_day, kind`),
  (row) => row.organisationId,
);

export async function lockOrganisation(tx: Transaction, id: string, field: string): Promise<OrganisationRow> {
  const query = sql`select ${organisations.columns} from organisation where id = ${id} for update`;
  return found(await firstRow<OrganisationRow>(tx, query), field);
}

export async function knownOrganisation(reader: Reader, id: string, field: string): Promise<OrganisationRow> {
  const query = sql`select ${organisations.columns} from organisation where id = ${id}`;
  return found(await firstRow<OrganisationRow>(reader, query), field);
}

/** The council that runs the programme: there is at most one. */
export async function councilId(reader: Reader): Promise<string | null> {
  const query = sql`select id from organisation where kind = 'COUNCIL'`;
  return (await firstRow<{ id: string }>(reader, query))?.id ?? null;
}

export async function saveNewOrganisation(
  tx: Transaction,
  row: Partial<OrganisationRow> & { id: string },
  accreditations: readonly NewAccreditation[],
): Promise<void> {
  await tx.change(insertInto(organisations, { ...row, createdAt: tx.now, updatedAt: tx.now }), 1);
  for (const { kind, number, from, to } of accreditations)
    await tx.change(sql`insert into accreditation (organisation_id, kind, number, from_day, to_day)
      values (${row.id}, ${kind}, ${number ?? null}, ${from}, ${to ?? null})`);
}

export async function saveOrganisation(
  tx: Transaction,
  id: string,
  change: Partial<OrganisationRow>,
): Promise<number> {
  const [row] = await tx.rows<{ version: number }>(
    sql`update organisation set ${assignments({ ...change, updatedAt: tx.now })}, version = version + 1
      where id = ${id} returning version`,
  );
  return found(row).version;
}
