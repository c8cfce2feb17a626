import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { Category } from './access.rules.ts';
import type { RectificationReason } from './rectification.rules.ts';

/** What was known of a person before a change, by whom it was changed and when; never changed, emptied by erasure. */
@Entity('rectification')
export class RectificationRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  personId: string;

  @Column('text')
  category: Category;

  /** The former values, by the names of their columns in the row class; null where nothing was known. */
  @Column('jsonb')
  former: Record<string, unknown>;

  @Column('text', { nullable: true })
  because: RectificationReason | null;

  /** Null when the hub changed it. */
  @Column('text', { nullable: true })
  organisationId: string | null;

  @Column('text', { nullable: true })
  memberId: string | null;

  @Column('timestamptz')
  at: string;
}
