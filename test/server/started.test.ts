import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { DemoKeys } from '../../src/auth/demo-keys.ts';
import { startCluster } from '../../src/db/embedded.ts';
import { Client } from '../kit/client.ts';
import { compiled, StartedHub } from '../kit/started.ts';

/** The hub as an operator meets it: started, asked, stopped, killed and started again, on data of its own. */
const dataDir = mkdtempSync(join(tmpdir(), 'passerelle-'));
chmodSync(dataDir, 0o755); // under root, PostgreSQL's own account must pass through
const settings = { DATA_DIR: dataDir };
/** There while PostgreSQL runs. */
const pidFile = join(dataDir, 'postgres/cluster/data/postmaster.pid');
const organisation = 'org_01jd0000000000000000000000';

afterAll(async () => {
  await StartedHub.endAll();
  rmSync(dataDir, { recursive: true, force: true });
});

const command = (name: string, args: string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, [compiled(`src/cli/${name}.js`), ...args], {
    env: { PATH: process.env.PATH!, ...settings, ...env },
    encoding: 'utf8',
  });
const cli = (args: string[], env?: Record<string, string>) => command('token', args, env);

/** A partner and its member, written as the superuser of the cluster the hub started. */
async function seed(): Promise<void> {
  const cluster = await startCluster({ dataDir: join(dataDir, 'postgres') });
  expect(cluster.joined).toBe(true);
  const admin = new pg.Client({ connectionString: cluster.url('passerelle') });
  await admin.connect();
  await admin.query(`
    insert into organisation (id, kind, name, created_at, updated_at)
      values ('${organisation}', 'ASSOCIATION', 'Les Essais', now(), now());
    insert into member (id, organisation_id, email, display_name, roles, people, territory, state, created_at, updated_at)
      values ('mem_01jd0000000000000000000000', '${organisation}', 'essai@test.example', 'Essai', '{MANAGER}', 'ALL', '{}', 'ACTIVE', now(), now())`);
  await admin.end();
}

const member = async (hub: StartedHub) =>
  new Client(hub.url, await DemoKeys.in(dataDir).memberToken('essai@test.example'));
const nameOf = async (hub: StartedHub) =>
  (await (await member(hub)).get(`{ organisation(id: "${organisation}") { name } }`)).organisation.name;

test('starts, answers, stops in order, survives being killed, and shares its data with a second hub', async () => {
  const nothing = command('audit', ['verify']);
  expect([nothing.status, nothing.stderr]).toEqual([
    1,
    `Nothing was started in ${dataDir} yet: there is no access log.\n`,
  ]);
  expect(existsSync(join(dataDir, 'audit-secret'))).toBe(false);
  const first = await StartedHub.ready(settings);
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  expect(first.stdout).toMatch(/council: .*\n {4}ey/);
  await seed();
  expect(existsSync(pidFile)).toBe(true);
  expect(await nameOf(first)).toBe('Les Essais');

  // what the demo disclosed is sealed before the doors open; a head that never was is missed
  const audit = command('audit', ['verify']);
  expect(audit).toMatchObject({ status: 0, stderr: '' });
  expect(audit.stdout).toMatch(
    /[1-9]\d{3,} lines as they were sealed, 0 dropped by retention, \d+ not sealed yet; 0 findings/,
  );
  const missed = command('audit', ['verify', '--expect', `9999:${'0'.repeat(64)}`]);
  expect(missed).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('segment 9999: is not there as it was noted'),
  });

  const client = await member(first);
  const rename = `mutation { updateOrganisation(input: { organisation: "${organisation}", description: "Là" }) { organisation { description } userErrors { code } } }`;
  const underWay = client.get(rename);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await first.stop('SIGTERM')).toBe(0);
  expect((await underWay).updateOrganisation.organisation.description).toBe('Là');
  expect(existsSync(pidFile)).toBe(false);

  const killed = await StartedHub.ready(settings);
  expect(await killed.stop('SIGKILL')).toBe('SIGKILL');

  const third = await StartedHub.ready(settings);
  const second = await StartedHub.ready(settings);
  expect(await third.stop('SIGINT')).toBe(0);
  expect(await nameOf(second)).toBe('Les Essais'); // its PostgreSQL was not taken away
  expect(await second.stop()).toBe(0);
  expect(existsSync(pidFile)).toBe(false);
}, 120_000);

test('secrets are readable by their owner only, and stay the same', () => {
  for (const name of ['demo-secret', 'database-secret', 'audit-secret']) {
    expect(statSync(join(dataDir, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dataDir, name), 'utf8')).toMatch(/^[0-9a-f]{64}$/);
  }
});

test('the token of an actor is printed alone, and an unknown name lists them all', () => {
  expect(cli(['tool'])).toMatchObject({
    status: 0,
    stdout: `${DemoKeys.in(dataDir).toolKey('tool')}\n`,
    stderr: '',
  });
  expect(cli(['council']).stdout).toMatch(/^ey[\w-]+\.[\w-]+\.[\w-]+\n$/);
  const unknown = cli(['mayor']);
  expect(unknown).toMatchObject({ status: 1, stdout: '' });
  expect(unknown.stderr).toMatch(/Nobody is called mayor[\s\S]*second-tool/);
});

test('outside the demo there are no demo keys, and every missing setting is named at once', async () => {
  expect(
    cli(['tool'], {
      DEMO: 'off',
      OIDC_ISSUER: 'https://issuer.example',
      OIDC_AUDIENCE: 'a',
      OIDC_JWKS_URL: 'https://issuer.example/jwks',
    }),
  ).toMatchObject({ status: 1, stdout: '' });
  const refused = StartedHub.run({
    ...settings,
    NODE_ENV: 'production',
    PORT: 'http',
    OIDC_JWKS_URL: 'http://in-clear.example',
    DEMO: '',
    HEALTH_DATA: 'on',
  });
  expect(await refused.exited).toBe(1);
  for (const name of [
    'PORT',
    'AUDIT_KEY',
    'OIDC_ISSUER',
    'OIDC_AUDIENCE',
    'OIDC_JWKS_URL',
    'HDS_HOST',
    'SECURITY_CONTACT',
  ])
    expect(refused.stderr).toMatch(new RegExp(`^  - ${name}: `, 'm'));
});

test('a port already taken ends the start, and its PostgreSQL with it', async () => {
  const server = (await import('node:net')).createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const refused = StartedHub.run({ ...settings, PORT: String(port) });
  expect(await refused.exited).toBe(1);
  expect(refused.stderr).toMatch(/taken by another program: choose another PORT/);
  expect(existsSync(pidFile)).toBe(false);
  server.close();
}, 60_000); // prettier-ignore
