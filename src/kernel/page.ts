import { createHash } from 'node:crypto';
import { Refusal } from './refusal.ts';

/** What a client asks of a list; a page holds at most 100 rows. */
export interface PageRequest {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

export const defaultPageSize = 20;
export const largestPage = 100;

export interface PageWindow {
  size: number;
  backward: boolean;
  /** Sort keys of the row to go on from, as text; null for the first page. */
  from: readonly string[] | null;
}

/** Cursors are opaque to clients: the sort keys of a row, sealed with the signature of the list they belong to. */
export function encodeCursor(signature: string, keys: readonly string[]): string {
  return Buffer.from(JSON.stringify([signature, ...keys])).toString('base64url');
}

function decodeCursor(signature: string, cursor: string, keyCount: number): readonly string[] {
  const [owner, ...keys] = parseCursor(cursor);
  if (owner !== signature || keys.length !== keyCount) throw new Refusal('CURSOR_MISMATCH');
  return keys;
}

function parseCursor(cursor: string): string[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return value;
  } catch {
    // falls through to the refusal: whatever it was, it is no cursor of ours
  }
  throw new Refusal('CURSOR_MISMATCH');
}

export function signature(...parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 10);
}

export function pageWindow(request: PageRequest, listSignature: string, keyCount: number): PageWindow {
  const { first, last, after, before } = request;
  const mixed =
    (first != null && last != null) || (after != null && before != null) || (last != null && after != null);
  if (mixed || (before != null && first != null))
    throw new Refusal('LIMIT_EXCEEDED', { reason: 'PAGE_MIXED' });
  const backward = last != null || before != null;
  const size = (backward ? last : first) ?? defaultPageSize;
  if (size < 0 || size > largestPage)
    throw new Refusal('LIMIT_EXCEEDED', { reason: 'PAGE_SIZE', largest: largestPage });
  const cursor = after ?? before;
  return { size, backward, from: cursor == null ? null : decodeCursor(listSignature, cursor, keyCount) };
}
