import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { ReferralReason } from './reason.rules.ts';
import type { ReferralMove, ReferralState } from './referral.rules.ts';

/** One line of a referral's history; never changed, never deleted. */
@Entity('referral_move')
export class ReferralMoveRow {
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
  move: ReferralMove;

  @Column('text', { nullable: true })
  fromState: ReferralState | null;

  @Column('text')
  toState: ReferralState;

  @Column('text', { nullable: true })
  reason: ReferralReason | null;

  @Column('text')
  actorKind: string;

  @Column('text', { nullable: true })
  organisationId: string | null;

  @Column('text', { nullable: true })
  memberId: string | null;

  /** Answered after the deadline it was sent under. */
  @Column('boolean', { default: false })
  late: boolean;

  @Column('timestamptz')
  at: string;
}
