import fc from 'fast-check';
import sql from 'sql-template-tag';
import type { Transaction } from '../../src/db/transaction.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import { hubViewer } from '../../src/kernel/viewer.ts';
import {
  holdPlace,
  lockVacancy,
  releaseHeldPlace,
  returnTakenPlace,
  takeHeldPlace,
  takePlace,
  untakePlace,
} from '../../src/vacancies/places.ts';
import { placeFreed } from '../../src/vacancies/vacancy.facts.ts';
import { storedVacancy, vacancyInTables } from '../kit/vacancies.ts';
import { World, type Partner } from '../kit/world.ts';

let world: World;
let provider: Partner;
const freed: string[] = [];

beforeAll(async () => {
  world = await World.open();
  provider = await world.organisation({ kind: 'INSERTION_ENTERPRISE' });
  world.db.reactions.on(placeFreed, async (_tx, { vacancy }) => void freed.push(vacancy.id));
});
afterAll(() => world.close());
beforeEach(() => void freed.splice(0));

/** Transactions asked for, and those begun: a deadlock would be run again and show as one more. */
let asked = 0;
let begun = 0;
const asHub = <T>(work: (tx: Transaction) => Promise<T>) => {
  asked++;
  return world.db.write(hubViewer('test'), (tx) => (begun++, work(tx)));
};
const codeOf = (error: unknown) => {
  if (error instanceof Refusal) return error.code;
  throw error;
};

const outcome = (work: Promise<unknown>) => work.then(() => 'DONE' as const, codeOf);
const tally = (outcomes: string[]) =>
  outcomes.reduce<Record<string, number>>((sum, each) => ({ ...sum, [each]: (sum[each] ?? 0) + 1 }), {});

describe('many hands at once', () => {
  test('fifty who want five places get exactly five, twelve times over', async () => {
    for (let round = 0; round < 12; round++) {
      const id = await vacancyInTables(provider, 5);
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, () => outcome(asHub((tx) => holdPlace(tx, { id })))),
      );
      expect(tally(outcomes)).toEqual({ DONE: 5, NO_PLACE_LEFT: 45 });
      expect(await storedVacancy(world, id)).toMatchObject({ state: 'FILLED', held: 5, free: 0, version: 6 });
    }
  });

  test('the same holds when each locks the vacancy first', async () => {
    const id = await vacancyInTables(provider, 5);
    const accept = (tx: Transaction) => lockVacancy(tx, id, 'vacancy').then((row) => holdPlace(tx, row));
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => outcome(asHub(accept))));
    expect(tally(outcomes)).toEqual({ DONE: 5, NO_PLACE_LEFT: 45 });
  });

  test('holds, starts, cancellations and ends cross without a deadlock, and the count stays true', async () => {
    const id = await vacancyInTables(provider, 8);
    const one = async (n: number) => {
      const had = await outcome(asHub((tx) => holdPlace(tx, { id })));
      if (had !== 'DONE') return had;
      if (n % 3 === 0) return asHub((tx) => releaseHeldPlace(tx, id)).then(() => 'RELEASED');
      await asHub((tx) => takeHeldPlace(tx, id));
      if (n % 3 === 1) return asHub((tx) => returnTakenPlace(tx, id)).then(() => 'RETURNED');
      return asHub((tx) => untakePlace(tx, id)).then(() => 'HELD');
    };
    const outcomes = await Promise.all(Array.from({ length: 60 }, (_, n) => one(n)));
    const row = await storedVacancy(world, id);
    expect(row).toMatchObject({ held: tally(outcomes).HELD ?? 0, taken: 0 });
    expect(row.state).toBe(row.free === 0 ? 'FILLED' : 'OPEN');
  });

  test('none of these ever met a deadlock', () => {
    expect(begun).toBe(asked);
  });
});

describe('one by one', () => {
  test('a vacancy that is not counted holds nothing and stays open', async () => {
    const id = await vacancyInTables(provider, null);
    const { holds, row } = await asHub((tx) => holdPlace(tx, { id }));
    expect({ holds, state: row.state, held: row.held, version: row.version }).toEqual({
      holds: false,
      state: 'OPEN',
      held: 0,
      version: 1,
    });
    expect((await asHub((tx) => takePlace(tx, id))).taken).toBe(0);
  });

  test('the last place fills it, the place freed opens it again and is announced', async () => {
    const id = await vacancyInTables(provider, 1);
    expect((await asHub((tx) => holdPlace(tx, { id }))).row.state).toBe('FILLED');
    expect((await asHub((tx) => takeHeldPlace(tx, id))).state).toBe('FILLED');
    expect((await asHub((tx) => untakePlace(tx, id))).state).toBe('FILLED');
    expect(freed).toEqual([]);
    expect((await asHub((tx) => releaseHeldPlace(tx, id))).state).toBe('OPEN');
    expect(freed).toEqual([id]);
    await asHub((tx) => takePlace(tx, id));
    expect((await asHub((tx) => returnTakenPlace(tx, id))).state).toBe('OPEN');
    expect(freed).toEqual([id, id]);
  });

  test('a closed vacancy gives no place, but keeps its counts; what is freed there is nobody’s', async () => {
    const id = await vacancyInTables(provider, 2);
    await asHub((tx) => holdPlace(tx, { id }));
    await asHub((tx) => tx.change(sql`update vacancy set state = 'CLOSED' where id = ${id}`, 1));
    expect(await outcome(asHub((tx) => holdPlace(tx, { id })))).toBe('WRONG_STATE');
    expect(await outcome(asHub((tx) => takePlace(tx, id)))).toBe('WRONG_STATE');
    expect((await asHub((tx) => takeHeldPlace(tx, id))).state).toBe('CLOSED');
    expect((await asHub((tx) => returnTakenPlace(tx, id))).state).toBe('CLOSED');
    expect(freed).toEqual([]);
  });

  test('an unknown vacancy is not found; a place nobody has is a fault, and nothing is written', async () => {
    const id = await vacancyInTables(provider, 2);
    expect(await outcome(asHub((tx) => holdPlace(tx, { id: 'vac_unknown' })))).toBe('NOT_FOUND');
    await expect(asHub((tx) => releaseHeldPlace(tx, id))).rejects.toThrow(/no such place/);
    await expect(asHub((tx) => returnTakenPlace(tx, id))).rejects.toThrow(/no such place/);
    expect(await storedVacancy(world, id)).toMatchObject({ held: 0, taken: 0, version: 1 });
  });

  test('each move writes one event that everybody may read and that does not tell who asked', async () => {
    const id = await vacancyInTables(provider, 2);
    const sender = await world.organisation({ kind: 'PLIE' });
    const viewer = { ...hubViewer(''), kind: 'MEMBER' as const, organisation: sender.id, cause: null };
    await asHub((tx) => holdPlace(tx, { id }));
    await world.db.write(viewer, (tx) => releaseHeldPlace(tx, id));
    const events =
      await world.rows(sql`select type, organisation_id, actor_kind, audience, subject_version, facts
      from event where subject_id = ${id} order by tx, pos`);
    expect(events).toMatchObject([
      { subject_version: 2, facts: { held: 1, free: 1, state: 'OPEN' } },
      {
        type: 'vacancy.places_changed',
        subject_version: 3,
        organisation_id: null,
        actor_kind: 'HUB',
        audience: ['*'],
      },
    ]);
  });
});

test('whatever the sequence, the count is the model’s and the state follows it', async () => {
  const steps = ['hold', 'release', 'takeHeld', 'take', 'giveBack', 'untake'] as const;
  const run = (tx: Transaction, id: string, step: (typeof steps)[number]): Promise<unknown> =>
    ({
      hold: () => holdPlace(tx, { id }),
      release: () => releaseHeldPlace(tx, id),
      takeHeld: () => takeHeldPlace(tx, id),
      take: () => takePlace(tx, id),
      giveBack: () => returnTakenPlace(tx, id),
      untake: () => untakePlace(tx, id),
    })[step]();
  const model = (places: number, { held, taken }: { held: number; taken: number }) => ({
    hold: held + taken < places && { held: held + 1, taken },
    release: held > 0 && { held: held - 1, taken },
    takeHeld: held > 0 && { held: held - 1, taken: taken + 1 },
    take: held + taken < places && { held, taken: taken + 1 },
    giveBack: taken > 0 && { held, taken: taken - 1 },
    untake: taken > 0 && { held: held + 1, taken: taken - 1 },
  });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 3 }),
      fc.array(fc.constantFrom(...steps), { maxLength: 25 }),
      async (places, sequence) => {
        const id = await vacancyInTables(provider, places);
        let count = { held: 0, taken: 0 };
        for (const step of sequence) {
          const next = model(places, count)[step];
          const done = await asHub((tx) => run(tx, id, step)).then(
            () => true,
            () => false,
          );
          expect(done).toBe(Boolean(next));
          count = next || count;
          const state = count.held + count.taken === places ? 'FILLED' : 'OPEN';
          expect(await storedVacancy(world, id)).toMatchObject({ ...count, state });
        }
      },
    ),
    { numRuns: 25 },
  );
});
