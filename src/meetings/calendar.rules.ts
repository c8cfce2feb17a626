import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import type { MeetingState, MeetingWay } from './meeting.rules.ts';

export const CalendarLanguage = vocabulary({
  FR: 'French (français)',
  EN: 'English (anglais)',
});
export type CalendarLanguage = Vocabulary<typeof CalendarLanguage>;

/** What a calendar says of a meeting: when, where, what about, and how many come. Who they are is read in the hub. */
export interface CalendarEntry {
  id: string;
  version: number;
  updatedAt: string;
  at: string;
  minutes: number;
  state: MeetingState;
  way: MeetingWay;
  offer: string;
  commune: string | null;
  people: number;
}

const words = {
  FR: {
    name: 'Passerelle — rendez-vous',
    summary: (offer: string, people: number) =>
      `Rendez-vous — ${offer}, ${people} personne${people > 1 ? 's' : ''}`,
    way: { ON_SITE: 'Sur place', PHONE: 'Par téléphone', REMOTE: 'En visioconférence' },
  },
  EN: {
    name: 'Passerelle — meetings',
    summary: (offer: string, people: number) =>
      `Meeting — ${offer}, ${people} ${people === 1 ? 'person' : 'people'}`,
    way: { ON_SITE: 'On site', PHONE: 'By telephone', REMOTE: 'By video' },
  },
} as const;

/** A calendar as RFC 5545 has it: CRLF, lines of 75 octets, times in UTC. */
export function calendarText(entries: readonly CalendarEntry[], language: CalendarLanguage): string {
  const { name } = words[language];
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Passerelle//Passerelle//FR', 'CALSCALE:GREGORIAN'],
    ...['METHOD:PUBLISH', `X-WR-CALNAME:${escaped(name)}`, 'REFRESH-INTERVAL;VALUE=DURATION:PT1H'],
    ...entries.flatMap((entry) => eventOf(entry, language)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function eventOf(entry: CalendarEntry, language: CalendarLanguage): string[] {
  const { summary, way } = words[language];
  const { id, version, at, minutes, updatedAt, state } = entry;
  return [
    ...['BEGIN:VEVENT', `UID:${id}@passerelle`, `SEQUENCE:${version}`],
    ...[`DTSTAMP:${utc(updatedAt)}`, `LAST-MODIFIED:${utc(updatedAt)}`],
    ...[`DTSTART:${utc(at)}`, `DURATION:PT${minutes}M`],
    `SUMMARY:${escaped(summary(entry.offer, entry.people))}`,
    `LOCATION:${escaped(entry.commune ?? way[entry.way])}`,
    ...[`STATUS:${state === 'CANCELLED' ? 'CANCELLED' : 'CONFIRMED'}`, 'CLASS:PRIVATE', 'END:VEVENT'],
  ];
}

/** `20261201T083000Z` */
function utc(instant: string): string {
  return new Date(instant).toISOString().replace(/[-:]|\.\d+/g, '');
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (each) => `\\${each}`).replace(/\r\n|\r|\n/g, '\\n');
}

const longest = 75;

/** A line goes on after CRLF and a space; no character is cut in two. */
function folded(line: string): string {
  const parts = [''];
  let size = 0;
  for (const character of line) {
    const octets = Buffer.byteLength(character);
    if (size + octets > longest) size = parts.push(' ') && 1;
    parts[parts.length - 1] += character;
    size += octets;
  }
  return parts.join('\r\n');
}
