import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

const ed25519 = Buffer.from('302e020100300506032b657004220420', 'hex'); // PKCS#8 header of a raw Ed25519 seed

/** The Ed25519 key that a secret of any length stands for. */
export function keyOfSecret(secret: Buffer): KeyObject {
  const seed = createHash('sha256').update(secret).digest();
  return createPrivateKey({ key: Buffer.concat([ed25519, seed]), format: 'der', type: 'pkcs8' });
}

/** An Ed25519 private key as an operator states it: a file (PEM), or base64 (DER, PKCS#8). Throws on anything else. */
export function privateKey(stated: string): KeyObject {
  const file = pemIn(stated);
  return signing(file ? createPrivateKey(file) : createPrivateKey({ key: der(stated), format: 'der', type: 'pkcs8' }));
} // prettier-ignore

/** The same of public keys, several by commas: files (PEM), or base64 (DER, SPKI). */
export function publicKeys(stated: string): KeyObject[] {
  return stated.split(',').map((each) => {
    const file = pemIn(each.trim());
    return signing(file ? createPublicKey(file) : createPublicKey({ key: der(each), format: 'der', type: 'spki' }));
  });
} // prettier-ignore

function pemIn(stated: string): string | null {
  return existsSync(stated) ? readFileSync(stated, 'utf8') : null;
}

function der(stated: string): Buffer {
  return Buffer.from(stated.trim(), 'base64');
}

function signing(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key');
  return key;
}
