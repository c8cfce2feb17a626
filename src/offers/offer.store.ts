import sql, { type Sql } from 'sql-template-tag';
import { constraintMeans } from '../db/constraints.ts';
import { byId as byIdOrder } from '../db/list.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import { assignments, insertInto, table, type Table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { edge } from '../graphql/lists.ts';
import { byId } from '../graphql/loaders.ts';
import { found } from '../kernel/refusal.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { OfferRow } from './offer.row.ts';

constraintMeans('offer_external_reference', 'ALREADY_EXISTS', 'externalReference');

/**
 * By id and along edges: one's own, and whatever was published once. An archived offer stays readable, for the
 * referrals made to it go on referring to it.
 */
export const offers = table('offer', OfferRow, (viewer) =>
  ownOr(viewer, sql`offer.published_at is not null`),
);
export const offerById = byId(offers, 'Offer');

/** In lists: one's own in every state, of others what stands in the catalogue. */
export const offersListed: Table<OfferRow> = {
  ...offers,
  scope: (viewer) => ownOr(viewer, sql`offer.state in ('PUBLISHED', 'SUSPENDED')`),
};

function ownOr(viewer: Viewer, other: Sql): Sql {
  return viewer.kind === 'HUB'
    ? sql`true`
    : sql`(${other} or offer.organisation_id = ${viewer.organisation})`;
}

export const offersOfOrganisation = edge(offersListed, 'organisationId', byIdOrder('offer'));
export const offersOfSite = edge(offersListed, 'siteId', byIdOrder('offer'));

export async function lockOffer(tx: Transaction, id: string, field: string): Promise<OfferRow> {
  return found(await firstRow<OfferRow>(tx, sql`${oneOffer(tx, id)} for update`), field);
}

export async function knownOffer(reader: Reader, id: string, field: string): Promise<OfferRow> {
  return found(await firstRow<OfferRow>(reader, oneOffer(reader, id)), field);
}

function oneOffer(reader: Reader, id: string): Sql {
  return sql`select ${offers.columns} from offer where offer.id = ${id} and ${offers.scope(reader.viewer)}`;
}

export async function saveNewOffer(tx: Transaction, row: Partial<OfferRow> & { id: string }): Promise<void> {
  await tx.change(insertInto(offers, { ...row, createdAt: tx.now, updatedAt: tx.now }), 1);
}

/** Saves a change and answers the row as it now is. */
export async function saveOffer(tx: Transaction, id: string, change: Partial<OfferRow>): Promise<OfferRow> {
  const [row] = await tx.rows<OfferRow>(
    sql`update offer set ${assignments({ ...change, updatedAt: tx.now })}, version = version + 1
      where id = ${id} returning ${offers.columns}`,
  );
  return found(row);
}
