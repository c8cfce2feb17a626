import { Column, Entity, PrimaryColumn } from '../db/columns.ts';

/** The hours worked in a month, as they were known during a time; a correction closes the line and writes another. */
@Entity('worked_hours')
export class WorkedHoursRow {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('text')
  placementId: string;

  /** Its first day. */
  @Column('date')
  month: string;

  @Column({ type: 'numeric', precision: 6, scale: 2 })
  worked: number;

  @Column('timestamptz')
  knownFrom: string;

  /** Null for what holds now. */
  @Column('timestamptz', { nullable: true })
  knownUntil: string | null;
}
