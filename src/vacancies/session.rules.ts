import { invalid } from '../kernel/refusal.ts';

/** One meeting of a cycle, or the day of a workshop: a day, and from when to when if that is known (Paris time). */
export interface Session {
  on: string;
  from?: string | null;
  to?: string | null;
}

export const mostSessions = 100;

/** Each session ends after it begins, and the group is never at two at once; answered in the order they take place. */
export function sessionsMeant(sessions: readonly Session[]): Session[] {
  if (sessions.length > mostSessions) throw invalid('sessions', 'TOO_MANY', { most: mostSessions });
  for (const [at, session] of sessions.entries()) checkTimes(session, `sessions.${at}.`);
  const meant = sessions.map(({ on, from, to }) => ({ on, from: from ?? null, to: to ?? null }));
  meant.sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
  for (const [at, later] of meant.slice(1).entries()) checkApart(meant[at]!, later);
  return meant;
}

/** From when to when, both or neither, as a clock shows it; `path` leads to the two fields. */
export function checkTimes({ from, to }: Omit<Session, 'on'>, path = ''): void {
  for (const [name, time] of [['from', from], ['to', to]] as const)
    if (time != null && !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) throw invalid(`${path}${name}`, 'TIME');
  if ((from == null) !== (to == null)) throw invalid(`${path}${from == null ? 'from' : 'to'}`, 'REQUIRED');
  if (from != null && to! <= from) throw invalid(`${path}to`, 'DATES_REVERSED');
} // prettier-ignore

function orderOf({ on, from }: Session): string {
  return `${on} ${from ?? ''}`;
}

/** A session without times is its whole day. */
function checkApart(earlier: Session, later: Session): void {
  if (earlier.on !== later.on) return;
  if (earlier.to == null || later.from == null || later.from < earlier.to)
    throw invalid('sessions', 'OVERLAP', { until: `${earlier.on} ${earlier.to ?? '24:00'}` });
}

interface Days {
  startsOn?: string | null;
  endsOn?: string | null;
}

/**
 * A vacancy that names its sessions runs from the first to the last: its days follow them, and are not said otherwise.
 * Undefined sessions of a change stay as they were.
 */
export function daysOfSessions(change: Days & { sessions?: readonly Session[] }, before: readonly Session[]): Days {
  const sessions = change.sessions ?? before;
  if (sessions.length === 0) return { ...said('startsOn', change), ...said('endsOn', change) };
  const days = { startsOn: sessions[0]!.on, endsOn: sessions.at(-1)!.on };
  for (const field of ['startsOn', 'endsOn'] as const)
    if (change[field] !== undefined && change[field] !== days[field]) throw invalid(field, 'FOLLOWS_SESSIONS', days);
  return days;
} // prettier-ignore

function said(field: keyof Days, change: Days): Days {
  return change[field] === undefined ? {} : { [field]: change[field] };
}
