import sql, { raw, type Sql } from 'sql-template-tag';
import type { Transaction } from '../db/transaction.ts';
import { addDays } from '../kernel/clock.ts';
import type { SharingEnd } from '../sharing/sharing.facts.ts';
import { moveReferral } from './move.actions.ts';
import { acceptedStates, isOneOf, lateDays, openStates } from './referral.rules.ts';
import { lockWhere, quoted } from './referral.store.ts';

/**
 * What rested on a sharing ends with it: who was waiting or accepted is withdrawn or cancelled and gives its place back,
 * what had closed but could still be answered no longer can. A placement goes on: its own contract is its ground. Must
 * run as the hub, the person locked.
 */
export async function endWhatRested(tx: Transaction, end: SharingEnd): Promise<void> {
  const rested = restedOn(tx, end);
  await tx.rows(sql`select 1 from vacancy where vacancy.id in (select vacancy_id from referral where ${rested})
    order by vacancy.id for update`);
  for (const row of await lockWhere(tx, rested)) {
    const { state } = row;
    const change = { grantEndedAt: tx.now };
    const reason = 'GRANT_ENDED';
    if (isOneOf(acceptedStates, state)) await moveReferral(tx, row, 'cancel', { reason, change });
    else if (isOneOf(['DRAFT', ...openStates], state))
      await moveReferral(tx, row, 'withdraw', { reason, change });
    else await bar(tx, row.id);
    end.ended.push(row.id);
  }
}

/** It stays as it was closed; its parties read it for life, and nobody takes it up again. */
function bar(tx: Transaction, id: string): Promise<number> {
  return tx.change(sql`update referral set grant_ended_at = ${tx.now} where id = ${id}`, 1);
}

/** Made since the sharing began, or all when the person says stop; unless another one, begun before it, still runs. */
function restedOn(tx: Transaction, { person, organisations, since }: SharingEnd): Sql {
  const live = raw(quoted(['DRAFT', ...openStates, ...acceptedStates]));
  const revivable = sql`(referral.state in ('EXPIRED', 'LAPSED') or referral.reason = 'STARTED_ELSEWHERE')
    and referral.grant_ended_at is null and referral.next_id is null and referral.closed_at >= ${addDays(tx.now, -lateDays)}`;
  const made = sql`coalesce(referral.sent_at, referral.created_at)`;
  return sql`referral.person_id = ${person} and referral.receiver_id = any(${[...organisations]})
    and (referral.state in (${live}) or (${revivable}))
    and ${made} >= ${since ?? '-infinity'}
    and not exists (select from person_access other where other.person_id = referral.person_id
      and other.organisation_id = referral.receiver_id and other.reason = 'GRANT'
      and other.valid_from <= ${made} and other.valid_until > ${tx.now})`;
}
