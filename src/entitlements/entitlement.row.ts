import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import { SubjectRow } from '../db/rows.ts';
import type {
  EntitlementReason,
  EntitlementRole,
  EntitlementState,
  MinimumIncome,
} from './entitlement.rules.ts';

/** A person's right to a minimum income with one fund, as far as that fund told of it. */
@Entity('entitlement')
export class EntitlementRow extends SubjectRow {
  @Column('text')
  personId: string;

  @Column('text')
  benefit: MinimumIncome;

  @Column('text')
  role: EntitlementRole;

  /** Which fund: `CAF 441`, `MSA 441`. */
  @Column('text')
  organism: string;

  @Column('date', { nullable: true })
  appliedOn: string | null;

  @Column('text', { nullable: true })
  applicationNumber: string | null;

  /** Subject to the rights and duties of the benefit (CASF L262-28). */
  @Column('boolean', { nullable: true })
  rightsAndDuties: boolean | null;
}

/** What was true of a right from a day until another, which is not in it, and since when, until when it was believed. */
@Entity('entitlement_period')
export class EntitlementPeriodRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  entitlementId: string;

  @Column('text')
  personId: string;

  @Column('text')
  state: EntitlementState;

  @Column('date')
  fromDay: string;

  @Column('date', { nullable: true })
  untilDay: string | null;

  @Column('text', { nullable: true })
  reason: EntitlementReason | null;

  @Column('text', { nullable: true })
  importBatchId: string | null;

  /** The file that told otherwise. */
  @Column('text', { nullable: true })
  endedByBatchId: string | null;

  @Column('timestamptz')
  knownFrom: string;

  /** Null while it stands. */
  @Column('timestamptz', { nullable: true })
  knownUntil: string | null;
}
