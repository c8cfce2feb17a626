import { Column, Entity, PrimaryColumn } from '../db/columns.ts';

/** Somebody a run was asked about, and the place it found for them, if it found one. */
@Entity('assignment_line')
export class AssignmentLineRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  runId: string;

  @Column('text')
  personId: string;

  @Column('text', { nullable: true })
  vacancyId: string | null;

  @Column('integer', { nullable: true })
  score: number | null;

  /** Categories its score, and its being here, rest on: what is told by showing it. */
  @Column('text')
  told: string;

  @Column('text', { nullable: true })
  referralId: string | null;

  @Column('text', { nullable: true })
  acceptedBy: string | null;

  @Column('timestamptz', { nullable: true })
  acceptedAt: string | null;
}
