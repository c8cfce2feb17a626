import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import { SubjectRow } from '../db/rows.ts';
import type { SiaeKind } from '../offers/offer.rules.ts';
import type { Category } from '../people/access.rules.ts';
import type { DiagnosisKind, IaeCriterion } from './diagnosis.rules.ts';
import type { WithdrawalReason } from './pass.rules.ts';

/** That an organisation found the person eligible; by which criteria stands elsewhere, each behind its category. */
@Entity('iae_diagnosis')
export class DiagnosisRow extends SubjectRow {
  @Column('text')
  personId: string;

  @Column('text')
  organisationId: string;

  @Column('text')
  kind: DiagnosisKind;

  /** As which kind of structure an employer diagnosed. */
  @Column('text', { nullable: true })
  siaeKind: SiaeKind | null;

  @Column('date')
  onDay: string;

  @Column('date')
  validUntil: string;

  @Column('timestamptz', { nullable: true })
  withdrawnAt: string | null;

  @Column('text', { nullable: true })
  withdrawnBy: string | null;

  @Column('text', { nullable: true })
  withdrawReason: WithdrawalReason | null;
}

@Entity('iae_criterion')
export class CriterionRow {
  @PrimaryColumn('text')
  diagnosisId: string;

  @Column('text')
  personId: string;

  @PrimaryColumn('text')
  criterion: IaeCriterion;

  /** What must be open to see the row; PostgreSQL has it from the code. */
  @Column({ type: 'text', insert: false, update: false })
  category: Category;

  /** Whether JUSTICE must be open beside the category; from the code too. */
  @Column({ type: 'boolean', insert: false, update: false })
  sensitive: boolean;
}
