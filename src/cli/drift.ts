import 'reflect-metadata';
import { rmSync } from 'node:fs';
import type { DataSource, EntityMetadata } from 'typeorm';
import { dataSource } from '../db/data-source.ts';
import { startCluster } from '../db/embedded.ts';
import { migrate } from '../db/migrate.ts';
import { asRole, ownerRole, prepareCluster } from '../db/open.ts';
import { tables } from '../server/tables.ts';

/**
 * Says whether the tables that the migrations make are the ones the row classes describe: every column, its type and
 * whether it may be null. Constraints, indexes and policies stand in the migrations alone: nothing repeats them.
 */
const dataDir = '.test-data/drift';
const cluster = await startCluster({ dataDir, volatile: true });
try {
  await prepareCluster(cluster.url(), 'drift', 'drift');
  const url = asRole(cluster.url('drift'), ownerRole, 'drift');
  await migrate(url);
  const source = await dataSource(url, tables).initialize();
  const differences = [];
  for (const table of source.entityMetadatas) differences.push(...(await compare(source, table)));
  await source.destroy();
  for (const difference of differences) console.error(difference);
  if (differences.length) process.exitCode = 1;
} finally {
  await cluster.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function compare(source: DataSource, table: EntityMetadata): Promise<string[]> {
  const inRow = new Map(table.columns.map((column) => [column.databaseName, described(source, column)]));
  const inTable = await columnsOf(source, table.tableName);
  const names = new Set([...inRow.keys(), ...inTable.keys()]);
  return [...names]
    .filter((name) => inRow.get(name) !== inTable.get(name))
    .map(
      (name) =>
        `${table.tableName}.${name}: row ${inRow.get(name) ?? 'none'}, table ${inTable.get(name) ?? 'none'}`,
    );
}

function described(source: DataSource, column: EntityMetadata['columns'][number]): string {
  const type = source.driver.normalizeType(column) + (column.isArray ? '[]' : '');
  return type + (column.isNullable ? '' : ' not null');
}

/** Stored generated columns that no row declares are search aids of the database's own; they are left out. */
async function columnsOf(source: DataSource, table: string): Promise<Map<string, string>> {
  const rows: { name: string; described: string }[] = await source.query(
    `select attname as name,
        regexp_replace(format_type(atttypid, null), '\\(.*\\)', '') || case when attnotnull then ' not null' else '' end as described
      from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attname not in ('folded', 'sort_name', 'surnames', 'first_names', 'rome_prefixes', 'guarded')`,
    [table],
  );
  return new Map(rows.map(({ name, described }) => [name, described]));
}
