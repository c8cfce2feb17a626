import { Column, Entity } from '../db/columns.ts';
import { SubjectRow } from '../db/rows.ts';
import type { SiaeKind } from '../offers/offer.rules.ts';
import type { AgreementKind, AgreementState, CloseReason } from './agreement.rules.ts';
import type { Opinion } from './opinion.rules.ts';

@Entity('agreement')
export class AgreementRow extends SubjectRow {
  @Column('text')
  kind: AgreementKind;

  @Column('text')
  state: AgreementState;

  @Column('text')
  title: string;

  /** The number it bears on paper. */
  @Column('text', { nullable: true })
  reference: string | null;

  /** Who leads it: drafts, submits, signs. */
  @Column('text')
  organisationId: string;

  /** Who does what is agreed; the first of several. */
  @Column('text', { nullable: true })
  providerId: string | null;

  @Column('text', { nullable: true })
  siaeKind: SiaeKind | null;

  @Column('date')
  fromDay: string;

  /** Last day, as last amended or ended. */
  @Column('date')
  toDay: string;

  /** The last of its terms. */
  @Column('integer', { default: 1 })
  termsNumber: number;

  @Column('text', { nullable: true })
  renewsId: string | null;

  /** Organisations it exists for: its lead, and once submitted its parties, the council and who gives an opinion. */
  @Column('text', { array: true })
  readers: string[];

  /** The body whose opinion was asked for. */
  @Column('text', { nullable: true })
  councilId: string | null;

  @Column('date', { nullable: true })
  sessionOn: string | null;

  /** The last one given. */
  @Column('text', { nullable: true })
  opinion: Opinion | null;

  @Column('date', { nullable: true })
  signedOn: string | null;

  /** Why it was signed against an unfavourable opinion. */
  @Column('text', { nullable: true })
  signReason: string | null;

  @Column('date', { nullable: true })
  closedOn: string | null;

  @Column('text', { nullable: true })
  closeReason: CloseReason | null;
}
