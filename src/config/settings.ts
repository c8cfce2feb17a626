import { join } from 'node:path';
import { z } from 'zod';
import { privateKey, publicKeys } from './signing.ts';

const flag = z.enum(['on', 'off']);
const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must be like postgres://user:password@host:5432/database',
});
function whole(from: number, to = Number.MAX_SAFE_INTEGER) {
  const range = to < Number.MAX_SAFE_INTEGER ? `from ${from} to ${to}` : `of ${from} or more`;
  const error = `must be a whole number ${range}`;
  return z.coerce.number({ error }).int({ error }).min(from, { error }).max(to, { error });
}
/** Keys fetched in clear could be replaced on the way; only a machine talking to itself may. */
const secureUrl = z
  .url()
  .refine((url) => /^https:|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]/.test(url), {
    error: 'must be an https URL',
  });

function reads(how: (stated: string) => unknown, stated: string): boolean {
  try {
    how(stated);
    return true;
  } catch {
    return false;
  }
}

const shape = {
  PORT: whole(0, 65_535).default(4000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('.data'),
  /** Where erasures are remembered apart from the database; absent: `tombstones` in DATA_DIR. */
  TOMBSTONES: z.string().optional(),
  /** An operator's PostgreSQL, as the owner of the tables; absent: an embedded one. */
  DATABASE_URL: postgresUrl.optional(),
  /** The same database as the hub's own role; absent: the owner's login adopts that role. */
  DATABASE_HUB_URL: postgresUrl.optional(),
  /** As the owner and past a transaction pooler, which DATABASE_HUB_URL then goes through: migrations, jobs, LISTEN. */
  DATABASE_DIRECT_URL: postgresUrl.optional(),
  /** The same database as a role with BYPASSRLS, for backups; absent: the owner, who may be no such role. */
  DATABASE_BACKUP_URL: postgresUrl.optional(),
  /** Statements prepared by name; off unless said behind a pooler, which may not know them. */
  DATABASE_PREPARED: flag.optional(),
  /** Demo data, demo keys and their tokens; off as soon as an issuer is named. */
  DEMO: flag.optional(),
  OIDC_ISSUER: secureUrl.optional(),
  OIDC_AUDIENCE: z.string().min(1).optional(),
  OIDC_JWKS_URL: secureUrl.optional(),
  /** Whether tokens must say that somebody checked the address (`email_verified`); trusted: of an issuer that never says. */
  OIDC_EMAIL_VERIFIED: z.enum(['required', 'trusted']).default('required'),
  /** Who may read the schema: a token is asked (default), or anybody may. */
  SCHEMA: z.enum(['token', 'public']).default('token'),
  /** Ed25519 private key that seals the access log; absent in the demo, which keeps one of its own. */
  AUDIT_KEY: z
    .string()
    .refine((stated) => reads(privateKey, stated), {
      error: 'must be an Ed25519 private key: a PEM file, or its PKCS#8 in base64',
    })
    .optional(),
  /** Public keys that sealed before, by commas: what they signed stays verifiable. */
  AUDIT_PUBLIC_KEYS: z
    .string()
    .refine((stated) => reads(publicKeys, stated), {
      error: 'must be Ed25519 public keys by commas: PEM files, or their SPKI in base64',
    })
    .optional(),
  /** Whether a council's member who sees everybody may leave out why; required outside the demo if not said. */
  PURPOSE: z.enum(['asked', 'required']).optional(),
  /** Whether health data are kept; off, the category does not exist (docs/operations.md). */
  HEALTH_DATA: flag.default('off'),
  /** The certified host (hébergeur de données de santé) the operator states; required to turn HEALTH_DATA on. */
  HDS_HOST: z.string().min(1).optional(),
  /** The most one operation may cost; how it is counted stands in docs/operations.md. */
  COST_PER_OPERATION: whole(1000).default(50_000),
  /** What one client may spend in a minute, in the same points. */
  COST_PER_MINUTE: whole(1000).default(500_000),
  /** For how many days the journal of events is kept: who was away longer reads afresh. */
  EVENTS_KEPT_DAYS: whole(7, 3650).default(90),
  /** How many proxies stand in front, whose X-Forwarded-For is believed; none: the socket's own address counts. */
  TRUST_PROXY: whole(0, 5).default(0),
  /** Whether queries are answered by compiled plans; off, GraphQL's own executor answers the same, more slowly. */
  FAST_PATH: flag.default('on'),
  /** Whom to tell of a weakness: handed out under /.well-known/security.txt. */
  SECURITY_CONTACT: z
    .string()
    .regex(
      /^(mailto:\S+@\S+|https:\/\/\S+|tel:\+\d+)$/,
      'must be like mailto:security@example.fr or https://…',
    )
    .optional(),
  /** The mail server: `smtp://user:password@host:587`, `smtps://…:465`; absent: files in the demo, no mail elsewhere. */
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be like smtp://user:password@host:587' }).optional(),
  /** Who writes: an address, or `Passerelle <passerelle@departement.example>`. */
  MAIL_FROM: z
    .string()
    .regex(/^(?:[^<>\r\n]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, 'must be an e-mail address')
    .optional(),
  /** Where the hub is reached from outside: the links of mails begin with it. */
  PUBLIC_URL: secureUrl.optional(),
  /** Where a partner's own software shows a referral, with `{id}` for its id; absent: the page tells the id. */
  REFERRAL_URL: secureUrl.optional(),
  /** The hour of Paris at which each day's notices go, on business days. */
  MAIL_DIGEST_HOUR: whole(0, 23).default(8),
  /** Where webhooks may be sent: to the internet, encrypted; anywhere: also within the operator's own network. */
  WEBHOOKS_TO: z.enum(['internet', 'anywhere']).optional(),
  /** What whoever watches over the hub brings to read `/metrics`; absent, there is no such page. */
  METRICS_TOKEN: z
    .string()
    .regex(/^\S{24,}$/, 'must be at least 24 characters without spaces')
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('warn'),
  NODE_ENV: z.string().optional(),
};

type Shape = z.infer<z.ZodObject<typeof shape>>;
export type Settings = Shape & { demo: boolean };

/** The file of tombstones: kept apart from the database, or a restored backup would bring erased people back. */
export function tombstonesOf({ TOMBSTONES, DATA_DIR }: Pick<Settings, 'TOMBSTONES' | 'DATA_DIR'>): string {
  return TOMBSTONES ?? join(DATA_DIR, 'tombstones');
}

/** Reads the environment once; every missing or malformed setting is told in one message. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const faults: string[] = [];
  const settings: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(shape)) {
    const parsed = kind.safeParse(environment[name] || undefined); // an empty variable is one not set
    settings[name] = parsed.success ? parsed.data : environment[name];
    if (!parsed.success)
      faults.push(`${name}: ${parsed.error.issues.map((issue) => issue.message).join(', ')}`);
  }
  const malformed = new Set(faults.map((fault) => fault.split(':')[0]));
  faults.push(...contradictions(settings as Shape).filter((fault) => !malformed.has(fault.split(':')[0]!)));
  if (faults.length) throw new SettingsFault(faults);
  return { ...(settings as Shape), demo: isDemo(settings as Shape) };
}

export class SettingsFault extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The hub cannot start with these settings:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'SettingsFault';
  }
}

function isDemo({ DEMO, OIDC_ISSUER, NODE_ENV }: Shape): boolean {
  return DEMO ? DEMO === 'on' : !OIDC_ISSUER && NODE_ENV !== 'production';
}

/** In production tokens come from an issuer, all three of its settings; the demo signs its own. */
function contradictions(settings: Shape): string[] {
  const faults: string[] = [];
  if (settings.DATABASE_HUB_URL && !settings.DATABASE_URL && !settings.DATABASE_DIRECT_URL)
    faults.push('DATABASE_URL: required with DATABASE_HUB_URL (the owner migrates)');
  if (settings.DATABASE_DIRECT_URL && !settings.DATABASE_HUB_URL)
    faults.push('DATABASE_HUB_URL: required with DATABASE_DIRECT_URL (a pooler lets nobody adopt a role)');
  if (settings.DEMO === 'on' && settings.NODE_ENV === 'production')
    faults.push('DEMO: cannot be on with NODE_ENV=production');
  if (settings.HEALTH_DATA === 'on' && !settings.HDS_HOST?.trim())
    faults.push('HDS_HOST: required with HEALTH_DATA=on (the certified host of health data)');
  for (const name of ['MAIL_FROM', 'PUBLIC_URL'] as const)
    if (settings.SMTP_URL && !settings[name]) faults.push(`${name}: required with SMTP_URL`);
  if (settings.NODE_ENV === 'production' && !settings.SECURITY_CONTACT)
    faults.push('SECURITY_CONTACT: required in production (whom to tell of a weakness)');
  if (!isDemo(settings) && !settings.AUDIT_KEY) faults.push('AUDIT_KEY: required outside demo mode');
  const needed = ['OIDC_ISSUER', 'OIDC_AUDIENCE', 'OIDC_JWKS_URL'] as const;
  const asked = !isDemo(settings) || needed.some((name) => settings[name]);
  if (asked)
    faults.push(
      ...needed.filter((name) => !settings[name]).map((name) => `${name}: required outside demo mode`),
    );
  return faults;
}
