import sql, { join } from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import type { PeopleScope, Role } from '../kernel/viewer.ts';
import type { Candidate } from './candidate.rules.ts';
import type { Preferences } from './kind.rules.ts';
import { tellings } from './tellings.ts';

/** A line of the journal that somebody is to be told of. */
export interface Line {
  id: string;
  tx: string;
  pos: string;
  type: keyof typeof tellings;
  subjectType: string;
  subjectId: string;
  personId: string | null;
  organisationId: string | null;
  actorKind: string;
  actorId: string | null;
  audience: string[];
  facts: { referral?: string };
  belowHorizon: boolean;
}

const name = 'notices';

/** From now on what happens is told; what happened before is not, nor what an earlier hub has read. */
export async function beginAtHorizon(tx: Transaction): Promise<void> {
  await tx.change(sql`insert into notice_position (name, tx, pos)
    select ${name}, (pg_snapshot_xmin(pg_current_snapshot())::text::numeric - 1)::text::xid8, 9223372036854775807
    where not exists (select from notice_position where name = ${name}) on conflict do nothing`);
}

/** Nobody else reads meanwhile. A lock that needs no number of a transaction: reading must not hold the journal back. */
export async function onlyReader(tx: Transaction): Promise<boolean> {
  const lock = sql`select pg_try_advisory_xact_lock(hashtextextended('passerelle.notices', 0)) as got`;
  return (await firstRow<{ got: boolean }>(tx, lock))!.got;
}

/** The next lines in order, those of no interest included: they are passed over once. */
export async function nextLines(tx: Transaction, most: number): Promise<Line[]> {
  const at = await firstRow<{ tx: string; pos: string }>(
    tx,
    sql`select tx::text, pos::text from notice_position where name = ${name}`,
  );
  if (!at) return [];
  const rows = await tx.rows<Line>(sql`
    select id, tx::text, pos::text, type, subject_type as "subjectType", subject_id as "subjectId",
      person_id as "personId", organisation_id as "organisationId", actor_kind as "actorKind", actor_id as "actorId",
      audience, facts, tx < pg_snapshot_xmin(pg_current_snapshot()) as "belowHorizon"
    from event where (tx, pos) > (${at.tx}::text::xid8, ${at.pos}::bigint) order by event.tx, event.pos limit ${most}`);
  const open = rows.findIndex(({ belowHorizon }) => !belowHorizon);
  return open === -1 ? rows : rows.slice(0, open);
}

export async function movePosition(tx: Transaction, { tx: at, pos }: Line): Promise<void> {
  await tx.change(
    sql`update notice_position set tx = ${at}::text::xid8, pos = ${pos}::bigint where name = ${name}`,
    1,
  );
}

export interface MemberToTell extends Candidate {
  noticeDelivery: Preferences;
  people: PeopleScope;
  roles: Role[];
}

/** Active members of these organisations, and whether the person is open to each of them. */
export function membersOf(
  tx: Transaction,
  organisations: readonly string[],
  person: string | null,
): Promise<MemberToTell[]> {
  if (organisations.length === 0) return Promise.resolve([]);
  return tx.rows<MemberToTell>(sql`
    select member.id, member.organisation_id as "organisationId", roles, people, notice_delivery as "noticeDelivery",
      exists (select from person_access reach
        where reach.person_id = ${person} and reach.organisation_id = member.organisation_id and reach.category = 'CORE'
          and reach.valid_from <= ${tx.now} and (reach.valid_until is null or reach.valid_until > ${tx.now})
          and case member.people when 'ALL' then true when 'PORTFOLIO' then reach.member_id = member.id
            when 'TERRITORY' then reach.territory = any (member.territory) else false end) as "seesPerson"
    from member where organisation_id in (${join(organisations)}) and state = 'ACTIVE' order by member.id`);
}
