import { Column, PrimaryColumn } from './columns.ts';

/** What every subject of the hub carries: its TypeID, the version that grows with each change, and when. */
export abstract class SubjectRow {
  @PrimaryColumn('text')
  id: string;

  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz')
  createdAt: string;

  @Column('timestamptz')
  updatedAt: string;
}

/** A subject that may have come from a data producer, by an import. */
export abstract class ImportableRow extends SubjectRow {
  @Column('text', { nullable: true })
  source: string | null;

  @Column('text', { nullable: true })
  sourceId: string | null;

  @Column('text', { nullable: true })
  importBatchId: string | null;
}
