import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { backupFormat, BackupFault, type Note, Sum, type Whole } from './backup-file.ts';
import { migrationLock } from './migrate.ts';

const rowsAtOnce = 2000;

/** How far it is, in rows; how many there are is PostgreSQL's own estimate. */
export type OnProgress = (done: number, total: number) => void;

/**
 * Writes all rows of the hub into a new file, as they were at one moment, while the hub goes on. The file gets its name
 * when it is whole: one left by a backup that was interrupted ends with `.part`.
 */
export async function backUp(url: string, file: string, onProgress: OnProgress = () => {}): Promise<Whole> {
  if (existsSync(file)) throw new BackupFault(`${file} is there already: a backup replaces nothing.`);
  const part = `${file}.part`;
  rmSync(part, { force: true });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await beginSnapshot(client);
    const writing = new Writing(client, onProgress);
    const to = createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(Readable.from(writing.lines(), { objectMode: true }), createGzip(), to);
    renameSync(part, file);
    return writing.whole!;
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  } finally {
    await client.end();
  }
}

/** Never while migrations run; they then wait for the tables that are being read, and a start without any for nothing. */
async function beginSnapshot(client: pg.Client): Promise<void> {
  await refuseBound(client);
  await client.query(`set row_security = off; set statement_timeout = 0; set datestyle = 'ISO';
    set idle_in_transaction_session_timeout = 0; select pg_advisory_lock_shared(${migrationLock})`);
  await client.query('begin isolation level repeatable read read only');
  const tables = await tablesOf(client);
  if (!tables.length) throw new BackupFault('There is no hub in this database: nothing to back up.');
  const names = ['migrations', ...tables.map(({ name }) => name)];
  await client.query(
    `lock table ${names.map((name) => pg.escapeIdentifier(name)).join(', ')} in access share mode`,
  );
  // a snapshot is taken by the first look at a table, after the locks
  await client.query(`select from migrations; select pg_advisory_unlock_shared(${migrationLock})`);
}

/** The walls are forced on the owner too: whoever is bound by them would leave people out. */
async function refuseBound(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ free: boolean; name: string }>(
    'select rolsuper or rolbypassrls as free, rolname as name from pg_roles where rolname = current_user',
  );
  if (rows[0]?.free) return;
  throw new BackupFault(
    `${rows[0]?.name} does not see all rows. Give DATABASE_BACKUP_URL a role with BYPASSRLS (docs/roles.sql makes one).`,
  );
}

interface Table {
  name: string;
  columns: string[];
  estimate: number;
}

/** Every table but the history of migrations, with the columns that are not generated from others. */
async function tablesOf(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select relname as name, greatest(reltuples, 0)::float8 as estimate,
       array_agg(attname::text order by attnum) as columns
     from pg_class join pg_attribute on attrelid = pg_class.oid
     where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'migrations'
       and attnum > 0 and not attisdropped and attgenerated = ''
     group by pg_class.oid order by relname`,
  );
  return rows;
}

class Writing {
  whole: Whole | undefined;
  private readonly sum = new Sum();

  constructor(
    private readonly client: pg.Client,
    private readonly onProgress: OnProgress,
  ) {}

  async *lines(): AsyncGenerator<string> {
    const tables = await tablesOf(this.client);
    const total = tables.reduce((sum, { estimate }) => sum + estimate, 0);
    yield this.note(await this.head());
    for (const table of tables) {
      yield this.note({ table: table.name, columns: table.columns });
      yield* this.rowsOf(table, total);
    }
    yield this.note({ sequences: await this.sequences() });
    const { rows } = this.sum;
    this.whole = { whole: true, tables: tables.length, rows, sha256: this.sum.sha256 };
    yield `#${JSON.stringify(this.whole)}\n`;
  }

  private async *rowsOf({ name, columns }: Table, total: number): AsyncGenerator<string> {
    const sum = new Sum();
    const named = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
    await this.client.query(`declare line no scroll cursor for
      select to_jsonb(line)::text as line from (select ${named} from ${pg.escapeIdentifier(name)}) line`);
    for (;;) {
      const { rows } = await this.client.query<{ line: string }>(`fetch ${rowsAtOnce} from line`);
      if (!rows.length) break;
      for (const { line } of rows) for (const each of [sum, this.sum]) each.add(line);
      this.onProgress(this.sum.rows, Math.max(total, this.sum.rows));
      yield `${rows.map(({ line }) => line).join('\n')}\n`;
    }
    await this.client.query('close line');
    yield this.note({ rows: sum.rows, sha256: sum.sha256 });
  }

  private async head() {
    const { rows } = await this.client.query<{ name: string; now: Date }>(
      'select name, now() as now from migrations order by id',
    );
    const takenAt = rows[0]!.now.toISOString();
    return { passerelle: backupFormat, takenAt, migrations: rows.map(({ name }) => name) } as const;
  }

  private async sequences(): Promise<{ name: string; last: string }[]> {
    const { rows } = await this.client.query<{ name: string; last: string }>(
      `select format('%I.%I', schemaname, sequencename) as name, last_value::text as last from pg_sequences
       where schemaname = 'public' and sequencename <> 'migrations_id_seq' and last_value is not null order by 1`,
    );
    return rows;
  }

  private note(note: Note): string {
    const line = `#${JSON.stringify(note)}`;
    this.sum.add(line);
    return `${line}\n`;
  }
}
