import { invalid } from '../kernel/refusal.ts';

/** The delays a referral is sent under: business days, but for the waiting list. */
export interface Delays {
  acknowledge: number;
  answer: number;
  /** Calendar days on the waiting list. */
  waiting: number;
  holdAfterStart: number;
  holdWithoutStart: number;
}

/** Defaults of docs/domain.md §4, where the council has set no others. */
export const defaultDelays: Delays = {
  acknowledge: 3,
  answer: 10,
  waiting: 30,
  holdAfterStart: 5,
  holdWithoutStart: 20,
};

/** Delays that nobody may set; a draft is kept so many calendar days. */
export const fixedDelays = { confirmCancellation: 2, reservedPlace: 3, draft: 30 } as const;

export const bounds: Readonly<Record<keyof Delays, readonly [number, number]>> = {
  acknowledge: [1, 10],
  answer: [2, 40],
  waiting: [7, 180],
  holdAfterStart: [1, 30],
  holdWithoutStart: [5, 60],
};

export function checkDelays(delays: Delays, from: string, today: string): void {
  if (from < today) throw invalid('from', 'PAST');
  for (const [name, [least, most]] of Object.entries(bounds)) {
    const days = delays[name as keyof Delays];
    if (days < least || days > most) throw invalid(name, 'RANGE', { least, most });
  }
  // who must answer within a week cannot have two to take charge
  if (delays.acknowledge > delays.answer)
    throw invalid('acknowledge', 'RANGE', { least: bounds.acknowledge[0], most: delays.answer });
}
