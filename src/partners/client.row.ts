import { Column, Entity } from '../db/columns.ts';
import { SubjectRow } from '../db/rows.ts';
import type { Scope } from '../kernel/viewer.ts';

/** A tool of an organisation. Its keys are kept as hashes, which no ordinary read fetches. */
@Entity('api_client')
export class ApiClientRow extends SubjectRow {
  @Column('text')
  organisationId: string;

  /** In whose name it acts, and whose rights bound its own. */
  @Column('text', { nullable: true })
  actingMemberId: string | null;

  @Column('text')
  name: string;

  @Column('text')
  keyPrefix: string;

  @Column('text', { select: false })
  keyHash: string;

  @Column('text', { nullable: true, select: false })
  previousKeyHash: string | null;

  @Column('timestamptz', { nullable: true })
  previousKeyUntil: string | null;

  @Column('text', { array: true })
  scopes: Scope[];

  @Column('timestamptz', { nullable: true })
  lastUsedAt: string | null;

  @Column('timestamptz', { nullable: true })
  revokedAt: string | null;
}
