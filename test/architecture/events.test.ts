import { readFileSync } from 'node:fs';
import { eventTypes } from '../../src/events/event-types.ts';

test('docs/events.md lists every event type with what the code says of it, and no other', () => {
  const page = readFileSync('docs/events.md', 'utf8');
  const listed = [...page.matchAll(/^\| `([a-z_]+\.[a-z_]+)` \| (.+) \|$/gm)].map(([, type, meaning]) => [
    type,
    meaning,
  ]);
  expect(Object.fromEntries(listed)).toEqual(eventTypes);
  expect(listed.length).toBe(Object.keys(eventTypes).length);
});
