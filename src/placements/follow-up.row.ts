import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { FollowUpSituation } from './follow-up.rules.ts';

/** How the person is 1, 3 and 6 months after the end: due from the start, recorded once. */
@Entity('follow_up')
export class FollowUpRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  placementId: string;

  @Column('integer')
  months: number;

  @Column('date')
  dueOn: string;

  @Column('text', { nullable: true })
  situation: FollowUpSituation | null;

  @Column('date', { nullable: true })
  onDay: string | null;

  @Column('text', { nullable: true })
  organisationId: string | null;

  @Column('text', { nullable: true })
  memberId: string | null;

  @Column('timestamptz', { nullable: true })
  recordedAt: string | null;

  /** When it was told that it is due. */
  @Column('timestamptz', { nullable: true })
  toldAt: string | null;
}
