import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { FrenchLevel, Licence, Stated, TimeBand, TravelMode, WorkConstraint } from './profile.rules.ts';

/** What a person can and wants to do, as they said it; whatever is not stated is a question to ask. */
@Entity('person_profile')
export class ProfileRow {
  @PrimaryColumn('text')
  personId: string;

  @Column('text', { array: true })
  wishedRome: string[];

  @Column('text', { array: true })
  refusedRome: string[];

  @Column('text', { array: true })
  skills: string[];

  /** Null while unknown; empty when the person has none. */
  @Column('text', { array: true, nullable: true })
  licences: Licence[] | null;

  @Column('text', { nullable: true })
  frenchLevel: FrenchLevel | null;

  @Column('text', { nullable: true })
  travelMode: TravelMode | null;

  @Column('integer', { nullable: true })
  travelMinutes: number | null;

  @Column('integer', { nullable: true })
  travelKm: number | null;

  @Column('numeric', { nullable: true })
  weeklyHoursLeast: number | null;

  @Column('numeric', { nullable: true })
  weeklyHoursMost: number | null;

  @Column('text', { array: true })
  timeBands: TimeBand[];

  @Column('date', { nullable: true })
  availableFrom: string | null;

  @Column('jsonb')
  away: { from: string; to: string }[];

  @Column('text', { array: true })
  workConstraints: WorkConstraint[];

  @Column('jsonb')
  stated: Stated;
}
