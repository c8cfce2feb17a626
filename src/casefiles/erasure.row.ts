import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { ErasureReason } from './erasure.rules.ts';

/** The tombstone of a person's record: that the record was made anonymous, when, and who was told. No name, no reference. */
@Entity('erasure')
export class ErasureRow {
  @PrimaryColumn('text')
  personId: string;

  @Column('text')
  reason: ErasureReason;

  /** Who asked; null when the hub erased by itself. */
  @Column('text', { nullable: true })
  organisationId: string | null;

  /** Every organisation that had ever received data of the person. */
  @Column('text', { array: true })
  told: string[];

  @Column('timestamptz')
  at: string;
}
