import { heldUntil, startedClock } from '../referrals/clock.rules.ts';
import { fixedDelays } from '../referrals/delay.rules.ts';
import type { DeclineReason, ReferralReason, WithdrawReason } from '../referrals/reason.rules.ts';
import { withinBusinessDays } from '../kernel/calendar.ts';
import type { Ground } from './ground.ts';
import type { Step, Tale } from './tale.ts';
import { iso } from './timeline.ts';

export type Ending = 'placed' | 'late' | 'kept' | 'cancelled' | 'lapsed' | 'declined' | 'expired' | 'withdrawn' | 'rerouted' | 'waitlisted'; // prettier-ignore

const declines: Partial<Record<DeclineReason, number>> = { NO_POSITION: 4, DID_NOT_COME: 3, DID_NOT_COME_TO_INTERVIEW: 3, NOT_INTERESTED: 3, LACKING_SKILLS: 2, NOT_MOBILE: 2, INCOMPATIBLE: 1, NON_ELIGIBLE: 1, HIRED_ELSEWHERE: 1, TRAINING: 1, OTHER: 1 }; // prettier-ignore
const withdrawals: Partial<Record<WithdrawReason, number>> = { PERSON_REFUSES: 3, PERSON_UNAVAILABLE: 3, SITUATION_CHANGED: 2, BETTER_PROPOSAL: 2, MISTAKE: 1 }; // prettier-ignore

/** Writes the whole history of a tale that is to end so, from the day it was created. */
export class Endings {
  private readonly due = new Map<number, number>();

  constructor(private readonly ground: Ground) {}

  write(tale: Tale, ending: Ending): void {
    const day = this.ground.time.offset(tale.created);
    this.add(tale, tale.created, 'send', 'SENDER');
    this[ending](tale, day);
  }

  /** When a referral sent on this day must be answered. */
  answerDue(day: number): number {
    let due = this.due.get(day);
    if (due === undefined) {
      const sent = iso(this.ground.time.at(day, 10, 0));
      this.due.set(
        day,
        (due = Date.parse(startedClock(sent, { commune: null, startsOn: null }).answerDueAt)),
      );
    }
    return due;
  }

  private placed(tale: Tale, day: number): void {
    const answered = this.accept(tale, this.answer(day));
    this.start(tale, answered);
  }

  /** Nobody answered in time; then somebody did. */
  private late(tale: Tale, day: number): void {
    const due = this.answerDue(day);
    this.add(tale, due, 'expire', 'HUB', 'NO_ANSWER');
    const answered = this.ground.time.workingDay(this.ground.time.offset(due) + this.ground.random.int(2, 6));
    this.start(tale, this.accept(tale, answered));
  }

  private kept(tale: Tale, day: number): void {
    const answered = this.accept(tale, this.answer(day));
    this.on(tale, answered + 1, 'requestCancellation', 'SENDER', 'SITUATION_CHANGED');
    const kept = this.on(tale, answered + 2, 'keep', 'SENDER');
    this.start(tale, kept);
  }

  private cancelled(tale: Tale, day: number): void {
    const { random } = this.ground;
    const answered = this.accept(tale, this.answer(day));
    switch (random.weighted({ provider: 3, person: 3, agreed: 2, silence: 1 })) {
      case 'provider':
        this.on(tale, answered + 2, 'cancelAcceptance', 'RECEIVER', random.weighted({ DID_NOT_START: 5, NOT_ELIGIBLE: 2, FUNDING_ENDED: 1 })); // prettier-ignore
        break;
      case 'person':
        this.on(tale, answered + 2, 'requestCancellation', 'SENDER', 'PERSON_REFUSES');
        break;
      case 'agreed':
        this.on(tale, this.on(tale, answered + 1, 'requestCancellation', 'SENDER', 'SITUATION_CHANGED') + 1, 'confirmCancellation', 'RECEIVER'); // prettier-ignore
        break;
      case 'silence':
        this.on(tale, answered + 1, 'requestCancellation', 'SENDER', 'BETTER_PROPOSAL');
        this.add(tale, this.silentSince(tale), 'confirmCancellation', 'HUB', 'SILENCE');
    }
  }

  private silentSince(tale: Tale): number {
    return Date.parse(withinBusinessDays(iso(tale.steps.at(-1)!.at), fixedDelays.confirmCancellation));
  }

  private lapsed(tale: Tale, day: number): void {
    const answered = this.accept(tale, this.answer(day));
    const startsOn = tale.vacancy?.row.startsOn ?? null;
    const until = heldUntil(iso(this.ground.time.at(answered, 16, 0)), { commune: null, startsOn });
    this.add(tale, Date.parse(until), 'lapse', 'HUB', 'HOLD_ENDED');
  }

  private declined(tale: Tale, day: number): void {
    this.on(tale, this.answer(day, tale, 0.8), 'decline', 'RECEIVER', this.ground.random.weighted(declines));
  }

  private expired(tale: Tale, day: number): void {
    this.answer(day, tale, 0.3);
    this.add(tale, this.answerDue(day), 'expire', 'HUB', 'NO_ANSWER');
  }

  private withdrawn(tale: Tale, day: number): void {
    this.on(
      tale,
      this.answer(day, tale, 0.5),
      'withdraw',
      'SENDER',
      this.ground.random.weighted(withdrawals),
    );
  }

  private rerouted(tale: Tale, day: number): void {
    this.on(tale, this.answer(day, tale, 0.4), 'reroute', 'SENDER', 'REROUTED');
  }

  private waitlisted(tale: Tale, day: number): void {
    const { random } = this.ground;
    const waiting = this.on(tale, this.answer(day, tale, 1), 'waitlist', 'RECEIVER');
    const since = tale.steps.at(-1)!.at;
    const ended = random.weighted({ wait: 5, declined: 2, withdrawn: 3 });
    if (ended === 'wait') this.add(tale, since + 30 * 86_400_000, 'expire', 'HUB', 'WAIT_ENDED');
    else if (ended === 'declined')
      this.on(tale, waiting + random.int(8, 20), 'decline', 'RECEIVER', 'NO_POSITION');
    else this.on(tale, waiting + random.int(5, 25), 'withdraw', 'SENDER', random.weighted(withdrawals));
  }

  /** The day of the answer; a tale whose provider takes charge first gets that step. */
  private answer(day: number, tale?: Tale, taken = 0): number {
    const { time, random } = this.ground;
    const acknowledged = time.workingDay(day + random.int(0, 3));
    const first = acknowledged === day ? day + 1 : acknowledged;
    if (tale && random.chance(taken)) this.on(tale, first, 'acknowledge', 'RECEIVER');
    return time.workingDay(first + random.int(1, 6));
  }

  private accept(tale: Tale, day: number): number {
    const sent = this.ground.time.offset(tale.steps.at(-1)!.at);
    const unanswered = tale.steps.at(-1)!.move === 'send';
    if (unanswered && day - sent > 1) this.on(tale, sent + 1, 'acknowledge', 'RECEIVER');
    return this.on(tale, Math.max(day, sent + 2), 'accept', 'RECEIVER');
  }

  private start(tale: Tale, accepted: number): void {
    const { time, random } = this.ground;
    const announced = tale.vacancy
      ? Math.max(tale.vacancy.start, accepted + 1)
      : accepted + random.int(2, 15);
    const start = time.workingDay(announced + (random.chance(0.8) ? 0 : random.int(1, 3)));
    this.add(tale, time.at(start, 9, random.int(0, 59)), 'start', 'RECEIVER');
    const end = time.workingDay(start + durationOf(this.ground, tale));
    tale.placement = { start, end };
    this.add(tale, time.at(end, 17, 0), 'close', 'HUB', 'PLACEMENT_ENDED');
  }

  private on(tale: Tale, day: number, move: Step['move'], by: Step['by'], reason?: ReferralReason): number {
    const working = this.ground.time.workingDay(day);
    this.add(tale, this.ground.time.at(working), move, by, reason);
    return working;
  }

  /** A history runs forwards, whatever hours its days were given. */
  private add(tale: Tale, at: number, move: Step['move'], by: Step['by'], reason?: ReferralReason): void {
    const after = (tale.steps.at(-1)?.at ?? 0) + 600_000;
    tale.steps.push({ at: Math.max(at, after), move, by, ...(reason && { reason }) });
  }
}

/** How long people stay, by kind of action: months of a work site, days of an immersion. */
function durationOf({ random }: Ground, { offer }: Tale): number {
  const { kind, weeks } = offer.template;
  if (kind === 'IMMERSION') return random.int(5, 12);
  if (weeks) return 7 * weeks - random.int(0, 20);
  if (kind === 'JOB') return random.int(120, 900);
  if (offer.row.exclusive) return random.pick([120, 182, 182, 300, 365, 365, 545, 700]) - random.int(0, 40);
  return random.int(20, 200);
}
