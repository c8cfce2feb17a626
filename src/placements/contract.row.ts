import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { ContractKind } from './contract.rules.ts';
import type { CorrectionReason } from './outcome.rules.ts';

/** A contract of a placement; a renewal is one more line. */
@Entity('contract')
export class ContractRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  placementId: string;

  @Column('text')
  kind: ContractKind;

  @Column('date')
  fromDay: string;

  /** Last day; null for an open-ended contract. */
  @Column('date', { nullable: true })
  toDay: string | null;

  @Column({ type: 'numeric', precision: 5, scale: 2, nullable: true })
  weeklyHours: number | null;

  @Column('text', { nullable: true })
  renewsId: string | null;

  @Column('timestamptz')
  createdAt: string;
}

/** What a contract was believed to say, until it was corrected; never changed, never deleted. */
@Entity('contract_correction')
export class ContractCorrectionRow {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('text')
  placementId: string;

  @Column('text')
  contractId: string;

  @Column('text')
  kind: ContractKind;

  @Column('date')
  fromDay: string;

  @Column('date', { nullable: true })
  toDay: string | null;

  @Column({ type: 'numeric', precision: 5, scale: 2, nullable: true })
  weeklyHours: number | null;

  @Column('timestamptz')
  knownUntil: string;

  @Column('text')
  correctedBecause: CorrectionReason;
}
