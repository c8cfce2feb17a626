import { Column, Entity } from '../db/columns.ts';
import { SubjectRow } from '../db/rows.ts';
import type { EndReason } from './outcome.rules.ts';
import type { OverlapReason, PlacementState } from './placement.rules.ts';

@Entity('placement')
export class PlacementRow extends SubjectRow {
  @Column('text')
  referralId: string;

  @Column('text')
  personId: string;

  @Column('text')
  offerId: string;

  @Column('text', { nullable: true })
  vacancyId: string | null;

  @Column('text')
  senderId: string;

  @Column('text')
  receiverId: string;

  @Column('text')
  state: PlacementState;

  /** The referral's: how the person came. */
  @Column('text')
  origin: string;

  /** The offer's when it started; what it is later changes nothing here. */
  @Column('boolean')
  exclusive: boolean;

  @Column('text', { nullable: true })
  overlapReason: OverlapReason | null;

  /** Whether it counts in its vacancy's `taken`. */
  @Column('boolean')
  takesPlace: boolean;

  /** The vacancy last opened to replace the person; while it is not closed there is no other. */
  @Column('text', { nullable: true })
  replacedById: string | null;

  @Column('date')
  startedOn: string;

  /** Last day. */
  @Column('date', { nullable: true })
  endedOn: string | null;

  @Column('text', { nullable: true })
  endReason: EndReason | null;

  /** Last day of its last contract; null when open-ended, or without contract. */
  @Column('date', { nullable: true })
  contractEndsOn: string | null;

  /** When the hub next asks for an outcome not known yet; null when it is known, or can no longer be. */
  @Column('timestamptz', { nullable: true })
  outcomeDueAt: string | null;

  /** How often it was asked for since. */
  @Column('integer', { default: 0 })
  outcomeReminders: number;

  /** The first follow-up nobody has recorded yet. */
  @Column('date', { nullable: true })
  followUpDueOn: string | null;
}
