import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { AnsweredQuestion, InformationQuestion, InformationState } from './information.rules.ts';

/** What a provider asked a sender before it answers. */
@Entity('information_request')
export class InformationRequestRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  referralId: string;

  @Column('text')
  personId: string;

  @Column('text')
  senderId: string;

  @Column('text')
  receiverId: string;

  /** Who asked. */
  @Column('text', { nullable: true })
  memberId: string | null;

  @Column('text', { array: true })
  questions: InformationQuestion[];

  @Column('jsonb', { nullable: true })
  answers: AnsweredQuestion[] | null;

  @Column('text')
  state: InformationState;

  @Column('timestamptz')
  askedAt: string;

  /** Until when it stops the clock. */
  @Column('timestamptz')
  dueAt: string;

  @Column('timestamptz', { nullable: true })
  endedAt: string | null;
}
