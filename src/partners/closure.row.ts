import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { ClosureReason } from './closure.rules.ts';

/** Days on which an organisation, or one of its sites, is closed. */
@Entity('closure')
export class ClosureRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  organisationId: string;

  @Column('text', { nullable: true })
  siteId: string | null;

  @Column('date')
  fromDay: string;

  @Column('date')
  toDay: string;

  @Column('text')
  reason: ClosureReason;

  @Column('timestamptz')
  declaredAt: string;

  @Column('timestamptz', { nullable: true })
  cancelledAt: string | null;
}
