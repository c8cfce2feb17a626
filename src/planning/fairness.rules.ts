import { daysBetween } from '../matching/judged.rules.ts';
import type { AssignmentLine } from '../matching/problem.rules.ts';
import type { TargetPublic } from '../programme/public.rules.ts';
import type { RunFacts } from './problem.rules.ts';

/** How a plan treats one group of people: never anybody by name. */
export interface GroupShare {
  /** A public the programme gives priority; null: everybody. */
  public: TargetPublic | null;
  people: number;
  placed: number;
  /** Whole days on the hub, of those who are placed; null where nobody is. */
  meanWaiting: number | null;
  /** Whole points of those who are placed; null where nobody is. */
  meanScore: number | null;
}

export interface FloorPrice {
  public: TargetPublic;
  least: number;
  /** What the best plan without this floor would place and reach more. */
  placedMore: number;
  totalMore: number;
}

/** Everybody, then each public the programme gives priority, as far as any verdict may rest on it. */
export function fairnessOf({ people, scale, between }: RunFacts, lines: readonly AssignmentLine[]): GroupShare[] {
  const scores = new Map(lines.map(({ person, score }) => [person, score]));
  const share = (of: TargetPublic | null): GroupShare => {
    const group = people.filter(({ situations }) => of === null || situations.includes(of));
    const placed = group.filter(({ id }) => scores.has(id));
    return {
      ...{ public: of, people: group.length, placed: placed.length },
      meanWaiting: mean(placed.map(({ registeredOn }) => daysBetween(registeredOn, between.today))),
      meanScore: mean(placed.map(({ id }) => scores.get(id)!)),
    };
  };
  return [share(null), ...[...scale.priorityPublics].sort().map(share)];
} // prettier-ignore

interface ShareChange {
  public: TargetPublic | null;
  placedMore: number;
  meanWaitingMore: number | null;
  meanScoreMore: number | null;
}

/** What one plan does more than another for each group both tell of. */
export function changeOf(before: readonly GroupShare[], after: readonly GroupShare[]): ShareChange[] {
  const more = (one: number | null, other: number | null) => (one === null || other === null ? null : other - one);
  return before.flatMap((one) => {
    const other = after.find((each) => each.public === one.public);
    if (!other) return [];
    return {
      ...{ public: one.public, placedMore: other.placed - one.placed },
      meanWaitingMore: more(one.meanWaiting, other.meanWaiting),
      meanScoreMore: more(one.meanScore, other.meanScore),
    };
  });
} // prettier-ignore

function mean(values: readonly number[]): number | null {
  return values.length ? Math.round(values.reduce((sum, each) => sum + each, 0) / values.length) : null;
}
