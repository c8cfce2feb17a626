import fc from 'fast-check';
import loadHighs, { type Highs } from 'highs';
import { keptBack, keptBackOverlapping, type Cell } from '../../src/indicators/suppression.rules.ts';

/**
 * The attacker knows every cell that is shown, how cells add up, and that no count is less than nothing; linear
 * programming then gives the least and the most that each cell kept back can be.
 */
let solver: Highs;
beforeAll(async () => {
  solver = await (loadHighs as unknown as typeof loadHighs.default)();
});

const threshold = 11;
const leaf = (code: string, value: number): Cell => ({ code, value, parts: [] });
const sum = (code: string, parts: Cell[]): Cell => ({ code, parts, value: parts.reduce((total, { value }) => total + value, 0) }); // prettier-ignore
const cellsOf = (cell: Cell): Cell[] => [cell, ...cell.parts.flatMap(cellsOf)];

/** What the shown cells leave open of a hidden one. */
function interval(whole: Cell, hidden: ReadonlySet<string>, code: string, overlapping = false): [number, number] {
  const cells = cellsOf(whole);
  const name = (cell: Cell) => `x${cells.indexOf(cell)}`;
  const rules = overlapping
    ? [
        `${whole.parts.map(name).join(' + ')} - ${name(whole)} >= 0`,
        ...whole.parts.map((part) => `${name(part)} - ${name(whole)} <= 0`),
      ]
    : cells.filter(({ parts }) => parts.length).map((cell) => `${cell.parts.map(name).join(' + ')} - ${name(cell)} = 0`);
  const known = cells.filter((cell) => !hidden.has(cell.code)).map((cell) => `${name(cell)} = ${cell.value}`);
  const asked = name(cells.find((cell) => cell.code === code)!);
  const bounds = (['Minimize', 'Maximize'] as const).map((goal) => {
    const solved = solver.solve(`${goal}\n obj: ${asked}\nSubject To\n ${[...rules, ...known, `${asked} <= 100000`].join('\n ')}\nEnd`);
    return solved.ObjectiveValue;
  });
  return [bounds[0]!, bounds[1]!];
} // prettier-ignore

function attack(whole: Cell, hidden: ReadonlySet<string>, overlapping = false) {
  for (const code of hidden) {
    const [least, most] = interval(whole, hidden, code, overlapping);
    expect([code, least, most >= 2 * threshold]).toEqual([code, 0, true]);
  }
}

const tree = fc
  .array(fc.array(fc.oneof(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 120 })), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 })
  .map((epcis) => sum('all', epcis.map((communes, e) => communes.length === 1 ? leaf(`e${e}`, communes[0]!) : sum(`e${e}`, communes.map((value, c) => leaf(`e${e} c${c}`, value)))))); // prettier-ignore
const already = (whole: Cell, picked: readonly boolean[]) =>
  new Set(cellsOf(whole).filter((_, at) => picked[at]).map(({ code }) => code)); // prettier-ignore

test('a small commune is kept back with another beside it, and the EPCI answers for both', () => {
  const rezé = sum('e0', [leaf('c0', 4), leaf('c1', 30), leaf('c2', 60)]);
  const hidden = keptBack(sum('all', [rezé, leaf('e1', 40), leaf('e2', 50)]), {
    threshold,
    already: new Set(),
  });
  expect([...hidden]).toEqual(['c0', 'c1']);
});

test('an EPCI whose communes cannot hide within it is kept back itself, with another', () => {
  const small = sum('e0', [leaf('c0', 4), leaf('c1', 9)]);
  const hidden = keptBack(sum('all', [small, leaf('e1', 40), leaf('e2', 50)]), {
    threshold,
    already: new Set(),
  });
  expect([...hidden].sort()).toEqual(['c0', 'c1', 'e0', 'e1']);
});

test('a département that is too small shows nothing', () => {
  const whole = sum('all', [leaf('e0', 15), leaf('e1', 6)]);
  expect([...keptBack(whole, { threshold, already: new Set() })]).toEqual(['all', 'e0', 'e1']);
});

test('nobody works out a cell kept back: it may be anything from nothing to twice the threshold', () => {
  fc.assert(
    fc.property(tree, fc.array(fc.boolean(), { maxLength: 12 }), (whole, picked) => {
      const kept = already(whole, picked.map((each, at) => each && at > 0 && at % 3 === 0)); // prettier-ignore
      const hidden = keptBack(whole, { threshold, already: kept });
      for (const { code, value } of cellsOf(whole))
        if (value < threshold || kept.has(code)) expect([code, hidden.has(code)]).toEqual([code, true]);
      attack(whole, hidden);
    }),
    { numRuns: 15 },
  );
});

test('nor where people may stand in several groups', () => {
  const kinds = fc.array(fc.oneof(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 90 })), { minLength: 2, maxLength: 6 }); // prettier-ignore
  fc.assert(
    fc.property(kinds, fc.double({ min: 0.5, max: 1, noNaN: true }), (values, share) => {
      const parts = values.map((value, at) => leaf(`k${at}`, value));
      const [most, all] = [Math.max(...values), values.reduce((one, other) => one + other, 0)];
      const whole = { code: 'all', value: Math.max(most, Math.round(all * share)), parts };
      attack(whole, keptBackOverlapping(whole, { threshold, already: new Set() }), true);
    }),
    { numRuns: 15 },
  );
});

test('two small groups do not stand alone: the threshold and what the others leave of the whole would tell them', () => {
  const whole = { code: 'all', value: 50, parts: [leaf('k0', 30), leaf('k1', 10), leaf('k2', 10)] };
  expect([...keptBackOverlapping(whole, { threshold, already: new Set() })].sort()).toEqual([
    'k0',
    'k1',
    'k2',
  ]);
});
