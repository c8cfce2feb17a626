import { IntlMessageFormat } from 'intl-messageformat';
import type { Refusal } from '../kernel/refusal.ts';
import type { Locale } from './context.ts';
import { english } from './messages.en.ts';
import { french } from './messages.fr.ts';

const catalogues = { en: english, fr: french };
const compiled = new Map<string, IntlMessageFormat>();

/** The sentence for a refusal: by its reason where the code has several, else by its code. */
export function sentence(refusal: Pick<Refusal, 'code' | 'details'>, locale: Locale): string {
  const catalogue = catalogues[locale];
  const reason = `${refusal.code}.${refusal.details.reason ?? ''}`;
  const key = reason in catalogue ? reason : refusal.code;
  return String(formatOf(key, locale).format(refusal.details));
}

function formatOf(key: string, locale: Locale): IntlMessageFormat {
  const name = `${locale} ${key}`;
  let format = compiled.get(name);
  if (!format) compiled.set(name, (format = new IntlMessageFormat(catalogues[locale][key]!, locale)));
  return format;
}

/** English unless French is preferred: the first of the two that `Accept-Language` names. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const first = /\b(fr|en)\b/i.exec(acceptLanguage ?? '');
  return first?.[1]?.toLowerCase() === 'fr' ? 'fr' : 'en';
}
