import sql from 'sql-template-tag';
import type { Transaction } from '../../db/transaction.ts';
import { everyPartner, recordMany } from '../../events/journal.ts';
import { offers } from '../../offers/offer.store.ts';
import { organisations } from '../../partners/organisation.store.ts';
import { sites } from '../../partners/site.store.ts';
import { closeToEmployers } from '../../people/access.ts';
import { type Change, change, create, keepChanges } from '../batch.ts';
import type { Origin } from './known.ts';
import type { Plan } from './plan.ts';

const subjects: Record<string, string> = { organisation: 'Organisation', site: 'Site', offer: 'Offer' };

/** Writes what a chunk planned, a statement a table: parents first, so that undoing backwards meets children first. */
export async function write(tx: Transaction, batch: string, plan: Plan): Promise<void> {
  const changes = [
    ...(await create(tx, organisations, batch, plan.newOrganisations)),
    ...(await change(tx, organisations, batch, plan.organisations)),
    ...(await accredit(tx, plan)),
    ...(await create(tx, sites, batch, plan.newSites)),
    ...(await change(tx, sites, batch, plan.sites)),
    ...(await create(tx, offers, batch, plan.newOffers)),
    ...(await change(tx, offers, batch, plan.offers)),
  ];
  await keepOrigins(tx, batch, plan.origins);
  await keepChanges(tx, batch, changes);
  await tell(tx, batch, changes);
}

async function tell(tx: Transaction, batch: string, changes: readonly Change[]): Promise<void> {
  const told = changes.filter(({ table }) => table in subjects);
  await recordMany(
    tx,
    told.map(({ table, id, version, before }) => ({
      type: `${table as 'organisation' | 'site' | 'offer'}.imported`,
      subject: { type: subjects[table]!, id, version },
      audience: [everyPartner],
      facts: { batch, change: before ? 'CHANGED' : 'CREATED' },
    })),
  );
}

/** Only what the organisation does not hold yet; ending an accreditation is the State's act, not a file's. */
async function accredit(tx: Transaction, { accreditations }: Plan): Promise<Change[]> {
  if (accreditations.length === 0) return [];
  const added = await tx.rows<{ id: string; organisation: string }>(sql`
    insert into accreditation (organisation_id, kind, from_day)
    select "organisationId", given.kind, "fromDay" from jsonb_to_recordset(${JSON.stringify(accreditations)}::jsonb)
      as given ("organisationId" text, kind text, "fromDay" date)
    where not exists (select from accreditation held where held.organisation_id = given."organisationId"
      and held.kind = given.kind and held.to_day is null)
    on conflict do nothing
    returning organisation_id || '/' || kind || '/' || from_day as id, organisation_id as organisation`);
  if (added.length) await closeToEmployers(tx, [...new Set(added.map(({ organisation }) => organisation))]);
  return added.map(({ id }) => ({ table: 'accreditation', id, version: 1, before: null }));
}

async function keepOrigins(tx: Transaction, batch: string, origins: readonly Origin[]): Promise<void> {
  const lines = origins.map(({ organisation, site, ...origin }) => ({
    ...origin,
    organisation: organisation.id,
    site: site?.id ?? null,
  }));
  await tx.change(sql`insert into import_origin as kept
      (noun, source, source_id, organisation_id, site_id, offer_id, day, digest, batch_id)
    select noun, source, "sourceId", organisation, site, "offerId", day, digest, ${batch}
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as given (noun text, source text, "sourceId" text,
      organisation text, site text, "offerId" text, day date, digest text)
    on conflict (noun, source, source_id) do update set organisation_id = excluded.organisation_id,
      site_id = excluded.site_id, day = excluded.day, digest = excluded.digest
    where (kept.organisation_id, kept.site_id, kept.day, kept.digest)
      is distinct from (excluded.organisation_id, excluded.site_id, excluded.day, excluded.digest)`);
}
