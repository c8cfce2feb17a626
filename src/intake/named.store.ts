import sql, { raw } from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import { personBehind } from '../people/person.store.ts';
import type { PlacementRow } from '../placements/placement.row.ts';
import { placementOfReferral, placements } from '../placements/placement.store.ts';
import { acceptedStates } from '../referrals/referral.rules.ts';
import { quoted, referralBehind, referrals } from '../referrals/referral.store.ts';

/** What a cell names: by the hub's id, or by the partner's own number. Who may see it is asked by what is done with it. */

export async function personIn(tx: Transaction, cell: string, field: string): Promise<string> {
  return subjectOf(cell) === 'Person' ? cell : found(await personBehind(tx, cell), field);
}

export async function referralIn(tx: Transaction, cell: string, field: string): Promise<string> {
  return subjectOf(cell) === 'Referral' ? cell : found(await referralBehind(tx, cell), field);
}

export async function offerIn(tx: Transaction, cell: string, field: string): Promise<string> {
  return subjectOf(cell) === 'Offer' ? cell : ownOf(tx, 'offer', { cell, field });
}

export async function vacancyIn(tx: Transaction, cell: string, field: string): Promise<string> {
  return subjectOf(cell) === 'Vacancy' ? cell : ownOf(tx, 'vacancy', { cell, field });
}

async function ownOf(
  tx: Transaction,
  table: 'offer' | 'vacancy',
  { cell, field }: { cell: string; field: string },
) {
  const own = sql`select id from ${raw(table)}
    where organisation_id = ${tx.viewer.organisation} and external_reference = ${cell}`;
  return found(await firstRow<{ id: string }>(tx, own), field).id;
}

/** A placement by its id, by its referral, or by the number under which it was recorded. */
export async function placementIn(tx: Transaction, cell: string, field: string): Promise<string> {
  if (subjectOf(cell) === 'Placement') return cell;
  return found(await placementBehind(tx, await referralIn(tx, cell, field)), field).id;
}

export async function placementBehind(tx: Transaction, referral: string): Promise<PlacementRow | null> {
  return (await placementOfReferral.load(tx, [referral]))[0] ?? null;
}

interface There {
  person: string;
  offer?: string | null | undefined;
  vacancy?: string | null | undefined;
}

/** The placement of this person there, with the viewer's organisation, that began on this day. */
export function placementBegun(tx: Transaction, there: There, on: string): Promise<PlacementRow | null> {
  return firstRow(tx, sql`select ${placements.columns} from placement
    where placement.person_id = ${there.person} and placement.receiver_id = ${tx.viewer.organisation}
      and placement.started_on = ${on} and placement.state <> 'UNDONE' and ${at('placement', there)}
      and ${placements.scope(tx.viewer)} order by placement.id limit 1`); // prettier-ignore
}

/** The referral of this person there that the viewer's organisation accepted and nothing came of yet. */
export async function acceptedThere(tx: Transaction, there: There): Promise<string | null> {
  const accepted = sql`select referral.id from referral
    where referral.person_id = ${there.person} and referral.receiver_id = ${tx.viewer.organisation}
      and referral.state in (${raw(quoted(acceptedStates))}) and ${at('referral', there)}
      and ${referrals.scope(tx.viewer)} order by referral.id limit 1`;
  return (await firstRow<{ id: string }>(tx, accepted))?.id ?? null;
}

function at(table: string, { offer = null, vacancy = null }: There) {
  const column = (name: string) => raw(`${table}.${name}`);
  return sql`(${vacancy}::text is null or ${column('vacancy_id')} = ${vacancy})
    and (${offer}::text is null or ${column('offer_id')} = ${offer})`;
}
