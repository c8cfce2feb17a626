import type { EntitlementReason, EntitlementState } from './entitlement.rules.ts';

/** What a fund's file says of a right, and how it changes what was believed (docs/domain.md §13). */
export interface Period {
  state: EntitlementState;
  fromDay: string;
  /** The first day after it; null while nothing says that it ended. */
  untilDay: string | null;
  reason: EntitlementReason | null;
}

/** What is told: a state, and from when as far as the fund says so. */
export interface Told {
  state: EntitlementState;
  reason: EntitlementReason | null;
  /** Null where the fund names no day. */
  since: string | null;
  appliedOn: string;
  /** The day the household came from another fund. */
  arrivedOn?: string | null;
  /** The day the file speaks of. */
  referenceOn: string;
  /** A file of a later day was read already: it stands for what came after (`--backfill`). */
  outdated?: boolean;
}

export const monthOf = (day: string): string => `${day.slice(0, 8)}01`;

/** The first day of the next month. */
export function monthAfter(day: string): string {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

/**
 * From when it is so. A right opens with the month of its application (CASF L262-18), with the household's arrival at the
 * earliest; opened again, with the month of the file, since no file names the day.
 */
export function sinceOf(known: readonly Period[], told: Told): string {
  const last = known.at(-1);
  if (told.since !== null) return told.since;
  if (told.state === 'REQUESTED') return told.appliedOn;
  if (told.state !== 'OPEN') return latest(monthOf(told.referenceOn), last?.fromDay);
  const first = latest(monthOf(told.appliedOn), told.arrivedOn);
  if (!last || last.state === 'REQUESTED' || first > last.fromDay) return first;
  return latest(monthOf(told.referenceOn), last.fromDay);
}

function latest(one: string, other: string | null | undefined): string {
  return other != null && other > one ? other : one;
}

/** Whether what is told is what is believed of the day of the file already. */
function knownAlready(known: readonly Period[], told: Told): boolean {
  const then = known.find(({ fromDay, untilDay }) => fromDay <= told.referenceOn && (untilDay === null || untilDay > told.referenceOn)); // prettier-ignore
  return (
    then !== undefined &&
    then.state === told.state &&
    then.reason === told.reason &&
    (told.since === null || told.since >= then.fromDay)
  );
}

/**
 * The periods as they are believed from now on. A file of an earlier day than the last one read says what was so until the
 * end of its month, or until the next thing known, where nothing is known of the day after.
 */
export function retold(known: readonly Period[], told: Told): readonly Period[] {
  if (knownAlready(known, told)) return known;
  const fromDay = sinceOf(known, told);
  const { state, reason } = told;
  return painted(known, { state, reason, fromDay, untilDay: untilOf(known, told, fromDay) });
}

function untilOf(known: readonly Period[], { referenceOn, outdated }: Told, from: string): string | null {
  if (!outdated) return null;
  const next = monthAfter(referenceOn);
  if (known.some(({ fromDay, untilDay }) => fromDay <= next && (untilDay ?? '9999') > next))
    return next > from ? next : null;
  return known.find(({ fromDay }) => fromDay > next && fromDay > from)?.fromDay ?? null;
}

/** The same periods with one laid over them; neighbours that say the same become one. */
export function painted(known: readonly Period[], one: Period): Period[] {
  const parts = known.flatMap((each): Period[] => {
    const before = { ...each, untilDay: earliest(each.untilDay, one.fromDay) };
    const after = one.untilDay === null ? null : { ...each, fromDay: latest(each.fromDay, one.untilDay) };
    return [before, after].filter((part): part is Period => part !== null && holds(part));
  });
  return joined([...parts, one].sort((a, b) => (a.fromDay < b.fromDay ? -1 : 1)));
}

const holds = ({ fromDay, untilDay }: Period) => untilDay === null || untilDay > fromDay;
const earliest = (one: string | null, other: string) => (one === null || other < one ? other : one);

function joined(parts: readonly Period[]): Period[] {
  const whole: Period[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    const goesOn = last && last.untilDay === part.fromDay && last.state === part.state && last.reason === part.reason;
    if (goesOn) last.untilDay = part.untilDay;
    else whole.push({ ...part });
  }
  return whole;
} // prettier-ignore

/** What was believed and no longer is, and what is believed instead. */
export function difference(known: readonly Period[], now: readonly Period[]) {
  const same = (one: Period, other: Period) =>
    one.fromDay === other.fromDay && one.untilDay === other.untilDay && one.state === other.state && one.reason === other.reason; // prettier-ignore
  return {
    ended: known.filter((each) => !now.some((other) => same(each, other))),
    begun: now.filter((each) => !known.some((other) => same(each, other))),
  };
}
