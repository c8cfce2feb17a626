import { Column, Entity } from '../db/columns.ts';
import { SubjectRow } from '../db/rows.ts';
import type { CancelReason, MeetingKind, MeetingState, MeetingWay } from './meeting.rules.ts';

@Entity('meeting')
export class MeetingRow extends SubjectRow {
  @Column('text')
  organisationId: string;

  @Column('text')
  offerId: string;

  @Column('text', { nullable: true })
  vacancyId: string | null;

  @Column('text', { nullable: true })
  siteId: string | null;

  /** Who holds it. */
  @Column('text', { nullable: true })
  memberId: string | null;

  @Column('text')
  kind: MeetingKind;

  @Column('text')
  way: MeetingWay;

  @Column('timestamptz')
  at: string;

  @Column('integer')
  minutes: number;

  /** Null: not counted. */
  @Column('integer', { nullable: true })
  seats: number | null;

  @Column('integer', { default: 0 })
  seatsTaken: number;

  @Column('text')
  state: MeetingState;

  @Column('text', { nullable: true })
  reason: CancelReason | null;
}
