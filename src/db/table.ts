import sqlTag, { join, raw, type Sql } from 'sql-template-tag';
import { getMetadataArgsStorage } from 'typeorm/globals.js';
import type { Viewer } from '../kernel/viewer.ts';
import { tells } from './disclosures.ts';
import { snake } from './naming.ts';
import type { Reader } from './reader.ts';

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
  /** The same without some of them. */
  readonly some?: (except: ReadonlySet<string>) => Sql;
  /** First wall: which rows this viewer sees. The second is the table's row-level security. */
  readonly scope: (viewer: Viewer) => Sql;
  /** The same scope way by way, where rows are many and a viewer may see few of them. */
  readonly ways?: Ways;
}

/** How a right is asked for: of each row met, as the few people the viewer sees, or as all of them for a count. */
export type Asked = 'OF_EACH' | 'AS_FEW' | 'AS_ALL';

/** The ways by which a row is a viewer's, which exclude each other: each has an index of its own to find its rows by. */
export interface Ways {
  of(viewer: Viewer, asked: Asked): Sql[];
  breadth(reader: Reader): Promise<Breadth>;
}

/**
 * How much a viewer sees. `FEW`: it is found by the ways. `MANY`: whoever walks the table in the list's order soon has a
 * page of it. `MOST`: so much that all of it is counted by going through the table once.
 */
export type Breadth = 'FEW' | 'MANY' | 'MOST';

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
  const some = (except: ReadonlySet<string>) => {
    const own = columnsOf(row, name, [...except]);
    return telling ? sqlTag`${own}, ${tells(telling.category, raw(`${name}.${snake(telling.of)}`))}` : own;
  };
  return declare({ name, row, columns: some(new Set()), some, scope });
}

/** Every table declared so far, by its name: what is asked of all of them at once, as whether both walls agree. */
export const declared = new Map<string, Table<never>>();

function declare<R>(made: Table<R>): Table<R> {
  declared.set(made.name, made as Table<never>);
  return made;
}

/**
 * A viewer's value, kept from the planner: one plan then serves every viewer. Seen, it would make PostgreSQL plan the
 * statement afresh for each viewer who sees less than most, which takes longer than the statement itself.
 */
export function unseen(value: string | null | readonly string[]): Sql {
  if (typeof value === 'object' && value !== null) return sqlTag`(select ${value}::text[])::text[]`; // cast again: an array to look in, no rows
  return sqlTag`(select ${value}::text)`;
}

/** A table whose scope is its ways, any of them. */
export function tableByWays<R>(name: string, row: RowClass<R>, ways: Ways, telling?: Telling<R>): Table<R> {
  const scope = (viewer: Viewer) => sqlTag`(${join(ways.of(viewer, 'OF_EACH'), ' or ')})`;
  return declare({ ...table(name, row, scope, telling), ways });
}

/** The rows of a table that also meet a condition, seen by the same viewers. */
export function only<R>(of: Table<R>, condition: Sql): Table<R> {
  const { scope, ways } = of;
  const and = (way: Sql) => sqlTag`(${condition} and ${way})`;
  return {
    ...of,
    scope: (viewer) => and(scope(viewer)),
    ...(ways && { ways: { ...ways, of: (viewer, asked) => ways.of(viewer, asked).map(and) } }),
  };
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
