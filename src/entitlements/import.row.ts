import { Column, Entity, PrimaryColumn } from '../db/columns.ts';

/** Why rows of a file were refused, and how many. */
export interface RuleCount {
  rule: string;
  count: number;
}

/** What a fund is told of one of its files, and the council: counts, rules, never a person. Its id is the batch's. */
@Entity('entitlement_import')
export class EntitlementImportRow {
  @PrimaryColumn('text')
  id: string;

  /** The fund; null where nobody said which partner it is. */
  @Column('text', { nullable: true })
  organisationId: string | null;

  @Column('text')
  importedBy: string;

  @Column('text', { nullable: true })
  memberId: string | null;

  @Column('text', { nullable: true })
  organism: string | null;

  @Column('date', { nullable: true })
  referenceOn: string | null;

  @Column('boolean')
  monthly: boolean;

  @Column('text')
  state: string;

  @Column('integer', { default: 0 })
  households: number;

  @Column('integer', { default: 0 })
  created: number;

  @Column('integer', { default: 0 })
  changed: number;

  @Column('integer', { default: 0 })
  unchanged: number;

  @Column('integer', { default: 0 })
  refused: number;

  @Column('integer', { default: 0 })
  absent: number;

  @Column('jsonb', { default: [] })
  refusals: RuleCount[];

  @Column('text', { nullable: true })
  faultRule: string | null;

  @Column('integer', { nullable: true })
  faultLine: number | null;

  @Column('text')
  sha256: string;

  @Column('timestamptz')
  startedAt: string;

  @Column('timestamptz', { nullable: true })
  finishedAt: string | null;

  @Column('timestamptz', { nullable: true })
  fileDeletedAt: string | null;
}

/** Whom an adult of a fund's household is here: read by the hub alone. */
@Entity('entitlement_key')
export class EntitlementKeyRow {
  /** Fingerprint of fund, household, birth name, first names and birth date. */
  @PrimaryColumn('text')
  key: string;

  @Column('text')
  organism: string;

  @Column('text')
  entitlementId: string;

  @Column('text')
  personId: string;

  /** The day the last file that named them speaks of. */
  @Column('date')
  seenOn: string;
}

/** What a file did to a right, so that it can be undone: read by the hub alone. */
@Entity('entitlement_change')
export class EntitlementChangeRow {
  @PrimaryColumn('text')
  batchId: string;

  @PrimaryColumn('text')
  entitlementId: string;

  @Column('text')
  personId: string;

  @Column('boolean')
  made: boolean;

  /** The person was registered by it. */
  @Column('boolean')
  registered: boolean;

  @Column('date', { nullable: true })
  leftOn: string | null;

  @Column('jsonb', { nullable: true })
  before: object | null;

  @Column('timestamptz')
  at: string;

  @Column('timestamptz', { nullable: true })
  undoneAt: string | null;
}
