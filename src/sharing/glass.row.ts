import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { Category } from '../people/access.rules.ts';
import type { GlassReason, SoughtBy } from './glass.rules.ts';

/** One attempt to open a person for an emergency; one that found nobody has no person, and opened nothing. */
@Entity('broken_glass')
export class GlassRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { nullable: true })
  personId: string | null;

  @Column('text')
  organisationId: string;

  @Column('text')
  memberId: string;

  /** The member's name as it was then: members of others are not to be read, who broke a glass is. */
  @Column('text')
  brokenBy: string;

  @Column('text')
  reason: GlassReason;

  @Column('text')
  soughtBy: SoughtBy;

  @Column('text', { array: true })
  categories: Category[];

  @Column('timestamptz')
  brokenAt: string;

  @Column('timestamptz', { nullable: true })
  closesAt: string | null;
}

/**
 * What was seen or heard, in the member's own sentence: it may tell what the law closes to some who follow the person, so it
 * stands behind a policy of its own. Gone once the record was erased; where nobody was found, a year after.
 */
@Entity('broken_glass_detail')
export class GlassDetailRow {
  @PrimaryColumn('text')
  glassId: string;

  @Column('text', { nullable: true })
  personId: string | null;

  @Column('text')
  organisationId: string;

  @Column('text')
  detail: string;

  @Column('timestamptz')
  at: string;
}
