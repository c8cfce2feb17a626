import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** What only the reader of a mail holds: 256 random bits in a link, six digits in the code that follows on request. */
export const newToken = (): string => randomBytes(32).toString('base64url');
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
export const hashOfToken = (token: string): string => digest(token);
/** Salted with its link's token, which the hub does not keep: a copy of the table gives no code away. */
export const hashOfCode = (token: string, code: string): string => digest(`${token} ${code}`);

export function sameHash(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
