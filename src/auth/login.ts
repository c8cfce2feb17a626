import type pg from 'pg';
import type { Clock } from '../kernel/clock.ts';
import { Refusal } from '../kernel/refusal.ts';
import { scopes, type PeopleScope, type Role, type Scope, type Viewer } from '../kernel/viewer.ts';
import { Proofs } from './proofs.ts';
import { credentialOf, hashKey, type Credential, type Issuer } from './tokens.ts';

interface Found {
  organisation: string;
  organisation_kind: string;
  remit: string | null;
  member: string | null;
  client: string | null;
  roles: Role[];
  scopes: Scope[] | null;
  people: PeopleScope;
  territory: string[];
}

/** Who asks, and what proved it. */
export interface Admitted {
  viewer: Viewer;
  credential: Credential;
  /** When it last proved it, by this process's own clock. */
  provenAt: number;
}

interface LoginOptions {
  pool: pg.Pool;
  issuers: readonly Issuer[];
  /** Whether this hub keeps health data. */
  health: boolean;
  clock: Clock;
  /** Told of each tool whose key opened. */
  used: (client: string) => void;
  /** For how many seconds who was admitted is believed while the issuer cannot be asked whether it still signs for them. */
  believedFor: number;
}

/** From a bearer token to who asks; null when nobody we know. */
export class Login {
  private readonly proofs = new Proofs();

  constructor(private readonly of: LoginOptions) {}

  async admit(token: string): Promise<Admitted | null> {
    const credential = await this.proofs.of(token, () => credentialOf(token, this.of.issuers));
    const viewer = credential && (await this.viewer(credential));
    if (viewer?.client) this.of.used(viewer.client);
    return viewer && { viewer, credential, provenAt: Date.now() };
  }

  /** Whose calendar an address opens, with the rights that member has now; null when nobody's. */
  async ofCalendar(secret: string): Promise<Viewer | null> {
    const { rows } = await this.of.pool.query<Found>({
      name: 'login-calendar',
      text: 'select * from app.viewer_of_calendar($1)',
      values: [hashKey(secret)],
    });
    return rows[0] ? viewerOf(rows[0], this.of.health) : null;
  }

  /**
   * Who was admitted, as they are now: the token proves it again, since its issuer may have withdrawn the key it was signed
   * with. An issuer that cannot be reached has withdrawn nothing, for a while; then nobody can tell, and `UNAVAILABLE` is thrown.
   */
  async again(admitted: Admitted): Promise<Viewer | null> {
    const { credential } = admitted;
    if (credential.kind === 'MEMBER' && !(await this.provenAgain(admitted, credential.token))) return null;
    return this.viewer(credential);
  }

  private async provenAgain(admitted: Admitted, token: string): Promise<boolean> {
    try {
      if (!(await credentialOf(token, this.of.issuers))) return false;
      admitted.provenAt = Date.now();
    } catch (error) {
      const lately = Date.now() - admitted.provenAt < this.of.believedFor * 1000;
      if (!(error instanceof Refusal) || !lately) throw error;
    }
    return true;
  }

  /** Who a proven credential is now: asked at login, and again for as long as a socket is open. */
  async viewer(credential: Credential): Promise<Viewer | null> {
    const { pool, health, clock } = this.of;
    if (credential.kind === 'MEMBER') return memberViewer(pool, credential.email, health);
    const { rows } = await pool.query<Found>({
      name: 'login-key',
      text: 'select * from app.viewer_of_key($1, $2)',
      values: [credential.hash, clock.now()],
    });
    return rows[0] ? viewerOf(rows[0], health) : null;
  }
}

/** The member of this address as they would be admitted now; null when they may not sign in. */
export async function memberViewer(pool: pg.Pool, email: string, health: boolean): Promise<Viewer | null> {
  const { rows } = await pool.query<Found>({ name: 'login-member', text: 'select * from app.viewer_of_member($1)', values: [email] });
  return rows[0] ? viewerOf(rows[0], health) : null;
} // prettier-ignore

/** A tool as it would be admitted now, without its key; null when no key of it opens anything. */
export async function clientViewer(pool: pg.Pool, client: string, health: boolean): Promise<Viewer | null> {
  const { rows } = await pool.query<Found>({ name: 'login-client', text: 'select * from app.viewer_of_client($1)', values: [client] });
  return rows[0] ? viewerOf(rows[0], health) : null;
} // prettier-ignore

function viewerOf(found: Found, health: boolean): Viewer {
  return {
    kind: found.client ? 'TOOL' : 'MEMBER',
    organisation: found.organisation,
    organisationKind: found.organisation_kind,
    remit: found.remit,
    member: found.member,
    client: found.client,
    roles: found.roles,
    scopes: found.scopes ?? scopes,
    people: found.people,
    territory: found.territory,
    health,
    cause: null,
  };
}

/** `Bearer xyz` → `xyz`; null for any other shape. */
export function bearer(header: unknown): string | null {
  return typeof header === 'string' ? (/^Bearer (\S{10,4096})$/i.exec(header)?.[1] ?? null) : null;
}
