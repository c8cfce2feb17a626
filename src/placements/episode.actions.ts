import type { Transaction } from '../db/transaction.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { found, invalid, Refusal } from '../kernel/refusal.ts';
import type { EpisodeRow } from './episode.row.ts';
import { checkEpisode, checkTaken, type EpisodeFacts, suspendsByItself, told } from './episode.rules.ts';
import { closeEpisode, episodesOfOne, saveEpisode } from './episode.store.ts';
import { lockOwn, tell } from './moving.actions.ts';
import type {
  EpisodeEnding,
  EpisodeRecord,
  PlacementResumption,
  PlacementSuspension,
} from './episode.inputs.ts';
import type { PlacementRow } from './placement.row.ts';
import { placementMoves } from './placement.rules.ts';
import { savePlacement } from './placement.store.ts';

/** What interrupts or accompanies a placement: a suspension is an episode that suspends and has not ended. */

export async function suspendPlacement(tx: Transaction, input: PlacementSuspension) {
  return begin(tx, await lockOwn(tx, input), { ...input, suspends: true });
}

export async function recordEpisode(tx: Transaction, input: EpisodeRecord) {
  const suspends = input.suspends ?? suspendsByItself(input.kind);
  return begin(tx, await lockOwn(tx, input), { ...input, suspends });
}

async function begin(tx: Transaction, before: PlacementRow, episode: EpisodeFacts) {
  const { kind, from: fromDay, expectedTo = null, to: toDay = null, suspends } = episode;
  const goesOn = suspends && toDay === null;
  const state = placementMoves.next(before.state, goesOn ? 'suspend' : 'recordEpisode', 'RECEIVER');
  const others = await episodesOfOne(tx, before.id);
  checkEpisode(episode, { startedOn: before.startedOn, today: parisDay(tx.now), others });
  const placementId = before.id;
  await saveEpisode(tx, { id: newId('Episode'), placementId, kind, fromDay, expectedTo, toDay, suspends });
  const placement = await savePlacement(tx, before.id, { state });
  await tell(tx, placement, goesOn ? 'suspended' : 'episode_recorded', { episode: told(kind), suspends });
  return { id: placement.id };
}

export async function endEpisode(tx: Transaction, input: EpisodeEnding) {
  const before = await lockOwn(tx, input);
  const all = await episodesOfOne(tx, before.id);
  const episode = found<EpisodeRow>(
    all.find(({ id }) => id === input.episode),
    'episode',
  );
  return finish(tx, before, episode, input.on);
}

export async function resumePlacement(tx: Transaction, input: PlacementResumption) {
  const before = await lockOwn(tx, input);
  placementMoves.next(before.state, 'resume', 'RECEIVER');
  const suspension = (await episodesOfOne(tx, before.id)).find((each) => each.suspends && !each.toDay);
  return finish(tx, before, suspension!, input.on);
}

async function finish(tx: Transaction, before: PlacementRow, episode: EpisodeRow, day?: string | null) {
  if (episode.toDay !== null)
    throw new Refusal('WRONG_STATE', { state: before.state, reason: 'EPISODE_ENDED' }, 'episode');
  const { id, fromDay, kind, suspends } = episode;
  const state = placementMoves.next(before.state, suspends ? 'resume' : 'recordEpisode', 'RECEIVER');
  const today = parisDay(tx.now);
  const on = day ?? today;
  checkTaken(on, { from: fromDay, today }, 'on');
  await closeEpisode(tx, id, on);
  const placement = await savePlacement(tx, before.id, { state });
  await tell(tx, placement, suspends ? 'resumed' : 'episode_ended', { episode: kind });
  return { id: placement.id };
}

/** Whatever still goes on ends with the placement, which cannot have ended before one of them began. */
export async function endEpisodes(tx: Transaction, placement: string, endedOn: string): Promise<void> {
  for (const { id, fromDay, toDay } of await episodesOfOne(tx, placement)) {
    if (endedOn < fromDay) throw invalid('endedOn', 'RECORDED_OUTSIDE', { day: fromDay });
    if (toDay === null) await closeEpisode(tx, id, endedOn);
  }
}
