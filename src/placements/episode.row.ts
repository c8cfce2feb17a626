import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EpisodeKind } from './placement.rules.ts';

/** Something that happens during a placement, and suspends it or not. */
@Entity('episode')
export class EpisodeRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  placementId: string;

  @Column('text')
  kind: EpisodeKind;

  @Column('date')
  fromDay: string;

  @Column('date', { nullable: true })
  expectedTo: string | null;

  /** The day the work was taken up again, or the placement's last. */
  @Column('date', { nullable: true })
  toDay: string | null;

  @Column('boolean')
  suspends: boolean;

  @Column('timestamptz')
  createdAt: string;
}
