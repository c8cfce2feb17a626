import sql from 'sql-template-tag';
import type { Transaction } from '../db/transaction.ts';
import type { Happened } from '../events/event-types.ts';
import { record } from '../events/journal.ts';
import { runOf } from './clock.actions.ts';
import { placeOf } from './history.store.ts';
import { nextBestFor } from './next-best.store.ts';
import type { ReferralRow } from './referral.row.ts';
import { isOneOf, unansweredStates } from './referral.rules.ts';
import { nextReminder, reminderStages } from './reminder.rules.ts';

/** Says the reminder that is due to the one it is for, and when the next is; must run as the hub, the referral locked. */
export async function remind(tx: Transaction, row: ReferralRow): Promise<void> {
  if (!isOneOf(unansweredStates, row.state)) {
    if (row.state === 'WAITLISTED') await say(tx, row, 'wait_ending', {});
    return saidUntil(tx, row, null);
  }
  const stage = reminderStages[row.reminders];
  if (stage) await say(tx, row, stage, stage === 'expiring' ? await alternatives(tx, row) : {});
  const next = nextReminder(await runOf(tx, row), await placeOf(tx, row), row.reminders + 1);
  await saidUntil(tx, row, next);
}

/** No change that its parties made: its version stays. */
async function saidUntil(tx: Transaction, row: ReferralRow, next: string | null): Promise<void> {
  const said = sql`update referral set reminders = reminders + 1, reminder_due_at = ${next} where id = ${row.id}`;
  await tx.change(said, 1);
}

async function alternatives(tx: Transaction, row: ReferralRow) {
  const [found = []] = await nextBestFor.load(tx, [row.id]);
  return { nextBest: found.map(({ id }) => id).join(' ') };
}

const toSender: readonly string[] = ['expiring', 'wait_ending'];

async function say(
  tx: Transaction,
  row: ReferralRow,
  happened: Happened<'referral'>,
  facts: Readonly<Record<string, string>>,
): Promise<void> {
  const { id, version, personId, state, offerId, vacancyId, dueAt } = row;
  const sender = row.followerId ?? row.senderId;
  await record(tx, {
    type: `referral.${happened}`,
    subject: { type: 'Referral', id, version },
    person: personId,
    audience: [toSender.includes(happened) ? sender : row.receiverId],
    facts: { ...facts, state, offer: offerId, vacancy: vacancyId, until: dueAt },
  });
}
