import { Column, Entity } from '../db/columns.ts';
import { SubjectRow } from '../db/rows.ts';
import type { OrganisationKind } from '../partners/organisation.rules.ts';
import type { Category } from '../people/access.rules.ts';
import type { LegalBasis } from '../people/person.rules.ts';
import type { GrantEndReason, SharingPurpose } from './grant.rules.ts';

/** What is shown of a person to others than those who follow them, why, on what ground and until when. */
@Entity('sharing_grant')
export class GrantRow extends SubjectRow {
  @Column('text')
  personId: string;

  /** Whom it names: one, or those of a kind there were on the day it was given, less those taken out since. */
  @Column('text', { array: true })
  organisationIds: string[];

  @Column('text', { nullable: true })
  organisationKind: OrganisationKind | null;

  @Column('text', { array: true })
  categories: Category[];

  @Column('text')
  purpose: SharingPurpose;

  @Column('text')
  legalBasis: LegalBasis;

  @Column('text')
  grantedBy: string;

  @Column('text', { nullable: true })
  grantedByMember: string | null;

  @Column('date')
  fromDay: string;

  /** Last day. */
  @Column('date')
  untilDay: string;

  /** The instants that the two days mean in Paris. */
  @Column('timestamptz')
  opensAt: string;

  @Column('timestamptz')
  closesAt: string;

  @Column('timestamptz', { nullable: true })
  endedAt: string | null;

  @Column('text', { nullable: true })
  endReason: GrantEndReason | null;

  @Column('text', { nullable: true })
  externalReference: string | null;
}
