/** How a partner answers, of what was due within twelve months (docs/domain.md §4). */
export interface Answers {
  id: string;
  organisation: string;
  /** How many were due: withdrawn before their deadline and direct entries apart. */
  due: number;
  inTime: number;
  /** Median business time to the first answer, stops and closed days apart; null where none was measured. */
  minutes: number | null;
}

/** Fewer say nothing of how somebody answers. */
export const leastAnswers = 10;

const minutesOfDay = 1440;

/** Exact to itself and the council; to others in tenths. */
export function rateOf({ due, inTime }: Pick<Answers, 'due' | 'inTime'>, exact: boolean): number {
  const precision = exact ? 1000 : 10;
  return Math.round((inTime / due) * precision) / precision;
}

/** Business days, to a tenth for itself and the council; to others whole ones, and never less than one. */
export function daysOf(minutes: number, exact: boolean): number {
  const days = minutes / minutesOfDay;
  return exact ? Math.round(days * 10) / 10 : Math.max(1, Math.round(days));
}

const sentences = {
  en: (days: string, one: boolean, about: string) =>
    `answers in ${about && 'about '}${days} ${one ? 'day' : 'days'}`,
  fr: (days: string, one: boolean, about: string) =>
    `répond en ${about && 'environ '}${days} ${one ? 'jour' : 'jours'}`,
} as const;

/** "answers in about 4 days". */
export function sentenceOf(minutes: number, exact: boolean, locale: keyof typeof sentences): string {
  const days = daysOf(minutes, exact);
  const one = locale === 'fr' ? days < 2 : days === 1;
  return sentences[locale](days.toLocaleString(locale), one, exact ? '' : 'about');
}
