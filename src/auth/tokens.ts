import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, importJWK, jwtVerify, type JWK, type JWTVerifyGetKey } from 'jose';

/** What a bearer token proves: a member's e-mail (JWT of the issuer), or the hash of a tool's key. */
export type Credential = { kind: 'MEMBER'; email: string } | { kind: 'KEY'; hash: string };

export interface Issuer {
  issuer: string;
  audience: string;
  keys: JWTVerifyGetKey;
}

const algorithms = ['RS256', 'ES256', 'EdDSA'];
const keyPrefix = 'psr_';

/** An OIDC issuer, its keys fetched and rotated from its JWKS. */
export function remoteIssuer(issuer: string, audience: string, jwksUrl: string): Issuer {
  return { issuer, audience, keys: createRemoteJWKSet(new URL(jwksUrl)) };
}

/** An issuer of one known public key: demo mode and tests. */
export function localIssuer(issuer: string, audience: string, publicKey: JWK): Issuer {
  return { issuer, audience, keys: () => importJWK(publicKey, 'EdDSA') as ReturnType<JWTVerifyGetKey> };
}

/** Null for whatever is not a token we trust; why is for nobody to learn. */
export async function credentialOf(token: string, issuers: readonly Issuer[]): Promise<Credential | null> {
  if (token.startsWith(keyPrefix)) return { kind: 'KEY', hash: hashKey(token) };
  for (const { issuer, audience, keys } of issuers) {
    const email = await jwtVerify(token, keys, { issuer, audience, algorithms })
      .then(({ payload }) => payload.email)
      .catch(() => null);
    if (typeof email === 'string') return { kind: 'MEMBER', email };
  }
  return null;
}

/** API keys are 256 random bits, shown once and kept only as a hash. */
export function newKey(): string {
  return keyPrefix + randomBytes(32).toString('base64url');
}

export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

export function prefixOf(key: string): string {
  return key.slice(0, keyPrefix.length + 6);
}
