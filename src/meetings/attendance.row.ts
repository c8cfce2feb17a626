import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { AttendanceState } from './meeting.rules.ts';

/** One person invited to one meeting, by their referral; what came of it. */
@Entity('meeting_attendance')
export class AttendanceRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  meetingId: string;

  @Column('text')
  referralId: string;

  @Column('text')
  personId: string;

  @Column('text')
  senderId: string;

  @Column('text')
  receiverId: string;

  /** When the meeting is or was. */
  @Column('timestamptz')
  at: string;

  @Column('text')
  state: AttendanceState;

  /** Whether the receiver saw no contact when it invited: the sender tells the person. */
  @Column('boolean')
  throughSender: boolean;

  @Column('timestamptz', { nullable: true })
  recordedAt: string | null;

  /** Who recorded it. */
  @Column('text', { nullable: true })
  memberId: string | null;

  /** The one it was put off to. */
  @Column('text', { nullable: true })
  nextId: string | null;

  @Column('timestamptz')
  createdAt: string;
}
