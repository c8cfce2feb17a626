import pg from 'pg';
import { rowTypes } from './types.ts';

/**
 * How alike a word asked and a word found must be (`<<%`): one letter wrong in six is forgiven, one in five or another
 * word with the same ending is not. pg_trgm's own 0.5 forgives it only from eight letters on.
 */
const alikeFrom = 0.4;

export const hubRole = 'passerelle_hub';
export const ownerRole = 'passerelle_owner';
const preparing = 7_201_987;

export interface PoolOptions {
  /** Adopts the hub's role on each connection, for a login that is a member of it. */
  adoptRole?: boolean;
  max?: number;
}

/** The hub's own pool. It refuses to work through a role that row-level security does not bind. */
export function hubPool(url: string, { adoptRole = false, max = 8 }: PoolOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types: rowTypes as pg.CustomTypesConfig,
    options: `${adoptRole ? `-c role=${hubRole} ` : ''}-c search_path=public -c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000 -c pg_trgm.strict_word_similarity_threshold=${alikeFrom}`,
    connectionTimeoutMillis: 10_000,
  });
  // a connection lost while idle (PostgreSQL restarted) is replaced at the next query
  pool.on('error', () => {});
  // one lost between two statements has nobody to tell: unheard it would end the process; its next statement fails
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
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

/** On a cluster of our own: the two roles and the database, made as its superuser. Repeating it changes nothing. */
export async function prepareCluster(superUrl: string, password: string, database: string): Promise<void> {
  const admin = new pg.Client({ connectionString: superUrl });
  await admin.connect();
  try {
    // two hubs starting together: roles cannot be altered by both at once
    await admin.query('select pg_advisory_lock($1)', [preparing]);
    for (const role of [ownerRole, hubRole]) await ensureLogin(admin, role, password);
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
