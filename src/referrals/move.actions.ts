import type { Transaction } from '../db/transaction.ts';
import type { Happened } from '../events/event-types.ts';
import { type NewEvent, record, recordMany } from '../events/journal.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { audienceOf, audiencesOf, endAccess, follows, openAccess } from '../people/access.ts';
import { releaseHeldPlace } from '../vacancies/places.ts';
import { answerMinutes, endClock } from './clock.actions.ts';
import { openToReceiver, openToSender, type Opened } from './disclosure.rules.ts';
import { entering, isLate } from './entering.rules.ts';
import { placeOf, saveMove } from './history.store.ts';
import { checkReason, type ReferralReason } from './reason.rules.ts';
import { referralLeft } from './referral.facts.ts';
import type { ReferralRow } from './referral.row.ts';
import {
  acceptedStates,
  actorFor,
  decide,
  isOneOf,
  liveStates,
  openStates,
  type ReferralActor,
  type ReferralMove,
  type ReferralState,
} from './referral.rules.ts';
import { saveReferral, underAnother } from './referral.store.ts';

export interface Moving {
  reason?: ReferralReason | null;
  /** Columns that change with the move, beside those that follow from the state. */
  change?: Partial<ReferralRow>;
}

/**
 * Moves a locked referral by the table: state, history line, who may see the person, event, and the place it no
 * longer holds. `start` and `undoStart` leave the counters to the placement, which takes the place or holds it again.
 */
export async function moveReferral(
  tx: Transaction,
  row: ReferralRow,
  move: ReferralMove,
  { reason = null, change = {} }: Moving = {},
): Promise<ReferralRow> {
  const actors = sidesOf(row, tx.viewer);
  const to = decide(row, move, { actors, reason, now: tx.now });
  checkReason(move, actorFor(row.state, move, actors), reason);
  const before = { ...row, ...change };
  const place = await placeOf(tx, before);
  const entered = entering(before, { move, to, reason, now: tx.now, place });
  await refuseDouble(tx, row, { ...before, state: to });
  const answered = entered.answeredAt ? { answerMinutes: await answerMinutes(tx, row, place) } : {};
  const after = await saveReferral(tx, row.id, { ...change, ...entered, ...answered });
  await addToHistory(tx, { before: row, after, move, reason });
  if (row.stoppedUntil !== null && after.stoppedUntil === null) await endClock(tx, row);
  await disclose(tx, row, after);
  await tell(tx, after, eventOf(move, to), { move, from: row.state, to, reason });
  if (row.holdsPlace && !after.holdsPlace && to !== 'PLACED') await releaseHeldPlace(tx, row.vacancyId!);
  if (isUnderWay(row) && !isUnderWay(after)) await tx.say(referralLeft, { referral: after });
  return after;
}

/** Sent, and neither begun nor closed. */
function isUnderWay({ state }: ReferralRow): boolean {
  return isOneOf([...openStates, ...acceptedStates], state);
}

/**
 * Records joined by a yes may each have brought a referral to the same place before it: the first to be accepted, and
 * the first to start, goes on; the other is not refused for standing there, since then neither could go on.
 */
async function refuseDouble(tx: Transaction, before: ReferralRow, after: ReferralRow): Promise<void> {
  if (standsAnew(before, after)) return refuseTwice(tx, after);
  if (after.state === before.state) return;
  if (after.state === 'ACCEPTED' && before.state !== 'CANCELLATION_REQUESTED')
    await refuseTwice(tx, after, [...acceptedStates, 'PLACED']);
  if (after.state === 'PLACED') await refuseTwice(tx, after, ['PLACED']);
}

/** Live from now on, or live elsewhere than it was. */
function standsAnew(before: ReferralRow, after: ReferralRow): boolean {
  if (!isOneOf(liveStates, after.state)) return false;
  return !isOneOf(liveStates, before.state) || before.vacancyId !== after.vacancyId;
}

/** One person is referred to one vacancy once, under whichever record; the index sees to one and the same. */
export async function refuseTwice(
  tx: Transaction,
  row: ReferralRow,
  states: readonly ReferralState[] = liveStates,
): Promise<void> {
  if (await tx.asHub('referral.twice', () => underAnother(tx, row, states)))
    throw new Refusal('ALREADY_REFERRED', {}, row.vacancyId === null ? 'offer' : 'vacancy');
}

/** Refuses a move before anything else is asked, so that the state is told rather than what it would have needed. */
export function mayMove(tx: Transaction, row: ReferralRow, move: ReferralMove, reason?: string | null): void {
  decide(row, move, { actors: sidesOf(row, tx.viewer), reason: reason ?? null, now: tx.now });
}

/** A provider that received the person may not send them on, nor who has handed them over: only who follows them. */
export async function requireFollowing(tx: Transaction, person: string): Promise<void> {
  if (!(await follows(tx, person, 'CORE'))) throw new Refusal('NOT_ALLOWED', { act: 'refer' });
}

/** The sides a viewer stands on; one organisation may be both sender and receiver. */
export function sidesOf(
  row: Pick<ReferralRow, 'senderId' | 'followerId' | 'receiverId'>,
  viewer: Viewer,
): ReferralActor[] {
  if (viewer.kind === 'HUB') return ['HUB'];
  const sides: ReferralActor[] = [];
  if (viewer.organisation === (row.followerId ?? row.senderId)) sides.push('SENDER');
  if (viewer.organisation === row.receiverId) sides.push('RECEIVER');
  if (viewer.organisationKind === 'COUNCIL') sides.push('COUNCIL');
  return sides;
}

interface Line {
  before: ReferralRow;
  after: ReferralRow;
  move: ReferralMove;
  reason: ReferralReason | null;
}

export function addToHistory(tx: Transaction, { before, after, move, reason }: Line): Promise<void> {
  const { viewer } = tx;
  return saveMove(tx, {
    id: newId('ReferralMove'),
    referralId: after.id,
    personId: after.personId,
    senderId: after.senderId,
    receiverId: after.receiverId,
    move,
    fromState: before.state,
    toState: after.state,
    reason,
    actorKind: viewer.kind,
    organisationId: viewer.organisation || null,
    memberId: viewer.member,
    late: isLate(move, before, tx.now),
    at: tx.now,
  });
}

/** Opens and ends what the referral shows of its person, for what has changed of it. */
export async function disclose(tx: Transaction, before: ReferralRow, after: ReferralRow): Promise<void> {
  const follower = after.followerId ?? after.senderId;
  await shift(tx, after, {
    organisation: follower,
    member: after.senderMemberId,
    was: openToSender(before),
    is: openToSender(after),
  });
  // who refers to its own offer already has all that a receiver may have
  if (follower === after.receiverId) return;
  await shift(tx, after, {
    organisation: after.receiverId,
    member: after.acknowledgedBy ?? after.metBy,
    was: openToReceiver(before),
    is: openToReceiver(after),
  });
}

interface Shift {
  organisation: string;
  member: string | null;
  was: readonly Opened[];
  is: readonly Opened[];
}

async function shift(
  tx: Transaction,
  { id, personId }: ReferralRow,
  { organisation, member, was, is }: Shift,
): Promise<void> {
  const ended = was.filter((category) => !is.includes(category));
  if (is.some((category) => !was.includes(category)))
    await openAccess(tx, {
      person: personId,
      organisation,
      categories: is,
      reason: 'REFERRAL',
      source: id,
      member,
    });
  if (ended.length) await endAccess(tx, { source: id, organisation, categories: ended, reason: 'REFERRAL' });
}

const participles: Record<ReferralMove, Happened<'referral'>> = {
  send: 'sent', acknowledge: 'acknowledged', bind: 'bound', accept: 'accepted', waitlist: 'waitlisted',
  decline: 'declined', withdraw: 'withdrawn', expire: 'expired', reroute: 'rerouted',
  cancelAcceptance: 'cancelled', requestCancellation: 'cancellation_requested', confirmCancellation: 'cancelled',
  keep: 'kept', cancel: 'cancelled', start: 'placed', lapse: 'lapsed', reinstate: 'reinstated',
  undoStart: 'start_undone', close: 'closed',
}; // prettier-ignore

/** What happened, in the words of the journal. */
export function eventOf(move: ReferralMove, to: ReferralState): Happened<'referral'> {
  return to === 'CANCELLED' && move !== 'reroute' ? 'cancelled' : participles[move];
}

/** Tells the parties and who follows the pathway; a draft concerns nobody but its sender. */
export async function tell(
  tx: Transaction,
  row: ReferralRow,
  happened: Happened<'referral'>,
  facts: Facts = {},
): Promise<void> {
  const pathway = row.sentAt === null ? [] : await audienceOf(tx, row.personId, 'PATHWAY');
  await record(tx, lineOf(row, { happened, facts, pathway }));
}

/** Which of many deadlines have moved, told at once: as the hub, whatever made them move. */
export async function tellMoved(
  tx: Transaction,
  { before, after, cause }: { before: readonly ReferralRow[]; after: readonly ReferralRow[]; cause: string },
): Promise<void> {
  const moved = after.filter(({ version }, at) => version !== before[at]!.version);
  const audiences = await audiencesOf(tx, moved.map(({ personId }) => personId), 'PATHWAY');
  await recordMany(tx, moved.map((row) => lineOf(row, {
    ...{ happened: 'deadline_moved', facts: { cause, until: row.dueAt } },
    pathway: audiences.get(row.personId) ?? [],
  })));
} // prettier-ignore

type Facts = Readonly<Record<string, string | number | boolean | null>>;

function lineOf(
  row: ReferralRow,
  { happened, facts, pathway }: { happened: Happened<'referral'>; facts: Facts; pathway: readonly string[] },
): NewEvent {
  const others = row.sentAt === null ? [] : [row.followerId ?? row.senderId, row.receiverId, ...pathway];
  return {
    type: `referral.${happened}`,
    subject: { type: 'Referral', id: row.id, version: row.version },
    person: row.personId,
    audience: [row.senderId, ...others],
    facts: { ...facts, state: row.state, offer: row.offerId, vacancy: row.vacancyId },
  };
}
