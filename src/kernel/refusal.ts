import type { Code } from './codes.ts';

export type Details = Readonly<Record<string, string | number | boolean | null>>;

/**
 * What the hub refuses, in the domain's words. The code is for programs and never changes; the sentence is
 * looked up by code (and `reason`, where one code has several) in the language of the reader.
 */
export class Refusal extends Error {
  constructor(
    readonly code: Code,
    /** What the sentence needs to be exact: states, bounds, counts. Never another partner's ids. */
    readonly details: Details = {},
    /** Path of the input field at fault, e.g. `contract.to`. */
    readonly field: string | null = null,
  ) {
    super(`${code} ${JSON.stringify(details)}`);
    this.name = 'Refusal';
  }
}

/** The commonest refusal of all: what you may not see does not exist. */
export function found<T>(row: T | null | undefined, field: string | null = null): T {
  if (row === null || row === undefined) throw new Refusal('NOT_FOUND', {}, field);
  return row;
}

export function invalid(field: string, reason: string, details: Details = {}): Refusal {
  return new Refusal('INVALID_INPUT', { reason, ...details }, field);
}

/** An update names the version it read; another one since then refuses it. */
export function sameVersion(row: { version: number }, asked: number | null | undefined): void {
  if (asked !== null && asked !== undefined && asked !== row.version)
    throw new Refusal('STALE', { asked, current: row.version }, 'version');
}
