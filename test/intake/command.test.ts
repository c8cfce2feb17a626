import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { asExcel, sheetFile } from '../kit/intake.ts';
import { urlsOf } from '../kit/cluster.ts';
import { asSuperuser } from '../kit/copy.ts';
import { fluxFile, fluxXml, readIn } from '../kit/flux.ts';
import { coordinator, followers } from '../kit/people.ts';
import { compiled } from '../kit/started.ts';
import { type Asking, World } from '../kit/world.ts';

/** The command as an operator types it, on the database of a hub that runs. */

const folder = mkdtempSync(join(tmpdir(), 'passerelle-test-command-'));
let world: World;
let asking: Asking;
let council: Asking;
let email: string;
let env: Record<string, string>;
beforeAll(async () => {
  world = await World.open();
  const partners = await followers(world);
  [asking, council] = [await coordinator(partners.plie), await coordinator(partners.council)];
  [{ email }] = (await world.rows(sql`select email from member where id = ${asking.memberId}`)) as [
    { email: string },
  ];
  const { owner, hub } = urlsOf(world.server.database);
  env = { PATH: process.env.PATH!, DATA_DIR: folder, DATABASE_URL: owner, DATABASE_HUB_URL: hub, DEMO: 'on' };
}, 120_000);
afterAll(() => world.close());

const importing = (...args: string[]) =>
  spawnSync(process.execPath, [compiled('src/cli/import.js'), ...args], { env, encoding: 'utf8' });
const rows = (count: number, prefix: string) =>
  `numero;nom;prenom\n${Array.from({ length: count }, (_, n) => `${prefix}-${n};Kermarrec;Éloïse\n`).join('')}`;
const letters = (n: number) => String.fromCharCode(65 + Math.floor(n / 26), 65 + (n % 26));
const counted = async (prefix: string) =>
  (await world.rows(sql`select 1 from person_handle where external_reference like ${`${prefix}-%`}`)).length;

test('rehearsed, imported, said unchanged, undone: and no name on the terminal nor in the report', async () => {
  const file = sheetFile(asExcel(`${rows(3, 'CO')}CO-9;Kermarrec;\n`));
  const report = join(folder, 'report.csv');
  const whole = ['people', file, '--as', email, '--legal-basis', 'PUBLIC_INTEREST', '--report', report];
  const dry = importing(...whole, '--dry-run');
  expect([dry.status, dry.stderr, await counted('CO')]).toEqual([0, '', 0]);
  expect(dry.stdout).toContain('Would be: 3 created, 0 changed, 0 unchanged, 1 refused');

  const done = importing(...whole);
  expect(done.stdout).toContain('3 created, 0 changed, 0 unchanged, 1 refused');
  const [, batch] = /Batch (imp_\w+)/.exec(done.stdout)!;
  const told = readFileSync(report, 'utf8');
  expect(told.split('\n')[4]).toBe(
    `${file},4,5,,CO-9,REFUSED,INVALID_INPUT.REQUIRED (prenom): This value is required.`,
  );
  for (const text of [dry.stdout, done.stdout, told]) expect(text).not.toMatch(/Kermarrec|Éloïse/);

  const undone = importing('undo', batch!);
  expect([undone.status, undone.stdout]).toEqual([0, '3 taken back, 0 given back as they were, 0 kept\n']);
  expect(await counted('CO')).toBe(0);
}, 60_000);

test('killed half way, the same command goes on, by the member’s id, and makes nobody twice', async () => {
  const whole = [
    'people',
    sheetFile(rows(80, 'KI')),
    '--as',
    asking.memberId,
    '--legal-basis',
    'PUBLIC_INTEREST',
  ];
  const child = spawn(process.execPath, [compiled('src/cli/import.js'), ...whole], { env, stdio: 'ignore' });
  const ended = once(child, 'exit');
  while (child.exitCode === null && (await counted('KI')) < 5)
    await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGKILL');
  await ended;
  const before = await counted('KI');
  expect(before).toBeLessThan(80);
  const { stdout } = importing(...whole);
  expect(stdout).toContain(`${80 - before} created, 0 changed, ${before} unchanged, 0 refused`);
  expect(await counted('KI')).toBe(80);
}, 60_000);

test('a fund’s file killed between two chunks goes on, registers nobody twice and tells of each right once', async () => {
  const fund: [string, string] = ['CAF', '449'];
  const households = Array.from({ length: 152 }, (_, n) => ({
    ...{ fund, matricule: String(8_000_000 + n), child: false },
    adults: [{ name: `KERLOC${letters(n)}`, number: `44${String(n).padStart(5, '0')}K` }],
  }));
  const told = () =>
    world.rows<{ rights: number; people: number; events: number }>(sql`select count(*)::int as rights,
      count(distinct person_id)::int as people, (select count(*)::int from event where type = 'entitlement.recorded'
        and subject_id in (select id from entitlement where organism = 'CAF 449')) as events
      from entitlement where organism = 'CAF 449'`);
  await readIn(world, council, { on: '2026-09-30', households: households.slice(151) });
  const whole = fluxFile(fluxXml({ households }));
  const [killed, again] = await asSuperuser(world.server.database, async (client) => {
    // the last one’s right is held: the second chunk cannot be written
    await client.query(`begin; select from entitlement where organism = 'CAF 449' for update`);
    const child = spawn(process.execPath, [compiled('src/cli/import.js'), 'flux', whole, '--as', council.memberId], { env, stdio: 'ignore' }); // prettier-ignore
    const ended = once(child, 'exit');
    while (child.exitCode === null && (await told())[0]!.rights < 151)
      await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGKILL');
    await ended;
    const killed = await told();
    await client.query('rollback');
    return [killed, importing('flux', whole, '--as', council.memberId)];
  });
  expect(killed).toEqual([{ rights: 151, people: 151, events: 151 }]);
  expect(again.stdout).toContain('1 created, 0 changed, 151 unchanged, 0 refused');
  expect(await told()).toEqual([{ rights: 152, people: 152, events: 152 }]);
  const files = sql`select state, created, unchanged from entitlement_import where organism = 'CAF 449' order by id`;
  expect(await world.rows(files)).toEqual([
    { state: 'DONE', created: 1, unchanged: 0 },
    { state: 'DONE', created: 151, unchanged: 1 },
  ]);
}, 60_000);

test('a fund’s file is read in for the fund named, told row by row, and deleted where asked: no name in the report', async () => {
  const caf = await world.organisation({ kind: 'BENEFITS_FUND' });
  const fund: [string, string] = ['CAF', '447'];
  const households = [{ fund, matricule: '7000001', adults: [{ name: 'KERLOCH' }], child: false }, { fund, matricule: '7000002', adults: [] }];
  const [file, report] = [fluxFile(fluxXml({ households })), join(folder, 'fund.csv')];
  const reading = (...more: string[]) => importing('flux', file, '--as', council.memberId, '--delete', ...more);
  const wrong = reading('--fund', council.memberId);
  expect([wrong.status, wrong.stderr, existsSync(file)]).toEqual([1, expect.stringContaining('is no benefits fund among the partners.'), true]);
  const done = reading('--fund', caf.id, '--report', report);
  expect(done.stdout).toContain('1 created, 0 changed, 0 unchanged, 1 refused');
  expect(existsSync(file)).toBe(false);
  const told = readFileSync(report, 'utf8').trim().split('\n');
  expect(told.slice(1).map((line) => line.split(',').slice(-2).join(' ')).sort()).toEqual(['CREATED ', 'REFUSED NO_ADULT']);
  for (const text of [done.stdout, told.join()]) expect(text).not.toMatch(/KERLOCH|7000001/);
  const [kept] = await world.rows<any>(sql`select organisation_id, state, created, refused, file_deleted_at is not null as gone from entitlement_import where organism = 'CAF 447'`);
  expect(kept).toEqual({ organisation_id: caf.id, state: 'DONE', created: 1, refused: 1, gone: true });
}, 60_000); // prettier-ignore

test('rules of outcomes are shown, and the next version rehearsed from what was shown', () => {
  const admin = (...args: string[]) => spawnSync(process.execPath, [compiled('src/cli/admin.js'), 'rules', ...args], { env, encoding: 'utf8' });
  const shown = JSON.parse(admin('show', 'IAE_2013').stdout);
  expect(shown).toMatchObject({ ruleSet: 'IAE_2013', from: '2013-01-01' });
  const file = join(folder, 'rules.json');
  writeFileSync(file, JSON.stringify({ ...shown, from: '2200-01-01' }));
  expect(admin('adopt', file, '--dry-run').stdout).toBe('Would be adopted: IAE_2013 v2, from 2200-01-01.\n');
}, 60_000); // prettier-ignore

test.each([
  [
    ['people', sheetFile(rows(1, 'NO')), '--as', 'nobody@test.example', '--legal-basis', 'CONSENT'],
    /may not sign in/,
  ],
  [['people', sheetFile(rows(1, 'NO'))], /--as <member>/],
  [
    ['people', sheetFile(rows(1, 'NO')), '--as', 'a@b.fr', '--legal-basis', 'BECAUSE'],
    /one of PUBLIC_INTEREST/,
  ],
])('%j is refused in a sentence', (args, said) => {
  const { status, stderr } = importing(...args);
  expect(status).toBe(1);
  expect(stderr).toMatch(said);
});

test('a long file costs no more memory than a short one', () => {
  const long = sheetFile(`numero;nom;prenom;adresse\n${`A;B;C;"${'x'.repeat(2000)}"\n`.repeat(20_000)}`);
  const script = `
    import { Sheet } from '${compiled('src/intake/sheet.js')}';
    import { peopleSheet } from '${compiled('src/intake/people.sheet.js')}';
    const sheet = await Sheet.open({ name: 'long', path: process.argv[1], size: 0 }, peopleSheet.columns);
    const rows = await sheet.judge(() => {});
    console.log(rows, process.resourceUsage().maxRSS >> 10);`;
  const run = spawnSync(process.execPath, ['--max-old-space-size=64', '--import', 'reflect-metadata', '--input-type=module', '-e', script, long], { encoding: 'utf8' }); // prettier-ignore
  expect(run.stderr).toBe('');
  expect(run.stdout).toMatch(/^20000 /);
}, 60_000);

test('who is dead by a message that came back is sent nothing more; a full mailbox is nobody’s end', async () => {
  const file = join(folder, 'returned.eml');
  const bounce = (status: string) => {
    writeFileSync(file, `Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; ${email}\r\nAction: failed\r\nStatus: ${status}\r\n`);
    return spawnSync(process.execPath, [compiled('src/cli/admin.js'), 'bounce', file], { env, encoding: 'utf8' });
  };
  const since = async () => (await world.rows(sql`select mail_bounced_at as since from member where id = ${asking.memberId}`))[0]!.since;
  const full = bounce('4.2.2');
  expect([full.status === 0, full.stderr, await since()]).toEqual([false, expect.stringContaining('nothing is noted'), null]);
  const dead = bounce('5.1.1');
  expect([dead.status, dead.stdout]).toEqual([0, expect.stringContaining(`${email}: nothing more is sent there`)]);
  expect(await since()).not.toBeNull();
}); // prettier-ignore
