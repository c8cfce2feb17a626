import pg from 'pg';
import { migrations } from '../../migrations/all.ts';
import type { OnProgress } from './backup.ts';
import { BackupFault, linesOf, parsed, type TableBegins, type Verified, verified } from './backup-file.ts';
import { migrate } from './migrate.ts';
import { settleJournal } from './restore-journal.ts';
import { withoutKeys } from './restore-keys.ts';
import { whileNoHubRuns } from './running.ts';

const rowsAtOnce = 1000;

/**
 * Puts a backup into a database that holds nothing: at the migrations the backup was made at, all its rows or none, then
 * the migrations made since. The file is read to its end and checked before anything is written.
 */
export async function restoreInto(
  ownerUrl: string,
  file: string,
  onProgress: OnProgress = () => {},
): Promise<Verified> {
  const backup = await verified(file);
  refuseNewer(
    backup.migrations,
    migrations.map((each) => new each().name),
    `${file} was made by`,
  );
  return whileNoHubRuns(ownerUrl, async () => {
    refuseNewer(await migratedTo(ownerUrl), backup.migrations, 'The database was prepared by');
    await migrate(ownerUrl, backup.migrations);
    await load(ownerUrl, file, (done) => onProgress(done, backup.rows));
    await migrate(ownerUrl);
    return backup;
  });
}

function refuseNewer(those: readonly string[], known: readonly string[], who: string): void {
  const unknown = those.filter((name) => !known.includes(name));
  if (unknown.length) throw new BackupFault(`${who} a newer hub (${unknown.join(', ')}).`);
}

async function migratedTo(url: string): Promise<string[]> {
  return connected(url, async (client) => {
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('public.migrations') is not null as there`,
    );
    if (!rows[0]!.there) return [];
    return (await client.query<{ name: string }>('select name from migrations')).rows.map(({ name }) => name);
  });
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function load(url: string, file: string, onProgress: (done: number) => void): Promise<void> {
  await connected(url, async (client) => {
    await client.query(
      'set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set app.event_order = given; begin',
    );
    await withoutKeys(client, async (tables) => {
      await refuseFilled(client, tables);
      await client.query(`truncate ${tables.join(', ')}`);
      await new Loading(client, onProgress).run(file);
      await settleJournal(client);
    });
    await client.query('commit; analyze');
  });
}

/** The territory, the journal's own row and the rules of outcomes are in every database that a hub has met, and come again with the backup. */
const ofNobody = ['commune', 'epci', 'journal', 'outcome_rule', 'outcome_rule_set'];

async function refuseFilled(client: pg.Client, tables: readonly string[]): Promise<void> {
  for (const table of tables.filter((name) => !ofNobody.includes(name))) {
    const { rowCount } = await client.query(`select from ${table} limit 1`);
    if (rowCount)
      throw new BackupFault(`The database is not empty (${table}): a backup goes into an empty one only.`);
  }
}

class Loading {
  private table: TableBegins | undefined;
  private waiting: string[] = [];
  private done = 0;

  constructor(
    private readonly client: pg.Client,
    private readonly onProgress: (done: number) => void,
  ) {}

  async run(file: string): Promise<void> {
    for await (const line of linesOf(file)) {
      const read = parsed(line);
      if ('row' in read) {
        if (this.waiting.push(read.row) === rowsAtOnce) await this.insert();
        continue;
      }
      await this.insert();
      if ('table' in read.note) this.table = read.note;
      if ('sequences' in read.note)
        for (const { name, last } of read.note.sequences)
          await this.client.query('select setval($1::regclass, $2)', [name, last]);
    }
  }

  private async insert(): Promise<void> {
    if (!this.waiting.length) return;
    const table = pg.escapeIdentifier(this.table!.table);
    const columns = this.table!.columns.map((column) => pg.escapeIdentifier(column)).join(', ');
    await this.client.query(
      `insert into ${table} (${columns}) overriding system value
       select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [`[${this.waiting.join(',')}]`],
    );
    this.done += this.waiting.length;
    this.waiting = [];
    this.onProgress(this.done);
  }
}
