import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { DeliveryFault, DeliveryState } from './delivery.rules.ts';

/** One event for one endpoint; about whom stands in no column of it. */
@Entity('webhook_delivery')
export class DeliveryRow {
  @PrimaryColumn('text')
  id: string;

  /** The order in which they were planned: that of the journal. */
  @Column({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  nth: string;

  @Column('text')
  endpointId: string;

  @Column('text')
  organisationId: string;

  @Column('text')
  eventId: string;

  @Column('text')
  type: string;

  @Column('text')
  subjectType: string;

  @Column('text')
  subjectId: string;

  @Column('integer')
  subjectVersion: number;

  @Column('timestamptz')
  occurredAt: string;

  @Column('text')
  state: DeliveryState;

  /** All attempts ever made. */
  @Column('integer', { default: 0 })
  attempts: number;

  /** Those since it was last asked for: the schedule counts these. */
  @Column('integer', { default: 0 })
  tries: number;

  /** When it is to be sent, or tried again; null while an earlier one of its subject waits. */
  @Column('timestamptz', { nullable: true })
  dueAt: string | null;

  @Column('timestamptz')
  createdAt: string;

  @Column('timestamptz', { nullable: true })
  closedAt: string | null;
}

/** How one attempt went. */
@Entity('webhook_attempt')
export class AttemptRow {
  @PrimaryColumn('text')
  deliveryId: string;

  @PrimaryColumn('integer')
  nth: number;

  @Column('text')
  organisationId: string;

  @Column('timestamptz')
  at: string;

  @Column('integer', { nullable: true })
  status: number | null;

  @Column('text', { nullable: true })
  fault: DeliveryFault | null;

  @Column('integer')
  durationMs: number;

  @Column('text', { nullable: true })
  bodyHash: string | null;
}
