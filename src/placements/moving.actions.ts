import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import type { Happened } from '../events/event-types.ts';
import { record } from '../events/journal.ts';
import { sameVersion } from '../kernel/refusal.ts';
import { audienceOf } from '../people/access.ts';
import type { ReferralRow } from '../referrals/referral.row.ts';
import { lockReferral } from '../referrals/referral.store.ts';
import { placementTold } from './placement.facts.ts';
import type { PlacementRow } from './placement.row.ts';
import { knownPlacement, lockPlacement } from './placement.store.ts';

/** How every move of a placement begins and ends: it is locked, and it is told. */

interface Asked {
  placement: string;
  version?: number | null;
}

/** The placement, locked, of one's own organisation, at the version read. */
export async function lockOwn(tx: Transaction, { placement: id, version }: Asked): Promise<PlacementRow> {
  const placement = await lockPlacement(tx, id, 'placement');
  allow(tx.viewer, 'place', placement.receiverId);
  sameVersion(placement, version);
  return placement;
}

/** What frees a place or reopens a referral locks them all, in the one order: person, vacancy, referral, placement. */
export async function lockWithReferral(
  tx: Transaction,
  asked: Asked,
): Promise<{ before: PlacementRow; referral: ReferralRow }> {
  const { referralId } = await knownPlacement(tx, asked.placement, 'placement');
  const referral = await lockReferral(tx, referralId, 'placement');
  return { referral, before: await lockOwn(tx, asked) };
}

type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** Tells both parties and whoever follows the pathway: each reads the placement already. */
export async function tell(
  tx: Transaction,
  row: PlacementRow,
  happened: Happened<'placement'>,
  facts: Facts = {},
): Promise<void> {
  const { id, version, state, personId, senderId, receiverId } = row;
  await record(tx, {
    type: `placement.${happened}`,
    subject: { type: 'Placement', id, version },
    person: personId,
    audience: [senderId, receiverId, ...(await audienceOf(tx, personId, 'PATHWAY'))],
    facts: { state, referral: row.referralId, offer: row.offerId, vacancy: row.vacancyId, ...facts },
  });
  await tx.say(placementTold, { person: personId });
}
