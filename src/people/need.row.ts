import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { NeedCloseReason, NeedTheme } from './need.rules.ts';

@Entity('need')
export class NeedRow {
  @PrimaryColumn('text')
  id: string;

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

  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz')
  createdAt: string;

  @Column('timestamptz')
  updatedAt: string;
}
