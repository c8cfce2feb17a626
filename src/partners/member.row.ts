import { Column, Entity } from '../db/columns.ts';
import { SubjectRow } from '../db/rows.ts';
import type { PeopleScope, Role } from '../kernel/viewer.ts';
import type { MemberLanguage, MemberState } from './member.rules.ts';

@Entity('member')
export class MemberRow extends SubjectRow {
  @Column('text')
  organisationId: string;

  @Column('text')
  email: string;

  @Column('text')
  displayName: string;

  @Column('text', { nullable: true })
  phone: string | null;

  @Column('text', { array: true })
  roles: Role[];

  @Column('text')
  people: PeopleScope;

  /** EPCI codes of the member's unit. */
  @Column('text', { array: true })
  territory: string[];

  @Column('text')
  state: MemberState;

  /** Which of the hub's two languages mail is written in. */
  @Column('text', { default: 'FR' })
  language: MemberLanguage;

  /** How each kind of notice is to be told, where the member chose (see notices/). */
  @Column('jsonb', { default: {} })
  noticeDelivery: Record<string, string>;

  /** Refusals of the address in a row. */
  @Column('integer', { default: 0 })
  mailFailures: number;

  /** Since when nothing is mailed to it. */
  @Column('timestamptz', { nullable: true })
  mailBouncedAt: string | null;
}
