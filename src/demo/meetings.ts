import { endOfDay } from '../kernel/calendar.ts';
import { parisDay } from '../kernel/clock.ts';
import type { AttendanceRow } from '../meetings/attendance.row.ts';
import type { MeetingRow } from '../meetings/meeting.row.ts';
import type { AttendanceState, MeetingState } from '../meetings/meeting.rules.ts';
import { deadlinesOf } from '../referrals/clock.rules.ts';
import type { Ground } from './ground.ts';
import type { Random } from './random.ts';
import type { Told } from './referral.rows.ts';
import { iso } from './timeline.ts';

const hour = 3_600_000;
const unseated: readonly AttendanceState[] = ['RESCHEDULED', 'CANCELLED'];

interface Meeting {
  at: number;
  told: readonly Told[];
  states: readonly AttendanceState[];
  state: MeetingState;
  collective?: boolean;
}

/** First meetings: some that took place before people started, some to come, one here and there that nobody has recorded. */
export class Meetings {
  readonly rows = { meeting: [] as object[], meeting_attendance: [] as object[], clock_stop: [] as object[] };
  private readonly random: Random;
  private readonly met = new Set<Told>();

  constructor(
    private readonly ground: Ground,
    told: readonly Told[],
  ) {
    this.random = ground.random.stream('meetings');
    // where the name opened to who took charge, a meeting changes nothing in what is shown
    const known = told.filter(({ row }) => row.acknowledgedBy && row.disclose === 'AT_ACKNOWLEDGEMENT');
    const waiting = known.filter(({ row }) => ['ACKNOWLEDGED', 'WAITLISTED', 'ACCEPTED'].includes(row.state));
    const started = known.filter(({ row }) => row.state === 'PLACED');
    this.collective(started, -1);
    this.collective(waiting, 1);
    for (const each of started) if (this.free(each, 0.12)) this.past(each);
    for (const [nth, each] of waiting.entries()) if (this.free(each, 0.3)) this.toCome(each, nth);
  }

  private free(told: Told, probability: number): boolean {
    return !this.met.has(told) && this.random.chance(probability);
  }

  /** Three collective informations, of the first offers that have several people. */
  private collective(told: readonly Told[], side: 1 | -1): void {
    const byOffer = new Map<string, Told[]>();
    for (const each of told) byOffer.set(each.row.offerId, [...(byOffer.get(each.row.offerId) ?? []), each]);
    const several = [...byOffer.values()].filter((group) => group.length >= 4).slice(0, 3);
    for (const [nth, group] of several.entries()) {
      const invited = group.slice(0, 8);
      const latest = Math.max(...invited.map(({ row }) => Date.parse(row.acknowledgedAt!)));
      const day = this.ground.time.offset(side > 0 ? this.ground.time.now : latest);
      const at = this.ground.time.at(this.ground.time.workingDay(day + 3 + nth), 9, 30);
      if (side > 0) this.add({ at, told: invited, states: invited.map(() => 'INVITED'), state: 'PLANNED', collective: true });
      else if (at < this.ground.time.now)
        this.add({ at, told: invited, states: invited.map((_, of) => (of === 1 ? 'NO_SHOW' : 'HELD')), state: 'OVER', collective: true });
    }
  } // prettier-ignore

  /** Held between taking charge and accepting; of some the first appointment was missed or put off. */
  private past(told: Told): void {
    const taken = Date.parse(told.row.acknowledgedAt!);
    const { time } = this.ground;
    const drawn = this.random.int(20, 60);
    const day = time.workingDay(time.offset(taken) + (drawn > 40 ? 2 : 1));
    const at = Math.min(time.at(day, 13 + (drawn % 3), 30), time.now - hour);
    const before = this.random.weighted<AttendanceState>({ HELD: 80, NO_SHOW: 8, RESCHEDULED: 12 });
    if (before !== 'HELD') this.add({ at: at - 4 * hour, told: [told], states: [before], state: 'OVER' });
    this.add({ at, told: [told], states: ['HELD'], state: 'OVER' });
  }

  private toCome(told: Told, nth: number): void {
    const { time } = this.ground;
    const forgotten = nth % 9 === 4 && told.row.state !== 'ACKNOWLEDGED';
    const day = forgotten ? time.workingDay(-1, -1) : time.workingDay(this.random.int(1, 9));
    const off = nth % 11 === 7;
    const at = time.at(day, this.random.int(8, 15), 30);
    this.add({ at, told: [told], states: [off ? 'CANCELLED' : 'INVITED'], state: off ? 'CANCELLED' : 'PLANNED' });
  } // prettier-ignore

  private add({ at, told, states, state, collective = false }: Meeting): void {
    const { row, tale } = told[0]!;
    const planned = Math.min(at - 24 * hour, this.ground.time.now - hour);
    const id = this.ground.time.id('Meeting', planned);
    const siteId = tale.vacancy?.row.siteId ?? tale.offer.row.siteId ?? null;
    const changed = iso(Math.min(at + hour, this.ground.time.now));
    const seatsTaken = states.filter((each) => !unseated.includes(each)).length;
    const meeting: MeetingRow = {
      ...{ id, organisationId: row.receiverId, offerId: row.offerId, memberId: row.acknowledgedBy, siteId },
      ...{ vacancyId: collective ? null : row.vacancyId, kind: collective ? 'COLLECTIVE' : 'INDIVIDUAL' },
      ...{ way: siteId ? 'ON_SITE' : 'PHONE', at: iso(at), minutes: collective ? 120 : 45 },
      ...{ seats: collective ? 12 : 1, seatsTaken, state, reason: state === 'CANCELLED' ? 'STAFF_ABSENT' : null },
      ...{ version: state === 'PLANNED' ? 1 : 2, createdAt: iso(planned), updatedAt: changed },
    };
    this.rows.meeting.push(meeting);
    for (const [nth, each] of told.entries()) this.invite(each, meeting, states[nth]!);
  } // prettier-ignore

  private invite(
    told: Told,
    { id: meetingId, createdAt, at, updatedAt }: MeetingRow,
    state: AttendanceState,
  ) {
    const { row } = told;
    this.met.add(told);
    const open = state === 'INVITED';
    const attendance: AttendanceRow = {
      ...{
        id: this.ground.time.id('MeetingAttendance', Date.parse(createdAt)),
        meetingId,
        referralId: row.id,
      },
      ...{ personId: row.personId, senderId: row.senderId, receiverId: row.receiverId, state, nextId: null },
      ...{
        throughSender: false,
        recordedAt: open ? null : updatedAt,
        memberId: open ? null : row.acknowledgedBy,
      },
      ...{ at, createdAt },
    };
    this.rows.meeting_attendance.push(attendance);
    if (state === 'HELD') Object.assign(row, { metAt: updatedAt, metBy: row.acknowledgedBy });
    if (open && row.state === 'ACKNOWLEDGED') this.stopClock(told, meetingId, { since: createdAt, at });
  }

  /** The time to answer stands still until the day of the meeting is over. */
  private stopClock({ row }: Told, sourceId: string, { since, at }: { since: string; at: string }): void {
    const from = since > row.acknowledgedAt! ? since : row.acknowledgedAt!;
    const until = endOfDay(parisDay(at));
    this.rows.clock_stop.push({
      ...{
        id: this.ground.time.id('ClockStop', Date.parse(from)),
        referralId: row.id,
        personId: row.personId,
      },
      ...{
        senderId: row.senderId,
        receiverId: row.receiverId,
        cause: 'MEETING',
        sourceId,
        since: from,
        until,
      },
    });
    const run = { from: row.clockFrom!, delays: row.delays!, stops: [{ from, until }] };
    const { answerDueAt } = deadlinesOf(run, { commune: null, startsOn: null });
    Object.assign(row, { answerDueAt, dueAt: answerDueAt, stoppedUntil: until });
  }
}
