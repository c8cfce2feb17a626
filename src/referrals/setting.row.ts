import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { OfferKind } from '../offers/offer.rules.ts';
import type { Delays } from './delay.rules.ts';

/** A setting of the programme, from a day on: rows are only added, and the last one that has begun holds. */
@Entity('setting')
export class SettingRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  name: 'DELAYS';

  @Column('text', { nullable: true })
  kind: OfferKind | null;

  @Column('jsonb')
  value: Delays;

  @Column('date')
  fromDay: string;

  @Column('text')
  organisationId: string;

  @Column('timestamptz')
  setAt: string;
}
