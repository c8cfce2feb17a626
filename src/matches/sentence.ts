import { IntlMessageFormat } from 'intl-messageformat';
import type { Locale } from '../graphql/context.ts';
import type { Judged } from '../matching/judged.rules.ts';
import type { Reason } from '../matching/score.rules.ts';
import { english } from './sentences.en.ts';
import { french } from './sentences.fr.ts';

/** Facts, questions and changes in words. A sentence is made of a code and of values: the same facts, in either language. */
const catalogues = { en: english, fr: french };
const compiled = new Map<string, IntlMessageFormat>();

/** The fact a verdict rests on; null where nothing is known. */
export function factOf({ rule, verdict, values }: Judged, locale: Locale): string | null {
  return verdict === 'UNKNOWN' ? null : say(`${rule}.${verdict}`, spoken(values, locale), locale);
}

/** What to ask; null where the answer is known. */
export function questionOf({ rule, verdict, values }: Judged, locale: Locale): string | null {
  return verdict === 'UNKNOWN' ? say(`${rule}.UNKNOWN`, spoken(values, locale), locale) : null;
}

/** What would make them fit: a change, or an answer. */
export function changeIn(judged: Judged, locale: Locale): string {
  const { rule, verdict, values, change } = judged;
  if (verdict === 'UNKNOWN')
    return say('UNKNOWN', { what: say(rule, {}, locale), question: questionOf(judged, locale)! }, locale);
  return say(`${rule}.CHANGE`, spoken({ ...values, by: change?.by ?? 0 }, locale), locale);
}

export function detailOf({ criterion, grade, values }: Reason, locale: Locale): string {
  return say(`score.${criterion}.${grade}`, values, locale);
}

type Spoken = Record<string, string | number>;

/** Codes that are words are said in words; licences, levels and trades are their own names. */
function spoken(values: Judged['values'], locale: Locale): Spoken {
  const bands = catalogues[locale];
  const worded = (value: string) =>
    value.split(', ').map((code) => bands[`band.${code}`] ?? code).join(', '); // prettier-ignore
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? worded(value) : value]),
  );
}

function say(key: string, values: Spoken, locale: Locale): string {
  const name = `${locale} ${key}`;
  let format = compiled.get(name);
  if (!format) compiled.set(name, (format = new IntlMessageFormat(catalogues[locale][key]!, locale)));
  return String(format.format(values));
}
