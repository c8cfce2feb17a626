import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import sql from 'sql-template-tag';
import { hashKey, newKey, prefixOf } from '../../src/auth/tokens.ts';
import { Database } from '../../src/db/database.ts';
import { startCluster, type Cluster } from '../../src/db/embedded.ts';
import { migrate } from '../../src/db/migrate.ts';
import { asRole, hubPool, hubRole, ownerRole, prepareCluster } from '../../src/db/open.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { newId } from '../../src/kernel/ids.ts';
import { hubViewer } from '../../src/kernel/viewer.ts';
import { reactions } from '../../src/server/reactions.ts';
import { loadTerritory } from '../../src/territory/territory.load.ts';
import { StartedHub } from './started.ts';

const password = 'processes';
const scopes = ['events:read', 'offers:read'];

/** Hubs as processes of their own over a PostgreSQL of their own, which may be killed like them. */
export class Processes {
  /** Those that run now. */
  readonly hubs: StartedHub[] = [];

  private constructor(
    private readonly folder: string,
    private readonly cluster: Cluster,
    private readonly settings: Record<string, string>,
    readonly db: Database,
  ) {}

  static async open(): Promise<Processes> {
    const folder = mkdtempSync(join(tmpdir(), 'passerelle-processes-'));
    chmodSync(folder, 0o755); // under root, PostgreSQL's own account must pass through
    // what was committed is there after a crash: a volatile cluster would lose what somebody has heard
    const cluster = await startCluster({ dataDir: join(folder, 'postgres'), maxConnections: 100 });
    await prepareCluster(cluster.url(), password, 'processes');
    const url = cluster.url('processes');
    const [owner, hub] = [asRole(url, ownerRole, password), asRole(url, hubRole, password)];
    await migrate(owner);
    await loadTerritory(owner, ['44']);
    const { privateKey } = generateKeyPairSync('ed25519');
    const key = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
    const issuer = { OIDC_ISSUER: 'https://issuer.example', OIDC_AUDIENCE: 'hub', OIDC_JWKS_URL: 'https://issuer.example/jwks' };
    const settings = {
      ...{ DATA_DIR: folder, DATABASE_URL: owner, DATABASE_HUB_URL: hub, DEMO: 'off', ...issuer },
      ...{ AUDIT_KEY: key, COST_PER_MINUTE: '1000000000' },
    };
    const pool = hubPool(hub, { max: 20 });
    pool.on('error', () => {});
    return new Processes(folder, cluster, settings, new Database({ pool, clock: systemClock, reactions: reactions() }));
  } // prettier-ignore

  get urls(): string[] {
    return this.hubs.map(({ url }) => url);
  }

  async begin(): Promise<StartedHub> {
    const hub = await StartedHub.ready(this.settings);
    this.hubs.push(hub);
    return hub;
  }

  /** Ends the oldest, as an operator or as a crash does; answers how it ended. */
  end(signal: NodeJS.Signals): Promise<number | string> {
    const hub = this.hubs.shift()!;
    const { exitCode, signalCode } = hub.child;
    if (exitCode !== null || signalCode !== null)
      throw new Error(`a hub had ended by itself (${exitCode ?? signalCode}): ${hub.stderr.slice(-4000)}`);
    return hub.stop(signal);
  }

  /** As if its machine had failed and come back: every process of it dies at once, nothing is told to anybody. */
  async crashPostgres(): Promise<void> {
    const pid = Number(readFileSync(join(this.folder, 'postgres/cluster/data/postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    while (!(await this.cluster.revive())) await new Promise((resolve) => setTimeout(resolve, 20));
  } // prettier-ignore

  /** Cuts about half of all connections. */
  async cutConnections(): Promise<void> {
    const admin = new pg.Client({ connectionString: this.cluster.url() });
    admin.on('error', () => {});
    await admin.connect();
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = 'processes' and random() < 0.5`,
    );
    await admin.end();
  }

  /** A partner with an offer in this state, so many vacancies of it, and the key of its tool. */
  async partner(count: number, state: 'PUBLISHED' | 'DRAFT') {
    const [id, offer, key] = [newId('Organisation'), newId('Offer'), newKey()];
    const vacancies = Array.from({ length: count }, () => newId('Vacancy'));
    const open = state === 'PUBLISHED';
    await this.db.write(hubViewer('test'), async (tx) => {
      await tx.change(sql`insert into organisation (id, kind, name, created_at, updated_at)
        values (${id}, 'ASSOCIATION', ${id}, ${tx.now}, ${tx.now})`);
      await tx.change(sql`insert into api_client (id, organisation_id, name, key_prefix, key_hash, scopes, created_at, updated_at)
        values (${newId('ApiClient')}, ${id}, 'tool', ${prefixOf(key)}, ${hashKey(key)}, ${scopes}, ${tx.now}, ${tx.now})`);
      await tx.change(sql`insert into offer (id, organisation_id, kind, title, exclusive, state, published_at, created_at, updated_at)
        values (${offer}, ${id}, 'DIGITAL', 'Atelier', false, ${state}, ${open ? tx.now : null}, ${tx.now}, ${tx.now})`);
      for (const vacancy of vacancies)
        await tx.change(sql`insert into vacancy (id, offer_id, organisation_id, state, places, opened_at, created_at, updated_at)
          values (${vacancy}, ${offer}, ${id}, ${open ? 'OPEN' : 'DRAFT'}, 2, ${open ? tx.now : null}, ${tx.now}, ${tx.now})`);
    });
    return { id, key, vacancies };
  }

  async close(): Promise<void> {
    await StartedHub.endAll();
    await this.db.pool.end();
    await this.cluster.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
