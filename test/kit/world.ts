import sql from 'sql-template-tag';
import { hashKey, newKey, prefixOf } from '../../src/auth/tokens.ts';
import { newId } from '../../src/kernel/ids.ts';
import { hubViewer, type PeopleScope, type Role, type Scope, type Viewer } from '../../src/kernel/viewer.ts';
import type { OrganisationKind, Remit } from '../../src/partners/organisation.rules.ts';
import type { HubOptions } from '../../src/server/hub.ts';
import { actors } from '../../src/demo/actors.ts';
import { Client, type Listening } from './client.ts';
import { demoTemplate } from './demo.ts';
import { TestHub, testKeys } from './hub.ts';

export interface OrganisationOf {
  kind?: OrganisationKind;
  remit?: Remit;
  name?: string;
  commune?: string;
}

export interface MemberOf {
  roles?: Role[];
  people?: PeopleScope;
  territory?: string[];
  language?: string;
}

/** A test's own corner of the programme: `world.organisation(…)` gives a partner, which gives members and their clients. */
export class World {
  private readonly clients: Client[] = [];
  private serial = 0;

  private constructor(readonly server: TestHub) {}

  static async open(options: Partial<HubOptions> = {}): Promise<World> {
    return new World(await TestHub.open(options));
  }

  /** A clone of the demo, as it is on the first morning of the tests' clock. */
  static async openDemo(): Promise<World> {
    return new World(await TestHub.open({}, await demoTemplate()));
  }

  /** What an actor of the demo asks with. */
  async actor(name: string): Promise<Client> {
    const actor = actors.find((each) => each.name === name)!;
    return this.client(
      actor.kind === 'TOOL' ? testKeys.toolKey(name) : await testKeys.memberToken(actor.email),
    );
  }

  async close(): Promise<void> {
    for (const client of this.clients) await client.close();
    await this.server.close();
  }

  get clock() {
    return this.server.clock;
  }

  get db() {
    return this.server.hub.db;
  }

  /** The hub as an actor, for what no partner could arrange. */
  get hub() {
    return hubViewer('test');
  }

  /** Rows as the hub sees them: for asserting what is stored, never for arranging what the API could. */
  rows<T = any>(query: ReturnType<typeof sql>): Promise<T[]> {
    return this.db.as(hubViewer('test')).rows<T>(query);
  }

  /** Who a client is to the hub. */
  async viewerOf({ token }: { token: string }): Promise<Viewer> {
    return (await this.server.hub.login.admit(token))!.viewer;
  }

  /** A subscription that the hub has taken up: whatever happens from now on, it is told of. */
  async listening<T = any>(client: Client, query: string, variables: object = {}): Promise<Listening<T>> {
    const before = this.server.listening;
    const listening = client.subscribe<T>(query, variables as Record<string, unknown>);
    await eventually(() => this.server.listening > before);
    return listening;
  }

  next(): number {
    return ++this.serial;
  }

  async organisation(of: OrganisationOf = {}): Promise<Partner> {
    const id = newId('Organisation');
    const { kind = 'ASSOCIATION', remit = null, commune = '44109' } = of;
    const name = of.name ?? `${kind} ${this.next()}`;
    await this.db.write(hubViewer('test'), (tx) =>
      tx.change(
        sql`insert into organisation (id, kind, remit, name, siret, commune_code, created_at, updated_at)
        values (${id}, ${kind}, ${remit}, ${name}, ${siret(this.serial++)}, ${commune}, ${tx.now}, ${tx.now})`,
        1,
      ),
    );
    return new Partner(this, id, name);
  }

  client(token: string, language?: string): Client {
    const client = new Client(this.server.url, token, language);
    this.clients.push(client);
    return client;
  }
}

/** A client that asks as a member. */
export type Asking = Client & { memberId: string };

export class Partner {
  constructor(
    readonly world: World,
    readonly id: string,
    readonly name: string,
  ) {}

  /** A member with these roles (a manager if not said), and the client it asks with. */
  async member(of: MemberOf = {}): Promise<Asking> {
    const { roles = ['MANAGER'], people = 'ALL', territory = [] } = of;
    const id = newId('Member');
    const email = `member-${this.world.next()}@test.example`;
    await this.world.db.write(hubViewer('test'), (tx) =>
      tx.change(
        sql`insert into member (id, organisation_id, email, display_name, roles, people, territory, state, created_at, updated_at)
        values (${id}, ${this.id}, ${email}, ${`Member ${email}`}, ${roles}, ${people}, ${territory}, 'ACTIVE', ${tx.now}, ${tx.now})`,
        1,
      ),
    );
    const client = this.world.client(await testKeys.memberToken(email, '1h'), of.language);
    return Object.assign(client, { memberId: id });
  }

  /** A tool of this organisation with these scopes, acting for a member if one is named. */
  async tool(scopes: Scope[], actingMember: string | null = null): Promise<Client> {
    const key = newKey();
    await this.world.db.write(hubViewer('test'), (tx) =>
      tx.change(
        sql`insert into api_client (id, organisation_id, acting_member_id, name, key_prefix, key_hash, scopes, created_at, updated_at)
        values (${newId('ApiClient')}, ${this.id}, ${actingMember}, 'tool', ${prefixOf(key)}, ${hashKey(key)}, ${scopes}, ${tx.now}, ${tx.now})`,
        1,
      ),
    );
    return this.world.client(key);
  }
}

const councils = new WeakMap<World, Promise<Partner>>();

/** The one council of a world: it sees everybody registered from now on. */
export function councilOf(world: World): Promise<Partner> {
  const known = councils.get(world) ?? world.organisation({ kind: 'COUNCIL' });
  councils.set(world, known);
  return known;
}

/** Resolves when no transaction still open, of whatever worker, holds back what has happened here. */
export async function settled(world: World): Promise<void> {
  const open = sql`select 1 from event where tx >= pg_snapshot_xmin(pg_current_snapshot()) limit 1`;
  for (const end = Date.now() + 15_000; (await world.rows(open)).length > 0;)
    if (Date.now() > end) throw new Error('the journal is held back by somebody');
    else await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Waits until it holds, for what comes about by itself and tells nobody. Long, as `until` is: only a failure waits for its end. */
export async function eventually(holds: () => boolean, within = 15_000): Promise<void> {
  for (const end = Date.now() + within; !holds(); await new Promise((resolve) => setTimeout(resolve, 5)))
    if (Date.now() > end) throw new Error(`never came about: ${String(holds)}`);
}

/** The n-th SIRET that passes the check sum. */
export function siret(n: number): string {
  const body = String(1_000_000_000_000 + n);
  for (let key = 0; key < 10; key++) {
    const candidate = body + key;
    const sum = [...candidate].reduce((total, digit, at) => {
      const doubled = at % 2 === 0 ? Number(digit) * 2 : Number(digit);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
    if (sum % 10 === 0) return candidate;
  }
  throw new Error('unreachable: one of ten keys always fits');
}
