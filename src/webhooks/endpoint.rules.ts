import { invalid, Refusal } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

export const EndpointState = vocabulary({
  ACTIVE: 'It is told what happens (actif)',
  DISABLED: 'It is told nothing until a manager enables it: see `reason` (suspendu)',
  REMOVED: 'It is told nothing any more (supprimé)',
});
export type EndpointState = Vocabulary<typeof EndpointState>;

export const EndpointReason = vocabulary({
  MANAGER: 'A manager of its organisation disabled it (par un responsable)',
  GONE: 'It answered 410: nobody listens there any more (adresse abandonnée)',
  FAILING: 'For three days nothing could be delivered (en panne)',
  TOOL_STOPPED: 'Its tool was revoked, or whom it acts for no longer may (logiciel arrêté)',
});
export type EndpointReason = Vocabulary<typeof EndpointReason>;

const longestUrl = 500;
export const mostEndpoints = 10;
const usualOverlap = 24;
const longestOverlap = 168;
/** Where an endpoint may be: anywhere on the internet, encrypted, or wherever the operator lets its hub reach. */
export type Reach = 'PUBLIC' | 'ANYWHERE';

/** The address as it is kept; who reads the log of another server must find no password there. */
export function checkUrl(asked: string, reach: Reach): string {
  const url = asked.length <= longestUrl && URL.canParse(asked) ? new URL(asked) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.hash)
    throw invalid('url', 'WEBHOOK_URL', { most: longestUrl });
  if (reach === 'PUBLIC' && url.protocol !== 'https:') throw invalid('url', 'NOT_ENCRYPTED');
  return url.href;
}

/** In hours: for how long what is signed bears the old secret's signature too. */
export function overlapHours(asked: number | null | undefined): number {
  const hours = asked ?? usualOverlap;
  if (hours < 0 || hours > longestOverlap)
    throw invalid('overlapHours', 'RANGE', { least: 0, most: longestOverlap });
  return hours;
}

export function requireState(state: EndpointState, ...among: EndpointState[]): void {
  if (!among.includes(state)) throw new Refusal('WRONG_STATE', { state });
}

const oldest = 30 * 24 * 60 * 60_000;

/** What is asked to be sent again lies in the past, and no further back than deliveries are kept. */
export function checkRange(from: string, until: string, now: string): void {
  if (Date.parse(until) <= Date.parse(from)) throw invalid('until', 'DATES_REVERSED');
  if (Date.parse(from) < Date.parse(now) - oldest) throw invalid('from', 'TOO_OLD');
}
