import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { secretIn } from '../config/secret.ts';
import type { Settings } from '../config/settings.ts';
import { keyOfSecret, privateKey } from '../config/signing.ts';

/** The key that seals: each segment names it by the fingerprint of its public half. */
export class SealKey {
  readonly id: string;
  private readonly public: KeyObject;

  constructor(private readonly key: KeyObject) {
    this.public = createPublicKey(key);
    this.id = fingerprint(this.public);
  }

  /** The operator's, else one of the demo's own, kept beside its data. */
  static of({ AUDIT_KEY, DATA_DIR }: Pick<Settings, 'AUDIT_KEY' | 'DATA_DIR'>): SealKey {
    return new SealKey(AUDIT_KEY ? privateKey(AUDIT_KEY) : keyOfSecret(secretIn(DATA_DIR, 'audit-secret')));
  }

  sign(text: string): Buffer {
    return sign(null, Buffer.from(text), this.key);
  }

  /** What is kept of the key when another takes over: enough to verify, not to sign. */
  get publicHalf(): KeyObject {
    return this.public;
  }
}

/** The public keys a verification trusts: those it was given, never one found beside what is verified. */
export class KnownKeys {
  private readonly byId: Map<string, KeyObject>;

  constructor(keys: readonly KeyObject[]) {
    this.byId = new Map(keys.map((key) => [fingerprint(key), key]));
  }

  knows(id: string): boolean {
    return this.byId.has(id);
  }

  accepts(id: string, text: string, signature: Buffer): boolean {
    const key = this.byId.get(id);
    return key !== undefined && verify(null, Buffer.from(text), key, signature);
  }
}

function fingerprint(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ format: 'der', type: 'spki' }))
    .digest('hex')
    .slice(0, 16);
}
