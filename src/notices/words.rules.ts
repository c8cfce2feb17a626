import type { NoticeKind } from './kind.rules.ts';

export type Language = 'FR' | 'EN';

/** All that a message may be made of: an offer's title, a day, titles of vacancies. Nothing of anybody. */
export interface Said {
  /** Title of the offer, as the catalogue shows it; null where no offer is concerned. */
  offer: string | null;
  /** The day before which an answer is awaited, in words. */
  before: string | null;
  /** Titles of next-best vacancies. */
  others: readonly string[];
}

export interface Words {
  hello: string;
  subject: Record<NoticeKind, (said: Said) => string>;
  sentence: Record<NoticeKind, (said: Said) => string>;
  others: string;
  open: string;
  more: (count: number) => string;
  openHub: string;
  linkLasts: string;
  digestSubject: (count: number) => string;
  digest: string;
  foot: string;
  preferences: string;
  stop: string;
  codeSubject: string;
  code: (code: string) => string;
  codeLasts: string;
}

const tags: Record<Language, string> = { FR: 'fr-FR', EN: 'en-GB' };

/** `jeudi 12 novembre`, of an instant in Paris. */
export function dayInWords(instant: string, language: Language): string {
  const parts = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'Europe/Paris' } as const;
  return new Intl.DateTimeFormat(tags[language], parts).format(new Date(instant));
}
