import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { parisDay } from '../kernel/clock.ts';
import { invalid, Refusal, sameVersion } from '../kernel/refusal.ts';
import { follows, mayReach } from '../people/access.ts';
import { closeToParties } from './disclosure.actions.ts';
import { outcomeLine } from './end.actions.ts';
import { episodesOfOne, moveEpisodeEnds } from './episode.store.ts';
import { checkFollowUp, followUpsAfter } from './follow-up.rules.ts';
import {
  currentOutcome,
  firstContract,
  followUpAt,
  changeContract,
  moveFollowUps,
  nextFollowUp,
  saveFollowUp,
  saveOutcome,
  saveStartCorrection,
} from './history.store.ts';
import { keepWithin } from './hours.actions.ts';
import type { Span } from './hours.rules.ts';
import type { OutcomeRow } from './outcome.row.ts';
import { checkCorrection, checkEnd, checkOutcome, type OutcomeFacts } from './outcome.rules.ts';
import { lockOwn, tell } from './moving.actions.ts';
import type { FollowUpRecord, PlacementCorrection } from './placement.inputs.ts';
import type { PlacementRow } from './placement.row.ts';
import { checkPast, checkStart, placementMoves, type PlacementActor } from './placement.rules.ts';
import { lockPlacement, savePlacement } from './placement.store.ts';
import { outcomeTask } from './task.rules.ts';

/** What was recorded was wrong, or is known better now: both what was true and when it was known are kept. */
export async function correctPlacement(tx: Transaction, input: PlacementCorrection) {
  const before = await lockOwn(tx, input);
  checkCorrection(input.reason);
  placementMoves.next(before.state, 'correct', 'RECEIVER');
  const ofEnd = input.endedOn ?? input.endReason ?? input.outcome;
  if (!input.startedOn && !ofEnd) throw invalid('placement', 'NOTHING_GIVEN');
  if (ofEnd && before.state !== 'ENDED')
    throw new Refusal('WRONG_STATE', { state: before.state, move: 'correct' });
  const startedOn = input.startedOn ?? before.startedOn;
  if (startedOn !== before.startedOn) await correctStart(tx, before, { ...input, startedOn });
  await checkDates(tx, before, { startedOn, endedOn: input.endedOn ?? before.endedOn });
  const end = ofEnd ? await correctEnd(tx, before, input) : {};
  const placement = await savePlacement(tx, before.id, { startedOn, ...end });
  await tell(tx, placement, 'corrected', { reason: input.reason });
  return { id: placement.id };
}

/** The end comes after the start, and what was worked stays in between: the field that moved is told. */
async function checkDates(
  tx: Transaction,
  before: PlacementRow,
  { startedOn, endedOn }: Span,
): Promise<void> {
  if (endedOn) checkEnd(endedOn, { startedOn, today: parisDay(tx.now) });
  if (startedOn !== before.startedOn)
    await keepWithin(tx, before.id, { startedOn, endedOn: before.endedOn, field: 'startedOn' });
  if (endedOn !== before.endedOn) await keepWithin(tx, before.id, { startedOn, endedOn, field: 'endedOn' });
}

async function correctStart(
  tx: Transaction,
  before: PlacementRow,
  { startedOn, reason }: { startedOn: string; reason: PlacementCorrection['reason'] },
): Promise<void> {
  // moved back, it obeys the same rule as when it is first recorded
  if (startedOn < before.startedOn) checkStart(startedOn, parisDay(tx.now));
  checkPast('startedOn', startedOn, parisDay(tx.now));
  for (const { fromDay } of await episodesOfOne(tx, before.id))
    if (fromDay < startedOn) throw invalid('startedOn', 'RECORDED_OUTSIDE', { day: fromDay });
  const contract = await firstContract(tx, before.id);
  // a contract that began with the placement begins with it still
  if (contract?.fromDay === before.startedOn && (contract.toDay === null || contract.toDay >= startedOn))
    await changeContract(tx, contract.id, { fromDay: startedOn });
  else if (contract && contract.fromDay < startedOn)
    throw invalid('startedOn', 'AFTER_CONTRACT', { from: contract.fromDay });
  await saveStartCorrection(tx, {
    placementId: before.id,
    startedOn: before.startedOn,
    correctedBecause: reason,
  });
}

async function correctEnd(tx: Transaction, before: PlacementRow, input: PlacementCorrection) {
  const known = (await currentOutcome(tx, before.id))!;
  const endedOn = input.endedOn ?? known.endedOn;
  const endReason = input.endReason ?? known.endReason;
  const outcome = input.outcome ?? factsOf(known);
  checkOutcome(outcome, endedOn);
  await saveOutcome(tx, {
    ...outcomeLine(before.id, outcome, { endedOn, endReason }),
    correctedBecause: input.reason,
  });
  const task = outcomeTask({ kind: outcome.kind, endedOn }, before, tx.now);
  if (endedOn === before.endedOn) return { endedOn, endReason, ...task };
  await moveEpisodes(tx, before, endedOn);
  await moveFollowUps(tx, before.id, followUpsAfter(endedOn, endReason));
  return { endedOn, endReason, ...task, followUpDueOn: await nextFollowUp(tx, before.id) };
}

async function moveEpisodes(tx: Transaction, { id, endedOn: before }: PlacementRow, endedOn: string) {
  for (const { fromDay } of await episodesOfOne(tx, id))
    if (fromDay > endedOn) throw invalid('endedOn', 'RECORDED_OUTSIDE', { day: fromDay });
  await moveEpisodeEnds(tx, id, { from: before!, to: endedOn });
}

function factsOf({
  kind,
  contractKind,
  weeklyHours,
  fromDay,
  toDay,
  certification,
}: OutcomeRow): OutcomeFacts {
  return { kind, contract: contractKind, weeklyHours, from: fromDay, to: toDay, certification };
}

/** By whoever follows the person, or the provider itself. After the last one the name closes (docs/domain.md §7). */
export async function recordFollowUp(tx: Transaction, input: FollowUpRecord) {
  const before = await lockPlacement(tx, input.placement, 'placement');
  allow(tx.viewer, 'followUp');
  sameVersion(before, input.version);
  placementMoves.next(before.state, 'followUp', await sideOf(tx, before));
  const due = await followUpAt(tx, before.id, input.months);
  if (!due) throw invalid('months', 'CODE', { value: input.months });
  const { situation, on: onDay, months } = input;
  checkFollowUp(onDay, {
    endedOn: before.endedOn!,
    today: parisDay(tx.now),
    recorded: due.situation,
  });
  const { organisation: organisationId, member: memberId } = tx.viewer;
  await saveFollowUp(tx, due.id, { situation, onDay, organisationId, memberId, recordedAt: tx.now });
  const placement = await savePlacement(tx, before.id, { followUpDueOn: await nextFollowUp(tx, before.id) });
  if (months === 6) await closeToParties(tx, placement);
  await tell(tx, placement, 'followed_up', { months, situation });
  return { id: placement.id };
}

async function sideOf(
  tx: Transaction,
  { personId, senderId, receiverId }: PlacementRow,
): Promise<PlacementActor> {
  const { organisation } = tx.viewer;
  if (organisation === receiverId) return 'RECEIVER';
  // who sent the person and has handed them over asks them nothing any more
  const sent = organisation === senderId && (await mayReach(tx, personId, 'CORE'));
  if (sent || (await follows(tx, personId, 'PATHWAY'))) return 'FOLLOWER';
  throw new Refusal('NOT_ALLOWED', { act: 'followUp' });
}
