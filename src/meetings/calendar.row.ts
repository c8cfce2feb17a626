import { Column, Entity } from '../db/columns.ts';
import { SubjectRow } from '../db/rows.ts';
import type { CalendarLanguage } from './calendar.rules.ts';

/** The address at which a member's calendar is read; of its secret a hash is kept, which no ordinary read fetches. */
@Entity('calendar_feed')
export class CalendarFeedRow extends SubjectRow {
  @Column('text')
  organisationId: string;

  @Column('text')
  memberId: string;

  @Column('text', { select: false })
  secretHash: string;

  @Column('text')
  language: CalendarLanguage;

  @Column('timestamptz', { nullable: true })
  revokedAt: string | null;
}
