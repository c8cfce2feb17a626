import sql from 'sql-template-tag';
import type { Transaction } from '../db/transaction.ts';
import type { JournalLine } from '../events/line.ts';
import { JournalPosition } from '../events/position.ts';
import type { PeopleScope, Role } from '../kernel/viewer.ts';
import { memberReaches } from '../people/access.ts';
import type { Candidate } from './candidate.rules.ts';
import type { Preferences } from './kind.rules.ts';
import type { tellings } from './tellings.ts';

/** A line of the journal that somebody is to be told of. */
export type Line = JournalLine & { type: keyof typeof tellings };

export const position = new JournalPosition('notices');

export interface MemberToTell extends Candidate {
  noticeDelivery: Preferences;
  people: PeopleScope;
  roles: Role[];
}

/** An organisation that an event concerns, and whom the event is about. */
export interface Concerned {
  organisation: string;
  person: string | null;
}

/** Whom the pathway of an engagement names as its referent. */
export interface Referent {
  id: string;
  organisation: string;
  member: string | null;
}

/** The referents of these engagements, as they are when it is told. */
export function referentsOf(tx: Transaction, engagements: readonly string[]): Promise<Referent[]> {
  return tx.rows(sql`select engagement.id, pathway.referent_organisation_id as organisation, pathway.referent_member_id as member
    from engagement join pathway on pathway.id = engagement.pathway_id where engagement.id = any(${engagements})`);
} // prettier-ignore

/** Active members of each of these organisations, and whether the person is open to this very member. */
export async function membersConcerned(
  tx: Transaction,
  pairs: readonly Concerned[],
): Promise<(of: Concerned) => MemberToTell[]> {
  const keyOf = ({ organisation, person }: Concerned) => `${organisation} ${person}`;
  const asked = [...new Map(pairs.map((pair) => [keyOf(pair), pair])).values()];
  const rows =
    asked.length === 0
      ? []
      : await tx.rows<MemberToTell & Concerned>(sql`
    select asked.organisation, asked.person, member.id, member.organisation_id as "organisationId", roles, people,
      notice_delivery as "noticeDelivery", ${memberReaches(sql`asked.person`, 'CORE')} as "seesPerson"
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked (organisation text, person text)
    join member on member.organisation_id = asked.organisation and state = 'ACTIVE' order by member.id`);
  const found = new Map<string, MemberToTell[]>(asked.map((pair) => [keyOf(pair), []]));
  for (const row of rows) found.get(keyOf(row))!.push(row);
  return (of) => found.get(keyOf(of)) ?? [];
}
