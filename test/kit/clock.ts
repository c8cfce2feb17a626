import { addDays, type Clock } from '../../src/kernel/clock.ts';

/** Starts on Monday 23 November 2026 at nine in Paris, and goes on only when told. */
export class TestClock implements Clock {
  private instant = '2026-11-23T08:00:00.000Z';

  now(): string {
    return this.instant;
  }

  set(instant: string): void {
    this.instant = instant;
  }

  advanceDays(days: number): void {
    this.instant = addDays(this.instant, days);
  }
}
