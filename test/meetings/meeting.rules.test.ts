import fc from 'fast-check';
import { calendarText, type CalendarEntry } from '../../src/meetings/calendar.rules.ts';
import {
  checkRecording,
  seatsOf,
  type AttendanceState,
  type MeetingOutcome,
} from '../../src/meetings/meeting.rules.ts';

const entry: CalendarEntry = {
  ...{ id: 'mtg_01jd0000000000000000000000', version: 3, updatedAt: '2026-11-23T08:00:00.000Z', state: 'PLANNED' },
  ...{ at: '2026-11-26T09:00:00.000Z', minutes: 45, way: 'ON_SITE', offer: 'Potager; chantier, « Rives »', commune: 'Nantes', people: 1 },
}; // prettier-ignore

test('a calendar is written as RFC 5545 has it: CRLF, UTC, escaped, and nobody named', () => {
  const text = calendarText([entry, { ...entry, state: 'CANCELLED', way: 'PHONE', commune: null, people: 12 }], 'FR');
  const lines = text.replace(/\r\n /g, '').split('\r\n');
  expect(lines).toEqual([
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Passerelle//Passerelle//FR', 'CALSCALE:GREGORIAN'],
    ...['METHOD:PUBLISH', 'X-WR-CALNAME:Passerelle — rendez-vous', 'REFRESH-INTERVAL;VALUE=DURATION:PT1H'],
    ...['BEGIN:VEVENT', `UID:${entry.id}@passerelle`, 'SEQUENCE:3', 'DTSTAMP:20261123T080000Z'],
    ...['LAST-MODIFIED:20261123T080000Z', 'DTSTART:20261126T090000Z', 'DURATION:PT45M'],
    'SUMMARY:Rendez-vous — Potager\\; chantier\\, « Rives »\\, 1 personne',
    ...['LOCATION:Nantes', 'STATUS:CONFIRMED', 'CLASS:PRIVATE', 'END:VEVENT'],
    ...['BEGIN:VEVENT', `UID:${entry.id}@passerelle`, 'SEQUENCE:3', 'DTSTAMP:20261123T080000Z'],
    ...['LAST-MODIFIED:20261123T080000Z', 'DTSTART:20261126T090000Z', 'DURATION:PT45M'],
    'SUMMARY:Rendez-vous — Potager\\; chantier\\, « Rives »\\, 12 personnes',
    ...['LOCATION:Par téléphone', 'STATUS:CANCELLED', 'CLASS:PRIVATE', 'END:VEVENT'],
    ...['END:VCALENDAR', ''],
  ]);
}); // prettier-ignore

test('whatever an offer is called, no line is longer than 75 octets, and unfolded it says the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (offer) => {
      const title = offer.replace(/[\r\n]/g, ' ');
      const text = calendarText([{ ...entry, offer: title }], 'EN');
      const lines = text.slice(0, -2).split('\r\n');
      expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
      const summary = text.replace(/\r\n /g, '').split('\r\n').find((line) => line.startsWith('SUMMARY:'))!;
      const said = summary.slice('SUMMARY:'.length).replace(/\\(.)/gs, '$1');
      expect(said).toBe(`Meeting — ${title}, 1 person`);
    }),
  );
}); // prettier-ignore

test('a line break in a title is one in the calendar, and adds no line to it', () => {
  const text = calendarText([{ ...entry, offer: 'Un\r\nATTENDEE:x' }], 'FR');
  expect(text).not.toContain('\r\nATTENDEE');
  expect(text).toContain('Un\\nATTENDEE:x');
});

const now = '2026-11-26T12:00:00.000Z';
const [past, future] = ['2026-11-26T09:00:00.000Z', '2026-11-27T09:00:00.000Z'];

test.each<[AttendanceState, MeetingOutcome, string, string | null]>([
  ['INVITED', 'HELD', past, null],
  ['INVITED', 'NO_SHOW', past, null],
  ['INVITED', 'RESCHEDULED', past, null],
  ['INVITED', 'RESCHEDULED', future, null],
  ['INVITED', 'HELD', future, 'WRONG_STATE'],
  ['INVITED', 'NO_SHOW', future, 'WRONG_STATE'],
  ['NO_SHOW', 'HELD', past, null],
  ['NO_SHOW', 'HELD', '2026-10-01T09:00:00.000Z', 'TOO_LATE'],
  ['NO_SHOW', 'RESCHEDULED', past, 'WRONG_STATE'],
  ['HELD', 'NO_SHOW', past, 'WRONG_STATE'],
  ['CANCELLED', 'HELD', past, 'WRONG_STATE'],
  ['RESCHEDULED', 'HELD', past, 'WRONG_STATE'],
  ['FORGOTTEN', 'HELD', past, 'WRONG_STATE'],
])('who is %s is recorded %s, of a meeting of %s: %s', (state, outcome, at, code) => {
  const record = () => checkRecording({ state, at }, outcome, now);
  if (code === null) expect(record).not.toThrow();
  else expect(record).toThrow(expect.objectContaining({ code }));
}); // prettier-ignore

test('an individual meeting has one seat and one person; a collective one as many as are said, or uncounted', () => {
  expect(seatsOf('INDIVIDUAL', null, 1)).toBe(1);
  expect(() => seatsOf('INDIVIDUAL', null, 2)).toThrow(expect.objectContaining({ field: 'referrals' }));
  expect(seatsOf('COLLECTIVE', null, 30)).toBeNull();
  expect(seatsOf('COLLECTIVE', 12, 0)).toBe(12);
  expect(() => seatsOf('COLLECTIVE', 501, 0)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
});
