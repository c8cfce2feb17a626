import fc from 'fast-check';
import sql from 'sql-template-tag';
import { addDays } from '../../src/kernel/clock.ts';
import { count, type Counting } from '../../src/indicators/count.store.ts';
import { recount } from '../../src/indicators/figure.store.ts';
import { recountAll } from '../../src/indicators/figure.sweep.ts';
import { Past } from '../kit/figures.ts';
import { lasting, taking, type Facts } from '../kit/pencil.ts';
import { World } from '../kit/world.ts';

/**
 * Whatever happens to people, in whatever order: after each step the figures kept are what a pencil gives, and asked again
 * at the end, each of them is still what was known then.
 */
let world: World;
let past: Past;
let counted: string[];

beforeAll(async () => {
  world = await World.open();
  past = await Past.open(world);
});
afterAll(() => world.close());

const people = 3;
const dayOf = (day: number) => addDays('2025-06-01T12:00:00.000Z', day).slice(0, 10);
const [first, last] = [214, 540]; // from 2026-01-01 to the test's own days

const person = fc.nat(people - 1);
const day = fc.integer({ min: 100, max: 520 });
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('stay' as const), person, from: day, length: fc.option(fc.integer({ min: 0, max: 120 })), success: fc.boolean(), after: fc.integer({ min: 1, max: 130 }) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('right' as const), person, from: day, length: fc.option(fc.integer({ min: 1, max: 200 })) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('pathway' as const), person, from: day, length: fc.integer({ min: 0, max: 150 }) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('told otherwise' as const), nth: fc.nat(20), success: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('one person' as const), person, into: person }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('undone' as const), nth: fc.nat(20) }) },
); // prettier-ignore
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface Run {
  facts: Facts;
  ids: string[];
  stays: string[];
}

const outcomeOf = (success: boolean, from: string) =>
  success ? { kind: 'JOB', contract: 'PERMANENT', from } : { kind: 'UNEMPLOYED' };

/** What a step does to the facts of the pencil and to the tables; nothing where it does not apply. */
async function happen({ facts, ids, stays }: Run, said: Step): Promise<void> {
  if (said.act === 'stay') {
    const to = said.length === null ? null : said.from + said.length;
    const outcomeOn = (to ?? 0) + said.after;
    facts.stays.push({ person: said.person, from: said.from, to, success: said.success, outcomeOn });
    stays.push(await past.stay(ids[said.person]!, { from: dayOf(said.from), ...(to !== null && { to: dayOf(to) }), outcome: outcomeOf(said.success, dayOf(outcomeOn)) }));
  } else if (said.act === 'right') {
    const until = said.length === null ? null : said.from + said.length;
    facts.rights.push({ person: said.person, from: said.from, until });
    await past.right(ids[said.person]!, dayOf(said.from), { until: until === null ? null : dayOf(until) });
  } else if (said.act === 'pathway') {
    const to = said.from + said.length;
    facts.pathways.push({ person: said.person, from: said.from, to });
    await past.pathway(ids[said.person]!, dayOf(said.from), dayOf(to));
  } else if (said.act === 'one person') {
    const [own, into] = [facts.countedAs[said.person]!, facts.countedAs[said.into]!];
    facts.countedAs = facts.countedAs.map((root) => (root === own ? into : root));
    for (const [at, root] of facts.countedAs.entries())
      await past.write(sql`insert into person_count (person_id, same_as, counted_as) values (${ids[at]}, ${ids[at]}, ${ids[root]})
        on conflict (person_id) do update set counted_as = excluded.counted_as`);
    await past.counted(...ids);
  } else if (facts.stays.length) await toldOtherwise({ facts, ids, stays }, said);
} // prettier-ignore

async function toldOtherwise(
  { facts, ids, stays }: Run,
  said: Extract<Step, { nth: number }>,
): Promise<void> {
  const at = said.nth % facts.stays.length;
  const [stay, id] = [facts.stays[at]!, stays[at]!];
  if (said.act === 'undone') {
    facts.stays.splice(at, 1);
    stays.splice(at, 1);
    await past.write(sql`update placement set state = 'UNDONE', ended_on = null where id = ${id}`);
  } else if (stay.to !== null) {
    stay.success = said.success;
    await past.toldOtherwise(id, dayOf(stay.to), outcomeOf(said.success, dayOf(stay.outcomeOn)));
  }
  await past.counted(ids[stay.person]!);
}

async function ask(name: Counting['name'], asOf: string): Promise<[number, number]> {
  const looking = { from: dayOf(first), to: dayOf(last), asOf, day: dayOf(last) };
  const counting = { name, looking, by: [], filter: {}, wholeMonths: false, year: null };
  const { total } = await world.db.write(world.hub, (tx) => tx.asFigures(() => count(tx, counting)));
  return [total.value!, total.of!];
}

const figures = async (asOf: string) => [
  (await ask('BENEFICIARIES_IN_ACTION', asOf))[0],
  ...(await ask('DURABLE_JOB_OR_QUALIFYING_TRAINING', asOf)),
];
const byPencil = (facts: Facts) => [taking(facts, first, last), ...lasting(facts, first, last)];

test('figures are what a pencil gives, after each step and looking back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
      world.clock.set(addDays(world.clock.now(), 1));
      const before = await figures(world.clock.now());
      const facts: Facts = { countedAs: Array.from({ length: people }, (_, at) => at), stays: [], rights: [], pathways: [] };
      const run: Run = { facts, ids: [], stays: [] };
      while (run.ids.length < people) run.ids.push(await past.person());
      counted = run.ids;
      const known: [string, number[]][] = [];
      for (const said of steps) {
        world.clock.set(addDays(world.clock.now(), 0.01));
        await happen(run, said);
        known.push([world.clock.now(), byPencil(facts)]);
      }
      for (const [asOf, pencil] of known)
        expect((await figures(asOf)).map((figure, at) => figure - before[at]!)).toEqual(pencil);
    }),
    { numRuns: 12 },
  );
}, 60_000); // prettier-ignore

test('to count everybody anew changes nothing', async () => {
  const lines = () => world.db.write(world.hub, (tx) => tx.asFigures(() => tx.rows(sql`select
    (select count(*) from figure_stay) as stays, (select count(*) from figure_presence) as presences, (select count(*) from figure_path) as paths`)));
  const before = await lines();
  await recountAll(world.db);
  expect(await lines()).toEqual(before);
  expect(counted).toHaveLength(people);
}); // prettier-ignore

test('who has a pathway and was never placed is counted anew too, whatever was written past the reactions', async () => {
  const id = await past.person();
  await past.right(id, dayOf(0));
  await past.pathway(id, dayOf(first), dayOf(first + 30));
  const [, , ended] = await figures(world.clock.now());
  await past.write(sql`update pathway set ended_on = ${dayOf(last + 30)} where person_id = ${id}`);
  await recountAll(world.db);
  expect((await figures(world.clock.now()))[2]).toBe(ended! - 1);
}); // prettier-ignore

test('found to be one person while one of their records is counted, they count once', async () => {
  const [one, other] = [await past.person(), await past.person()];
  for (const id of [one, other]) await past.right(id, dayOf(0));
  await past.stay(one, { from: dayOf(first) });
  const [before] = await figures(world.clock.now());
  let staying: Promise<string>;
  await world.db.write(world.hub, async (tx) => {
    for (const id of [one, other])
      await tx.change(sql`insert into person_count (person_id, same_as, counted_as) values (${id}, ${id}, ${one})`, 1);
    await recount(tx, [one, other]);
    staying = past.stay(other, { from: dayOf(first + 1) });
    await Promise.race([staying, someoneWaits()]);
  });
  await staying!;
  expect((await figures(world.clock.now()))[0]).toBe(before);
}); // prettier-ignore

async function someoneWaits(): Promise<void> {
  for (;;) {
    const [lock] = await world.rows(sql`select from pg_locks where locktype = 'advisory' and not granted`);
    if (lock) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
