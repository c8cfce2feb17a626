import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PeopleScope, Role } from '../kernel/viewer.ts';
import type { MemberState } from './member.rules.ts';

@Entity('member')
export class MemberRow {
  @PrimaryColumn('text')
  id: string;

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

  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz')
  createdAt: string;

  @Column('timestamptz')
  updatedAt: string;
}
