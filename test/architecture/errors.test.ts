import { readFileSync } from 'node:fs';
import { english } from '../../src/graphql/messages.en.ts';
import { french } from '../../src/graphql/messages.fr.ts';
import { sentence } from '../../src/graphql/messages.ts';
import { codes } from '../../src/kernel/codes.ts';
import { Refusal } from '../../src/kernel/refusal.ts';

const documented = [...readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `(\w+)` \| (\w+) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$/gm)].map(
  ([, code, door, meaning, cure]) => ({ code, door, meaning: meaning!.trim(), cure: cure!.trim() }),
); // prettier-ignore

test('docs/errors.md lists every code, with its door and meaning, and what to do', () => {
  const known = Object.entries(codes).map(([code, { door, meaning }]) => ({ code, door: door.toLowerCase(), meaning }));
  expect(documented.map(({ code, door, meaning }) => ({ code, door, meaning }))).toEqual(known);
  expect(documented.filter(({ cure }) => cure.length < 10)).toEqual([]);
}); // prettier-ignore

const codeOf = (key: string) => key.split('.')[0]!;
const wordsIn = (sentence: string) =>
  [...new Set([...sentence.matchAll(/\{(\w+)/g)].map(([, name]) => name))].sort();

test.each([
  ['English', english],
  ['French', french],
])('the %s catalogue has a sentence for every code, and none for what is no code', (_, catalogue) => {
  expect(Object.keys(codes).filter((code) => !catalogue[code])).toEqual([]);
  expect(Object.keys(catalogue).filter((key) => !(codeOf(key) in codes))).toEqual([]);
});

test('both catalogues know the same sentences, made of the same facts', () => {
  const shapeOf = (catalogue: Record<string, string>) =>
    Object.fromEntries(Object.keys(catalogue).sort().map((key) => [key, wordsIn(catalogue[key]!)]));
  expect(shapeOf(french)).toEqual(shapeOf(english));
}); // prettier-ignore

test('a state is said in French as people say it, and by its code where nothing is said of it', () => {
  const said = (state: string) => sentence(new Refusal('WRONG_STATE', { state }), 'fr');
  expect([said('WAITLISTED'), said('ELSEWHERE')]).toEqual([
    'Impossible dans l’état « en liste d’attente ».',
    'Impossible dans l’état ELSEWHERE.',
  ]);
});
