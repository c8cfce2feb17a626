import sql from 'sql-template-tag';
import type { Transaction } from '../db/transaction.ts';
import { endOfDay } from '../kernel/calendar.ts';
import { addDays } from '../kernel/clock.ts';
import { endAccess, openAccess } from '../people/access.ts';
import type { ReferralRow } from '../referrals/referral.row.ts';
import { shown } from './disclosure.rules.ts';
import { retention } from './follow-up.rules.ts';
import type { PlacementRow } from './placement.row.ts';

type Parties = Pick<
  ReferralRow,
  'senderId' | 'followerId' | 'senderMemberId' | 'receiverId' | 'acknowledgedBy'
>;

export async function openToParties(
  tx: Transaction,
  placement: PlacementRow,
  { senderId, followerId, senderMemberId, receiverId, acknowledgedBy }: Parties,
): Promise<void> {
  const right = {
    person: placement.personId,
    categories: shown,
    reason: 'PLACEMENT',
    source: placement.id,
  } as const;
  await openAccess(tx, { ...right, organisation: receiverId, member: acknowledgedBy ?? tx.viewer.member });
  const follower = followerId ?? senderId;
  if (follower !== receiverId)
    await openAccess(tx, { ...right, organisation: follower, member: senderMemberId });
}

/**
 * After the end the name stays open for a while: to the follower for the follow-ups, to the provider for its papers.
 * Counted from the end itself: who records it late reads no longer for that.
 */
export async function narrowAfterEnd(
  tx: Transaction,
  { id, receiverId }: PlacementRow,
  { follower, endedOn }: { follower: string; endedOn: string },
) {
  const after = (days: number) => later(tx.now, addDays(endOfDay(endedOn), days));
  await endAccess(tx, { source: id, at: after(retention.follower) });
  if (follower !== receiverId)
    await endAccess(tx, { source: id, organisation: receiverId, at: after(retention.receiver) });
}

/** A right that should have ended already ends now: what was open until today stays told so. */
function later(one: string, other: string): string {
  return Date.parse(one) > Date.parse(other) ? one : other;
}

export async function closeToParties(tx: Transaction, placement: { id: string }): Promise<void> {
  await endAccess(tx, { source: placement.id });
}

/**
 * The following has moved: who followed a placement before keeps its rows, not the person; who receives keeps both, after the end
 * for as long as a provider does that never followed the person.
 */
export async function closeToFormer(tx: Transaction, person: string, follower: string): Promise<void> {
  await tx.asHub('person.referent_assigned', async () => {
    const ended = await tx.rows<{ id: string; receiver: string; endedOn: string }>(
      sql`select id, receiver_id as receiver, ended_on as "endedOn" from placement
        where person_id = ${person} and state = 'ENDED' and receiver_id <> ${follower} order by id`,
    );
    for (const { id, receiver, endedOn } of ended) {
      const at = later(tx.now, addDays(endOfDay(endedOn), retention.receiver));
      await endAccess(tx, { source: id, organisation: receiver, reason: 'PLACEMENT', at });
    }
    const left = await tx.rows<{ placement: string; organisation: string }>(
      sql`select distinct placement.id as placement, reach.organisation_id as organisation
        from placement join person_access reach on reach.source_id = placement.id and reach.reason = 'PLACEMENT'
        where placement.person_id = ${person} and reach.organisation_id not in (placement.receiver_id, ${follower})
          and (reach.valid_until is null or reach.valid_until > ${tx.now})
        order by 1, 2`,
    );
    for (const { placement, organisation } of left)
      await endAccess(tx, { source: placement, organisation, reason: 'PLACEMENT' });
  });
}
