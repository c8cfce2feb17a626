import { Column, Entity } from '../db/columns.ts';
import { SubjectRow } from '../db/rows.ts';
import type { Category } from './access.rules.ts';
import type { TargetPublic } from '../programme/public.rules.ts';

/** That a person is of a public the law names, as somebody who follows them stated it. */
@Entity('person_situation')
export class SituationRow extends SubjectRow {
  @Column('text')
  personId: string;

  @Column('text')
  public: TargetPublic;

  /** What must be open to see the row; PostgreSQL has it from the code. */
  @Column({ type: 'text', insert: false, update: false })
  category: Category;

  /** Whether JUSTICE must be open beside the category; from the code too. */
  @Column({ type: 'boolean', insert: false, update: false })
  sensitive: boolean;

  @Column('date')
  statedOn: string;

  @Column('date', { nullable: true })
  until: string | null;

  @Column('text')
  statedBy: string;
}
