import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { EpisodeKind } from './episode.rules.ts';

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

/** Of what kind a leave is, apart from the episode that everybody reads. */
@Entity('episode_leave')
export class EpisodeLeaveRow {
  @PrimaryColumn('text')
  episodeId: string;

  @Column('text')
  placementId: string;

  @Column('text')
  kind: EpisodeKind;
}
