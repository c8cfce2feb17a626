import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('site')
export class SiteRow {
  @PrimaryColumn('text')
  id: string;

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

  @Column('text', { nullable: true })
  source: string | null;

  @Column('text', { nullable: true })
  sourceId: string | null;

  @Column('text', { nullable: true })
  importBatchId: string | null;

  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz')
  createdAt: string;

  @Column('timestamptz')
  updatedAt: string;
}
