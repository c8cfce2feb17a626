import { Column, Entity } from '../db/columns.ts';
import { SubjectRow } from '../db/rows.ts';
import type { Session } from './session.rules.ts';
import type { ContractKind, VacancyCloseReason, VacancyState } from './vacancy.rules.ts';

@Entity('vacancy')
export class VacancyRow extends SubjectRow {
  @Column('text')
  offerId: string;

  @Column('text')
  organisationId: string;

  @Column('text', { nullable: true })
  siteId: string | null;

  /** Whose site it is, when not the provider's own. */
  @Column('text', { nullable: true })
  hostId: string | null;

  /** The sessions it was opened together with. */
  @Column('text', { nullable: true })
  seriesId: string | null;

  @Column('text', { nullable: true })
  title: string | null;

  @Column('text')
  state: VacancyState;

  /** Null: not counted. */
  @Column('integer', { nullable: true })
  places: number | null;

  @Column('integer', { default: 0 })
  held: number;

  @Column('integer', { default: 0 })
  taken: number;

  /** places − held − taken, kept by PostgreSQL. */
  @Column({ type: 'integer', nullable: true, insert: false, update: false })
  free: number | null;

  @Column('date', { nullable: true })
  startsOn: string | null;

  @Column('date', { nullable: true })
  endsOn: string | null;

  /** Of a cycle that one group follows, in order; empty: it has none of its own. */
  @Column('jsonb', { default: [] })
  sessions: Session[];

  @Column('date', { nullable: true })
  refillUntil: string | null;

  @Column({ type: 'numeric', precision: 5, scale: 2, nullable: true })
  weeklyHours: number | null;

  @Column('text', { nullable: true })
  contractKind: ContractKind | null;

  @Column('text', { nullable: true })
  romeCode: string | null;

  @Column('text', { nullable: true })
  communeCode: string | null;

  @Column('double precision', { nullable: true })
  latitude: number | null;

  @Column('double precision', { nullable: true })
  longitude: number | null;

  @Column('boolean', { default: true })
  approximate: boolean;

  /** Null for what was never opened: a draft, even one that was closed, is nobody else's. */
  @Column('timestamptz', { nullable: true })
  openedAt: string | null;

  @Column('text', { nullable: true })
  closeReason: VacancyCloseReason | null;

  @Column('timestamptz', { nullable: true })
  closedAt: string | null;

  @Column('text', { nullable: true })
  externalReference: string | null;
}
