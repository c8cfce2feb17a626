import type { Transaction } from '../db/transaction.ts';
import { invitedTo, leaveMeetings, meetingsPlannedOf } from './attendance.store.ts';
import type { MeetingRow } from './meeting.row.ts';
import { lockMeetings, saveMeeting } from './meeting.store.ts';
import { tellMeeting } from './telling.actions.ts';

const left = new WeakMap<Transaction, Set<string>>();

/**
 * The referral has closed, or its placement begun: no first meeting is awaited any more. Done when all else is written:
 * a cascade closes many, and meetings are locked last and in one order.
 */
export function leaves(tx: Transaction, referral: string): void {
  const known = left.get(tx) ?? new Set();
  left.set(tx, known.add(referral));
  tx.lastly('meetings', () => tx.asHub('referral.left', () => giveSeatsBack(tx, [...known])));
}

async function giveSeatsBack(tx: Transaction, referrals: readonly string[]): Promise<void> {
  const meetings = await lockMeetings(tx, await meetingsPlannedOf(tx, referrals));
  if (meetings.length === 0) return;
  const freed = await leaveMeetings(tx, referrals);
  for (const meeting of meetings) {
    const count = freed.filter((id) => id === meeting.id).length;
    await without(tx, meeting, count);
  }
}

/** What was for one person is off; what is past and awaits no more word is over; else a seat, or some, are free. */
async function without(tx: Transaction, before: MeetingRow, count: number): Promise<void> {
  const past = before.at <= tx.now;
  const off = !past && before.kind === 'INDIVIDUAL';
  const over = past && (await invitedTo(tx, before.id)).length === 0;
  const state = off ? 'CANCELLED' : over ? 'OVER' : before.state;
  const meeting = await saveMeeting(tx, before.id, { seatsTaken: before.seatsTaken - count, state });
  await tellMeeting(tx, meeting, off ? 'cancelled' : 'left');
}
