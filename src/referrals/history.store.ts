import sql, { type Sql } from 'sql-template-tag';
import type { Reader } from '../db/reader.ts';
import { everyone, insertInto, nobody, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { grouped, type Batch } from '../graphql/loaders.ts';
import { hasScope, type Viewer } from '../kernel/viewer.ts';
import { reaches } from '../people/access.ts';
import type { OfferKind } from '../offers/offer.rules.ts';
import type { Place } from './clock.rules.ts';
import { ReferralMoveRow } from './move.row.ts';
import { ReferralNoteRow } from './note.row.ts';
import type { SenderContact } from './referral.type.ts';
import type { ReferralRow } from './referral.row.ts';

/** What hangs on a referral is seen with it. */
export const moveLines = table('referral_move', ReferralMoveRow, moveScope);

/** Notes are for the two parties alone, for members who see the person, and close with it: what one wrote oneself stays. */
const notes = table('referral_note', ReferralNoteRow, noteScope);

function moveScope(viewer: Viewer): Sql {
  if (viewer.kind === 'HUB') return sql`true`;
  if (!hasScope(viewer, 'referrals:read')) return nobody;
  const { organisation } = viewer;
  return sql`(referral_move.sender_id = ${organisation} or referral_move.receiver_id = ${organisation}
    or ${reaches(viewer, sql`referral_move.person_id`, 'PATHWAY')})`;
}

function noteScope(viewer: Viewer): Sql {
  if (viewer.kind === 'HUB') return sql`true`;
  if (!hasScope(viewer, 'referrals:read')) return nobody;
  const { organisation } = viewer;
  return sql`(exists (select from referral where referral.id = referral_note.referral_id
        and ${organisation} in (referral.sender_id, referral.receiver_id, referral.follower_id))
      and ${reaches(viewer, sql`referral_note.person_id`, 'CORE')}
    or referral_note.organisation_id = ${organisation} and ${ownNotes(viewer)})`;
}

/** Once the person is closed nobody's portfolio tells any more: who sees everyone reads on, and the author. */
function ownNotes(viewer: Viewer): Sql {
  const people = hasScope(viewer, 'people:read') ? viewer.people : 'NONE';
  if (people === 'ALL') return everyone();
  return people === 'PORTFOLIO' ? sql`referral_note.member_id = ${viewer.member}` : nobody;
}

export const historyOf = grouped<ReferralMoveRow, string>(
  (reader, ids) =>
    reader.rows(sql`select ${moveLines.columns} from referral_move
      where referral_id = any(${ids}) and ${moveLines.scope(reader.viewer)} order by referral_move.id`),
  (row) => row.referralId,
);

export const notesOf = grouped<ReferralNoteRow, string>(
  (reader, ids) =>
    reader.rows(sql`select ${notes.columns} from referral_note
      where referral_id = any(${ids}) and ${notes.scope(reader.viewer)} order by referral_note.id`),
  (row) => row.referralId,
);

export async function saveMove(tx: Transaction, line: ReferralMoveRow): Promise<void> {
  await tx.change(insertInto(moveLines, line), 1);
}

export async function saveNote(tx: Transaction, note: ReferralNoteRow): Promise<void> {
  await tx.change(insertInto(notes, note), 1);
}

/** Rank on the waiting list, for its parties; it counts people they may not see, and tells nothing of them. */
export const rankOf: Batch<string, number | null> = {
  async load(reader, ids) {
    const party = reader.viewer.kind === 'HUB' ? sql`true` : isParty(reader.viewer.organisation);
    const rows = await reader.rows<{ id: string; rank: number }>(sql`
      select referral.id, app.waiting_rank(referral.vacancy_id, referral.waitlisted_at, referral.id) as rank
      from referral where referral.id = any(${ids}) and referral.state = 'WAITLISTED'
        and referral.vacancy_id is not null and ${party}`);
    const ranks = new Map(rows.map((row) => [row.id, row.rank]));
    return ids.map((id) => ranks.get(id) ?? null);
  },
};

function isParty(organisation: string): Sql {
  return sql`${organisation} in (referral.sender_id, referral.receiver_id, referral.follower_id)`;
}

type Somewhere = Pick<ReferralRow, 'offerId' | 'vacancyId'>;
type Placed = Place & { kind: OfferKind | null };

/** Where and when it will be: the vacancy's own commune and start, else the offer's commune. */
export async function placeOf(reader: Reader, row: Somewhere): Promise<Placed> {
  return (await placesOf(reader, [row]))[0]!;
}

export async function placesOf(reader: Reader, rows: readonly Somewhere[]): Promise<Placed[]> {
  const keyOf = ({ offerId, vacancyId }: Somewhere) => `${offerId} ${vacancyId}`;
  const asked = [
    ...new Map(rows.map((row) => [keyOf(row), { offerId: row.offerId, vacancyId: row.vacancyId }])).values(),
  ];
  const found = await reader.rows<Placed & Somewhere>(sql`
    select asked."offerId", asked."vacancyId", coalesce(vacancy.commune_code, offer.commune_code) as commune,
      vacancy.starts_on as "startsOn", offer.kind,
      coalesce((select jsonb_agg(jsonb_build_object('from', closure.from_day, 'to', closure.to_day))
        from closure where closure.organisation_id = offer.organisation_id and closure.cancelled_at is null
          and (closure.site_id is null or closure.site_id = coalesce(vacancy.site_id, offer.site_id))), '[]') as closed
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked ("offerId" text, "vacancyId" text)
      join offer on offer.id = asked."offerId" left join vacancy on vacancy.id = asked."vacancyId"`);
  const places = new Map(found.map((place) => [keyOf(place), place]));
  return rows.map((row) => places.get(keyOf(row)) ?? { commune: null, startsOn: null, kind: null });
}

/** The member of the sender to speak to; members of other organisations are otherwise not to be seen. */
export const contactOf: Batch<string, SenderContact | null> = {
  async load(reader, ids) {
    const rows = await reader.rows<SenderContact & { referral: string }>(sql`
      select asked.id as referral, contact.id, contact.display_name as "displayName", contact.email, contact.phone
      from unnest(${ids}::text[]) asked (id), lateral app.sender_contact(asked.id) contact`);
    const contacts = new Map(rows.map((row) => [row.referral, row]));
    return ids.map((id) => contacts.get(id) ?? null);
  },
};
