import { Column, Entity } from '../db/columns.ts';
import { SubjectRow } from '../db/rows.ts';
import type { DespiteRefusal } from './decline.rules.ts';
import type { Delays } from './delay.rules.ts';
import type { Disclose } from './disclosure.rules.ts';
import type { ReferralReason } from './reason.rules.ts';
import type { AgreementHow, ReferralOrigin, ReferralState } from './referral.rules.ts';

@Entity('referral')
export class ReferralRow extends SubjectRow {
  @Column('text')
  personId: string;

  @Column('text')
  offerId: string;

  @Column('text', { nullable: true })
  vacancyId: string | null;

  @Column('text')
  senderId: string;

  @Column('text', { nullable: true })
  senderMemberId: string | null;

  @Column('text')
  receiverId: string;

  /** Who follows it as its sender: the sender, until another referent is named. */
  @Column('text', { nullable: true })
  followerId: string | null;

  @Column('text')
  state: ReferralState;

  @Column('text')
  origin: ReferralOrigin;

  @Column('text')
  disclose: Disclose;

  @Column('date', { nullable: true })
  agreementOn: string | null;

  @Column('text', { nullable: true })
  agreementHow: AgreementHow | null;

  /** Why it was sent though the same offer had declined the person not long ago. */
  @Column('text', { nullable: true })
  despiteRefusal: DespiteRefusal | null;

  @Column('text', { nullable: true })
  reason: ReferralReason | null;

  /** Whether it counts in its vacancy's `held`: accepted, or a freed place is reserved for it. */
  @Column('boolean', { default: false })
  holdsPlace: boolean;

  @Column('timestamptz', { nullable: true })
  placeOfferedUntil: string | null;

  @Column('timestamptz', { nullable: true })
  placeSkippedAt: string | null;

  /** When the hub acts by itself if nobody does. */
  @Column('timestamptz', { nullable: true })
  dueAt: string | null;

  @Column('timestamptz', { nullable: true })
  acknowledgeDueAt: string | null;

  @Column('timestamptz', { nullable: true })
  answerDueAt: string | null;

  /** Since when the time to answer runs: sent, or taken up again. */
  @Column('timestamptz', { nullable: true })
  clockFrom: string | null;

  /** In business days; kept as it was sent under. */
  @Column('jsonb', { nullable: true })
  delays: Delays | null;

  /** Until when, at the latest, the clock stands still, or did when it last stood; null where an answer is not awaited. */
  @Column('timestamptz', { nullable: true })
  stoppedUntil: string | null;

  /** When the next reminder is to be said, of those before the deadline or the end of a wait. */
  @Column('timestamptz', { nullable: true })
  reminderDueAt: string | null;

  /** How many were said. */
  @Column('integer', { default: 0 })
  reminders: number;

  /** Whether the first answer came after its deadline. */
  @Column('boolean', { default: false })
  answeredLate: boolean;

  /** Business time to the first answer, stops and closed days apart. */
  @Column('integer', { nullable: true })
  answerMinutes: number | null;

  @Column('timestamptz', { nullable: true })
  sentAt: string | null;

  @Column('timestamptz', { nullable: true })
  acknowledgedAt: string | null;

  @Column('text', { nullable: true })
  acknowledgedBy: string | null;

  /** When a first meeting was held, and who recorded it. */
  @Column('timestamptz', { nullable: true })
  metAt: string | null;

  @Column('text', { nullable: true })
  metBy: string | null;

  @Column('timestamptz', { nullable: true })
  waitlistedAt: string | null;

  @Column('timestamptz', { nullable: true })
  answeredAt: string | null;

  @Column('timestamptz', { nullable: true })
  acceptedAt: string | null;

  /** Since when the hold of an acceptance runs: accepted, moved at a closing, or its start undone. */
  @Column('timestamptz', { nullable: true })
  heldFrom: string | null;

  @Column('timestamptz', { nullable: true })
  placedAt: string | null;

  @Column('timestamptz', { nullable: true })
  closedAt: string | null;

  /** When the sharing it rested on ended: closed, it never comes back to life. */
  @Column('timestamptz', { nullable: true })
  grantEndedAt: string | null;

  @Column('text', { nullable: true })
  lastOpenState: ReferralState | null;

  @Column('text', { nullable: true })
  previousId: string | null;

  @Column('text', { nullable: true })
  nextId: string | null;

  @Column('text', { nullable: true })
  externalReference: string | null;
}
