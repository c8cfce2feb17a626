import { Temporal } from 'temporal-polyfill';

/** Time is an argument: the hub reads one clock, tests move it. */
export interface Clock {
  /** The instant, ISO 8601 in UTC. */
  now(): string;
}

export const systemClock: Clock = { now: () => new Date().toISOString() };

/** The calendar day of an instant in Paris, where the programme lives. */
export function parisDay(instant: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO('Europe/Paris').toPlainDate().toString();
}

export function addDays(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * 86_400_000).toISOString();
}
