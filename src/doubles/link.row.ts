import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import { SubjectRow } from '../db/rows.ts';
import type { LinkGround, LinkReason, LinkState } from './link.rules.ts';

/** Two records that are, or may be, of one person: the one typed last, and the one that was there. */
@Entity('person_link')
export class PersonLinkRow extends SubjectRow {
  @Column('text')
  personId: string;

  @Column('text')
  intoId: string;

  /** Who says yes or no: the referent's organisation of the record that was there, else the council. */
  @Column('text', { nullable: true })
  deciderId: string | null;

  @Column('text')
  state: LinkState;

  @Column('text')
  ground: LinkGround;

  @Column('timestamptz', { nullable: true })
  decidedAt: string | null;
}

/** One line of what was done with a link; never changed, never deleted. */
@Entity('person_link_step')
export class PersonLinkStepRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  linkId: string;

  @Column('text')
  move: string;

  @Column('text', { nullable: true })
  fromState: LinkState | null;

  @Column('text')
  toState: LinkState;

  @Column('text', { nullable: true })
  reason: LinkReason | null;

  @Column('text')
  actorKind: string;

  @Column('text', { nullable: true })
  organisationId: string | null;

  @Column('text', { nullable: true })
  memberId: string | null;

  @Column('timestamptz')
  at: string;
}
