import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { endOfDay } from '../kernel/calendar.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { invalid, Refusal, sameVersion } from '../kernel/refusal.ts';
import { restartClock, stopClock } from '../referrals/clock.actions.ts';
import { openToReceiver } from '../referrals/disclosure.rules.ts';
import type { ReferralRow } from '../referrals/referral.row.ts';
import { lockReferrals } from '../referrals/referral.store.ts';
import { attendanceOf, invitedTo, saveAttendance } from './attendance.store.ts';
import type { MeetingCommand } from './meeting.inputs.ts';
import type { MeetingRow } from './meeting.row.ts';
import { requireMeetable } from './meeting.rules.ts';
import { knownMeeting, lockMeeting, takeSeats } from './meeting.store.ts';
import { tellEach } from './telling.actions.ts';

/** The meeting, locked, of one's own organisation, at the version read. Its referrals must be locked already. */
export async function lockOwn(
  tx: Transaction,
  { meeting: id, version }: Pick<MeetingCommand, 'meeting' | 'version'>,
): Promise<MeetingRow> {
  allow(tx.viewer, 'meet', (await knownMeeting(tx, id, 'meeting')).organisationId);
  const meeting = await lockMeeting(tx, id, 'meeting');
  sameVersion(meeting, version);
  return meeting;
}

/** The meeting and whoever is invited to it, all locked, the meeting last. */
export async function lockWithInvited(tx: Transaction, input: MeetingCommand) {
  const { id } = await knownMeeting(tx, input.meeting, 'meeting');
  const asked = (await invitedTo(tx, id)).map(({ referralId }) => referralId);
  const locked = await lockReferrals(tx, asked, { field: 'meeting' });
  const meeting = await lockOwn(tx, input);
  const invited = new Set((await invitedTo(tx, id)).map(({ referralId }) => referralId));
  const rows = locked.filter((row) => invited.has(row.id));
  // somebody was invited while this waited: all begins again, as after a serialisation failure
  if (rows.length < invited.size) throw Object.assign(new Error('more are invited'), { code: '40001' });
  return { meeting, invited: rows };
}

/** Of one's own organisation, to this offer, and maybe bound to its vacancy. */
export function checkReceived(
  referrals: readonly ReferralRow[],
  { organisationId, offerId, vacancyId }: Pick<MeetingRow, 'organisationId' | 'offerId' | 'vacancyId'>,
): void {
  for (const [at, row] of referrals.entries()) {
    const field = `referrals.${at}`;
    if (row.receiverId !== organisationId) throw new Refusal('NOT_ALLOWED', { act: 'meet' }, field);
    const elsewhere = vacancyId !== null && row.vacancyId !== null && row.vacancyId !== vacancyId;
    if (row.offerId !== offerId || elsewhere) throw invalid(field, 'OTHER_OFFER');
    requireMeetable(row, field);
  }
}

/** Invites locked referrals to a locked meeting: a seat for each, or nobody. */
export async function invite(
  tx: Transaction,
  meeting: MeetingRow,
  referrals: readonly ReferralRow[],
): Promise<MeetingRow> {
  if (referrals.length === 0) return meeting;
  if (meeting.seats !== null && meeting.seatsTaken + referrals.length > meeting.seats)
    throw new Refusal('NO_SEAT_LEFT', {}, 'referrals');
  const after = await takeSeats(tx, meeting.id, referrals.length);
  for (const [at, row] of referrals.entries()) {
    if (await attendanceOf(tx, row.id)) throw new Refusal('MEETING_PLANNED', {}, `referrals.${at}`);
    await saveAttendance(tx, {
      ...{ id: newId('MeetingAttendance'), meetingId: meeting.id, referralId: row.id, personId: row.personId },
      ...{ senderId: row.senderId, receiverId: row.receiverId, at: meeting.at, state: 'INVITED' },
      throughSender: !openToReceiver(row).includes('CONTACT'),
      ...{ recordedAt: null, memberId: null, nextId: null },
    }); // prettier-ignore
  }
  await tellEach(tx, after, await clocksStopped(tx, after, referrals), 'meeting_planned');
  return after;
}

/**
 * The time to answer stands still until the day of the meeting is over: if nobody records it, it then runs on. Answers the
 * referrals as they then are.
 */
export async function clocksStopped(
  tx: Transaction,
  { id: source, at }: MeetingRow,
  referrals: readonly ReferralRow[],
): Promise<ReferralRow[]> {
  const until = endOfDay(parisDay(at));
  const rows = [];
  for (const row of referrals) rows.push(await stopClock(tx, row, { cause: 'MEETING', source, until }));
  return rows;
}

export async function clocksRunOn(
  tx: Transaction,
  { id: source }: MeetingRow,
  referrals: readonly ReferralRow[],
): Promise<ReferralRow[]> {
  const rows = [];
  for (const row of referrals) rows.push(await restartClock(tx, row, { cause: 'MEETING', source }));
  return rows;
}
