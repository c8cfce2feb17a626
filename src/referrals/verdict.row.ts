import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { IaeWindow } from '../eligibility/eligibility.rules.ts';
import type { Asked } from '../matching/requirement.rules.ts';
import type { Verdicts } from '../matching/verdict.rules.ts';

/** How the person met what the offer asks for when the referral was sent: verdicts alone, never a fact. */
@Entity('referral_verdict')
export class ReferralVerdictRow {
  @PrimaryColumn('text')
  referralId: string;

  @Column('text')
  personId: string;

  @Column('text')
  senderId: string;

  @Column('text')
  receiverId: string;

  @Column('jsonb')
  verdicts: Verdicts;

  /** What was asked when it was sent, whatever the offer asks since; null where it was sent before anything could be. */
  @Column('jsonb', { nullable: true })
  asked: Asked | null;

  /** Days on which the person is eligible with this employer, and who said so; null where no SIAE employs. */
  @Column('jsonb', { nullable: true })
  iae: readonly IaeWindow[] | null;

  @Column('timestamptz')
  judgedAt: string;
}
