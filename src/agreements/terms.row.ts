import { Column, Entity, PrimaryColumn } from '../db/columns.ts';

/** What is agreed, from a day on: an amendment adds one more, and what was in force before stays readable. */
@Entity('agreement_terms')
export class TermsRow {
  @PrimaryColumn('text')
  agreementId: string;

  @PrimaryColumn('integer')
  number: number;

  @Column('date')
  inForceFrom: string;

  /** Last day of the agreement, as these terms say. */
  @Column('date')
  toDay: string;

  @Column({ type: 'numeric', precision: 7, scale: 2, nullable: true })
  requestedFte: number | null;

  @Column({ type: 'numeric', precision: 7, scale: 2, nullable: true })
  fundedFte: number | null;

  @Column('integer', { nullable: true })
  fundedPlaces: number | null;

  /** Hours of work a social clause commits to. */
  @Column('integer', { nullable: true })
  committedHours: number | null;

  @Column('text', { nullable: true })
  contractReference: string | null;

  @Column('text', { array: true, default: '{}' })
  lots: string[];

  @Column('text', { nullable: true })
  siteId: string | null;

  /** Null while they are not. */
  @Column('date', { nullable: true })
  signedOn: string | null;

  @Column('timestamptz')
  recordedAt: string;
}

/** An offer, or one of its vacancies, that the terms are about. */
@Entity('agreement_cover')
export class CoverRow {
  @PrimaryColumn('text')
  agreementId: string;

  @PrimaryColumn('integer')
  number: number;

  @PrimaryColumn('text')
  offerId: string;

  /** Null: all of the offer. */
  @Column('text', { nullable: true })
  vacancyId: string | null;
}

/** Who pays how much, in cents: one column a funder. */
@Entity('agreement_money')
export class MoneyRow {
  @PrimaryColumn('text')
  agreementId: string;

  @PrimaryColumn('integer')
  number: number;

  @Column('integer', { default: 0 })
  councilCents: number;

  @Column('integer', { default: 0 })
  stateCents: number;

  @Column('integer', { default: 0 })
  esfCents: number;

  @Column('integer', { default: 0 })
  cafCents: number;

  @Column('integer', { default: 0 })
  msaCents: number;

  @Column('integer', { default: 0 })
  communeCents: number;

  @Column('integer', { default: 0 })
  cityContractCents: number;

  @Column('integer', { default: 0 })
  otherCents: number;
}
