import pg from 'pg';
import { shareConnections } from './lanes.ts';
import { rowTypes } from './types.ts';

/**
 * What each connection of the hub is set to. How alike a word asked and a word found must be (`<<%`): one letter wrong
 * in six is forgiven, one in five or another word with the same ending is not; pg_trgm's own 0.5 forgives it only from
 * eight letters on.
 */
const session = {
  search_path: 'public',
  statement_timeout: '15s',
  idle_in_transaction_session_timeout: '30s',
  'pg_trgm.strict_word_similarity_threshold': '0.4',
};

export const hubRole = 'passerelle_hub';
export const ownerRole = 'passerelle_owner';
/** Reads what is counted and nothing else; the hub becomes it for a step, and never has its rights beside its own. */
export const figuresRole = 'passerelle_figures';
const preparing = 7_201_987;

export interface PoolOptions {
  /** Adopts the hub's role on each connection, for a login that is a member of it. */
  adoptRole?: boolean;
  /** Through a pooler that gives each transaction another connection: it takes no settings at the start of one. */
  pooled?: boolean;
  /** Prepares statements by name. */
  prepared?: boolean;
  max?: number;
  /** After how many uses a connection is given up; never, if not said. */
  maxUses?: number;
}

/** The hub's own pool. It refuses to work through a role that row-level security does not bind. */
export function hubPool(url: string, options: PoolOptions = {}): pg.Pool {
  const { adoptRole = false, pooled = false, prepared = true, max = 8, maxUses = Infinity } = options;
  const settings = [...(adoptRole ? [['role', hubRole]] : []), ...Object.entries(session)];
  const pool = new pg.Pool({
    connectionString: url,
    max,
    maxUses,
    types: rowTypes as pg.CustomTypesConfig,
    ...{ pipeline: true }, // of pg, though its types do not say so yet: see lanes.ts
    ...(!pooled && { options: settings.map(([name, value]) => `-c ${name}=${value}`).join(' ') }),
    connectionTimeoutMillis: 10_000,
  });
  // a connection lost while idle (PostgreSQL restarted) is replaced at the next query
  pool.on('error', () => {});
  // one lost between two statements has nobody to tell: unheard it would end the process; its next statement fails
  pool.on('connect', (client) => client.on('error', () => {}));
  if (!prepared) pool.on('connect', unprepared);
  else shareConnections(pool);
  return pool;
}

/** A name stays behind on the connection it was prepared on, where the next statement may not be. */
function unprepared(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  const unnamed = (asked: unknown) =>
    typeof asked === 'object' && asked !== null && 'name' in asked ? { ...asked, name: undefined } : asked;
  Object.assign(client, {
    query: (asked: unknown, ...further: unknown[]) => query(unnamed(asked), ...further),
  });
}

/** Behind a pooler nobody but the role itself can bring the settings along. */
export async function refuseUnset(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select name from unnest($1::text[], $2::text[]) wanted (name, value)
     where current_setting(name, true) is distinct from value`,
    [Object.keys(session), Object.values(session)],
  );
  if (!rows.length) return;
  const wanted = rows.map(
    ({ name }) => `alter role ${hubRole} set ${name} = '${session[name as keyof typeof session]}'`,
  );
  throw new Error(
    `Behind a pooler the hub's role must bring its settings itself (docs/operations.md): ${wanted.join('; ')};`,
  );
}

const insufficientPrivilege = '42501';

export async function refuseUnboundRole(pool: pg.Pool): Promise<void> {
  const { rows } = await pool
    .query<{ unbound: boolean }>(
      `select rolsuper or rolbypassrls or exists (
         select 1 from pg_class where relname = 'person' and relnamespace = 'public'::regnamespace and relowner = pg_roles.oid
       ) as unbound from pg_roles where rolname = current_user`,
    )
    .catch((error: { code?: string }) => {
      throw error.code === insufficientPrivilege
        ? new Error(notBound('may not adopt the hub’s role'))
        : error;
    });
  if (rows[0]?.unbound !== false)
    throw new Error(notBound('is a superuser, has BYPASSRLS or owns the tables'));
}

function notBound(fault: string): string {
  return `The hub’s login ${fault}: give DATABASE_HUB_URL another one, or grant ${hubRole} to the login of DATABASE_URL (docs/operations.md).`;
}

/** On a cluster of our own: the three roles and the database, made as its superuser. Repeating it changes nothing. */
export async function prepareCluster(superUrl: string, password: string, database: string): Promise<void> {
  const admin = new pg.Client({ connectionString: superUrl });
  await admin.connect();
  try {
    // two hubs starting together: roles cannot be altered by both at once
    await admin.query('select pg_advisory_lock($1)', [preparing]);
    for (const role of [ownerRole, hubRole]) await ensureLogin(admin, role, password);
    await ensureFigures(admin);
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [database]);
    if (!rowCount) await admin.query(`create database ${pg.escapeIdentifier(database)} owner ${ownerRole}`);
  } finally {
    await admin.end();
  }
}

async function ensureLogin(admin: pg.Client, role: string, password: string): Promise<void> {
  const { rowCount } = await admin.query('select 1 from pg_roles where rolname = $1', [role]);
  const verb = rowCount ? 'alter' : 'create';
  await admin.query(`${verb} role ${role} login password ${pg.escapeLiteral(password)}`);
}

async function ensureFigures(admin: pg.Client): Promise<void> {
  const { rowCount } = await admin.query('select 1 from pg_roles where rolname = $1', [figuresRole]);
  if (!rowCount) await admin.query(`create role ${figuresRole} nologin`);
  await admin.query(`alter role ${hubRole} noinherit; grant ${figuresRole} to ${hubRole}`);
}

/** The same server and database, as another login. */
export function asRole(url: string, role: string, password: string): string {
  const other = new URL(url);
  other.username = role;
  other.password = password;
  return other.toString();
}

/** After a great many rows at once: until PostgreSQL has counted them, it plans as if the tables were empty. */
export async function gatherStatistics(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query('analyze').finally(() => owner.end());
}
