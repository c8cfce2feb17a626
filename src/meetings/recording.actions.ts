import type { Transaction } from '../db/transaction.ts';
import { invalid, Refusal, found } from '../kernel/refusal.ts';
import { meetReferral } from '../referrals/met.actions.ts';
import type { ReferralRow } from '../referrals/referral.row.ts';
import { lockReferral } from '../referrals/referral.store.ts';
import { attendanceAt, attendanceOf, changeAttendance, invitedTo } from './attendance.store.ts';
import type { AttendanceRow } from './attendance.row.ts';
import { clocksRunOn, invite, lockOwn } from './inviting.actions.ts';
import type { AttendanceLine } from './meeting.inputs.ts';
import type { MeetingRow } from './meeting.row.ts';
import { checkRecording, isMeetable, requireMeetable, requireToCome } from './meeting.rules.ts';
import { knownMeeting, lockMeetings, saveMeeting, takeSeats } from './meeting.store.ts';
import { tellEach, tellMeeting } from './telling.actions.ts';

/** Records what came of a meeting for one person. That somebody was met may open their name to the provider. */
export async function recordAttendance(tx: Transaction, id: string, line: AttendanceLine) {
  await knownMeeting(tx, id, 'meeting');
  const row = await lockReferral(tx, line.referral, 'referral');
  const { meeting, next } = await lockBoth(tx, id, line);
  const attendance = found(await attendanceAt(tx, id, row.id), 'referral');
  checkRecording({ state: attendance.state, at: meeting.at }, line.outcome, tx.now);
  await changeAttendance(tx, attendance.id, {
    ...{ state: line.outcome, recordedAt: tx.now, memberId: tx.viewer.member },
  });
  const met = line.outcome === 'HELD' && isMeetable(row.state);
  const [referral] = await clocksRunOn(tx, meeting, [met ? await meetReferral(tx, row) : row]);
  if (line.outcome === 'RESCHEDULED') await putOff(tx, { meeting, next, attendance, referral: referral! });
  await tellEach(tx, meeting, [referral!], 'meeting_recorded');
  const over = meeting.at <= tx.now && (await invitedTo(tx, id)).length === 0;
  await tellMeeting(tx, await saveMeeting(tx, id, over ? { state: 'OVER' } : {}), 'recorded');
  return { id: row.id };
}

/** This meeting, and the one somebody is put off to, in one order. */
async function lockBoth(tx: Transaction, id: string, { outcome, newMeeting = null }: AttendanceLine) {
  if (newMeeting !== null && outcome !== 'RESCHEDULED') throw invalid('newMeeting', 'NOT_OF_THIS_OUTCOME');
  if (newMeeting === id) throw invalid('newMeeting', 'TWICE');
  if (newMeeting !== null) await knownMeeting(tx, newMeeting, 'newMeeting');
  await lockMeetings(tx, newMeeting === null ? [id] : [id, newMeeting]);
  const meeting = await lockOwn(tx, { meeting: id });
  const next = newMeeting === null ? null : await lockOwn(tx, { meeting: newMeeting });
  if (next && next.offerId !== meeting.offerId) throw invalid('newMeeting', 'OTHER_OFFER');
  return { meeting, next };
}

interface PuttingOff {
  meeting: MeetingRow;
  next: MeetingRow | null;
  attendance: AttendanceRow;
  referral: ReferralRow;
}

async function putOff(tx: Transaction, { meeting, next, attendance, referral }: PuttingOff): Promise<void> {
  await takeSeats(tx, meeting.id, -1);
  if (!next) return;
  requireMeetable(referral, 'referral');
  requireToCome(next, tx.now, 'newMeeting');
  try {
    await tellMeeting(tx, await invite(tx, next, [referral]), 'invited');
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(error.code, error.details, 'newMeeting') : error;
  }
  await changeAttendance(tx, attendance.id, { nextId: (await attendanceOf(tx, referral.id))!.id });
}
