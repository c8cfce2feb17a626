import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { StopCause } from './stop.rules.ts';

/** A time during which a referral's time to answer stands still. */
@Entity('clock_stop')
export class ClockStopRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  referralId: string;

  @Column('text')
  personId: string;

  @Column('text')
  senderId: string;

  @Column('text')
  receiverId: string;

  @Column('text')
  cause: StopCause;

  /** The meeting, the request or the offer that stops it. */
  @Column('text')
  sourceId: string;

  @Column('timestamptz')
  since: string;

  /** When it ended; until then, when it will have ended at the latest. */
  @Column('timestamptz')
  until: string;
}
