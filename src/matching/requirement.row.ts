import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { FrenchLevel, Licence, TimeBand } from '../people/profile.rules.ts';

/** What an offer or a vacancy asks of who comes: a version a row, of which only the last is in force. */
@Entity('requirement')
export class RequirementRow {
  /** The offer, or the vacancy. */
  @PrimaryColumn('text')
  subjectId: string;

  /** First, second…: each says all anew. */
  @PrimaryColumn('integer')
  number: number;

  @Column('text')
  offerId: string;

  /** Null: nothing said; a vacancy then asks what its offer asks. */
  @Column('text', { array: true, nullable: true })
  licences: Licence[] | null;

  @Column('text', { nullable: true })
  frenchLevel: FrenchLevel | null;

  @Column('text', { array: true, nullable: true })
  timeBands: TimeBand[] | null;

  @Column('timestamptz')
  setAt: string;

  @Column('timestamptz', { nullable: true })
  replacedAt: string | null;
}
