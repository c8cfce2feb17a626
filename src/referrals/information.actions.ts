import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { calendarOf, withinBusinessDays } from '../kernel/calendar.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal, sameVersion } from '../kernel/refusal.ts';
import { restartClock, stopClock } from './clock.actions.ts';
import { placeOf } from './history.store.ts';
import type { InformationProviding, NewInformationRequest } from './information.inputs.ts';
import { checkAnswers, checkAsking } from './information.rules.ts';
import { endRequest, requestsOf, saveRequest } from './information.store.ts';
import { tell } from './move.actions.ts';
import { writeNote } from './note.actions.ts';
import type { ReferralCommand } from './referral.inputs.ts';
import type { ReferralRow } from './referral.row.ts';
import { isOneOf, unansweredStates } from './referral.rules.ts';
import { lockReferral } from './referral.store.ts';

/**
 * The provider asks before it answers; its clock stands still. The sender has as long as the provider had to answer:
 * after that time runs again, and the provider answers with what is known.
 */
export async function requestInformation(tx: Transaction, input: NewInformationRequest) {
  const row = await awaiting(tx, input, 'answer');
  checkAsking(await requested(tx, row), input.questions);
  const { commune } = await placeOf(tx, row);
  const id = newId('InformationRequest');
  const dueAt = withinBusinessDays(tx.now, row.delays!.answer, calendarOf(commune));
  const { personId, senderId, receiverId } = row;
  await saveRequest(tx, {
    ...{ id, referralId: row.id, personId, senderId, receiverId, memberId: tx.viewer.member },
    ...{ questions: input.questions, answers: null, state: 'OPEN', askedAt: tx.now, dueAt, endedAt: null },
  });
  const stopped = await stopClock(tx, row, { cause: 'INFORMATION', source: id, until: dueAt });
  await tell(tx, stopped, 'information_requested', { request: id, until: dueAt });
  return stopped;
}

/** The sender answers, question by question, and time runs again: also when it had run again by itself. */
export async function provideInformation(tx: Transaction, input: InformationProviding) {
  const row = await awaiting(tx, input, 'refer');
  const request = await openRequest(tx, row);
  checkAnswers(request.questions, input.answers);
  await endRequest(tx, row.id, 'GIVEN', input.answers);
  if (input.note) await writeNote(tx, row, input.note, 'note.text');
  return goOn(tx, row, request.id, 'information_given');
}

/** The provider needs it no longer. */
export async function withdrawInformationRequest(tx: Transaction, input: ReferralCommand) {
  const row = await awaiting(tx, input, 'answer');
  const request = await openRequest(tx, row);
  await endRequest(tx, row.id, 'WITHDRAWN');
  return goOn(tx, row, request.id, 'information_withdrawn');
}

async function goOn(
  tx: Transaction,
  row: ReferralRow,
  request: string,
  happened: 'information_given' | 'information_withdrawn',
): Promise<ReferralRow> {
  const running = await restartClock(tx, row, { cause: 'INFORMATION', source: request });
  await tell(tx, running, happened, { request });
  return running;
}

async function awaiting(
  tx: Transaction,
  input: ReferralCommand,
  act: 'answer' | 'refer',
): Promise<ReferralRow> {
  const row = await lockReferral(tx, input.referral, 'referral');
  allow(tx.viewer, act, act === 'answer' ? row.receiverId : (row.followerId ?? row.senderId));
  sameVersion(row, input.version);
  if (!isOneOf(unansweredStates, row.state)) throw new Refusal('WRONG_STATE', { state: row.state });
  return row;
}

async function requested(tx: Transaction, row: ReferralRow) {
  const [requests = []] = await requestsOf.load(tx, [row.id]);
  return requests;
}

async function openRequest(tx: Transaction, row: ReferralRow) {
  const open = (await requested(tx, row)).find(({ state }) => state === 'OPEN');
  if (!open) throw new Refusal('WRONG_STATE', { state: row.state, reason: 'NOTHING_ASKED' });
  return open;
}
