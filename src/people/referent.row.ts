import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { LegalBasis } from './person.rules.ts';

/** Who follows a person, from a day to a day; one at a time (référent unique). */
@Entity('referent')
export class ReferentRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  personId: string;

  @Column('text')
  organisationId: string;

  @Column('text', { nullable: true })
  memberId: string | null;

  @Column('text')
  legalBasis: LegalBasis;

  @Column('date')
  since: string;

  @Column('date', { nullable: true })
  until: string | null;
}
