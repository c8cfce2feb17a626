import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import { SubjectRow } from '../db/rows.ts';
import type { EndpointReason, EndpointState } from './endpoint.rules.ts';

/** Where a tool is told of what happens. */
@Entity('webhook_endpoint')
export class EndpointRow extends SubjectRow {
  @Column('text')
  organisationId: string;

  @Column('text')
  clientId: string;

  @Column('text')
  url: string;

  /** Null: of all it may see. */
  @Column('text', { array: true, nullable: true })
  types: string[] | null;

  @Column('text', { nullable: true })
  document: string | null;

  @Column('text', { nullable: true })
  purpose: string | null;

  @Column('text')
  state: EndpointState;

  @Column('text', { nullable: true })
  reason: EndpointReason | null;

  /** What happened before is not told by itself. */
  @Column('timestamptz')
  activeSince: string;

  @Column('timestamptz', { nullable: true })
  failingSince: string | null;

  /** Until when it asked to be left alone. */
  @Column('timestamptz', { nullable: true })
  notBefore: string | null;

  @Column('timestamptz', { nullable: true })
  lastDeliveredAt: string | null;

  @Column('timestamptz', { nullable: true })
  previousSecretUntil: string | null;
}

/** What its messages are signed with, and were until the last rotation. */
@Entity('webhook_secret')
export class SecretRow {
  @PrimaryColumn('text')
  endpointId: string;

  @Column('text')
  secret: string;

  @Column('text', { nullable: true })
  previous: string | null;
}
