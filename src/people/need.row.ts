import { Column, Entity } from '../db/columns.ts';
import { SubjectRow } from '../db/rows.ts';
import type { NeedCloseReason, NeedTheme } from './need.rules.ts';

@Entity('need')
export class NeedRow extends SubjectRow {
  @Column('text')
  personId: string;

  @Column('text')
  theme: NeedTheme;

  @Column('text', { nullable: true })
  thematique: string | null;

  @Column('text', { nullable: true })
  detail: string | null;

  @Column('date')
  openedOn: string;

  @Column('date', { nullable: true })
  closedOn: string | null;

  @Column('text', { nullable: true })
  closeReason: NeedCloseReason | null;

  @Column('text')
  recordedBy: string;
}
