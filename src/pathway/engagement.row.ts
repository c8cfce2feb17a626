import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import { SubjectRow } from '../db/rows.ts';
import type { NeedTheme } from '../people/need.rules.ts';
import type * as rules from './engagement.rules.ts';

/** What a person and their referent undertake (contrat d'engagement), with its goals and the activities of a week. */
@Entity('engagement')
export class EngagementRow extends SubjectRow {
  @Column('text')
  personId: string;

  @Column('text')
  pathwayId: string;

  @Column('text')
  kind: rules.EngagementKind;

  @Column('text')
  state: rules.EngagementState;

  @Column('text')
  draftedBy: string;

  @Column('text', { array: true })
  goals: NeedTheme[];

  @Column('jsonb')
  activities: rules.Activity[];

  @Column('date', { nullable: true })
  personSignedOn: string | null;

  @Column('date', { nullable: true })
  referentSignedOn: string | null;

  /** The later of the two days: it is in force from then. */
  @Column('date', { nullable: true })
  signedOn: string | null;

  /** When the hub learnt that both had signed. */
  @Column('timestamptz', { nullable: true })
  signedAt: string | null;

  /** Its last day as agreed. */
  @Column('date', { nullable: true })
  toDay: string | null;

  /** When the next review is planned. */
  @Column('date', { nullable: true })
  reviewOn: string | null;

  /** The planned day of which its referent was told. */
  @Column('date', { nullable: true })
  reviewToldOn: string | null;

  @Column('date', { nullable: true })
  endedOn: string | null;

  @Column('text', { nullable: true })
  endReason: rules.EngagementEndReason | null;
}

/** A review that was held: what was decided with the person; only ever added to. */
@Entity('engagement_review')
export class EngagementReviewRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  engagementId: string;

  @Column('text')
  personId: string;

  @Column('date')
  heldOn: string;

  @Column('text')
  decision: rules.ReviewDecision;

  @Column('text', { array: true })
  goalsReached: NeedTheme[];

  @Column('text')
  organisationId: string;

  @Column('text', { nullable: true })
  memberId: string | null;

  @Column('timestamptz')
  recordedAt: string;
}
