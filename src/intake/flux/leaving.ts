import sql, { join, type Sql } from 'sql-template-tag';
import type { Transaction } from '../../db/transaction.ts';
import { following } from '../../people/access.rules.ts';
import { openProgramme } from '../../people/referent.actions.ts';

/** Somebody moved to another département: a month later the council follows them no more; whoever else does goes on. */

const council = (
  people: readonly string[],
  id: string,
): Sql => sql`person_access.person_id = any(${[...people]})
  and person_access.organisation_id = ${id} and person_access.reason in (${join(following)})`;

/** Not of who has a right here all the same, in another household or with another fund. */
export async function endCouncilAccess(
  tx: Transaction,
  people: readonly string[],
  id: string,
): Promise<void> {
  await tx.change(sql`update person_access set valid_until = ${tx.now}::timestamptz + interval '1 month'
    where ${council(people, id)} and valid_until is null and not exists (select from entitlement_period standing
      where standing.person_id = person_access.person_id and standing.known_until is null
        and standing.until_day is null and standing.state in ('OPEN', 'SUSPENDED', 'REQUESTED'))`);
}

/** They came back, or had not left: what was to end does not; what has ended opens anew. */
export async function keepCouncilAccess(
  tx: Transaction,
  people: readonly string[],
  id: string,
): Promise<void> {
  const ended = await tx.rows<{ person: string; at: string }>(sql`
    select person_id as person, max(valid_until)::text as at from person_access
    where ${council(people, id)} and category = 'CORE' and reason = 'PROGRAMME'
    group by person_id having bool_and(valid_until is not null)`);
  for (const { person, at } of ended) {
    await tx.change(sql`update person_access set valid_until = null
      where ${council([person], id)} and valid_until = ${at}::timestamptz and valid_until > ${tx.now}`);
    await openProgramme(tx, person, null);
  }
}
