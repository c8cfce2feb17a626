import { Column, Entity, PrimaryColumn } from '../db/columns.ts';

/** As whom a partner's own file was imported. */
@Entity('intake')
export class IntakeRow {
  @PrimaryColumn('text')
  batchId: string;

  @Column('text')
  organisationId: string;

  @Column('text')
  memberId: string;
}

/** One thing such a file wrote: which, and at which version it then stood. What it held before stays where it is kept anyway. */
@Entity('intake_change')
export class IntakeChangeRow {
  @PrimaryColumn('text')
  batchId: string;

  @PrimaryColumn('integer')
  position: number;

  @Column('text')
  subjectId: string;

  /** Of hours: which month. */
  @Column('date', { nullable: true })
  month: string | null;

  @Column('integer')
  version: number;

  /** The version it was changed from; null for what the file made. */
  @Column('integer', { nullable: true })
  found: number | null;

  /** Whether the file made it, or changed what was there. */
  @Column('boolean')
  made: boolean;

  @Column('timestamptz')
  at: string;

  @Column('timestamptz', { nullable: true })
  undoneAt: string | null;
}
