import fc from 'fast-check';
import sql from 'sql-template-tag';
import { Refusal } from '../../src/kernel/refusal.ts';
import { hubViewer, type Viewer } from '../../src/kernel/viewer.ts';
import { suspendOffer } from '../../src/offers/offer.actions.ts';
import { declareClosure } from '../../src/partners/closure.actions.ts';
import * as answer from '../../src/referrals/answer.actions.ts';
import * as cancel from '../../src/referrals/cancel.actions.ts';
import { openToReceiver, openToSender } from '../../src/referrals/disclosure.rules.ts';
import { moveReferral } from '../../src/referrals/move.actions.ts';
import { lockReferral, referrals } from '../../src/referrals/referral.store.ts';
import { sweepReferrals } from '../../src/referrals/referral.sweep.ts';
import type { ReferralRow } from '../../src/referrals/referral.row.ts';
import { sendReferral } from '../../src/referrals/send.actions.ts';
import { skipWaitlistedReferral } from '../../src/referrals/waiting.actions.ts';
import type { Transaction } from '../../src/db/transaction.ts';
import { agreed, done, refusal, Scene } from '../kit/referrals.ts';
import { storedVacancy } from '../kit/vacancies.ts';
import { World } from '../kit/world.ts';

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
  world.db.pool.options.max = 8;
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const deadlocks = async () =>
  (
    await world.rows<{ deadlocks: number }>(
      sql`select deadlocks from pg_stat_database where datname = current_database()`,
    )
  )[0]!.deadlocks;

test.each([1, 2, 3])('fifty accept at once on five places: exactly five succeed (round %i)', async () => {
  const before = await deadlocks();
  const vacancy = await scene.vacancy(5);
  const all = await scene.manySent(50, vacancy);
  const answers = await Promise.all(all.map(({ id }) => scene.move(scene.provider, 'acceptReferral', id)));
  const codes = answers.map(refusal);
  expect(codes.filter((code) => code === null)).toHaveLength(5);
  expect(codes.filter((code) => code === 'NO_PLACE_LEFT')).toHaveLength(45);
  expect(answers.filter(({ referral }) => referral.state === 'ACCEPTED')).toHaveLength(5);
  expect(await storedVacancy(world, vacancy)).toMatchObject({ held: 5, free: 0, state: 'FILLED' });
  expect((await deadlocks()) - before).toBe(0);
});

type Act = (tx: Transaction, id: string) => Promise<unknown>;
const provider: Record<string, Act> = {
  acknowledge: (tx, referral) => answer.acknowledgeReferral(tx, { referral }),
  accept: (tx, referral) => answer.acceptReferral(tx, { referral }),
  waitlist: (tx, referral) => answer.waitlistReferral(tx, { referral }),
  decline: (tx, referral) => answer.declineReferral(tx, { referral, reason: 'OTHER' }),
  cancelAcceptance: (tx, referral) => cancel.cancelAcceptance(tx, { referral, reason: 'MISTAKE' }),
  confirm: (tx, referral) => cancel.confirmReferralCancellation(tx, { referral }),
  skip: (tx, referral) => skipWaitlistedReferral(tx, { referral, reason: 'OTHER' }),
};
const sender: Record<string, Act> = {
  withdraw: (tx, referral) => cancel.withdrawReferral(tx, { referral, reason: 'OTHER' }),
  request: (tx, referral) => cancel.requestReferralCancellation(tx, { referral, reason: 'OTHER' }),
  refuse: (tx, referral) => cancel.requestReferralCancellation(tx, { referral, reason: 'PERSON_REFUSES' }),
  keep: (tx, referral) => cancel.keepReferral(tx, { referral }),
  reinstate: (tx, referral) => cancel.reinstateReferral(tx, { referral }),
};
const hub: Record<string, Act> = {
  startedElsewhere: async (tx, id) => {
    const row = await lockReferral(tx, id, 'referral');
    const move = row.state === 'ACCEPTED' || row.state === 'CANCELLATION_REQUESTED' ? 'cancel' : 'withdraw';
    await moveReferral(tx, row, move, { reason: 'STARTED_ELSEWHERE' });
  },
};

test('whatever is done in whatever order, even at once, held is who holds a place and rights are what the states say', async () => {
  const viewers = {
    provider: await world.viewerOf(scene.provider),
    sender: await world.viewerOf(scene.coordinator),
    hub: hubViewer('test'),
  };
  const acts = { provider, sender, hub };
  const names = Object.entries(acts).flatMap(([side, of]) => Object.keys(of).map((name) => [side, name] as const));
  const step = fc.record({ act: fc.constantFrom(...names), at: fc.nat(3), days: fc.constantFrom(0, 0, 0, 1, 4) });
  let moved = 0;

  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 6, maxLength: 9 }), async (rounds) => {
      const vacancy = await scene.vacancy(2);
      const ids = (await scene.manySent(4, vacancy)).map(({ id }) => id as string);
      for (const together of rounds) {
        world.clock.advanceDays(together[0]!.days);
        const outcomes = await Promise.allSettled(
          together.map(({ act: [side, name], at }) =>
            world.db.write(viewers[side as 'hub'], (tx) => (acts as any)[side][name](tx, ids[at]!)),
          ),
        );
        for (const outcome of outcomes) {
          if (outcome.status === 'fulfilled') moved++;
          else if (!(outcome.reason instanceof Refusal)) throw outcome.reason;
        }
        const swept = await sweepReferrals(world.db, (fault) => {
          throw fault;
        });
        expect(swept.failed).toBe(0);
      }
      await agrees(vacancy);
    }),
    { numRuns: 12 },
  );
  expect(moved).toBeGreaterThan(12); // the sequences are drawn: enough of them must have moved something
}, 60_000); // prettier-ignore

async function agrees(vacancy: string): Promise<void> {
  const rows = await world.rows<ReferralRow>(sql`select ${referrals.columns} from referral where vacancy_id = ${vacancy}`);
  const counted = await storedVacancy(world, vacancy);
  expect(counted.held).toBe(rows.filter((row) => row.holdsPlace).length);
  expect(counted.held).toBeLessThanOrEqual(counted.places!);
  for (const row of rows) {
    expect(row.holdsPlace).toBe(['ACCEPTED', 'CANCELLATION_REQUESTED'].includes(row.state) || row.placeOfferedUntil !== null);
    const rights = await world.rows<{ organisation: string; category: string }>(sql`
      select organisation_id as organisation, category from person_access where source_id = ${row.id} and valid_until is null`);
    const open = (organisation: string) =>
      rights.filter((right) => right.organisation === organisation).map((right) => right.category).sort();
    expect(open(row.senderId)).toEqual([...openToSender(row)].sort());
    expect(open(row.receiverId)).toEqual([...openToReceiver(row)].sort());
    const versions = await world.rows<{ version: number }>(sql`select subject_version as version from event
      where subject_id = ${row.id} order by tx, pos`);
    expect(versions.map((each) => each.version)).toEqual(versions.map((each) => each.version).sort((a, b) => a - b));
    expect(versions.at(-1)!.version).toBe(row.version);
  }
} // prettier-ignore

describe('an offer that is suspended, and a provider that closes, at the very instant a referral’s time begins to run', () => {
  beforeAll(() => world.clock.set('2026-11-23T08:00:00.000Z'));
  const asked = { reason: 'STARTED_ELSEWHERE' } as const;
  /** Begins the first, lets the second come upon it, and ends both: whoever is second waits, or has seen nothing. */
  async function meet(
    [viewer, first]: [Viewer, (tx: Transaction) => Promise<unknown>],
    second: () => Promise<any>,
  ): Promise<any> {
    let answer: Promise<any>;
    await world.db.write(viewer, async (tx) => {
      await first(tx);
      let over = false;
      answer = second().finally(() => (over = true));
      while (!over && !(await waiting())) await new Promise((resolve) => setTimeout(resolve, 5));
    });
    return answer!;
  }
  const waiting = async () =>
    (
      await world.rows(sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
    ).length > 0;
  const stopsOf = (id: string) => world.rows(sql`select cause from clock_stop where referral_id = ${id}`);
  const stopped = [{ cause: 'OFFER_SUSPENDED' }];
  const drafted = async (own: Scene) => (await own.refer({ send: false })).referral.id as string;
  const withdrawn = async (own: Scene) => {
    const { id } = await own.sent();
    await world.db.write(world.hub, async (tx) => moveReferral(tx, await lockReferral(tx, id, 'referral'), 'withdraw', asked));
    return id as string;
  };
  const agreement = { personAgreement: agreed };
  const offerOf = ({ offer }: Scene) => ({ offer });

  test('whichever comes first, nothing runs while the offer is suspended', async () => {
    const before = await deadlocks();
    const own = await Scene.open(world);
    const [provider, sender] = [await world.viewerOf(own.provider), await world.viewerOf(own.coordinator)];
    const resume = () => own.provider.run('publishOffer', 'OfferMove', offerOf(own), 'offer { state }');
    const suspend = () => own.provider.run('suspendOffer', 'OfferSuspension', offerOf(own), 'offer { state }');
    const suspending: [Viewer, (tx: Transaction) => Promise<unknown>] = [provider, (tx) => suspendOffer(tx, offerOf(own))];

    const [sent, reinstated, rerouted] = [await drafted(own), await withdrawn(own), (await own.sent()).id];
    expect(refusal(await meet(suspending, () => own.move(own.coordinator, 'sendReferral', sent, agreement)))).toBe('WRONG_STATE');
    await resume();
    expect(done(await meet(suspending, () => own.move(own.coordinator, 'reinstateReferral', reinstated))).state).toBe('SENT');
    expect(await stopsOf(reinstated)).toEqual(stopped);
    await resume();
    const elsewhere = { vacancy: await own.vacancy(1), ...agreement };
    expect(refusal(await meet(suspending, () => own.move(own.coordinator, 'rerouteReferral', rerouted, elsewhere)))).toBe('WRONG_STATE');
    await resume();
    expect(refusal(await meet(suspending, () => own.refer()))).toBe('WRONG_STATE');

    const firsts: [string, (tx: Transaction, referral: string) => Promise<unknown>][] = [
      [sent, (tx, referral) => sendReferral(tx, { referral, ...agreement } as never)],
      [await withdrawn(await resumed()), (tx, referral) => cancel.reinstateReferral(tx, { referral })],
    ];
    for (const [id, first] of firsts) {
      await resumed();
      expect((await meet([sender, (tx) => first(tx, id)], suspend)).userErrors).toEqual([]);
      expect(await stopsOf(id)).toEqual(stopped);
    }
    expect((await deadlocks()) - before).toBe(0);

    async function resumed() {
      await resume();
      return own;
    }
  });

  test('a closure declared meanwhile counts for what is sent from a draft or taken up again', async () => {
    const own = await Scene.open(world);
    const provider = await world.viewerOf(own.provider);
    const closing: [Viewer, (tx: Transaction) => Promise<unknown>] = [
      provider,
      (tx) => declareClosure(tx, { from: '2026-12-01', to: '2026-12-04', reason: 'LEAVE' } as never),
    ];
    const [sent, before] = [await drafted(own), await own.sent()];
    const after = done(await meet(closing, () => own.move(own.coordinator, 'sendReferral', sent, agreement)));
    const { referral } = await own.coordinator.get('query ($id: ID!) { referral(id: $id) { deadline } }', { id: before.id });
    expect(after.deadline).toBe(referral.deadline);
    expect(after.deadline).not.toBe(before.deadline);
  });
}); // prettier-ignore
