import { Temporal } from 'temporal-polyfill';
import { invalid, Refusal } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import { checkDays } from '../partners/organisation.rules.ts';
import { dayAfter } from './eligibility.rules.ts';

/** A PASS IAE lasts 24 months, is not renewed with the contract, and may be suspended for three years at most. */
const months = 24;
const mostSuspendedMonths = 36;
/** With every prolongation the law knows, five years; for some until they retire. */
const mostYears = 20;

export const WithdrawalReason = vocabulary({
  MISTAKE: 'It was recorded wrongly, or of somebody else (erreur de saisie)',
  REVOKED: 'The national platform, or who diagnosed, took it back (retiré)',
});
export type WithdrawalReason = Vocabulary<typeof WithdrawalReason>;

export interface PassDays {
  from: string;
  to?: string | null;
}

/** Its last day, 24 months from the first unless the platform says otherwise. */
export function checkedEnd({ from, to }: PassDays): string {
  checkDays('to', from, to);
  const latest = Temporal.PlainDate.from(from).add({ years: mostYears }).toString();
  if (to != null && to > latest) throw invalid('to', 'PASS_TOO_LONG', { years: mostYears });
  return to ?? dayAfter(Temporal.PlainDate.from(from).add({ months }).toString(), -1);
}

export interface PassState {
  fromDay: string;
  endsOn: string;
  suspendedFrom: string | null;
  suspendedUntil: string | null;
  withdrawnAt: string | null;
}

/** What is withdrawn stays as it was. */
export function checkStands({ withdrawnAt }: { withdrawnAt: string | null }, move: string): void {
  if (withdrawnAt !== null) throw new Refusal('WRONG_STATE', { state: 'WITHDRAWN', move });
}

export interface Suspension {
  from: string;
  until: string;
}

/** A suspension lies within the pass and after an earlier one; the pass ends as many days later. */
export function suspended(pass: PassState, { from, until }: Suspension) {
  checkStands(pass, 'suspend');
  checkDays('until', from, until);
  const longest = Temporal.PlainDate.from(from).add({ months: mostSuspendedMonths }).toString();
  if (until > longest) throw invalid('until', 'MONTHS', { most: mostSuspendedMonths });
  if (from < pass.fromDay || from > pass.endsOn) throw invalid('from', 'WITHIN_PASS');
  if (pass.suspendedUntil !== null && from <= pass.suspendedUntil) throw invalid('from', 'SUSPENDED_THEN');
  const days = Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(until)).days + 1;
  return { suspendedFrom: from, suspendedUntil: until, endsOn: dayAfter(pass.endsOn, days) };
}

/** A prolongation, decided elsewhere, moves the end later. */
export function prolonged(pass: PassState, to: string) {
  checkStands(pass, 'prolong');
  if (to <= pass.endsOn) throw invalid('to', 'AFTER_END');
  checkedEnd({ from: pass.fromDay, to });
  return { prolongedTo: to, endsOn: to };
}

/** How far ahead ends are listed: a year at most. */
export function checkWithin(days: number): void {
  if (days < 0 || days > 366) throw invalid('within', 'RANGE', { least: 0, most: 366 });
}
