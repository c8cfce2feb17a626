import { Column, Entity } from 'typeorm';
import { SubjectRow } from '../db/rows.ts';
import type { PeopleScope, Role } from '../kernel/viewer.ts';
import type { MemberState } from './member.rules.ts';

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
}
