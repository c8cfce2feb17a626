import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { AccessReason, Category } from './access.rules.ts';

/** One right: this organisation may see this category of this person, for this reason, during this time. */
@Entity('person_access')
export class PersonAccessRow {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('text')
  personId: string;

  @Column('text')
  organisationId: string;

  @Column('text')
  category: Category;

  @Column('text')
  reason: AccessReason;

  /** What gave it: the referent's, referral's or placement's id; the person's own for REGISTRAR and PROGRAMME. */
  @Column('text')
  sourceId: string;

  /** Member in charge: whose portfolio the person is in. */
  @Column('text', { nullable: true })
  memberId: string | null;

  /** EPCI of the person, for members who see a territory. */
  @Column('text', { nullable: true })
  territory: string | null;

  @Column('text', { nullable: true })
  legalBasis: string | null;

  @Column('timestamptz')
  validFrom: string;

  @Column('timestamptz', { nullable: true })
  validUntil: string | null;

  /** Whether those who lost it were told (`person.access_ended`); what ends by its date is told by the sweep. */
  @Column('boolean')
  endedTold: boolean;
}
