import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { Axis, Target, Weight } from './programme.rules.ts';
import type { TargetPublic } from './public.rules.ts';

/** An edition of the programme: what it says never changes, the next one says all of it anew. */
@Entity('programme')
export class ProgrammeRow {
  @PrimaryColumn('text')
  id: string;

  /** First, second…: in the order of adoption. */
  @Column('integer')
  number: number;

  @Column('text')
  title: string;

  @Column('integer')
  fromYear: number;

  @Column('integer')
  untilYear: number;

  @Column('date')
  inForceFrom: string;

  @Column('jsonb')
  axes: Axis[];

  @Column('jsonb')
  targets: Target[];

  @Column('jsonb')
  weights: Weight[];

  @Column('text', { array: true })
  priorityPublics: TargetPublic[];

  @Column('text')
  organisationId: string;

  @Column('timestamptz')
  adoptedAt: string;

  @Column('timestamptz', { nullable: true })
  withdrawnAt: string | null;
}
