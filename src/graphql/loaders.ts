import DataLoader from 'dataloader';
import sql, { raw } from 'sql-template-tag';
import { columnsRead, rowsRead, type Reader } from '../db/reader.ts';
import type { Table } from '../db/table.ts';
import { subjectOf, type Subject } from '../kernel/ids.ts';

/** How to fetch many at once: one statement for all keys, answers in the order of the keys. */
export interface Batch<K, V> {
  readonly load: (reader: Reader, keys: readonly K[]) => Promise<V[]>;
  /** What makes two keys the same, where a key is not a plain value. */
  readonly same?: (key: K) => string;
}

/** One per request and scope key: it remembers, so it never outlives the question nor crosses a viewer. */
export class Loaders {
  private readonly made = new Map<unknown, DataLoader<unknown, unknown, unknown>>();

  constructor(private readonly reader: Reader) {}

  load<K, V>(batch: Batch<K, V>, key: K): Promise<V> {
    let loader = this.made.get(batch) as DataLoader<K, V, unknown> | undefined;
    if (!loader) {
      loader = new DataLoader<K, V, unknown>((keys) => batch.load(this.reader, keys), {
        ...(batch.same && { cacheKeyFn: batch.same }),
      });
      this.made.set(batch, loader as DataLoader<unknown, unknown, unknown>);
    }
    return loader.load(key);
  }
}

export type ById<R> = Batch<string, R | null>;

/** A subject by its id, within the viewer's scope: what is hidden, unknown or no id at all is null alike. */
export function byId<R extends { id: string }>(table: Table<R>, subject: Subject): ById<R> {
  return {
    async load(reader, keys) {
      const ids = keys.filter((key) => subjectOf(key) === subject);
      const rows = ids.length
        ? await reader.rows<R>(sql`select ${columnsRead(reader, table)} from ${raw(table.name)}
            where ${raw(table.name)}.id = any(${ids}) and ${table.scope(reader.viewer)}`)
        : [];
      const found = new Map(rowsRead(reader, table, rows).map((row) => [row.id, row]));
      return keys.map((key) => found.get(key) ?? null);
    },
  };
}

/** Rows grouped under a key they carry, for edges short enough to need no pages. */
export function grouped<R, K extends string>(
  load: (reader: Reader, keys: readonly K[]) => Promise<R[]>,
  keyOf: (row: R) => string,
): Batch<K, R[]> {
  return {
    async load(reader, keys) {
      const groups = new Map<string, R[]>(keys.map((key) => [key, []]));
      for (const row of await load(reader, keys)) groups.get(keyOf(row))?.push(row);
      return keys.map((key) => groups.get(key)!);
    },
  };
}
