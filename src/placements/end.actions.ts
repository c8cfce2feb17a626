import type { Transaction } from '../db/transaction.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { moveReferral } from '../referrals/move.actions.ts';
import { returnTakenPlace } from '../vacancies/places.ts';
import { refills } from '../vacancies/vacancy.rules.ts';
import { knownVacancy } from '../vacancies/vacancy.store.ts';
import { narrowAfterEnd } from './disclosure.actions.ts';
import { endEpisodes } from './episode.actions.ts';
import { followUpsAfter } from './follow-up.rules.ts';
import { saveNewFollowUps, saveOutcome } from './history.store.ts';
import { keepWithin } from './hours.actions.ts';
import { lockWithReferral, tell } from './moving.actions.ts';
import { checkEnd, checkOutcome, type EndReason, type OutcomeFacts } from './outcome.rules.ts';
import type { PlacementEnd } from './placement.inputs.ts';
import type { PlacementRow } from './placement.row.ts';
import { placementMoves } from './placement.rules.ts';
import { savePlacement } from './placement.store.ts';
import { hasReplacement } from './replacement.store.ts';
import { outcomeTask } from './task.rules.ts';

export async function endPlacement(tx: Transaction, input: PlacementEnd) {
  const { before, referral } = await lockWithReferral(tx, input);
  const state = placementMoves.next(before.state, 'end', 'RECEIVER');
  const { endedOn } = input;
  const endReason = input.endReason ?? 'NOT_STATED';
  checkEnd(endedOn, { startedOn: before.startedOn, today: parisDay(tx.now) });
  checkOutcome(input.outcome, endedOn);
  await endEpisodes(tx, before.id, endedOn);
  await keepWithin(tx, before.id, { startedOn: before.startedOn, endedOn, field: 'endedOn' });
  const refilled = await givesBack(tx, before, endedOn);
  const takesPlace = before.takesPlace && !refilled;
  const due = followUpsAfter(endedOn, endReason);
  const placement = await savePlacement(tx, before.id, {
    ...{ state, endedOn, endReason, takesPlace },
    ...outcomeTask({ kind: input.outcome.kind, endedOn }, before, tx.now),
    followUpDueOn: due[0]?.dueOn ?? null,
  });
  await saveOutcome(tx, outcomeLine(placement.id, input.outcome, { endedOn, endReason }));
  await saveNewFollowUps(
    tx,
    due.map((each) => ({ id: newId('FollowUp'), placementId: placement.id, ...each })),
  );
  await tx.asHub('placement.ended', () => moveReferral(tx, referral, 'close', { reason: 'PLACEMENT_ENDED' }));
  await narrowAfterEnd(tx, placement, { follower: referral.followerId ?? referral.senderId, endedOn });
  if (refilled) await returnTakenPlace(tx, placement.vacancyId!);
  await tell(tx, placement, 'ended', { endReason, outcome: input.outcome.kind });
  return { id: placement.id };
}

/**
 * Whoever leaves before `refillUntil` is replaced; later the place stays used (docs/domain.md §3), as it does where a
 * vacancy was opened to replace the person: one leaving is one place to fill.
 */
async function givesBack(tx: Transaction, before: PlacementRow, endedOn: string) {
  if (!before.takesPlace || (await hasReplacement(tx, before))) return false;
  return refills(await knownVacancy(tx, before.vacancyId!, 'placement'), endedOn);
}

export function outcomeLine(
  placementId: string,
  { kind, contract, weeklyHours, from, to, certification }: OutcomeFacts,
  { endedOn, endReason }: { endedOn: string; endReason: EndReason },
) {
  return {
    placementId,
    kind,
    contractKind: contract ?? null,
    weeklyHours: weeklyHours ?? null,
    fromDay: from ?? null,
    toDay: to ?? null,
    certification: certification ?? null,
    endedOn,
    endReason,
    correctedBecause: null,
  };
}
