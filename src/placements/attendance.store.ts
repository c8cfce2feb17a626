import sql from 'sql-template-tag';
import { insertInto, nobody, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { reaches } from '../people/access.ts';
import { AttendanceRow } from './attendance.row.ts';
import { linesOf } from './history.store.ts';
import { placements } from './placement.store.ts';

/** Who receives the person, and who follows them at the time; no fund that pays benefits. As the table's policy. */
function knows(viewer: Viewer) {
  if (viewer.kind === 'HUB') return sql`true`;
  if (viewer.organisationKind === 'BENEFITS_FUND') return nobody;
  return sql`exists (select from placement where placement.id = attendance.placement_id and ${placements.scope(viewer)}
    and (placement.receiver_id = ${viewer.organisation} or ${reaches(viewer, sql`placement.person_id`, 'CORE')}))`;
}
const attendance = table('attendance', AttendanceRow, knows);

export const attendanceOf = linesOf(attendance, 'on_day, attendance.half desc');

/** Writes each half, or puts it right; answers how many are new or other than they were. */
export async function saveAttended(
  tx: Transaction,
  {
    halves,
    ...row
  }: Omit<AttendanceRow, 'half' | 'recordedAt'> & { halves: readonly AttendanceRow['half'][] },
): Promise<number> {
  let changed = 0;
  for (const half of halves)
    changed += await tx.change(sql`${insertInto(attendance, { ...row, half, recordedAt: tx.now })}
      on conflict (placement_id, on_day, half) do update set presence = excluded.presence,
        member_id = excluded.member_id, recorded_at = excluded.recorded_at
      where attendance.presence <> excluded.presence`);
  return changed;
}
