import { wordsOf } from './languages.rules.ts';
import { dayInWords, type Language, type Said, type Words } from './words.rules.ts';
import type { NoticeKind } from './kind.rules.ts';

/** One thing to tell: what it is about, and the link that opens it if it has one. */
export interface Item {
  kind: NoticeKind;
  offer: string | null;
  /** The instant before which something is awaited. */
  deadline: string | null;
  others: readonly string[];
  link: string | null;
}

export interface Message {
  subject: string;
  text: string;
  html: string;
}

/** Where a member who reads a message may go. */
export interface Addresses {
  hub: string;
  preferences: string;
  /** Of a day's message: what stops it. */
  stop?: string;
}

const said = ({ offer, deadline, others }: Item, language: Language): Said => ({
  offer: offer === null ? null : offer.replace(/\s+/g, ' '),
  before: deadline && dayInWords(deadline, language),
  others,
});

/** One thing told at once. */
export function messageOf(item: Item, language: Language, addresses: Addresses): Message {
  const words = wordsOf(language);
  const subject = `Passerelle${language === 'FR' ? ' ' : ''}: ${lowered(words.subject[item.kind](said(item, language)))}`;
  return written(words, { subject, language, lead: null, items: [item], addresses });
}

/** What a day's message tells one by one; the rest stands in the hub. */
const mostTold = 40;

/** A day's things, in one message. */
export function digestOf(items: readonly Item[], language: Language, addresses: Addresses): Message {
  const words = wordsOf(language);
  return written(words, { subject: words.digestSubject(items.length), language, lead: words.digest, items, addresses });
} // prettier-ignore

/** The second message, with the code alone: neither link nor title, so that one of the two tells nothing. */
export function codeMessageOf(code: string, language: Language): Message {
  const words = wordsOf(language);
  const lines = [words.hello, words.code(code), words.codeLasts];
  return {
    subject: `Passerelle${language === 'FR' ? ' ' : ''}: ${lowered(words.codeSubject)}`,
    text: `${lines.join('\n\n')}\n`,
    html: page(language, lines.map((line) => `<p>${escaped(line)}</p>`).join('\n')),
  };
}

const lowered = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1);

interface Written {
  subject: string;
  language: Language;
  lead: string | null;
  items: readonly Item[];
  addresses: Addresses;
}

function written(words: Words, { subject, language, lead, items, addresses }: Written): Message {
  const linked = items.some(({ link }) => link !== null);
  const told = items.slice(0, mostTold).map((item) => paragraphs(words, item, said(item, language)));
  const more = items.length - mostTold;
  const end = [
    ...(more > 0 ? [words.more(more)] : []),
    ...(linked ? [words.linkLasts] : [`${words.openHub} ${addresses.hub}`]),
    words.foot,
    `${words.preferences} ${addresses.preferences}`,
    ...(addresses.stop ? [`${words.stop} ${addresses.stop}`] : []),
  ];
  const lines = [words.hello, ...(lead ? [lead] : []), ...told.map((each) => each.join('\n')), ...end];
  return { subject, text: `${lines.join('\n\n')}\n`, html: page(language, lines.map(paragraph).join('\n')) };
}

function paragraphs(words: Words, { kind, link }: Item, told: Said): string[] {
  return [
    words.sentence[kind](told),
    ...(told.others.length ? [words.others, ...told.others.map((title) => `- ${title.replace(/\s+/g, ' ')}`)] : []),
    ...(link ? [`${words.open} ${link}`] : []),
  ];
} // prettier-ignore

const paragraph = (text: string) => `<p>${text.split('\n').map(linked).join('<br>\n')}</p>`;

const linked = (line: string) =>
  escaped(line).replace(/https?:\/\/\S+$/, (address) => `<a href="${address}">${address}</a>`);

export function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
} // prettier-ignore

function page(language: Language, body: string): string {
  const lang = language.toLowerCase();
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><title>Passerelle</title></head>
<body style="font-family: sans-serif; font-size: 1rem; line-height: 1.5">
${body}
</body></html>
`;
}
