import { actors } from './actors.ts';
import { Agenda, startOf } from './agenda.ts';
import { Endings, type Ending } from './endings.ts';
import type { Ground } from './ground.ts';
import { closedInAugust, type DemoOffer } from './offers.ts';
import type { DemoPerson } from './people.ts';
import { acceptedStates, isOneOf, openStates, unansweredStates } from '../referrals/referral.rules.ts';
import { dueTomorrow, storyTales } from './story.ts';
import { cut, stateAt, type Tale } from './tale.ts';
import { takesPlace } from './placements.ts';
import { timeToOpen } from './story.data.ts';
import type { DemoVacancy, Vacancies } from './vacancies.ts';

const wanted = 6000;
const drafts = 60;

/** Six thousand referrals with their whole history, each cut at the day of loading. */
export class Referrals {
  readonly tales: Tale[] = [];
  private readonly agenda: Agenda;
  private readonly endings: Endings;

  constructor(
    private readonly ground: Ground,
    private readonly offers: readonly DemoOffer[],
    private readonly vacancies: Vacancies,
    people: readonly DemoPerson[],
  ) {
    this.agenda = new Agenda(people, ground.random);
    this.endings = new Endings(ground);
    for (const tale of storyTales(ground, { offers, vacancies, people, endings: this.endings }))
      this.keep(tale);
    for (const vacancy of vacancies.all) this.fill(vacancy);
    this.fillServices();
    for (const tale of this.tales) this.settle(tale);
    for (const vacancy of vacancies.all) this.count(vacancy);
    this.askToCancel();
    this.answerInTime();
    this.tales.sort((one, other) => one.created - other.created);
  }

  /** As many referrals as a vacancy of that size gets: some are accepted, the others show why not. */
  private fill(vacancy: DemoVacancy): void {
    const { random } = this.ground;
    const { places } = vacancy.row;
    const told = this.tales.filter((tale) => tale.vacancy === vacancy);
    const count = places === null ? random.int(6, 18) : Math.round(places * (1.1 + random.next())) + random.int(0, 2);
    const isV = vacancy === this.vacancies.v;
    const isW = vacancy === this.vacancies.w;
    let seats = places === null ? Infinity : isV ? 4 : isW ? places : Math.round(places * this.fillRate(vacancy));
    const full = seats === places && !isW;
    seats -= told.filter(({ steps }) => steps.some(({ move }) => move === 'accept')).length;
    for (let nth = told.length; nth < Math.max(count, told.length + (isV || isW ? seats : 0)); nth++) {
      const takes = places === null ? random.chance(0.45) : nth - told.length < seats;
      const ending = takes ? (isV || isW ? 'placed' : this.accepted()) : this.refused(full);
      this.tell(vacancy.offer, vacancy, this.dayFor(vacancy, full), ending);
    }
    if (full && !vacancy.closed)
      for (let more = random.int(1, 3); more > 0; more--)
        this.tell(vacancy.offer, vacancy, -random.int(10, 22), 'waitlisted');
  } // prettier-ignore

  private fillRate({ closed, start }: DemoVacancy): number {
    const { random } = this.ground;
    if (closed) return random.chance(0.7) ? 1 : 0.5 + random.next() / 2;
    return random.chance(start < 20 ? 0.55 : 0.15) ? 1 : random.next() * 0.8;
  }

  private accepted(): Ending {
    return this.ground.random.weighted({ placed: 80, cancelled: 9, lapsed: 4, late: 4, kept: 2 });
  }

  private refused(full: boolean): Ending {
    return this.ground.random.weighted({ declined: 42, withdrawn: 18, expired: 14, rerouted: 7, waitlisted: full ? 24 : 0 });
  } // prettier-ignore

  /** A day early enough for an answer before the start; today's vacancies get what is still unanswered. */
  private dayFor({ created, start, offer, closed }: DemoVacancy, full: boolean): number {
    return this.ground.random.int(
      created + 1,
      Math.max(created + 1, Math.min(start - 13, this.isStory(offer) || (full && !closed) ? -14 : -1)),
    );
  }

  /** V and W are as the story needs them today: whoever was accepted there already is. */
  private isStory(offer: DemoOffer): boolean {
    return offer === this.vacancies.v.offer || offer === this.vacancies.w.offer;
  }

  /** The rest goes to services that take people without a vacancy, all along the two years. */
  private fillServices(): void {
    const { random } = this.ground;
    const open = this.offers.filter(({ row, template }) => template.takes === 'NO_VACANCY' && row.state !== 'DRAFT');
    for (let missed = 0; this.tales.length < wanted - drafts && missed < wanted; ) {
      const offer = random.pick(open);
      const last = offer.row.state === 'ARCHIVED' ? -150 : offer.row.state === 'SUSPENDED' ? -20 : -1;
      const ending = random.chance(0.55) ? this.accepted() : this.refused(false);
      if (!this.tell(offer, null, random.int(timeToOpen + 70, last), ending)) missed++;
    }
    const published = open.filter(({ row }) => row.state === 'PUBLISHED');
    while (this.tales.length < wanted) this.tell(random.pick(published), null, -random.int(1, 9), null);
  } // prettier-ignore

  private tell(offer: DemoOffer, vacancy: DemoVacancy | null, day: number, ending: Ending | null): boolean {
    const { time } = this.ground;
    const working = time.workingDay(day, -1);
    if (offer.provider.key === closedInAugust && /-0[78]-/.test(time.day(working))) return false;
    const tale = this.fitting(offer, vacancy, time.at(working), ending);
    if (!tale) return false;
    this.keep(tale);
    if (ending === 'rerouted') this.reroute(tale);
    return true;
  }

  /** A tale that fits into somebody's life; a place that nobody found can take is given up by its person. */
  private fitting(
    offer: DemoOffer,
    vacancy: DemoVacancy | null,
    created: number,
    ending: Ending | null,
  ): Tale | null {
    for (let attempt = 0; attempt < 8; attempt++) {
      const person = this.agenda.somebody(offer, vacancy, created);
      if (!person) return null;
      const tale: Tale = { person, offer, vacancy, created, steps: [] };
      if (ending) this.endings.write(tale, attempt < 6 ? ending : 'withdrawn');
      if (this.agenda.fits(tale)) return tale;
    }
    return null;
  }

  private reroute(before: Tale): void {
    const { at } = before.steps.at(-1)!;
    if (at >= this.ground.time.now || this.tales.length >= wanted - drafts) return;
    const { random } = this.ground;
    const known = this.agenda.of(before.person);
    const open = this.offers.filter(
      (offer) =>
        offer.template.takes === 'NO_VACANCY' &&
        offer.row.state === 'PUBLISHED' &&
        offer.provider !== before.person.referent &&
        !known.some((tale) => tale.offer === offer),
    );
    const { person } = before;
    const tale: Tale = { person, offer: random.pick(open), vacancy: null, created: at + 60_000, steps: [], previous: before };
    this.endings.write(tale, random.chance(0.6) ? 'placed' : 'declined');
    this.keep(tale);
  } // prettier-ignore

  private keep(tale: Tale): void {
    this.tales.push(tale);
    this.agenda.add(tale);
  }

  /** What the world did to a tale: a start elsewhere, a vacancy closed, the day of loading. */
  private settle(tale: Tale): void {
    if (tale.offer.row.exclusive && !tale.placement) this.startedElsewhere(tale);
    const closed = tale.vacancy?.closed;
    if (closed && isOneOf(openStates, stateAt(tale, closed)))
      cut(tale, closed, { move: 'withdraw', by: 'HUB', reason: 'VACANCY_CLOSED' });
    const ends = tale.placement?.end;
    const { time } = this.ground;
    cut(tale, time.now);
    if (tale.placement && ends != null && stateAt(tale, time.now) === 'PLACED') tale.placement.end = null;
  }

  private startedElsewhere(tale: Tale): void {
    const starts = this.agenda
      .of(tale.person)
      .filter((other) => other !== tale && other.placement && other.offer.row.exclusive)
      .map(startOf)
      .filter((start) => start > tale.created);
    const first = Math.min(...starts);
    const state = stateAt(tale, first);
    if (state === 'DRAFT' || isOneOf(openStates, state))
      cut(tale, first, { move: 'withdraw', by: 'HUB', reason: 'STARTED_ELSEWHERE' });
    else if (isOneOf(acceptedStates, state))
      cut(tale, first, { move: 'cancel', by: 'HUB', reason: 'STARTED_ELSEWHERE' });
  }

  /** Counters and state of a vacancy as its referrals leave it; nobody waits where there is a place. */
  private count(vacancy: DemoVacancy): void {
    const { row, closed } = vacancy;
    if (row.places === null) return;
    const told = this.tales.filter((tale) => tale.vacancy === vacancy);
    const { now } = this.ground.time;
    row.held = told.filter((tale) => isOneOf(acceptedStates, stateAt(tale, now))).length;
    row.taken = told.filter((tale) => takesPlace(tale, this.ground.time)).length;
    const free = row.places - row.held - row.taken;
    if (!closed) row.state = free === 0 ? 'FILLED' : 'OPEN';
    row.version += told.filter(({ steps }) => steps.some(({ move }) => move === 'accept')).length;
    if (free > 0 && !closed) for (const tale of told) this.unwait(tale);
  }

  private unwait(tale: Tale): void {
    const { now } = this.ground.time;
    if (stateAt(tale, now) !== 'WAITLISTED') return;
    tale.steps = tale.steps.filter(({ move }) => move !== 'waitlist');
    const due = this.endings.answerDue(this.ground.time.offset(tale.created));
    if (due <= now) tale.steps.push({ at: due, move: 'expire', by: 'HUB', reason: 'NO_ANSWER' });
  }

  /** A few senders asked to cancel within the last hours; the place is still held. */
  private askToCancel(): void {
    const { time, random } = this.ground;
    const accepted = this.tales.filter((tale) => !tale.key && stateAt(tale, time.now) === 'ACCEPTED');
    for (const tale of random.some(accepted, 8)) {
      const at = time.now - random.int(1, 15) * 3_600_000;
      if (at > tale.steps.at(-1)!.at)
        tale.steps.push({ at, move: 'requestCancellation', by: 'SENDER', reason: 'SITUATION_CHANGED' });
    }
  }

  /** Three of the coordinator's are due tomorrow, as the story says; whatever else was has just been answered. */
  private answerInTime(): void {
    const { time } = this.ground;
    const tomorrow = this.endings.answerDue(dueTomorrow(time, this.endings));
    for (const tale of this.tales) {
      if (tale.key || tale.person.member.email !== actors[0]!.email) continue;
      const due = this.endings.answerDue(time.offset(tale.created));
      const last = tale.steps.at(-1);
      if (due <= tomorrow && last && isOneOf(unansweredStates, stateAt(tale, time.now)))
        tale.steps.push({ at: Math.min(time.now, last.at + 600_000), move: 'decline', by: 'RECEIVER', reason: 'NO_POSITION' });
    }
  } // prettier-ignore
}
