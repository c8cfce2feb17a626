import { Column, Entity, PrimaryColumn } from '../db/columns.ts';

/** Sessions of one workshop opened together: what joins them. What each is, and its count, stands on its vacancy. */
@Entity('vacancy_series')
export class VacancySeriesRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  offerId: string;

  @Column('text')
  organisationId: string;

  @Column('text', { nullable: true })
  title: string | null;

  @Column('timestamptz')
  createdAt: string;
}
