import sql, { join } from 'sql-template-tag';
import type { Transaction } from '../db/transaction.ts';
import { JournalPosition, type FollowedLine } from '../events/position.ts';
import type { PeopleScope, Role } from '../kernel/viewer.ts';
import type { Candidate } from './candidate.rules.ts';
import type { Preferences } from './kind.rules.ts';
import type { tellings } from './tellings.ts';

/** A line of the journal that somebody is to be told of. */
export type Line = FollowedLine<keyof typeof tellings>;

export const position = new JournalPosition('notices');

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
