import { Column, Entity, PrimaryColumn } from '../db/columns.ts';

/** Numbers by which others know the person: what two partners may both hold. Never the NIR. */
@Entity('person_number')
export class PersonNumberRow {
  @PrimaryColumn('text')
  personId: string;

  @Column('text', { nullable: true })
  franceTravail: string | null;

  @Column('text', { nullable: true })
  passIae: string | null;
}
