import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { newId } from '../kernel/ids.ts';
import { invalid, Refusal } from '../kernel/refusal.ts';
import { knownOffer } from '../offers/offer.store.ts';
import { knownColleague } from '../partners/member.store.ts';
import { knownSite } from '../partners/site.store.ts';
import { lockReferrals } from '../referrals/referral.store.ts';
import { knownVacancy } from '../vacancies/vacancy.store.ts';
import { changeAttendance, invitedTo, moveAttendances } from './attendance.store.ts';
import {
  checkReceived,
  clocksRunOn,
  clocksStopped,
  invite,
  lockOwn,
  lockWithInvited,
} from './inviting.actions.ts';
import type { MeetingCancellation, MeetingInvitation, MeetingMove, NewMeeting } from './meeting.inputs.ts';
import {
  checkInvited,
  checkTime,
  requireNoFund,
  requirePlanned,
  requireToCome,
  seatsOf,
  type MeetingWay,
} from './meeting.rules.ts';
import { saveMeeting, saveNewMeeting } from './meeting.store.ts';
import { tellEach, tellMeeting } from './telling.actions.ts';

/** What who receives people plans with them. Locks end with the meeting: command key, people, vacancies, referrals, meeting. */

export async function scheduleMeeting(tx: Transaction, input: NewMeeting) {
  const { kind, way, at, minutes, seats = null, referrals: asked } = input;
  checkInvited(asked);
  const { siteId, ...destination } = await destinationOf(tx, input);
  const locking = { field: 'referrals', alsoVacancy: destination.vacancyId };
  const referrals = await lockReferrals(tx, asked, locking);
  allow(tx.viewer, 'meet', destination.organisationId);
  requireNoFund(tx.viewer);
  checkTime({ at, minutes }, tx.now);
  checkReceived(referrals, destination);
  if (input.member != null) await knownColleague(tx, input.member, 'member');
  const meeting = await saveNewMeeting(tx, {
    ...{
      id: newId('Meeting'),
      ...destination,
      ...(await placeOf(tx, way, { asked: input.site, usual: siteId })),
    },
    ...{ kind, at, minutes, state: 'PLANNED', seats: seatsOf(kind, seats, referrals.length) },
    memberId: input.member ?? tx.viewer.member,
  });
  await tellMeeting(tx, meeting, 'scheduled');
  await invite(tx, meeting, referrals);
  return { id: meeting.id };
}

export async function inviteToMeeting(tx: Transaction, input: MeetingInvitation) {
  checkInvited(input.referrals);
  if (input.referrals.length === 0) throw invalid('referrals', 'REQUIRED');
  const referrals = await lockReferrals(tx, input.referrals, { field: 'referrals' });
  const before = await lockOwn(tx, input);
  requireToCome(before, tx.now, 'meeting');
  checkReceived(referrals, before);
  const meeting = await invite(tx, before, referrals);
  await tellMeeting(tx, meeting, 'invited');
  return { id: meeting.id };
}

/** Whoever is invited stays so. */
export async function moveMeeting(tx: Transaction, input: MeetingMove) {
  const { meeting: before, invited } = await lockWithInvited(tx, input);
  requireToCome(before, tx.now, 'meeting');
  const { at = null, minutes = null, way = null, site = null } = input;
  if ([at, minutes, way, site].every((each) => each === null)) throw invalid('at', 'REQUIRED');
  const time = { at: at ?? before.at, minutes: minutes ?? before.minutes };
  checkTime(time, tx.now);
  const place = await placeOf(tx, way ?? before.way, { asked: site, usual: before.siteId });
  const meeting = await saveMeeting(tx, before.id, { ...time, ...place });
  await moveAttendances(tx, meeting);
  await tellMeeting(tx, meeting, 'moved');
  await tellEach(tx, meeting, await clocksStopped(tx, meeting, invited), 'meeting_moved');
  return { id: meeting.id };
}

export async function cancelMeeting(tx: Transaction, input: MeetingCancellation) {
  const { meeting: before, invited } = await lockWithInvited(tx, input);
  requirePlanned(before, 'meeting');
  for (const { id } of await invitedTo(tx, before.id))
    await changeAttendance(tx, id, { state: 'CANCELLED', recordedAt: tx.now, memberId: tx.viewer.member });
  const meeting = await saveMeeting(tx, before.id, {
    ...{ state: 'CANCELLED', reason: input.reason },
    seatsTaken: before.seatsTaken - invited.length,
  });
  await tellMeeting(tx, meeting, 'cancelled', { reason: input.reason });
  await tellEach(tx, meeting, await clocksRunOn(tx, meeting, invited), 'meeting_cancelled');
  return { id: meeting.id };
}

/** One's own offer, and maybe one of its vacancies; and where they are. */
async function destinationOf(tx: Transaction, input: NewMeeting) {
  const vacancy = input.vacancy == null ? null : await awaited(tx, input.vacancy);
  const asked = input.offer ?? vacancy?.offerId;
  if (asked === undefined) throw invalid('offer', 'REQUIRED');
  if (vacancy && vacancy.offerId !== asked) throw invalid('vacancy', 'OTHER_OFFER');
  const { id: offerId, organisationId, siteId } = await knownOffer(tx, asked, 'offer');
  const offer = { offerId, organisationId, vacancyId: null, siteId };
  return vacancy ? { ...offer, vacancyId: vacancy.id, siteId: vacancy.siteId ?? siteId } : offer;
}

/** A vacancy that takes people, or whose waiting list does. */
async function awaited(tx: Transaction, id: string) {
  const vacancy = await knownVacancy(tx, id, 'vacancy');
  if (vacancy.state === 'CLOSED') throw new Refusal('WRONG_STATE', { state: vacancy.state }, 'vacancy');
  return vacancy;
}

interface Sites {
  asked: string | null | undefined;
  usual: string | null;
}

async function placeOf(tx: Transaction, way: MeetingWay, { asked, usual }: Sites) {
  if (way !== 'ON_SITE') {
    if (asked != null) throw invalid('site', 'NOT_ON_SITE');
    return { way, siteId: null };
  }
  const site = asked ?? usual;
  if (site === null) throw invalid('site', 'REQUIRED');
  return { way, siteId: (await knownSite(tx, site, 'site')).id };
}
