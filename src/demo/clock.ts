import { withinBusinessDays } from '../kernel/calendar.ts';
import type { ClosureRow } from '../partners/closure.row.ts';
import { calendarAt, deadlinesOf, type Place } from '../referrals/clock.rules.ts';
import type { InformationRequestRow } from '../referrals/information.row.ts';
import type { InformationQuestion } from '../referrals/information.rules.ts';
import type { ReferralRow } from '../referrals/referral.row.ts';
import { isOneOf, unansweredStates } from '../referrals/referral.rules.ts';
import { nextReminder, remindersAt } from '../referrals/reminder.rules.ts';
import type { ClockStopRow } from '../referrals/stop.row.ts';
import { actors } from './actors.ts';
import type { Ground } from './ground.ts';
import type { Partners } from './organisations.ts';
import type { Told } from './referral.rows.ts';
import { iso } from './timeline.ts';

const asked: readonly InformationQuestion[][] = [
  ['LICENCE', 'TRAVEL'],
  ['DOCUMENT_CV'],
  ['WEEKLY_HOURS', 'SKILLS'],
];
const hour = 3_600_000;

/**
 * What the clock of referrals shows: a closed August, a closed end of the year, three providers that ask before they
 * answer, and how many reminders each referral has had by now.
 */
export function clockOf(
  ground: Ground,
  told: readonly Told[],
  { all, of }: Partners,
  stops: readonly object[],
) {
  const apart = new Set(actors.map(({ organisation }) => of(organisation).id));
  const providers = all.filter(({ id }) => !apart.has(id) && told.some(({ row }) => row.receiverId === id));
  const closures = closuresOf(
    ground,
    providers.slice(0, 2).map(({ id }) => id),
  );
  const held = stops as ClockStopRow[];
  const stopped = new Set(held.map(({ referralId }) => referralId));
  const open = told.filter(({ row }) => isOneOf(unansweredStates, row.state));
  const later = iso(ground.time.now + 72 * hour);
  const plain = open.filter(
    ({ tale, row }) =>
      !tale.key && row.state === 'ACKNOWLEDGED' && row.dueAt! > later && !stopped.has(row.id),
  );
  const requests = plain.slice(0, asked.length).map(({ row }, nth) => requestOf(ground, row, asked[nth]!));
  const clock_stop = [...held, ...requests.map((request) => stopOf(ground, request))];
  for (const { row } of open) {
    const place = { commune: null, startsOn: null, closed: closedTo(row, closures) };
    const mine = clock_stop.filter(({ referralId }) => referralId === row.id);
    if (mine.length || place.closed.length) setDeadlines(row, mine, place);
    remindedBy(iso(ground.time.now), row, mine, place);
  }
  for (const { row } of told) if (row.state === 'WAITLISTED') remindedOfWait(iso(ground.time.now), row);
  return { closure: closures, information_request: requests, clock_stop };
}

function closuresOf({ time }: Ground, [summer, winter]: string[]): ClosureRow[] {
  const today = time.day(0);
  const year = today.slice(5) > '08-31' ? Number(today.slice(0, 4)) : Number(today.slice(0, 4)) - 1;
  const closed = (
    organisationId: string,
    fromDay: string,
    toDay: string,
    declaredAt: string,
  ): ClosureRow => ({
    ...{ id: time.id('Closure', Date.parse(declaredAt)), organisationId, siteId: null, fromDay, toDay },
    ...{ reason: 'HOLIDAYS', declaredAt, cancelledAt: null },
  });
  return [
    ...(summer ? [closed(summer, `${year}-08-01`, `${year}-08-23`, `${year}-06-15T08:00:00.000Z`)] : []),
    ...(winter ? [closed(winter, time.day(3), time.day(12), iso(time.now - hour))] : []),
  ];
}

function closedTo(row: ReferralRow, closures: readonly ClosureRow[]) {
  const its = closures.filter(({ organisationId }) => organisationId === row.receiverId);
  return its.map(({ fromDay, toDay }) => ({ from: fromDay, to: toDay }));
}

function requestOf(
  { time }: Ground,
  row: ReferralRow,
  questions: InformationQuestion[],
): InformationRequestRow {
  const at = Math.max(Date.parse(row.acknowledgedAt!), time.now - 2 * hour);
  const dueAt = withinBusinessDays(
    iso(at),
    row.delays!.answer,
    calendarAt({ commune: null, startsOn: null }),
  );
  const { id: referralId, personId, senderId, receiverId, acknowledgedBy: memberId } = row;
  return {
    ...{ id: time.id('InformationRequest', at), referralId, personId, senderId, receiverId, memberId },
    ...{ questions, answers: null, state: 'OPEN', askedAt: iso(at), dueAt, endedAt: null },
  };
}

function stopOf({ time }: Ground, request: InformationRequestRow): ClockStopRow {
  const { id: sourceId, referralId, personId, senderId, receiverId, askedAt: since, dueAt: until } = request;
  const id = time.id('ClockStop', Date.parse(since));
  return { id, referralId, personId, senderId, receiverId, cause: 'INFORMATION', sourceId, since, until };
}

const runOf = (row: ReferralRow, stops: readonly ClockStopRow[]) => ({
  from: row.clockFrom!,
  delays: row.delays!,
  stops: stops.map(({ since, until }) => ({ from: since, until })),
});

function setDeadlines(row: ReferralRow, stops: readonly ClockStopRow[], place: Place): void {
  const { answerDueAt } = deadlinesOf(runOf(row, stops), place);
  const stoppedUntil = stops.map(({ until }) => until).sort().at(-1) ?? null;
  Object.assign(row, { answerDueAt, dueAt: answerDueAt, stoppedUntil });
} // prettier-ignore

/** What would have been said by now was said. */
function remindedBy(now: string, row: ReferralRow, stops: readonly ClockStopRow[], place: Place): void {
  const run = runOf(row, stops);
  row.reminders = remindersAt(run, place).filter((at) => at <= now).length;
  row.reminderDueAt = nextReminder(run, place, row.reminders);
}

function remindedOfWait(now: string, row: ReferralRow): void {
  if (row.reminderDueAt !== null && row.reminderDueAt <= now)
    Object.assign(row, { reminders: 1, reminderDueAt: null });
}
