import sql from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import { Refusal } from '../kernel/refusal.ts';
import { recordHours, withdrawHours } from '../placements/hours.actions.ts';
import { hoursHistoryOf } from '../placements/hours.store.ts';
import { knownPlacement } from '../placements/placement.store.ts';
import { undoStart } from '../placements/start.actions.ts';
import type { IntakeChangeRow } from './intake.row.ts';

/** A start recorded by mistake: within the days the trade gives, and while nothing else was recorded of it. */
export async function takeBackPlacement(tx: Transaction, step: IntakeChangeRow): Promise<null> {
  const { id, state, version } = await knownPlacement(tx, step.subjectId, 'placement');
  if (!step.made || state === 'ENDED') throw new Refusal('WRONG_STATE', { state, reason: 'ENDED' });
  const [hours] = await hoursHistoryOf.load(tx, [id]);
  if (hours?.some(({ knownUntil }) => knownUntil === null))
    throw new Refusal('WRONG_STATE', { state, reason: 'IN_USE' });
  if (await movedOn(tx, id)) throw new Refusal('STALE', { asked: step.version, current: version });
  await undoStart(tx, { placement: id, version });
  return null;
}

/** By the journal: hours that were recorded and withdrawn again leave the placement as it was. */
async function movedOn(tx: Transaction, placement: string): Promise<boolean> {
  const since = sql`select 1 from event where subject_id = ${placement}
    and type not in ('placement.started', 'placement.hours_recorded') limit 1`;
  return (await tx.asHub('import.undone', () => firstRow(tx, since))) !== null;
}

/** The hours believed before, or none: both by the history that stands with them. */
export async function takeBackHours(
  tx: Transaction,
  { subjectId: placement, month, at, version }: IntakeChangeRow & { month: string },
): Promise<null> {
  const [lines = []] = await hoursHistoryOf.load(tx, [placement]);
  const ofMonth = lines.filter((line) => line.month === month);
  const stands = ofMonth.some((line) => line.knownUntil === null && line.knownFrom === at);
  if (!stands) throw new Refusal('STALE', { asked: version, current: 0 });
  const former = ofMonth.find((line) => line.knownUntil === at);
  if (former) await recordHours(tx, { placement, month, worked: Number(former.worked) });
  else await withdrawHours(tx, { placement, month });
  return null;
}
