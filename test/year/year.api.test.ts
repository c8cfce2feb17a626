import fc from 'fast-check';
import { doings } from './doings.ts';
import { live, type Tally } from './year.ts';

/**
 * A simulated year of a département. `YEAR_SEEDS` and `YEAR_FROM` say how many years and from which seed, `YEAR_STEPS`
 * and `YEAR_PEOPLE` how much happens in each: `node bench/year.mjs` lives more and longer ones.
 */
const { YEAR_SEEDS = '2', YEAR_FROM, YEAR_STEPS = '90', YEAR_PEOPLE = '10' } = process.env;
const size = { steps: Number(YEAR_STEPS), people: Number(YEAR_PEOPLE) };

test('whatever happens in a year, places, rights and stories hold, and nobody is stuck', async () => {
  const tallies: Tally[] = [];
  const from = YEAR_FROM === undefined ? undefined : Number(YEAR_FROM);
  const seeds = from === undefined ? fc.nat() : fc.constant(from);
  let next = 0;
  await fc.assert(
    fc.asyncProperty(seeds, async (seed) => {
      tallies.push(await live(seed + (from === undefined ? 0 : next++), size));
    }),
    { numRuns: Number(YEAR_SEEDS), endOnFailure: true },
  );
  if (process.env.YEAR_TALLY) console.log(table(merged(tallies)));
  const done = merged(tallies);
  // a year in which nothing is done proves nothing; all of the waiting lists is met in a few of them
  const enough = tallies.length * size.steps >= 1000;
  const met = [
    'refer',
    'accept',
    ...(enough ? ['waitForAPlace', 'freeAPlace', 'skip', 'acceptReserved', 'erase', 'grant'] : []),
  ];
  expect(met.filter((what) => !done[what]?.done)).toEqual([]);
}, 3_600_000);

/** One line for each doing, those that never fired as well. */
function table(tally: Tally): string {
  const names = [...new Set([...Object.keys(doings), ...Object.keys(tally)])].sort();
  return names.map((name) => `${name.padEnd(22)} ${JSON.stringify(tally[name] ?? 'never')}`).join('\n');
}

function merged(tallies: Tally[]): Tally {
  const all: Tally = {};
  for (const tally of tallies)
    for (const [what, outcomes] of Object.entries(tally))
      for (const [outcome, n] of Object.entries(outcomes))
        (all[what] ??= {})[outcome] = (all[what]![outcome] ?? 0) + n;
  return all;
}
