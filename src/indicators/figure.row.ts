import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { OfferKind } from '../offers/offer.rules.ts';
import type { OutcomeClass } from '../placements/outcome-class.rules.ts';

/** What is counted of a person, without a word of who it is; and the time during which it was known so. */
abstract class FigureRow {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' })
  id: number;

  /** The record the person is counted as. */
  @Column('text')
  personId: string;

  @Column('text', { nullable: true })
  homeEpci: string | null;

  @Column('text', { nullable: true })
  homeCommune: string | null;

  @Column('timestamptz')
  knownFrom: string;

  /** Infinity for what holds now. */
  @Column('timestamptz', { default: 'infinity' })
  knownUntil: string;
}

/** A placement, as it is counted. */
@Entity('figure_stay')
export class FigureStayRow extends FigureRow {
  @Column('text')
  placementId: string;

  @Column('text', { nullable: true })
  siteEpci: string | null;

  @Column('text', { nullable: true })
  siteCommune: string | null;

  @Column('text')
  offerId: string;

  @Column('text')
  offerKind: OfferKind;

  @Column('text')
  senderId: string;

  @Column('text')
  receiverId: string;

  /** Whether it is an action of the programme. */
  @Column('boolean')
  counts: boolean;

  /** Whether a minimum-income right was open on the day it, or the pathway it belongs to, began. */
  @Column('boolean')
  entitled: boolean;

  @Column('date')
  startedOn: string;

  @Column('date', { nullable: true })
  endedOn: string | null;
}

/** Months on end in which a beneficiary had at least a day in an action: no two of one person overlap. */
@Entity('figure_presence')
export class FigurePresenceRow extends FigureRow {
  /** Its first day. */
  @Column('date')
  fromMonth: string;

  /** First day of the month after the last; infinity while it goes on. */
  @Column('date')
  untilMonth: string;
}

/** A path: from the first pathway or placement to the end of the last, with what came after. */
@Entity('figure_path')
export class FigurePathRow extends FigureRow {
  @Column('boolean')
  entitled: boolean;

  @Column('date')
  beganOn: string;

  @Column('date', { nullable: true })
  endedOn: string | null;

  /** The placement whose outcome is the path’s. */
  @Column('text', { nullable: true })
  placementId: string | null;

  @Column('text', { nullable: true })
  class: OutcomeClass | null;

  @Column('integer', { nullable: true })
  ruleVersion: number | null;

  @Column('date', { nullable: true })
  outcomeOn: string | null;

  /** A durable job or a qualifying training, begun at most 90 days after the end. */
  @Column('boolean')
  success: boolean;
}

/** The places of a vacancy and how many were taken, each time with how long it was known so; kept by the database as they change. */
@Entity('figure_place')
export class FigurePlaceRow {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('text')
  vacancyId: string;

  @Column('date')
  startsOn: string;

  @Column('integer')
  places: number;

  @Column('integer')
  taken: number;

  @Column('timestamptz')
  knownFrom: string;

  /** Infinity for what holds now. */
  @Column('timestamptz', { default: 'infinity' })
  knownUntil: string;
}
