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

test('and shows one example of each: `EXAMPLES=write npm test -- every-mutation by-the-hub` writes them', () => {
  const [, examples = ''] = readFileSync('docs/events.md', 'utf8').split('## An example of each');
  const shown = [...examples.matchAll(/^\{.+\}$/gm)].map(([line]) => JSON.parse(line).type);
  expect(shown.sort()).toEqual(Object.keys(eventTypes).sort());
});
