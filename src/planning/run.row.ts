import { Column, Entity } from '../db/columns.ts';
import { SubjectRow } from '../db/rows.ts';
import type { GroupShare } from './fairness.rules.ts';
import type { PlanStatus, RunFailure, RunKind, RunStage, RunState, Terms } from './run.rules.ts';
import type { FloorPrice } from './fairness.rules.ts';

@Entity('assignment_run')
export class AssignmentRunRow extends SubjectRow {
  @Column('text')
  organisationId: string;

  @Column('text', { nullable: true })
  memberId: string | null;

  @Column('text', { nullable: true })
  clientId: string | null;

  /** How much of people its author saw (`ALL|`, `PORTFOLIO|mem_…`, `TERRITORY|…`): who sees less sees no run. */
  @Column('text')
  eyes: string;

  @Column('text')
  kind: RunKind;

  /** The run it is the same again of, or repairs. */
  @Column('text', { nullable: true })
  previousId: string | null;

  @Column('text')
  state: RunState;

  /** While it runs. */
  @Column('text', { nullable: true })
  stage: RunStage | null;

  @Column('text', { nullable: true })
  failure: RunFailure | null;

  @Column('text', { nullable: true })
  status: PlanStatus | null;

  /** How many were chosen. */
  @Column('integer')
  people: number;

  @Column('text', { array: true })
  vacancies: string[];

  @Column('jsonb')
  terms: Terms;

  @Column('integer')
  atMostSeconds: number;

  /** Whose weights it was weighed by; null before the first edition, and until it begins. */
  @Column('text', { nullable: true })
  programmeId: string | null;

  @Column('text', { nullable: true })
  inputsHash: string | null;

  @Column('integer', { nullable: true })
  pairs: number | null;

  @Column('integer', { nullable: true })
  placed: number | null;

  @Column('integer', { nullable: true })
  total: number | null;

  @Column('integer', { nullable: true })
  bound: number | null;

  @Column('text', { array: true, default: [] })
  unmet: string[];

  @Column('jsonb', { default: [] })
  shares: GroupShare[];

  @Column('jsonb', { default: [] })
  prices: FloorPrice[];

  /** How often it was begun. */
  @Column('integer', { default: 0 })
  attempts: number;

  /** Whoever solves it says again and again that it is still at it; later it is anybody’s. */
  @Column('timestamptz', { nullable: true })
  leaseUntil: string | null;

  @Column('timestamptz', { nullable: true })
  startedAt: string | null;

  @Column('timestamptz', { nullable: true })
  finishedAt: string | null;
}
