import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import { SubjectRow } from '../db/rows.ts';
import type { Orientation, PathwayEndReason, PathwayStepKind, ReorientationReason } from './pathway.rules.ts';

/** A person's way through the programme, from the orientation to its end; one at a time. */
@Entity('pathway')
export class PathwayRow extends SubjectRow {
  @Column('text')
  personId: string;

  @Column('date')
  beganOn: string;

  /** Its last day. */
  @Column('date', { nullable: true })
  endedOn: string | null;

  @Column('text', { nullable: true })
  endReason: PathwayEndReason | null;

  @Column('text')
  orientation: Orientation;

  /** The organisation that decided the present orientation. */
  @Column('text')
  decidedBy: string;

  /** Who followed the person when it ended, or follows now: the referent of `people`, kept equal to it while it is open. */
  @Column('text')
  referentOrganisationId: string;

  @Column('text', { nullable: true })
  referentMemberId: string | null;

  /** The day by which its engagement contract is to be signed. */
  @Column('date')
  engagementDueOn: string;

  /** The one it goes on from, which had ended shortly before. */
  @Column('text', { nullable: true })
  continuesId: string | null;
}

/** What was decided of a pathway, and when it was known: only ever added to. */
@Entity('pathway_step')
export class PathwayStepRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  pathwayId: string;

  @Column('text')
  personId: string;

  @Column('text')
  kind: PathwayStepKind;

  /** The day it took effect. */
  @Column('date')
  onDay: string;

  @Column('text')
  orientation: Orientation;

  @Column('text')
  referentOrganisationId: string;

  @Column('text', { nullable: true })
  reason: ReorientationReason | PathwayEndReason | null;

  /** Null where the hub carried out what followed from another move. */
  @Column('text', { nullable: true })
  organisationId: string | null;

  @Column('timestamptz')
  at: string;
}
