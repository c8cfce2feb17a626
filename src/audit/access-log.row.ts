import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { AccessReason, Category } from '../people/access.rules.ts';
import type { Purpose } from './purpose.rules.ts';

/** One request opened these categories of one person to one organisation: who, when, why; never what was read. */
@Entity('access_log')
export class AccessLogRow {
  @PrimaryColumn('text')
  id: string;

  /** The order in which lines are sealed. */
  @Column('bigint')
  pos: number;

  @Column('timestamptz')
  at: string;

  @Column('text')
  personId: string;

  @Column('text')
  organisationId: string;

  /** The member who read, or whom the tool acts for. */
  @Column('text', { nullable: true })
  memberId: string | null;

  /** The tool it was read through. */
  @Column('text', { nullable: true })
  clientId: string | null;

  @Column('text', { array: true })
  categories: Category[];

  /** By which rights it was open; none when the right had ended before the line was written. */
  @Column('text', { array: true })
  reasons: AccessReason[];

  /** Read by a member who sees everybody, and not of their own portfolio. */
  @Column('boolean')
  outside: boolean;

  /** Root fields of the request. */
  @Column('text')
  operation: string;

  @Column('text', { nullable: true })
  purpose: Purpose | null;

  @Column('text')
  requestId: string;
}
