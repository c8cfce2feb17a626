import sqlTag, { join, raw, type Sql } from 'sql-template-tag';
import { getMetadataArgsStorage } from 'typeorm';
import type { Viewer } from '../kernel/viewer.ts';
import { tells } from './disclosures.ts';
import { snake } from './naming.ts';

export type RowClass<R> = new () => R;

/**
 * What a slice declares of a table, once: its columns (from the row class) and who may see which rows, as SQL.
 * Lists, loaders and edges are all made from it. The alias is the table's own name.
 */
export interface Table<R> {
  readonly name: string;
  readonly row: RowClass<R>;
  /** `offer.id as "id", offer.organisation_id as "organisationId", …` */
  readonly columns: Sql;
  /** First wall: which rows this viewer sees. The second is the table's row-level security. */
  readonly scope: (viewer: Viewer) => Sql;
}

export const everyone = (): Sql => sqlTag`true`;
export const nobody = sqlTag`false`;

/** What rows tell of somebody: a category (or SQL that gives each row's own, by commas), and the property that says of whom. */
export interface Telling<R> {
  category: string | Sql;
  of: keyof R & string;
}

/** Where rows tell something of a person, their columns say so: whoever reads them, a note is taken (`disclosures.ts`). */
export function table<R>(
  name: string,
  row: RowClass<R>,
  scope: (viewer: Viewer) => Sql,
  telling?: Telling<R>,
): Table<R> {
  const own = columnsOf(row, name);
  if (!telling) return { name, row, columns: own, scope };
  const columns = sqlTag`${own}, ${tells(telling.category, raw(`${name}.${snake(telling.of)}`))}`;
  return { name, row, columns, scope };
}

/** Column list of a row class under an alias, properties as names of the result. */
export function columnsOf<R>(row: RowClass<R>, alias: string, except: readonly string[] = []): Sql {
  const list = propertiesOf(row).filter((property) => !except.includes(property));
  return raw(list.map((property) => `${alias}.${snake(property)} as "${property}"`).join(', '));
}

export function propertiesOf<R>(row: RowClass<R>): string[] {
  return declaredColumns(row)
    .filter((column) => column.options.select !== false)
    .map((column) => column.propertyName);
}

/** The columns of a row class, those of the classes it extends included. */
export function declaredColumns<R>(row: RowClass<R>) {
  const classes: unknown[] = [];
  for (let each: unknown = row; each !== Function.prototype && each; each = Object.getPrototypeOf(each))
    classes.push(each);
  return getMetadataArgsStorage().columns.filter((column) => classes.includes(column.target));
}

/** Inserts one row given by its properties; what is not given takes the column's default. */
export function insertInto<R extends object>(into: Table<R>, row: Partial<R>): Sql {
  const given = stored(row);
  const names = raw(given.map(([property]) => snake(property)).join(', '));
  return sqlTag`insert into ${raw(into.name)} (${names}) values (${join(given.map(([, value]) => value))})`;
}

/** `a = …, b = …` for an update; an undefined property is left as it is. */
export function assignments<R extends object>(change: Partial<R>): Sql {
  return join(stored(change).map(([property, value]) => sqlTag`${raw(snake(property))} = ${value}`));
}

/** What a row was read with beside its columns (`$keys`, what it tells) is no part of it. */
function stored(row: object): [string, unknown][] {
  return Object.entries(row).filter(([property, value]) => value !== undefined && !property.startsWith('$'));
}
