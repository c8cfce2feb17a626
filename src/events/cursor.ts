import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { Refusal } from '../kernel/refusal.ts';
import type { Position } from './place.ts';

const cipher = 'aes-256-gcm';
const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
const positionBytes = 16;
const wellFormed = /^[\w-]{60}$/; // 45 bytes in base64url

/**
 * Seals positions of one journal into cursors. Whoever holds one can neither read from it how much has happened nor make
 * another; the same position gives the same cursor at every door, and in every process.
 */
export class CursorSeal {
  private readonly sealing: Buffer;
  private readonly naming: Buffer;

  constructor(
    key: Buffer,
    /** Of which journal; a restored database has another, and its cursors open none of the old. */
    readonly epoch: string,
  ) {
    this.sealing = createHmac('sha256', key).update(`seal ${epoch}`).digest();
    this.naming = createHmac('sha256', key).update(`nonce ${epoch}`).digest();
  }

  seal({ tx, pos }: Position): string {
    const plain = Buffer.alloc(positionBytes);
    plain.writeBigUInt64BE(tx);
    plain.writeBigUInt64BE(pos, 8);
    // drawn from what it seals: no nonce serves two positions, and no counter has to be kept
    const nonce = createHmac('sha256', this.naming).update(plain).digest().subarray(0, nonceBytes);
    const sealing = createCipheriv(cipher, this.sealing, nonce);
    const sealed = Buffer.concat([sealing.update(plain), sealing.final()]);
    return Buffer.concat([Buffer.of(version), nonce, sealed, sealing.getAuthTag()]).toString('base64url');
  }

  /** RESYNC_REQUIRED where it is of another journal; CURSOR_MISMATCH where it is no cursor of a journal at all. */
  open(cursor: string): Position {
    if (!wellFormed.test(cursor)) throw new Refusal('CURSOR_MISMATCH', {}, 'after');
    const bytes = Buffer.from(cursor, 'base64url');
    const body = bytes.subarray(1 + nonceBytes);
    try {
      const opening = createDecipheriv(cipher, this.sealing, bytes.subarray(1, 1 + nonceBytes), {
        authTagLength: tagBytes,
      });
      opening.setAuthTag(body.subarray(positionBytes));
      const plain = Buffer.concat([opening.update(body.subarray(0, positionBytes)), opening.final()]);
      return { tx: plain.readBigUInt64BE(), pos: plain.readBigUInt64BE(8) };
    } catch {
      throw new Refusal('RESYNC_REQUIRED', {}, 'after');
    }
  }
}
