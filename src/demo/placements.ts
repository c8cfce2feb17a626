import type { ContractKind } from '../vacancies/vacancy.rules.ts';
import type { PlacementRow } from '../placements/placement.row.ts';
import { followUpsAfter, retention, type FollowUpSituation } from '../placements/follow-up.rules.ts';
import type { EndReason, OutcomeKind } from '../placements/outcome.rules.ts';
import type { ContractRow } from '../placements/contract.row.ts';
import { isOpenEnded, needsContract } from '../placements/contract.rules.ts';
import { refills } from '../vacancies/vacancy.rules.ts';
import type { Rights } from './access.ts';
import { addDays } from '../kernel/clock.ts';
import { outcomeDueAt, outcomeTasks } from '../placements/task.rules.ts';
import { fresh, type Ground, type Rows } from './ground.ts';
import { outcomeDetails } from './outcomes.ts';
import type { Random } from './random.ts';
import type { Told } from './referral.rows.ts';
import type { Tale } from './tale.ts';
import { iso, type Timeline } from './timeline.ts';

/** What became of an accepted referral: its placement with contracts, episodes, outcome and follow-ups. */
export class Placements {
  readonly rows: Rows = {
    placement: [],
    contract: [],
    episode: [],
    attendance: [],
    worked_hours: [],
    outcome: [],
    follow_up: [],
  };

  private readonly came: Random;

  constructor(
    private readonly ground: Ground,
    private readonly rights: Rights,
  ) {
    this.came = ground.random.stream('attendance');
  }

  add(told: Told): PlacementRow | null {
    const { tale, row: referral } = told;
    if (!tale.placement) return null;
    const { time } = this.ground;
    const { start, end } = tale.placement;
    const at = tale.steps.find(({ move }) => move === 'start')!.at;
    const suspended = end === null && time.offset(at) < -40 && this.ground.random.chance(0.05);
    const endedOn = end === null ? null : time.day(end);
    const placement: PlacementRow = {
      id: time.id('Placement', at),
      referralId: referral.id,
      personId: referral.personId,
      offerId: referral.offerId,
      vacancyId: referral.vacancyId,
      senderId: referral.senderId,
      receiverId: referral.receiverId,
      state: endedOn ? 'ENDED' : suspended ? 'SUSPENDED' : 'STARTED',
      origin: referral.origin,
      exclusive: tale.offer.row.exclusive,
      overlapReason: null,
      replacedById: null,
      takesPlace: takesPlace(tale, time),
      startedOn: time.day(start),
      endedOn,
      endReason: null,
      contractEndsOn: null,
      outcomeDueAt: null,
      outcomeReminders: 0,
      followUpDueOn: null,
      ...fresh(iso(at)),
    };
    this.rows.placement!.push(placement);
    this.open(told, placement, at);
    this.contracts(told, placement, start, end ?? 0);
    this.episodes(placement, start, end, suspended);
    if (needsContract(tale.offer.template.kind)) this.hours(told, placement, start, end ?? 0);
    if (!needsContract(tale.offer.template.kind) && !suspended) this.attendance(told, placement);
    if (end !== null) this.ending(told, placement, end);
    return placement;
  }

  /** A name and a way to reach it, for both parties; after the end for as long as the follow-ups and papers need. */
  private open({ row, tale }: Told, { id, personId, receiverId }: PlacementRow, at: number): void {
    const end = tale.placement!.end;
    const parties = [
      { organisationId: receiverId, memberId: row.acknowledgedBy, days: retention.receiver },
      { organisationId: row.followerId!, memberId: row.senderMemberId, days: retention.follower },
    ];
    for (const { days, ...side } of parties)
      for (const category of ['CORE', 'IDENTITY', 'CONTACT'] as const) {
        const right = this.rights.give(personId, side, category, 'PLACEMENT', id, at);
        if (end !== null) right.validUntil = iso(this.ground.time.at(end, 17, 5) + days * 86_400_000);
      }
  }

  /** Six months or less at a time; a renewal is one more line of the same placement. */
  private contracts({ tale }: Told, placement: PlacementRow, start: number, until: number): void {
    const { time, random } = this.ground;
    const { template } = tale.offer;
    if (!needsContract(template.kind)) return;
    const kind: ContractKind = template.contract ?? 'FIXED_TERM';
    let renews: string | null = null;
    for (let from = start; from <= until;) {
      const last = isOpenEnded(kind) ? null : lastDay(from, kind, random.int(0, 3), tale.placement!.end);
      const row: ContractRow = {
        id: time.id('Contract', time.at(from, 9, 5)),
        placementId: placement.id,
        kind,
        fromDay: time.day(from),
        toDay: last === null ? null : time.day(last),
        weeklyHours: template.hours ?? 35,
        renewsId: renews,
        createdAt: iso(Math.min(time.at(from, 9, 5), time.now)),
      };
      this.rows.contract!.push(row);
      placement.contractEndsOn = row.toDay;
      if (last === null) return;
      renews = row.id;
      from = last + 1;
    }
  }

  /** What half of the providers tell, month by month, of the last half year. */
  private hours({ tale }: Told, { id: placementId }: PlacementRow, start: number, until: number): void {
    const { time } = this.ground;
    const weekly = tale.offer.template.hours ?? 35;
    if (this.came.chance(0.5)) return;
    for (let months = 6; months >= 1; months--) {
      const first = monthBefore(time.day(0), months);
      const [from, to] = [dayOf(time, first), dayOf(time, monthBefore(time.day(0), months - 1)) - 1];
      const days = Math.min(to, until) - Math.max(from, start) + 1;
      if (days < 1) continue;
      const worked = Math.round((weekly / 7) * days * (0.8 + 0.2 * this.came.next()) * 2) / 2;
      const knownFrom = iso(Math.min(time.at(to + 4, 10, 0), time.now));
      this.rows.worked_hours!.push({ placementId, month: first, worked, knownFrom, knownUntil: null });
    }
  }

  private episodes(placement: PlacementRow, start: number, end: number | null, suspended: boolean): void {
    const { time, random } = this.ground;
    const last = end ?? 0;
    if (suspended) this.episode(placement, -random.int(5, 30), null, true);
    else if (last - start > 70 && random.chance(0.18)) {
      const from = time.workingDay(start + random.int(30, last - start - 20));
      this.episode(placement, Math.min(from, last - 15), random.int(5, 13), random.chance(0.4));
    }
  }

  private episode({ id }: PlacementRow, from: number, days: number | null, suspends: boolean): void {
    const { time, random } = this.ground;
    const at = time.at(from);
    this.rows.episode!.push({
      id: time.id('Episode', at),
      placementId: id,
      // what kind of leave it is the demo does not keep: its health data are off
      kind: suspends ? random.pick(['LEAVE', 'TRIAL_PERIOD', 'LEAVE', 'TRAINING']) : 'PMSMP',
      fromDay: time.day(from),
      expectedTo: time.day(days === null ? random.int(3, 30) : from + days),
      toDay: days === null ? null : time.day(from + days),
      suspends,
      createdAt: iso(at),
    });
  }

  /** The sheets of the last three weeks: a half day each week. */
  private attendance({ row: referral }: Told, placement: PlacementRow): void {
    const { time } = this.ground;
    for (const weeks of [3, 2, 1]) {
      const day = time.workingDay(-7 * weeks);
      const onDay = time.day(day);
      if (onDay < placement.startedOn || (placement.endedOn !== null && onDay > placement.endedOn)) continue;
      const chance = this.came.next();
      this.rows.attendance!.push({
        placementId: placement.id,
        onDay,
        half: this.came.chance(0.6) ? 'MORNING' : 'AFTERNOON',
        presence: chance < 0.82 ? 'PRESENT' : chance < 0.93 ? 'EXCUSED' : 'ABSENT',
        memberId: referral.acknowledgedBy,
        recordedAt: iso(Math.min(time.at(day, 17, 30), time.now)),
      });
    }
  }

  private ending(told: Told, placement: PlacementRow, end: number): void {
    const { time, random } = this.ground;
    const { outcome, reason } = outcomeDetails(this.ground, told.tale, end);
    const at = time.at(end, 17, 5);
    placement.endReason = reason;
    Object.assign(placement, { version: 2, updatedAt: iso(at) });
    const line = { placementId: placement.id, endedOn: time.day(end), endReason: reason };
    const later = end < -60 && random.chance(0.2) ? time.at(end + random.int(30, 60)) : null;
    if (later)
      this.rows.outcome!.push({ ...line, ...nothing, kind: 'NOT_YET_KNOWN', knownFrom: iso(at), knownUntil: iso(later), correctedBecause: null });
    this.rows.outcome!.push({ ...line, ...outcome, knownFrom: iso(later ?? at), knownUntil: null, correctedBecause: later ? 'NOW_KNOWN' : null });
    if (outcome.kind === 'NOT_YET_KNOWN') this.awaited(placement, end);
    this.followUps(told, placement, end, reason, outcome.kind);
  } // prettier-ignore

  /** Asked for as often as the days since the end say. */
  private awaited(placement: PlacementRow, end: number): void {
    const reminders = outcomeTasks.filter((days) => days < -end).length;
    const at = iso(this.ground.time.at(end, 17, 5));
    const due = outcomeDueAt(
      placement.endedOn!,
      reminders,
      reminders ? addDays(at, outcomeTasks[reminders - 1]!) : at,
    );
    Object.assign(placement, { outcomeReminders: reminders, outcomeDueAt: due, version: 2 + reminders });
  }

  private followUps({ row }: Told, placement: PlacementRow, end: number, reason: EndReason, outcome: OutcomeKind): void {
    const { time, random } = this.ground;
    for (const { months, dueOn } of followUpsAfter(time.day(end), reason)) {
      const due = end + Math.round((Date.parse(dueOn) - Date.parse(time.day(end))) / 86_400_000);
      const on = due < -12 && random.chance(0.85) ? time.workingDay(due + random.int(0, 8)) : null;
      if (on === null) placement.followUpDueOn ??= dueOn;
      this.rows.follow_up!.push({
        id: time.id('FollowUp', time.at(end, 17, 10)),
        placementId: placement.id,
        months,
        dueOn,
        situation: on === null ? null : situationAfter(outcome, random.next()),
        onDay: on === null ? null : time.day(on),
        organisationId: on === null ? null : row.followerId,
        memberId: on === null ? null : row.senderMemberId,
        recordedAt: on === null ? null : iso(time.at(on)),
        toldAt: due < 0 ? iso(time.at(due)) : null,
      });
    }
  } // prettier-ignore
}

/** Taken until it ends early enough to be refilled, and used up if it ends later. */
export function takesPlace({ vacancy, placement }: Tale, time: Timeline): boolean {
  if (!placement || vacancy?.row.places == null) return false;
  return placement.end === null || !refills(vacancy.row, time.day(placement.end));
}

const nothing = { contractKind: null, weeklyHours: null, fromDay: null, toDay: null, certification: null };

function lastDay(from: number, kind: ContractKind, choice: number, end: number | null): number {
  const length =
    kind === 'TEMPORARY' || kind === 'FIXED_TERM_USAGE' ? [30, 45, 60, 90] : [121, 182, 182, 365];
  const last = from + length[choice]! - 1;
  // the last contract is the one the placement ended with
  return end !== null && end >= from ? Math.min(last, end) : last;
}

function situationAfter(outcome: OutcomeKind, chance: number): FollowUpSituation {
  if (chance < 0.12) return 'UNREACHABLE';
  if (chance < 0.14) return 'DECLINED';
  const settled: readonly OutcomeKind[] = ['JOB', 'CIVIL_SERVICE', 'SUBSIDISED_JOB', 'OTHER_SIAE', 'BUSINESS_CREATION']; // prettier-ignore
  if (settled.includes(outcome))
    return chance < 0.8 ? 'SAME_JOB' : chance < 0.92 ? 'OTHER_JOB' : 'UNEMPLOYED';
  if (outcome === 'TRAINING') return chance < 0.75 ? 'TRAINING' : 'OTHER_JOB';
  return chance < 0.6 ? 'UNEMPLOYED' : chance < 0.85 ? 'OTHER_JOB' : 'INACTIVE';
}

/** First day of the month so many months before that of this day. */
function monthBefore(day: string, months: number): string {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 10);
}

function dayOf(time: Timeline, day: string): number {
  return Math.round((Date.parse(day) - Date.parse(time.day(0))) / 86_400_000);
}
