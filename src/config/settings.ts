import { z } from 'zod';

const flag = z.enum(['on', 'off']);

const shape = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('.data'),
  /** An operator's PostgreSQL, as the owner of the tables; absent: an embedded one. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** The same database as the hub's own role; absent: the owner's login adopts that role. */
  DATABASE_HUB_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Demo data, demo keys and their tokens; off as soon as an issuer is named. */
  DEMO: flag.optional(),
  OIDC_ISSUER: z.url().optional(),
  OIDC_AUDIENCE: z.string().min(1).optional(),
  OIDC_JWKS_URL: z.url().optional(),
  /** Who may read the schema: a token is asked (default), or anybody may. */
  SCHEMA: z.enum(['token', 'public']).default('token'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  NODE_ENV: z.string().optional(),
});

export type Settings = z.infer<typeof shape> & { demo: boolean };

/** Reads the environment once; every missing or malformed setting is told in one message. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = shape.safeParse(given);
  const faults = parsed.success
    ? missing(parsed.data)
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  if (faults.length || !parsed.success) throw new SettingsFault(faults);
  return { ...parsed.data, demo: isDemo(parsed.data) };
}

export class SettingsFault extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The hub cannot start with these settings:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'SettingsFault';
  }
}

function isDemo({ DEMO, OIDC_ISSUER, NODE_ENV }: z.infer<typeof shape>): boolean {
  return DEMO ? DEMO === 'on' : !OIDC_ISSUER && NODE_ENV !== 'production';
}

/** In production tokens come from an issuer; all three of its settings, or none of them in the demo. */
function missing(settings: z.infer<typeof shape>): string[] {
  if (isDemo(settings)) return [];
  const needed = ['OIDC_ISSUER', 'OIDC_AUDIENCE', 'OIDC_JWKS_URL'] as const;
  return needed.filter((name) => !settings[name]).map((name) => `${name}: required outside demo mode`);
}
