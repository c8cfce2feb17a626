import { Column, Entity, PrimaryColumn } from '../db/columns.ts';

/** The link that stops the morning's message, by the first notice of the one it was sent with. */
@Entity('notice_stop')
export class NoticeStopRow {
  @PrimaryColumn('text')
  noticeId: string;

  @Column('text')
  tokenHash: string;

  @Column('timestamptz', { nullable: true })
  usedAt: string | null;
}
