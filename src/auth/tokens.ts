import { createHash, randomBytes } from 'node:crypto';
import {
  createRemoteJWKSet,
  customFetch,
  decodeJwt,
  errors,
  importJWK,
  jwtVerify,
  type FetchImplementation,
  type JWK,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
} from 'jose';
import { Refusal } from '../kernel/refusal.ts';

/** What a bearer token proves: a member's e-mail until the token ends (JWT of the issuer), or the hash of a tool's key. */
export type Credential =
  { kind: 'MEMBER'; email: string; expiresAt: number; token: string } | { kind: 'KEY'; hash: string };

export interface Issuer {
  issuer: string;
  keys: JWTVerifyGetKey;
  options: JWTVerifyOptions;
  /** Whether an address is believed of which the token does not say that anybody checked it. */
  trustsUnsaid?: boolean;
}

/** Signatures anybody may check and the issuer alone can make: a public key is never a secret of ours. */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const clockTolerance = 30;
/** However long the issuer makes it last: a token that was stolen serves for a day at most. */
const oldestToken = 86_400;
/** An access token or an ID token; what a logout or a proof of possession is made of opens nothing. */
const types = new Set(['jwt', 'at+jwt']);
const keyPrefix = 'psr_';

/** When the issuer's keys are asked for again, in milliseconds. */
export interface KeyKeeping {
  /** A withdrawn key is believed no longer than this. */
  atMost: number;
  /** An unknown key makes the hub ask again, but not more often than this. */
  atLeast: number;
  timeout: number;
}
const keeping: KeyKeeping = { atMost: 600_000, atLeast: 30_000, timeout: 3_000 };
const restAfterFailure = 2_000;

/** An OIDC issuer, its keys fetched and rotated from its JWKS. */
export function remoteIssuer(
  issuer: string,
  audience: string,
  jwksUrl: string,
  { trustsUnsaid = false, keep = keeping }: { trustsUnsaid?: boolean; keep?: KeyKeeping } = {},
): Issuer {
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    cacheMaxAge: keep.atMost,
    cooldownDuration: keep.atLeast,
    timeoutDuration: keep.timeout,
    [customFetch]: restingAfterFailure(),
  });
  return { issuer, keys, options: { audience, algorithms, maxTokenAge: oldestToken }, trustsUnsaid };
}

/** An issuer of one known public key: demo mode and tests. */
export function localIssuer(issuer: string, audience: string, publicKey: JWK): Issuer {
  const keys = () => importJWK(publicKey, 'EdDSA') as ReturnType<JWTVerifyGetKey>;
  return { issuer, keys, options: { audience, algorithms: ['EdDSA'] } };
}

/** While the issuer does not answer, who needs its keys is told so at once rather than kept waiting in turn. */
function restingAfterFailure(): FetchImplementation {
  let restsUntil = 0;
  return async (url, options) => {
    if (Date.now() < restsUntil) throw new Error('the issuer did not answer a moment ago');
    try {
      const response = await fetch(url, options);
      if (response.status !== 200) restsUntil = Date.now() + restAfterFailure;
      return response;
    } catch (error) {
      restsUntil = Date.now() + restAfterFailure;
      throw error;
    }
  };
}

/** Null for whatever is not a token we trust; why is for nobody to learn. */
export async function credentialOf(token: string, issuers: readonly Issuer[]): Promise<Credential | null> {
  if (token.startsWith(keyPrefix)) return { kind: 'KEY', hash: hashKey(token) };
  const named = issuerIn(token);
  const known = issuers.find(({ issuer }) => issuer === named);
  const payload = known && (await verified(token, known));
  if (!payload || typeof payload.email !== 'string' || !isVerified(payload, known)) return null;
  return { kind: 'MEMBER', email: payload.email, expiresAt: payload.exp! * 1000, token };
}

async function verified(token: string, { issuer, keys, options }: Issuer): Promise<JWTPayload | null> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer,
      clockTolerance,
      requiredClaims: ['exp', 'email'],
      ...options,
    });
    return types.has((protectedHeader.typ ?? 'JWT').toLowerCase()) ? payload : null;
  } catch (error) {
    if (isFaultOfToken(error)) return null;
    throw new Refusal('UNAVAILABLE', { reason: 'ISSUER' });
  }
}

/** Said by the token itself, before anything is checked: only to choose which keys to check it with. */
function issuerIn(token: string): unknown {
  try {
    return decodeJwt(token).iss;
  } catch {
    return null;
  }
}

/** Some issuers write it as a text; one that never says it is believed only where the operator states so. */
function isVerified({ email_verified: verified }: JWTPayload, { trustsUnsaid = false }: Issuer): boolean {
  return verified === true || verified === 'true' || (verified === undefined && trustsUnsaid);
}

/** What is not the token's fault is the issuer's: its keys cannot be had, or are no keys. */
function isFaultOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JOSEError &&
    !['ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID', 'ERR_JWKS_TIMEOUT', 'ERR_JWK_INVALID'].includes(error.code)
  );
}

/** API keys are 256 random bits, shown once and kept only as a hash. */
export function newKey(): string {
  return keyPrefix + randomBytes(32).toString('base64url');
}

/** What the address of a calendar ends with: as many random bits, and as little kept of it. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

export function prefixOf(key: string): string {
  return key.slice(0, keyPrefix.length + 6);
}
