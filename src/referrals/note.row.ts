import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { NoteCategory } from './note.rules.ts';

@Entity('referral_note')
export class ReferralNoteRow {
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

  @Column('text')
  organisationId: string;

  @Column('text', { nullable: true })
  memberId: string | null;

  @Column('text')
  category: NoteCategory;

  @Column('text')
  text: string;

  @Column('timestamptz')
  createdAt: string;
}
