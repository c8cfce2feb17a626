import { parisDay } from '../kernel/clock.ts';
import { idFromUuid, type Subject } from '../kernel/ids.ts';
import type { Random } from './random.ts';

const dayLength = 86_400_000;

/** The demo's time: whole days counted from the day of loading, so that the story is always of this week. */
export class Timeline {
  /** Milliseconds of the instant of loading: nothing of the demo has happened later. */
  readonly now: number;
  private readonly midnight: number;

  constructor(
    now: string,
    private readonly random: Random,
  ) {
    this.now = Date.parse(now);
    this.midnight = Date.parse(`${parisDay(now)}T00:00:00Z`);
  }

  /** `yyyy-mm-dd` of a day so many days from the day of loading. */
  day(offset: number): string {
    return new Date(this.midnight + offset * dayLength).toISOString().slice(0, 10);
  }

  /** An instant of that day within office hours, the same in summer and winter time. */
  at(offset: number, hour = this.random.int(8, 15), minute = this.random.int(0, 59)): number {
    return this.midnight + offset * dayLength + hour * 3_600_000 + minute * 60_000;
  }

  /** How many days from the day of loading an instant lies. */
  offset(at: number): number {
    return Math.floor((at - this.midnight) / dayLength);
  }

  isWorkingDay(offset: number): boolean {
    const weekday = new Date(this.midnight + offset * dayLength).getUTCDay();
    return weekday !== 0 && weekday !== 6;
  }

  /** The first working day from that day on, going forwards or backwards. */
  workingDay(offset: number, step: 1 | -1 = 1): number {
    while (!this.isWorkingDay(offset)) offset += step;
    return offset;
  }

  id(subject: Subject, at: number): string {
    return idFromUuid(subject, this.random.uuid(at));
  }
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}
