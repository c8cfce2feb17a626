import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { Opinion, ReservationState } from './opinion.rules.ts';

/** What the IAE council said of an agreement in a session; never changed. */
@Entity('agreement_opinion')
export class OpinionRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  agreementId: string;

  @Column('text')
  organisationId: string;

  @Column('date')
  sessionOn: string;

  @Column('text')
  opinion: Opinion;

  @Column('timestamptz')
  givenAt: string;
}

/** Something the opinion asks to be seen to, followed until it is met. */
@Entity('agreement_reservation')
export class ReservationRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  agreementId: string;

  @Column('text')
  opinionId: string;

  @Column('integer')
  nth: number;

  @Column('text')
  reservation: string;

  @Column('text')
  state: ReservationState;

  @Column('date', { nullable: true })
  metOn: string | null;
}
