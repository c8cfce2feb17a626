import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

export const DeliveryState = vocabulary({
  WAITING: 'To be tried again at `dueAt`, or after an earlier event of the same subject',
  DELIVERED: 'The endpoint answered with a status from 200 to 299',
  FAILED: 'Given up after the last attempt of the schedule; `redeliverEvents` sends it again',
  DROPPED: 'No longer to be sent: the tool may not see its subject any more, or the endpoint was removed',
});
export type DeliveryState = Vocabulary<typeof DeliveryState>;

export const DeliveryFault = vocabulary({
  ADDRESS: 'The name leads to a private address, or to none',
  UNREACHABLE: 'No connection could be made, or it was cut',
  TLS: 'The certificate is not valid for the name',
  TIMEOUT: 'No answer came within fifteen seconds',
});
export type DeliveryFault = Vocabulary<typeof DeliveryFault>;

/** How the other side took it: a status, or why there is none. */
export interface Answer {
  status: number | null;
  fault: DeliveryFault | null;
  /** What `Retry-After` asked for, in milliseconds. */
  retryAfter: number | null;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
/** What the Standard Webhooks specification recommends, from the first attempt on: about three days. */
const pauses = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour]; // prettier-ignore
const jitter = 0.2;
/** No endpoint may ask to be left alone for longer. */
const longestRetryAfter = 24 * hour;
/** After so long without one delivery the endpoint is disabled. */
const failingFor = 3 * 24 * hour;
/** While an attempt is under way: a process that dies then leaves it to whoever comes after that. */
export const lease = minute;

const after = (now: string, pause: number): string => new Date(Date.parse(now) + pause).toISOString();
export const leaseFrom = (now: string): string => after(now, lease);

/** When to try again after so many tries, a little later each by chance; null: not any more. */
export function nextTry(now: string, tries: number, { retryAfter }: Answer, chance: number): string | null {
  const pause = pauses[tries - 1];
  if (pause === undefined) return null;
  const spread = pause * (1 + jitter * chance);
  return after(now, Math.max(spread, Math.min(retryAfter ?? 0, longestRetryAfter)));
}

/** `Retry-After` of an endpoint that is overloaded holds for all that is to be sent there. */
export function notBefore(now: string, { status, retryAfter }: Answer): string | null {
  const asks = status === 429 || status === 503;
  return asks && retryAfter !== null ? after(now, Math.min(retryAfter, longestRetryAfter)) : null;
}

export function isDelivered({ status }: Pick<Answer, 'status'>): boolean {
  return status !== null && status >= 200 && status < 300;
}

export const isGone = ({ status }: Pick<Answer, 'status'>): boolean => status === 410;

export function isDeaf(failingSince: string | null, now: string): boolean {
  return failingSince !== null && Date.parse(now) - Date.parse(failingSince) >= failingFor;
}

/** Seconds, or a day and time (RFC 9110 §10.2.3), as milliseconds from now; null for anything else. */
export function retryAfterOf(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * second;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
