import { Column, Entity } from '../db/columns.ts';
import { ImportableRow } from '../db/rows.ts';

@Entity('site')
export class SiteRow extends ImportableRow {
  @Column('text')
  organisationId: string;

  @Column('text')
  name: string;

  @Column('text')
  communeCode: string;

  @Column('text', { nullable: true })
  address: string | null;

  @Column('double precision', { nullable: true })
  latitude: number | null;

  @Column('double precision', { nullable: true })
  longitude: number | null;

  @Column('boolean')
  approximate: boolean;
}
