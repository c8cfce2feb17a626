import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { Audience, CellLevel, TableName } from './published.rules.ts';

/** An edition of a table of a month; a correction makes another, and this one stays as it was. */
@Entity('published_table')
export class PublishedTableRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  name: TableName;

  /** Its first day. */
  @Column('date')
  month: string;

  @Column('integer')
  edition: number;

  @Column('timestamptz')
  asOf: string;

  @Column('timestamptz')
  publishedAt: string;

  /** The last closing of a month at which it was found to hold. */
  @Column('date')
  closing: string;
}

/** A cell as an audience is told it: without value where it is kept back. What it was counted is stored nowhere. */
@Entity('published_cell')
export class PublishedCellRow {
  @PrimaryColumn('text')
  tableId: string;

  @PrimaryColumn('text')
  audience: Audience;

  @PrimaryColumn('integer')
  nth: number;

  @Column('text')
  level: CellLevel;

  @Column('text')
  code: string;

  @Column('text', { nullable: true })
  parent: string | null;

  @Column('numeric', { nullable: true })
  value: number | null;

  @Column('numeric', { nullable: true })
  of: number | null;
}
