import { invalid } from '../kernel/refusal.ts';
import type { OfferKind } from '../offers/offer.rules.ts';
import { ContractKind } from '../vacancies/vacancy.rules.ts';
import { plusDays } from './placement.rules.ts';

export { ContractKind };

export interface ContractFacts {
  kind: ContractKind;
  from: string;
  /** Last day; null for an open-ended contract. */
  to: string | null;
  weeklyHours: number | null;
}

const openEnded: readonly ContractKind[] = ['PERMANENT', 'PERMANENT_I'];
const either: readonly ContractKind[] = ['BUSINESS_CREATION', 'OTHER'];
const work: readonly OfferKind[] = ['INSERTION_WORKSITE', 'INSERTION_ENTERPRISE_JOB', 'JOB'];

export const mostWeeklyHours = 60;
const mostYears = 10;

/** Work is done under a contract; a service, a training or an immersion may have none. */
export function needsContract(kind: OfferKind): boolean {
  return work.includes(kind);
}

export function isOpenEnded(kind: ContractKind): boolean {
  return openEnded.includes(kind);
}

/** One contract by itself. What the law says of CDDI lengths and hours is for the warnings, not here. */
export function checkContract({ kind, from, to, weeklyHours }: ContractFacts, path = 'contract'): void {
  checkHours(weeklyHours, `${path}.weeklyHours`);
  if (isOpenEnded(kind) && to !== null) throw invalid(`${path}.to`, 'OPEN_ENDED');
  if (!isOpenEnded(kind) && !either.includes(kind) && to === null) throw invalid(`${path}.to`, 'REQUIRED');
  checkSpan(from, to, `${path}.to`);
}

export function checkHours(weeklyHours: number | null, field: string): void {
  if (weeklyHours !== null && !(weeklyHours > 0 && weeklyHours <= mostWeeklyHours))
    throw invalid(field, 'WEEKLY_HOURS', { most: mostWeeklyHours });
}

export function checkSpan(from: string | null, to: string | null, field: string): void {
  if (from === null || to === null) return;
  if (to < from) throw invalid(field, 'DATES_REVERSED');
  if (to > plusDays(from, mostYears * 366)) throw invalid(field, 'TOO_LONG', { years: mostYears });
}

/** The first contract begins with the placement, or after it; never before. */
export function checkFirst(contract: ContractFacts, startedOn: string): void {
  if (contract.from < startedOn) throw invalid('contract.from', 'BEFORE_START', { startedOn });
  checkContract(contract);
}

/** Where a renewal begins if nobody says: the day after the contract it renews. */
export function renewalFrom(
  before: { kind: ContractKind; toDay: string | null } | null,
  startedOn: string,
): string {
  if (before === null) return startedOn;
  if (before.toDay === null) throw invalid('contract', 'RENEWS_OPEN_ENDED');
  return plusDays(before.toDay, 1);
}

/** A renewal follows what it renews: no day belongs to two contracts of one placement. */
export function checkRenewal(
  contract: ContractFacts,
  { before, startedOn }: { before: { kind: ContractKind; toDay: string | null } | null; startedOn: string },
): void {
  const earliest = renewalFrom(before, startedOn);
  if (contract.from < earliest) throw invalid('contract.from', 'OVERLAP', { until: earliest });
  checkContract(contract);
}

interface Known {
  kind: ContractKind;
  fromDay: string;
  toDay: string | null;
  weeklyHours: number | null;
}

/** Hours change within the contract: after its first day, until its last; nothing else does. */
export function checkAmendment(
  { from, weeklyHours }: { from: string; weeklyHours: number },
  last: Known,
): void {
  checkHours(weeklyHours, 'weeklyHours');
  if (weeklyHours === last.weeklyHours) throw invalid('weeklyHours', 'NOTHING_GIVEN');
  const least = plusDays(last.fromDay, 1);
  const most = last.toDay ?? plusDays(last.fromDay, mostYears * 366);
  if (from < least || from > most) throw invalid('from', 'RANGE', { least, most });
}

export function sameContract(contract: ContractFacts, known: Known): boolean {
  const { kind, from, to, weeklyHours } = contract;
  const same = kind === known.kind && from === known.fromDay && to === known.toDay;
  return same && weeklyHours === known.weeklyHours;
}

interface Neighbours {
  previous?: Known | undefined;
  next?: Known | undefined;
  startedOn: string;
}

/** A corrected contract stays between its neighbours: no day belongs to two contracts of one placement. */
export function checkBetween(contract: ContractFacts, { previous, next, startedOn }: Neighbours): void {
  checkContract(contract, 'rightly');
  const { from, to } = contract;
  if (from < startedOn) throw invalid('rightly.from', 'BEFORE_START', { startedOn });
  if (previous?.toDay && from <= previous.toDay)
    throw invalid('rightly.from', 'OVERLAP', { until: previous.toDay });
  if (next && (to === null || to >= next.fromDay))
    throw invalid('rightly.to', 'BEFORE_NEXT', { from: next.fromDay });
}
