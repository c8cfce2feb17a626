import { Column, Entity, PrimaryColumn } from '../db/columns.ts';

/** The link a notice was sent with: of it and of its one-time code only what they hash to is kept. */
@Entity('notice_link')
export class NoticeLinkRow {
  @PrimaryColumn('text')
  noticeId: string;

  @Column('text')
  tokenHash: string;

  /** What the referral was when the link was made: any answer since then has revoked it. */
  @Column('text')
  referralState: string;

  @Column('timestamptz')
  expiresAt: string;

  @Column('timestamptz', { nullable: true })
  usedAt: string | null;

  @Column('text', { nullable: true })
  codeHash: string | null;

  @Column('timestamptz', { nullable: true })
  codeExpiresAt: string | null;

  @Column('integer', { default: 0 })
  codeTries: number;

  @Column('integer', { default: 0 })
  codesSent: number;
}
