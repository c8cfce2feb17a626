import type { Keyed } from '../db/list.ts';
import { pageWindow, signature, type PageRequest } from '../kernel/page.ts';
import { Connected } from './connection.ts';

/**
 * A page of a list that is worked out rather than read: its rows stand by one text each, unique and in the order of the list,
 * so that a cursor finds its way though rows came or went since.
 */
export function cut<R extends object>(
  rows: readonly R[],
  standsAt: (row: R) => string,
  request: PageRequest,
  about: unknown,
): Connected<R> {
  const sealed = signature('cut', about);
  const { size, backward, from } = windowOf(request, about);
  const all = rows.map((row): Keyed<R> => ({ ...row, $keys: [standsAt(row)] }));
  const beyond = all.filter(({ $keys: [at] }) => !from || (backward ? at! < from[0]! : at! > from[0]!));
  const page = backward ? beyond.slice(Math.max(0, beyond.length - size)) : beyond.slice(0, size);
  const more = beyond.length > page.length;
  const passed = beyond.length < all.length;
  const [hasNext, hasPrevious] = backward ? [passed, more] : [more, passed];
  return new Connected<R>({ rows: page, hasNext, hasPrevious }, sealed, () => Promise.resolve(all.length));
}

/** Refuses a page nobody gives, before it is asked together with those of others. */
export function windowOf(request: PageRequest, about: unknown) {
  return pageWindow(request, signature('cut', about), 1);
}
