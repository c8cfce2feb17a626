import { Column, Entity, PrimaryColumn } from '../db/columns.ts';

/** Lines sealed together: their hashes, the root over them, and the segment before; signed. */
@Entity('access_segment')
export class SegmentRow {
  @PrimaryColumn('bigint')
  number: number;

  /** Position of the last line of the segment before. */
  @Column('bigint')
  afterPos: number;

  @Column('bigint')
  toPos: number;

  /** Position and hash of each line: they tell which line was touched. The root is what binds them. */
  @Column('bigint', { array: true })
  positions: number[];

  @Column('bytea', { array: true })
  leaves: Buffer[];

  @Column('bytea')
  root: Buffer;

  /** Hash of the segment before; of nothing, for the first. */
  @Column('bytea')
  previous: Buffer;

  @Column('timestamptz', { nullable: true })
  newestAt: string | null;

  @Column('timestamptz')
  sealedAt: string;

  @Column('text')
  keyId: string;

  @Column('bytea')
  signature: Buffer;
}

/** The lines of a segment are past their retention and gone; signed, so that a cut cannot pass for it. */
@Entity('access_drop')
export class SegmentDropRow {
  @PrimaryColumn('bigint')
  segment: number;

  @Column('timestamptz')
  droppedAt: string;

  @Column('text')
  keyId: string;

  @Column('bytea')
  signature: Buffer;
}
