import { Column, Entity, PrimaryColumn } from '../db/columns.ts';

@Entity('commune')
export class CommuneRow {
  @PrimaryColumn('text')
  code: string;

  @Column('text')
  name: string;

  @Column('text')
  departementCode: string;

  @Column('text', { nullable: true })
  epciCode: string | null;

  @Column('integer')
  population: number;

  @Column('text', { array: true })
  postalCodes: string[];

  @Column('double precision', { nullable: true })
  latitude: number | null;

  @Column('double precision', { nullable: true })
  longitude: number | null;

  @Column('boolean')
  approximate: boolean;
}

@Entity('epci')
export class EpciRow {
  @PrimaryColumn('text')
  code: string;

  @Column('text')
  name: string;
}
