import sql from 'sql-template-tag';
import { insertInto, nobody, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import type { Batch } from '../graphql/loaders.ts';
import { hasScope, type Viewer } from '../kernel/viewer.ts';
import { followed } from '../people/access.ts';
import { EpisodeLeaveRow, EpisodeRow } from './episode.row.ts';
import { type EpisodeKind, told } from './episode.rules.ts';
import { hanging, linesOf } from './history.store.ts';
import { placements } from './placement.store.ts';

const episodes = hanging('episode', EpisodeRow);
export const episodesOf = linesOf(episodes, 'from_day, episode.id');

/** Of what kind a leave is: for the employer, and for who follows the person’s health. As the table's policy. */
function knows(viewer: Viewer) {
  if (viewer.kind === 'HUB') return sql`true`;
  if (!viewer.health || !hasScope(viewer, 'referrals:read')) return nobody;
  return sql`exists (select from placement where placement.id = episode_leave.placement_id and ${placements.scope(viewer)}
    and (placement.receiver_id = ${viewer.organisation} or ${followed(viewer, sql`placement.person_id`, 'HEALTH')}))`;
}
const leaves = table('episode_leave', EpisodeLeaveRow, knows);

/** The kind of a leave, to whom it is told; null to all others, and for what is no leave. */
export const leaveKindOf: Batch<string, EpisodeKind | null> = {
  async load(reader, ids) {
    const rows = await reader.rows<EpisodeLeaveRow>(sql`select ${leaves.columns} from episode_leave
      where episode_leave.episode_id = any(${ids}) and ${leaves.scope(reader.viewer)}`);
    const known = new Map(rows.map((row) => [row.episodeId, row.kind]));
    return ids.map((id) => known.get(id) ?? null);
  },
};

export function episodesOfOne(tx: Transaction, placement: string): Promise<EpisodeRow[]> {
  return tx.rows<EpisodeRow>(sql`select ${episodes.columns} from episode
    where episode.placement_id = ${placement} and ${episodes.scope(tx.viewer)} order by from_day, id`);
}

/** Saves what everybody reads, and apart, where the hub keeps such data, what kind of leave it is. */
export async function saveEpisode(tx: Transaction, row: Omit<EpisodeRow, 'createdAt'>): Promise<void> {
  const { id: episodeId, placementId, kind } = row;
  await tx.change(insertInto(episodes, { ...row, kind: told(kind), createdAt: tx.now }), 1);
  if (kind === told(kind) || !tx.viewer.health) return;
  await tx.change(insertInto(leaves, { episodeId, placementId, kind }), 1);
}

export async function closeEpisode(tx: Transaction, id: string, toDay: string): Promise<void> {
  await tx.change(sql`update episode set to_day = ${toDay} where id = ${id}`, 1);
}

/** What was closed by the end of the placement is closed by its end as it is now known. */
export async function moveEpisodeEnds(
  tx: Transaction,
  placement: string,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await tx.change(
    sql`update episode set to_day = ${to} where placement_id = ${placement} and to_day = ${from} and from_day <= ${to}`,
  );
}
