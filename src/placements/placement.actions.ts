import type { Transaction } from '../db/transaction.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { closeEpisode, lastSuspension, saveEpisode } from './history.store.ts';
import { lockOwn, tell } from './moving.actions.ts';
import type { PlacementResumption, PlacementSuspension } from './placement.inputs.ts';
import { checkResume, checkSuspension, placementMoves } from './placement.rules.ts';
import { savePlacement } from './placement.store.ts';

export async function suspendPlacement(tx: Transaction, input: PlacementSuspension) {
  const before = await lockOwn(tx, input);
  const state = placementMoves.next(before.state, 'suspend', 'RECEIVER');
  const last = await lastSuspension(tx, before.id);
  checkSuspension(input, {
    startedOn: before.startedOn,
    lastResumedOn: last?.toDay ?? null,
    today: parisDay(tx.now),
  });
  const { kind, from: fromDay, expectedTo = null } = input;
  await saveEpisode(tx, {
    id: newId('Episode'), placementId: before.id, kind, fromDay, expectedTo, toDay: null, suspends: true,
  }); // prettier-ignore
  const placement = await savePlacement(tx, before.id, { state });
  await tell(tx, placement, 'suspended', { episode: kind });
  return { id: placement.id };
}

export async function resumePlacement(tx: Transaction, input: PlacementResumption) {
  const before = await lockOwn(tx, input);
  const state = placementMoves.next(before.state, 'resume', 'RECEIVER');
  const today = parisDay(tx.now);
  const episode = (await lastSuspension(tx, before.id))!;
  const on = input.on ?? today;
  checkResume(on, { from: episode.fromDay, today });
  await closeEpisode(tx, episode.id, on);
  const placement = await savePlacement(tx, before.id, { state });
  await tell(tx, placement, 'resumed', { episode: episode.kind });
  return { id: placement.id };
}
