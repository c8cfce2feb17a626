import { Temporal } from 'temporal-polyfill';
import { addBusinessDays, isBusinessDay } from '../kernel/calendar.ts';
import { parisDay } from '../kernel/clock.ts';

/** When messages go, and when they are tried again. */

/** The next morning of a business day, at this hour of Paris: today's if it is still to come. */
export function nextDigest(now: string, hour: number): string {
  const today = parisDay(now);
  const at = (day: string) =>
    new Date(
      Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: 'Europe/Paris', plainTime: Temporal.PlainTime.from({ hour }) }).epochMilliseconds,
    ).toISOString();
  if (isBusinessDay(today) && at(today) > now) return at(today);
  return at(addBusinessDays(today, 1));
} // prettier-ignore

const minute = 60_000;
/** Minutes before the next try, after so many; from then on the last one. */
const pauses = [1, 5, 15, 60, 180];
/** While a message is being sent: a process that dies then leaves it to whoever comes after that. */
export const lease = 5 * minute;
/** How long a link opens, from when it was sent; and the code that may follow it. */
export const linkLasts = 72 * 60 * minute;
export const codeLasts = 10 * minute;
/** A message given up after about three days. */
export const mostAttempts = 28;
/** Refusals in a row after which nothing more is sent to an address. */
export const mostRefusals = 3;

export function nextTry(now: string, attempts: number): string {
  const pause = pauses[Math.min(attempts, pauses.length) - 1] ?? pauses[0]!;
  return new Date(Date.parse(now) + pause * minute).toISOString();
}

/** Whether an answer came after the link was made: it then opens nothing, even if the referral is open again. */
export function answeredSince(expiresAt: string, answers: readonly (string | null)[]): boolean {
  const made = Date.parse(expiresAt) - linkLasts;
  return answers.some((at) => at !== null && Date.parse(at) > made);
}
