import type { Transaction } from '../db/transaction.ts';
import type { Happened } from '../events/event-types.ts';
import { record } from '../events/journal.ts';
import { tell } from '../referrals/move.actions.ts';
import type { ReferralRow } from '../referrals/referral.row.ts';
import type { MeetingRow } from './meeting.row.ts';

type Facts = Readonly<Record<string, string | number | null>>;

/** To who holds it: a meeting is about nobody in particular. */
export async function tellMeeting(
  tx: Transaction,
  { id, version, organisationId, offerId, vacancyId, state }: MeetingRow,
  happened: Happened<'meeting'>,
  facts: Facts = {},
): Promise<void> {
  await record(tx, {
    type: `meeting.${happened}`,
    subject: { type: 'Meeting', id, version },
    audience: [organisationId],
    facts: { state, offer: offerId, vacancy: vacancyId, ...facts },
  });
}

/** To both parties of each referral and who follows: that something became of its meeting, never whether somebody came. */
export async function tellEach(
  tx: Transaction,
  meeting: Pick<MeetingRow, 'id'>,
  referrals: readonly ReferralRow[],
  happened: 'meeting_planned' | 'meeting_moved' | 'meeting_cancelled' | 'meeting_recorded',
): Promise<void> {
  for (const row of referrals) await tell(tx, row, happened, { meeting: meeting.id });
}
