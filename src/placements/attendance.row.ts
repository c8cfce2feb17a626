import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { Half, Presence } from './attendance.rules.ts';

/** Whether the person of a placement came, one half of one day; put right in place. */
@Entity('attendance')
export class AttendanceRow {
  @PrimaryColumn('text')
  placementId: string;

  @PrimaryColumn('date')
  onDay: string;

  @PrimaryColumn('text')
  half: Half;

  @Column('text')
  presence: Presence;

  @Column('text', { nullable: true })
  memberId: string | null;

  @Column('timestamptz')
  recordedAt: string;
}
