import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { NoticeDelivery, NoticeKind, NoticeReason, NoticeState } from './kind.rules.ts';

/** Something a member is to be told, once for each event and kind; about whom stands in no column of it. */
@Entity('notice')
export class NoticeRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  eventId: string;

  @Column('text')
  kind: NoticeKind;

  @Column('text')
  memberId: string;

  @Column('text')
  organisationId: string;

  @Column('text')
  subjectType: string;

  @Column('text')
  subjectId: string;

  @Column('text', { nullable: true })
  referralId: string | null;

  @Column('text')
  delivery: NoticeDelivery;

  @Column('text')
  state: NoticeState;

  @Column('text', { nullable: true })
  reason: NoticeReason | null;

  @Column('integer', { default: 0 })
  attempts: number;

  /** When it is to be sent, or tried again. */
  @Column('timestamptz', { nullable: true })
  dueAt: string | null;

  @Column('timestamptz')
  createdAt: string;

  @Column('timestamptz', { nullable: true })
  closedAt: string | null;
}
