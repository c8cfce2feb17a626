import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { KeepReason, NoticeState } from './retention.rules.ts';

/** Notice that a person is to be erased for want of contact; it ends by an act, a word to keep, or the erasure. */
@Entity('retention_notice')
export class RetentionNoticeRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  personId: string;

  /** The last act of a professional when the notice was given, in this record: what other records know is not for its followers. */
  @Column('timestamptz')
  lastContactAt: string;

  @Column('date')
  eraseOn: string;

  @Column('text')
  state: NoticeState;

  /** Why the record is kept. */
  @Column('text', { nullable: true })
  reason: KeepReason | null;

  /** Who said to keep it. */
  @Column('text', { nullable: true })
  organisationId: string | null;

  @Column('timestamptz')
  createdAt: string;

  @Column('timestamptz', { nullable: true })
  closedAt: string | null;
}
