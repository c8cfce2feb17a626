import { Temporal } from 'temporal-polyfill';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

interface Term {
  /** First day on which it applies. */
  from: string;
  /** Years after the last contact. */
  years: number;
  /** Months of notice before the erasure. */
  notice: number;
}

/**
 * How long a record is kept after the last act of a professional on the person: two years, by the data-protection
 * authority's framework for social support of 11 March 2021; a month's notice is ours. A change is one more line.
 */
const terms: readonly Term[] = [{ from: '2021-03-11', years: 2, notice: 1 }];

export function termOn(day: string): Term {
  return terms.findLast(({ from }) => from <= day) ?? terms[0]!;
}

/** Whoever had a contact on this day, or later, is kept. */
export function keptSince(today: string): string {
  return Temporal.PlainDate.from(today)
    .subtract({ years: termOn(today).years })
    .toString();
}

export function eraseOn(today: string): string {
  return Temporal.PlainDate.from(today)
    .add({ months: termOn(today).notice })
    .toString();
}

export const NoticeState = vocabulary({
  OPEN: 'The record is to be erased on the day given',
  CONTACT: 'Somebody acted on the person since: it is kept',
  KEPT: 'Who follows the person said that it is still needed',
  ERASED: 'The day came: the person was erased',
});
export type NoticeState = Vocabulary<typeof NoticeState>;

export const KeepReason = vocabulary({
  SUPPORT_GOES_ON: 'The person is still supported, by acts the hub does not record (accompagnement en cours)',
  LEGAL_OBLIGATION: 'The law asks to keep it longer (obligation légale)',
  DISPUTE: 'A claim or an appeal is under way (contentieux)',
});
export type KeepReason = Vocabulary<typeof KeepReason>;
