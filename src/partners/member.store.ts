import sql from 'sql-template-tag';
import { constraintMeans } from '../db/constraints.ts';
import type { Order } from '../db/list.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import { assignments, everyone, insertInto, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { edge } from '../graphql/lists.ts';
import { byId } from '../graphql/loaders.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import { MemberRow } from './member.row.ts';

const members = table('member', MemberRow, (viewer) =>
  viewer.kind === 'HUB' ? everyone() : sql`member.organisation_id = ${viewer.organisation}`,
);
export const memberById = byId(members, 'Member');

constraintMeans('member_email', 'ALREADY_EXISTS', 'email');

const byName: Order = {
  name: 'NAME',
  keys: [
    { by: sql`member.display_name`, type: 'text' },
    { by: sql`member.id`, type: 'text' },
  ],
};
export const membersOf = edge(members, 'organisationId', byName);

/** The member and all managers of the same organisation, locked in one order: two of them cannot both leave. */
export async function lockMember(tx: Transaction, id: string, field: string) {
  const visible = sql`select ${members.columns} from member where member.id = ${id} and ${members.scope(tx.viewer)}`;
  const asked = subjectOf(id) === 'Member' ? await firstRow<MemberRow>(tx, visible) : null;
  const rows = await tx.rows<MemberRow>(sql`select ${members.columns} from member
    where member.organisation_id = ${found(asked, field).organisationId} and ${members.scope(tx.viewer)}
      and (member.id = ${id} or 'MANAGER' = any(member.roles)) order by member.id for update`);
  const member = found(rows.find((row) => row.id === id) ?? null, field);
  return { member, others: rows.filter((row) => row.id !== id) };
}

export async function saveNewMember(
  tx: Transaction,
  row: Partial<MemberRow> & { id: string },
): Promise<void> {
  await tx.change(insertInto(members, { ...row, createdAt: tx.now, updatedAt: tx.now }), 1);
}

export async function saveMember(
  tx: Transaction,
  before: MemberRow,
  change: Partial<MemberRow>,
): Promise<number> {
  const version = before.version + 1;
  const set = assignments<MemberRow>({ ...change, version, updatedAt: tx.now });
  await tx.change(sql`update member set ${set} where id = ${before.id}`, 1);
  return version;
}

/** What became of mail to a member: no version of the member, nobody changed them. */
export async function saveMailState(
  tx: Transaction,
  id: string,
  change: Partial<Pick<MemberRow, 'mailFailures' | 'mailBouncedAt'>>,
): Promise<void> {
  await tx.change(sql`update member set ${assignments<MemberRow>(change)} where id = ${id}`, 1);
}

/** An active member of the viewer's own organisation, held as it is until the transaction ends. */
export async function knownColleague(tx: Transaction, id: string, field: string): Promise<MemberRow> {
  const query = sql`select ${members.columns} from member where member.id = ${id} and member.state = 'ACTIVE'
    and member.organisation_id = ${tx.viewer.organisation} and ${members.scope(tx.viewer)} for share`;
  return found(subjectOf(id) === 'Member' ? await firstRow<MemberRow>(tx, query) : null, field);
}

/** By what a member signs in: for what the hub does later in their name. */
export async function emailOf(reader: Reader, id: string): Promise<string | null> {
  const row = await firstRow<{ email: string }>(reader, sql`select email from member where id = ${id}`);
  return row?.email ?? null;
}
