import sql, { type Sql } from 'sql-template-tag';
import { insertMany } from '../db/many.ts';
import { nobody, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { grouped } from '../graphql/loaders.ts';
import { newId } from '../kernel/ids.ts';
import { hasScope, type Viewer } from '../kernel/viewer.ts';
import { reaches } from '../people/access.ts';
import type { ReferralRow } from './referral.row.ts';
import { ClockStopRow } from './stop.row.ts';
import type { StopCause } from './stop.rules.ts';

/** Seen with its referral. */
function scope(viewer: Viewer): Sql {
  if (viewer.kind === 'HUB') return sql`true`;
  if (!hasScope(viewer, 'referrals:read')) return nobody;
  const { organisation } = viewer;
  return sql`(clock_stop.sender_id = ${organisation} or clock_stop.receiver_id = ${organisation}
    or ${reaches(viewer, sql`clock_stop.person_id`, 'PATHWAY')})`;
}

const stops = table('clock_stop', ClockStopRow, scope);

export const stopsOf = grouped<ClockStopRow, string>(
  (reader, ids) =>
    reader.rows(sql`select ${stops.columns} from clock_stop
      where referral_id = any(${[...ids]}) and ${stops.scope(reader.viewer)} order by since, clock_stop.id`),
  (row) => row.referralId,
);

/** What stops a clock, and which one: a referral may have two meetings. */
export interface Stopping {
  cause: StopCause;
  /** Id of the meeting, request or offer. */
  source: string;
}

const born = [
  'id',
  'referralId',
  'personId',
  'senderId',
  'receiverId',
  'cause',
  'sourceId',
  'since',
  'until',
] as const;

export async function saveStops(
  tx: Transaction,
  of: readonly ReferralRow[],
  stop: Stopping & { until: string },
) {
  if (of.length === 0) return;
  const { cause, source: sourceId, until } = stop;
  const rows = of.map(({ id: referralId, personId, senderId, receiverId }) => ({
    ...{ id: newId('ClockStop'), referralId, personId, senderId, receiverId },
    ...{ cause, sourceId, since: tx.now, until },
  }));
  await tx.change(insertMany(stops, born, rows), rows.length);
}

/** Gives the stops that run for this another end; answers which referrals have one. */
export async function moveStops(
  tx: Transaction,
  of: readonly ReferralRow[],
  { cause, source, until }: Stopping & { until: string },
): Promise<Set<string>> {
  if (of.length === 0) return new Set();
  const moved = await tx.rows<{ id: string }>(sql`update clock_stop set until = ${until}
    where referral_id = any(${of.map(({ id }) => id)}) and cause = ${cause} and source_id = ${source} and until > ${tx.now}
    returning referral_id as id`);
  return new Set(moved.map(({ id }) => id));
}

/** Whatever stops it ends now. */
export function endStops(tx: Transaction, row: Pick<ReferralRow, 'id'>): Promise<number> {
  return tx.change(
    sql`update clock_stop set until = ${tx.now} where referral_id = ${row.id} and until > ${tx.now}`,
  );
}
