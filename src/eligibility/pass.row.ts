import { Column, Entity } from '../db/columns.ts';
import { SubjectRow } from '../db/rows.ts';
import type { WithdrawalReason } from './pass.rules.ts';

/** A PASS IAE, issued by the national platform and only noted here, with who checked it and when. */
@Entity('iae_pass')
export class PassRow extends SubjectRow {
  @Column('text')
  personId: string;

  @Column('text')
  number: string;

  @Column('date')
  fromDay: string;

  /** As it was issued. */
  @Column('date')
  toDay: string;

  /** Its last day, prolongations and suspensions counted. */
  @Column('date')
  endsOn: string;

  @Column('date', { nullable: true })
  suspendedFrom: string | null;

  @Column('date', { nullable: true })
  suspendedUntil: string | null;

  @Column('date', { nullable: true })
  prolongedTo: string | null;

  @Column('text')
  checkedBy: string;

  @Column('date')
  checkedOn: string;

  @Column('timestamptz', { nullable: true })
  withdrawnAt: string | null;

  @Column('text', { nullable: true })
  withdrawnBy: string | null;

  @Column('text', { nullable: true })
  withdrawReason: WithdrawalReason | null;
}
