import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { pino } from 'pino';
import { migrations } from '../../migrations/all.ts';
import { lineOf } from '../../src/casefiles/tombstone.rules.ts';
import { KnownKeys, SealKey } from '../../src/audit/seal-key.ts';
import { sealing } from '../../src/audit/seal.sweep.ts';
import { Verifier } from '../../src/audit/verify.ts';
import { keyOfSecret } from '../../src/config/signing.ts';
import { backUp } from '../../src/db/backup.ts';
import { Database } from '../../src/db/database.ts';
import { migrate } from '../../src/db/migrate.ts';
import { hubPool } from '../../src/db/open.ts';
import { restoreInto } from '../../src/db/restore.ts';
import { sayRunning, whileNoHubRuns } from '../../src/db/running.ts';
import { loadDemo } from '../../src/demo/demo.ts';
import { removeDemo } from '../../src/demo/remove.ts';
import { newId } from '../../src/kernel/ids.ts';
import { hubViewer } from '../../src/kernel/viewer.ts';
import { beginHub, type First } from '../../src/partners/first.actions.ts';
import { Client } from '../kit/client.ts';
import { TestClock } from '../kit/clock.ts';
import { urlsOf } from '../kit/cluster.ts';
import { asSuperuser, contentsOf } from '../kit/copy.ts';
import { demoTemplate } from '../kit/demo.ts';
import { cloneTemplate, TestHub, testKeys, withAdmin } from '../kit/hub.ts';

/** A hub that was tried: backed up by the command, brought back elsewhere, then emptied and begun in earnest. */
const folder = mkdtempSync(join(tmpdir(), 'passerelle-backup-'));
const file = join(folder, 'hub.backup');
const empty = `test_restored_${process.pid}`;
let original: string;
const pools: pg.Pool[] = [];
const clones: string[] = [];

beforeAll(async () => {
  original = await cloneTemplate(await demoTemplate());
  await withAdmin((admin) => admin.query(`create database ${empty} owner passerelle_owner`));
}, 90_000);
afterAll(async () => {
  for (const pool of pools) await pool.end();
  for (const each of [original, empty, ...clones])
    await withAdmin((admin) => admin.query(`drop database ${each} with (force)`));
  rmSync(folder, { recursive: true });
});

const databaseOf = (name: string) => {
  const pool = hubPool(urlsOf(name).hub, { max: 2 });
  pools.push(pool);
  return new Database({ pool, clock: new TestClock() });
};
const whole = (name: string) => {
  const url = new URL(urlsOf(name).admin);
  url.pathname = `/${name}`;
  return url.toString();
};
const admin = (database: string, ...args: string[]) => {
  const { owner, hub } = urlsOf(database);
  const urls = { DATABASE_URL: owner, DATABASE_HUB_URL: hub, DATABASE_BACKUP_URL: whole(database) };
  return spawnSync(process.execPath, [join(process.env.TESTED_HUB!, 'src/cli/admin.js'), ...args], {
    env: { PATH: process.env.PATH!, DATA_DIR: folder, ...urls },
    encoding: 'utf8',
  });
};

test('a backup brings back the same rows elsewhere; who was erased since is erased again', async () => {
  // as if the first PostgreSQL had counted many more transactions than the second
  await asSuperuser(original, (client) =>
    client.query(`update event set tx = '900000000000000' where tx = (select max(tx) from event);
      update event_audience set tx = event.tx from event where event.id = event_id`),
  );
  const before = await contentsOf(original);
  const order = await journalOf(original);
  const erased = await somebody();
  const tombstones = join(folder, 'kept');
  const at = '2026-11-25T09:00:00.000Z';
  writeFileSync(tombstones, `${lineOf({ person: erased, at, reason: 'PERSON_REQUEST' })}\n`);

  const backup = admin(original, 'backup', file);
  expect([backup.status, backup.stderr]).toEqual([0, '']);
  expect(backup.stdout).toMatch(/rows of \d+ tables/);
  expect([statSync(file).mode & 0o777, existsSync(`${file}.part`)]).toEqual([0o600, false]);
  await restoreInto(urlsOf(empty).owner, file);

  const after = await contentsOf(empty);
  for (const apart of ['event', 'event_audience', 'journal', 'journal_position', 'migrations']) {
    if (apart.startsWith('event')) expect(after[apart]!.rows).toBe(before[apart]!.rows);
    delete before[apart];
    delete after[apart];
  }
  expect(after).toEqual(before);
  expect(await journalOf(empty)).toEqual(order);
  expect(await unforcedOf(empty)).toEqual(await unforcedOf(original));

  const again = admin(empty, 'replay-erasures', tombstones);
  expect([again.status, again.stdout]).toEqual([
    0,
    '1 tombstones: 1 erased again, 0 erased already, 0 not in this database\n',
  ]);
}, 120_000);

test('the seal of the access log goes on where the backup ended, and the journal after its last event', async () => {
  const db = databaseOf(empty);
  const key = new SealKey(keyOfSecret(Buffer.from('seal')));
  await sealing(key)(db);
  const verifier = new Verifier(db.as(hubViewer('audit')), {
    keys: new KnownKeys([key.publicHalf]),
    onFinding: () => {},
  });
  expect(await verifier.run()).toMatchObject({ findings: 0, unsealed: 0 });
  const { rows } = await asSuperuser(empty, (client) =>
    client.query(`select max(tx) < pg_current_xact_id() as told from event`),
  );
  expect(rows).toEqual([{ told: true }]);
});

test('a database with anything in it, a damaged file and one cut short are refused, before a row is written', async () => {
  const { owner } = urlsOf(empty);
  await expect(restoreInto(owner, file)).rejects.toThrow('The database is not empty');
  const small = join(folder, 'small.backup');
  await backUp(whole(await oneCouncil()), small); // as damaged as a large one would be, and soon read
  const text = gunzipSync(readFileSync(small)).toString();
  const lines = text.trimEnd().split('\n');
  const broken = join(folder, 'broken');
  const refused = async (contents: string | Buffer, why: string) => {
    writeFileSync(broken, contents);
    await expect(restoreInto(owner, broken)).rejects.toThrow(why);
  };
  await refused(gzipSync(text.replace('"kind": "COUNCIL"', '"kind": "COUNCIX"')), 'the rows of organisation');
  await refused(gzipSync(lines.slice(0, -1).join('\n')), 'cut short');
  await refused(readFileSync(small).subarray(0, 10_000), 'damaged');
  await refused('nothing', 'no backup');
  await refused(gzipSync('hello\n'), 'not a backup');
  await refused(gzipSync(text.replace('"passerelle":1', '"passerelle":2')), 'format 2');
  await expect(backUp(whole(original), file)).rejects.toThrow('replaces nothing');
  await expect(backUp(owner, join(folder, 'other'))).rejects.toThrow('DATABASE_BACKUP_URL');
  expect(existsSync(join(folder, 'other.part'))).toBe(false);
});

test('nothing is replaced under a hub that runs, and a hub that starts meanwhile waits', async () => {
  const { owner } = urlsOf(original);
  const quiet = pino({ level: 'silent' });
  const stop = await sayRunning(owner, quiet);
  const also = await sayRunning(owner, quiet);
  await stop();
  await expect(restoreInto(owner, file)).rejects.toThrow('A hub runs');
  const removing = admin(original, 'demo', 'remove');
  expect([removing.status, removing.stdout]).toEqual([1, '']);
  expect(removing.stderr).toMatch('A hub runs on this database');
  // PostgreSQL forgets who ran when it is away: the hub says so again
  const holders = `select pid from pg_locks where locktype = 'advisory' and objid = 7201989 and granted`;
  const [lost] = (await asSuperuser(original, (client) => client.query(holders))).rows;
  await asSuperuser(original, (client) => client.query('select pg_terminate_backend($1)', [lost.pid]));
  let held: { pid: number }[] = [];
  for (let left = 300; left && !held.some(({ pid }) => pid !== lost.pid); left--) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    held = (await asSuperuser(original, (client) => client.query(holders))).rows;
  }
  await expect(restoreInto(owner, file)).rejects.toThrow('A hub runs');
  await also();

  const order: string[] = [];
  const replacing = whileNoHubRuns(owner, async () => {
    const starting = sayRunning(owner, quiet).then((end) => (order.push('started'), end));
    await new Promise((resolve) => setTimeout(resolve, 50));
    order.push('replaced');
    return { starting };
  });
  const end = await (await replacing).starting;
  await end();
  expect(order).toEqual(['replaced', 'started']);
}, 30_000);

test('a backup made before the newest migrations comes back at the newest, without whoever was erased since', async () => {
  const people = [newId('Person'), newId('Person')].sort();
  const [old, anew] = [`test_old_${process.pid}`, `test_anew_${process.pid}`];
  const made = async (name: string) => {
    await withAdmin((admin) => admin.query(`create database ${name} owner passerelle_owner`));
    return urlsOf(name);
  };
  const { owner } = await made(old);
  await made(anew);
  try {
    const names = migrations.map((each) => new each().name);
    await migrate(owner, names.slice(0, -3));
    await asSuperuser(old, (client) =>
      client.query(`insert into organisation (id, kind, name, created_at, updated_at) values ('org_old', 'PLIE', 'PLIE', now(), now());
        insert into person (id, reference, registered_by, created_at, updated_at)
          select id, 'P-' || id, 'org_old', now(), now() from unnest('{${people.join()}}'::text[]) id`),
    );
    const earlier = join(folder, 'earlier.backup');
    await backUp(whole(old), earlier);
    const tombstones = join(folder, 'since');
    writeFileSync(tombstones, `${lineOf({ person: people[1]!, at: '2026-11-25T09:00:00.000Z', reason: 'PERSON_REQUEST' })}\n`);
    const { status, stdout } = admin(anew, 'restore', earlier, '--tombstones', tombstones);
    expect(stdout).toMatch('1 tombstones: 1 erased again, 0 erased already, 0 not in this database');
    expect(status).toBe(0);
    const { rows } = await asSuperuser(anew, (client) =>
      client.query(`select id, erased_at is not null as erased from person order by id`));
    expect(rows).toEqual([{ id: people[0], erased: false }, { id: people[1], erased: true }]);
    expect(await migrate(urlsOf(anew).owner)).toEqual([]);
  } finally {
    for (const each of [old, anew]) await withAdmin((admin) => admin.query(`drop database ${each} with (force)`));
  }
}, 60_000); // prettier-ignore

const first: First = {
  ...{ siret: '22440002800011', name: 'Conseil départemental', kind: 'COUNCIL', commune: '44109' },
  ...{ manager: 'direction@departement.example', managerName: 'Direction' },
};
const init = (db: Database, change: Partial<First> = {}) =>
  db.write(hubViewer('init'), (tx) => beginHub(tx, { ...first, ...change }));

test('the demo is removed only while all partners are its own, and does not come back', async () => {
  const db = databaseOf(original);
  const { owner } = urlsOf(original);
  expect(await init(db)).toEqual({ outcome: 'TAKEN' });
  const real = (name: string) => asSuperuser(original, (client) => client.query(name));
  await real(`insert into organisation (id, kind, name, created_at, updated_at)
    values ('org_real', 'ASSOCIATION', 'Une vraie', now(), now())`);
  await expect(removeDemo(owner, db, testKeys)).rejects.toThrow('1 partners are not of the demo (Une vraie)');
  await real(`delete from organisation where id = 'org_real'`);

  expect([await removeDemo(owner, db, testKeys), await removeDemo(owner, db, testKeys)]).toEqual([
    true,
    false,
  ]);
  const filled = Object.entries(await contentsOf(original)).filter(([, { rows }]) => rows);
  const rules = ['outcome_rule', 'outcome_rule_set'];
  expect(filled.map(([table]) => table)).toEqual([
    ...['commune', 'demo_load', 'epci', 'journal', 'migrations', ...rules],
  ]);
  expect(await loadDemo(db, testKeys)).toBe(false);
}, 120_000);

test('the first organisation begins an empty hub once, and its manager signs in', async () => {
  const db = databaseOf(original);
  await expect(init(db, { siret: '22440002800012' })).rejects.toMatchObject({ field: 'siret' });
  await expect(init(db, { manager: 'direction' })).rejects.toMatchObject({ field: 'email' });
  await expect(init(db, { commune: '00000' })).rejects.toMatchObject({ code: 'UNKNOWN_COMMUNE' });
  const both = await Promise.all([init(db), init(db)]);
  expect(both.map(({ outcome }) => outcome).sort()).toEqual(['AGAIN', 'BEGUN']);
  expect(await init(db, { siret: '21440109300015' })).toEqual({ outcome: 'TAKEN' });

  for (const pool of pools.splice(0)) await pool.end();
  const server = await TestHub.open({}, original);
  try {
    const manager = new Client(server.url, await testKeys.memberToken(first.manager));
    const invite = `mutation { inviteMember(input: { email: "un@departement.example", displayName: "Un",
      roles: [COORDINATOR] }) { member { email } userErrors { code } } }`;
    expect((await manager.get(invite)).inviteMember).toEqual({
      member: { email: 'un@departement.example' },
      userErrors: [],
    });
  } finally {
    await server.close();
  }
});

const journalOf = (name: string) =>
  asSuperuser(name, async (client) => (await client.query('select id from event order by tx, pos')).rows);

/** What a restore sets aside for its while, as it stands: walls, triggers and foreign keys. */
const unforcedOf = (name: string) =>
  asSuperuser(name, async (client) => {
    const { rows } = await client.query(
      `select 'wall' as what, relname::text as name, relforcerowsecurity::text as stands from pg_class
         where relkind = 'r' and relnamespace = 'public'::regnamespace
       union all select 'key', conname, pg_get_constraintdef(oid) from pg_constraint
         where connamespace = 'public'::regnamespace
       union all select 'trigger', tgname, tgenabled::text from pg_trigger where not tgisinternal
       union all select 'identity', attrelid::regclass::text, attidentity::text from pg_attribute where attidentity <> ''
       order by 1, 2, 3`,
    );
    return rows;
  });

async function oneCouncil(): Promise<string> {
  const name = await cloneTemplate();
  clones.push(name);
  await asSuperuser(name, (client) =>
    client.query(`insert into organisation (id, kind, name, created_at, updated_at) values ('org_one', 'COUNCIL', 'Conseil', now(), now())`),
  );
  return name;
} // prettier-ignore

const somebody = () =>
  asSuperuser(original, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `select id from person where erased_at is null order by id limit 1`,
    );
    return rows[0]!.id;
  });
