import sql, { raw, type Sql } from 'sql-template-tag';
import { snake } from './naming.ts';
import { declaredColumns, type Table } from './table.ts';

type Properties<R> = readonly (keyof R & string)[];

/** Many rows in one message, each column with its type: `given`, by the names of the properties. */
export function given<R>(of: Table<R>, properties: Properties<R>, rows: readonly object[]): Sql {
  const columns = properties.map((property) => `"${property}" ${typeOf(of, property)}`).join(', ');
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (${raw(columns)})`;
}

/** Inserts many rows in one statement; every row gives every property. */
export function insertMany<R>(into: Table<R>, properties: Properties<R>, rows: readonly Partial<R>[]): Sql {
  const names = raw(properties.map(snake).join(', '));
  const values = raw(properties.map((property) => `given."${property}"`).join(', '));
  return sql`insert into ${raw(into.name)} (${names}) select ${values} from ${given(into, properties, rows)}`;
}

/** `a = other."a", …` for an update from another record. */
export function taking<R>(properties: Properties<R>, from: string): Sql {
  return raw(properties.map((property) => `${snake(property)} = ${from}."${property}"`).join(', '));
}

function typeOf<R>(of: Table<R>, property: string): string {
  const column = declaredColumns(of.row).find((each) => each.propertyName === property);
  if (!column) throw new Error(`${of.name} has no column for ${property}`);
  return `${String(column.options.type)}${column.options.array ? '[]' : ''}`;
}
