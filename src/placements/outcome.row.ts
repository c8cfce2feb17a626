import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { ContractKind } from './contract.rules.ts';
import type { Certification, CorrectionReason, EndReason, OutcomeKind } from './outcome.rules.ts';

/** The end of a placement as it was known during a time: a correction closes the line and writes another. */
@Entity('outcome')
export class OutcomeRow {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('text')
  placementId: string;

  @Column('text')
  kind: OutcomeKind;

  @Column('text', { nullable: true })
  contractKind: ContractKind | null;

  @Column({ type: 'numeric', precision: 5, scale: 2, nullable: true })
  weeklyHours: number | null;

  @Column('date', { nullable: true })
  fromDay: string | null;

  @Column('date', { nullable: true })
  toDay: string | null;

  @Column('text', { nullable: true })
  certification: Certification | null;

  @Column('date')
  endedOn: string;

  @Column('text')
  endReason: EndReason;

  @Column('timestamptz')
  knownFrom: string;

  /** Null for the line that holds now. */
  @Column('timestamptz', { nullable: true })
  knownUntil: string | null;

  /** Why this line replaced the one before it. */
  @Column('text', { nullable: true })
  correctedBecause: CorrectionReason | null;
}

/** A start that had been recorded on another day; never changed, never deleted. */
@Entity('start_correction')
export class StartCorrectionRow {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('text')
  placementId: string;

  /** The day that was believed until then. */
  @Column('date')
  startedOn: string;

  @Column('timestamptz')
  knownUntil: string;

  @Column('text')
  correctedBecause: CorrectionReason;
}
