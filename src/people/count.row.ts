import { Column, Entity, PrimaryColumn } from '../db/columns.ts';

/** As whom a record is counted, one person having several; without a row, as itself. For the hub alone. */
@Entity('person_count')
export class PersonCountRow {
  @PrimaryColumn('text')
  personId: string;

  /** The record its confirmed links lead to: one person, one line, one referral to one vacancy. */
  @Column('text')
  sameAs: string;

  /** The record figures count it with: proposed links too, so that nobody is counted twice while they wait. */
  @Column('text')
  countedAs: string;

  /** The record it was found to resemble, until the link is proposed. */
  @Column('text', { nullable: true })
  foundId: string | null;

  @Column('text', { nullable: true })
  foundBy: string | null;

  @Column('timestamptz', { nullable: true })
  comparedAt: string | null;

  /** Compared, and the sweep has yet to see what was found. */
  @Column('boolean')
  due: boolean;
}
