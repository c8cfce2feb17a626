import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { urlsOf } from './cluster.ts';

/** What a table holds: how many rows, and a checksum of all their columns, generated ones included. */
export interface Contents {
  rows: number;
  checksum: string;
}

/** The database as its superuser, who passes every wall: for copying and comparing whole databases. */
export async function asSuperuser<T>(database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await superuserOf(database);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export async function superuserOf(database: string): Promise<pg.Client> {
  const url = new URL(urlsOf(database).admin);
  url.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: url.toString() });
  await client.connect();
  return client;
}

/** Every table's data and every sequence's place, from one database into another of the same schema. */
export async function dumpAndRestore(from: string, to: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-dump-'));
  chmodSync(folder, 0o777); // the server writes there, as a user of its own
  try {
    const tables = await asSuperuser(from, async (source) => {
      const names = await tablesOf(source);
      for (const table of names)
        await source.query(`copy ${table} to '${join(folder, table)}' (format binary)`);
      return names;
    });
    await asSuperuser(to, async (target) => {
      await target.query(`set session_replication_role = replica; truncate ${tables.join(', ')} cascade`);
      for (const table of tables)
        await target.query(`copy ${table} from '${join(folder, table)}' (format binary)`);
      for (const { name, last } of await asSuperuser(from, sequencesOf))
        await target.query('select setval($1::regclass, $2)', [name, last]);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function tablesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`,
  );
  return rows.map(({ name }) => name);
}

async function sequencesOf(client: pg.Client): Promise<{ name: string; last: string }[]> {
  const { rows } = await client.query<{ name: string; last: string }>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value::text as last
     from pg_sequences where schemaname = 'public' and last_value is not null order by 1`,
  );
  return rows;
}

export async function contentsOf(database: string): Promise<Record<string, Contents>> {
  return asSuperuser(database, async (client) => {
    const contents: Record<string, Contents> = {};
    for (const table of await tablesOf(client)) {
      const { rows } = await client.query<Contents>(
        `select count(*)::integer as rows,
           coalesce(sum(('x' || left(md5(line::text), 15))::bit(60)::bigint), 0)::text as checksum from ${table} line`,
      );
      contents[table] = rows[0]!;
    }
    return contents;
  });
}
