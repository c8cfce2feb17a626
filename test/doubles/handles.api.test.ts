import sql from 'sql-template-tag';
import type { Client } from '../kit/client.ts';
import { type Doubles, proposedLink, run } from '../kit/doubles.ts';
import { cddi, placed } from '../kit/placements.ts';
import { done, refusal, Scene, vacancyOf } from '../kit/referrals.ts';
import { offerInTables } from '../kit/vacancies.ts';
import { World } from '../kit/world.ts';

/** One person under two records: referred to one vacancy once, started once; what is moved stays with its own record. */

let world: World;
let scene: Scene;
let registrar: Client;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
  registrar = await (await world.organisation({ kind: 'PLIE' })).member({ roles: ['COORDINATOR'] });
});
afterAll(() => world.close());

const doubles = () => proposedLink(scene, registrar);
const confirmed = async () => {
  const pair = await doubles();
  await run(scene.coordinator, 'confirmPersonLink', { link: pair.link });
  return pair;
};
const theirs = (over: Record<string, unknown>) => scene.refer(over, registrar);
const accept = async (referral: string) => done(await scene.move(scene.provider, 'acceptReferral', referral));
const start = (referral: string, more: object = {}) =>
  scene.provider.run('startPlacement', 'PlacementStart', { referral, startedOn: '2026-11-02', contract: cddi, ...more }, 'placement { id }'); // prettier-ignore

test('while a link waits, either record may be referred to the same vacancy', async () => {
  const { older, newer } = await doubles();
  const vacancy = await scene.vacancy(3);
  await scene.sent({ person: older, vacancy });
  expect(refusal(await theirs({ person: newer, vacancy }))).toBeNull();
});

describe('once a yes has joined them, one live referral to a vacancy or offer refuses the other', () => {
  test.each(['vacancy', 'offer'])('to a %s', async (to) => {
    const { older, newer, link } = await confirmed();
    const where = to === 'vacancy' ? { vacancy: await scene.vacancy(3) } : { offer: scene.offer };
    const first = await scene.sent({ person: older, ...where });
    const refused = await theirs({ person: newer, ...where });
    expect(refused.userErrors).toEqual([
      { code: 'ALREADY_REFERRED', message: expect.any(String), field: [to] },
    ]);
    // as to one record twice: no word more
    expect((await scene.refer({ person: older, ...where })).userErrors).toEqual(refused.userErrors);
    done(await scene.move(scene.coordinator, 'withdrawReferral', first.id, { reason: 'OTHER' }));
    const second = done(await theirs({ person: newer, ...where }));
    expect(refusal(await scene.refer({ person: older, ...where }))).toBe('ALREADY_REFERRED');
    await run(scene.coordinator, 'unmergePeople', { link });
    expect(refusal(await scene.refer({ person: older, ...where }))).toBeNull();
    expect(second.sender.id).not.toBe(scene.sender.id);
  });

  test('a draft is sent, a referral bound or rerouted only where no other stands', async () => {
    const { older, newer } = await confirmed();
    const [vacancy, other] = [await scene.vacancy(3), await scene.vacancy(3)];
    const draft = done(await theirs({ person: newer, vacancy, send: false }));
    const toOffer = done(await theirs({ person: newer }));
    await scene.sent({ person: older, vacancy });
    const agreed = { personAgreement: { given: true, on: '2026-11-20', how: 'IN_PERSON' } };
    expect(refusal(await scene.move(registrar, 'sendReferral', draft.id, agreed))).toBe('ALREADY_REFERRED');
    expect(refusal(await scene.move(scene.provider, 'bindReferral', toOffer.id, { vacancy }))).toBe('ALREADY_REFERRED');
    expect(refusal(await scene.move(scene.provider, 'bindReferral', toOffer.id, { vacancy: other }))).toBeNull();
    const rerouted = await scene.move(registrar, 'rerouteReferral', toOffer.id, { vacancy, ...agreed });
    expect(refusal(rerouted)).toBe('ALREADY_REFERRED');
  }); // prettier-ignore

  test('of two partners who refer the person at once, one does', async () => {
    const pairs = await Promise.all([confirmed(), confirmed(), confirmed()]);
    const vacancy = await scene.vacancy(9);
    const answers = await Promise.all(
      pairs.flatMap(({ older, newer }) => [
        scene.refer({ person: older, vacancy }),
        theirs({ person: newer, vacancy }),
      ]),
    );
    expect(answers.map(refusal).filter((code) => code !== null)).toEqual(
      Array.from({ length: 3 }, () => 'ALREADY_REFERRED'),
    );
  });
});

test('two live referrals from before the yes: one is accepted and starts; the other waits for it, or is declined', async () => {
  const { older, newer, link } = await doubles();
  const vacancy = await scene.vacancy(3);
  const [one, other] = [await scene.sent({ person: older, vacancy }), done(await theirs({ person: newer, vacancy }))];
  const [early, late] = await acceptedUnderBoth({ older, newer });
  await run(scene.coordinator, 'confirmPersonLink', { link });
  await accept(one.id);
  expect(refusal(await scene.move(scene.provider, 'acceptReferral', other.id))).toBe('ALREADY_REFERRED');
  expect((await start(early)).userErrors).toEqual([]);
  expect((await start(late)).userErrors).toMatchObject([{ code: 'ALREADY_REFERRED', field: ['vacancy'] }]);
  // a way on: the provider says that it is one and the same
  done(await scene.move(scene.provider, 'declineReferral', other.id, { reason: 'DUPLICATE' }));
  done(await scene.move(scene.provider, 'cancelAcceptance', late, { reason: 'MISTAKE' }));
}); // prettier-ignore

/** Accepted under both records, by an offer that excludes no other. */
const acceptedUnderBoth = async ({ older, newer }: Pick<Doubles, 'older' | 'newer'>) => {
  const offer = await offerInTables(scene.receiver, { exclusive: false });
  const vacancy = await vacancyOf(scene.receiver, offer, 3);
  const both = [await scene.sent({ person: older, vacancy }), done(await theirs({ person: newer, vacancy }))];
  for (const { id } of both) await accept(id);
  return both.map(({ id }) => id);
};

describe('the person has started under one record', () => {
  const startedElsewhere = async ({ older, newer }: Doubles) => {
    const [here, there] = [await scene.vacancy(3), await scene.vacancy(3)];
    const other = done(await theirs({ person: newer, vacancy: there }));
    await accept(other.id);
    const own = await scene.sent({ person: older, vacancy: here });
    await accept(own.id);
    expect((await start(own.id)).userErrors).toEqual([]);
    const [row] = await world.rows(
      sql`select state, reason, holds_place from referral where id = ${other.id}`,
    );
    return { other, state: row, there };
  };

  test('closes exclusive referrals of the other, and frees their places, without telling where', async () => {
    const { state, other, there } = await startedElsewhere(await confirmed());
    expect(state).toEqual({ state: 'CANCELLED', reason: 'STARTED_ELSEWHERE', holds_place: false });
    const [vacancy] = await world.rows(sql`select held, taken from vacancy where id = ${there}`);
    expect(vacancy).toEqual({ held: 0, taken: 0 });
    const { referral } = await registrar.get('query ($id: ID!) { referral(id: $id) { reason history { move organisationId actorKind } } }', { id: other.id }); // prettier-ignore
    expect(referral.history.at(-1)).toEqual({ move: 'CANCEL', organisationId: null, actorKind: 'HUB' });
  });

  test('touches nothing of a record that only may be the same', async () => {
    const { state } = await startedElsewhere(await doubles());
    expect(state).toEqual({ state: 'ACCEPTED', reason: null, holds_place: true });
  });

  test('and may start under the other at the same time only with a reason', async () => {
    const pair = await confirmed();
    const other = done(await theirs({ person: pair.newer, vacancy: await scene.vacancy(3) }));
    await placed(scene.provider, 'startPlacement', {
      ...{ referral: (await scene.accepted({ person: pair.older, vacancy: await scene.vacancy(3) })).id },
      ...{ startedOn: '2026-11-02', contract: cddi },
    });
    const again = done(await scene.move(registrar, 'reinstateReferral', other.id));
    await accept(again.id);
    expect(refusal(await start(other.id))).toBe('OVERLAPPING_PLACEMENT');
    expect((await start(other.id, { overlapReason: 'SEVERAL_EMPLOYERS' })).userErrors).toEqual([]);
    await run(scene.coordinator, 'unmergePeople', { link: pair.link });
    const kept = await world.rows(sql`select person_id from placement where person_id = any(${[pair.older, pair.newer]})`);
    expect(kept.map((row) => row.person_id).toSorted()).toEqual([pair.older, pair.newer].toSorted());
  }); // prettier-ignore
});

test('a move that waited while its person was joined to another begins again in the right line', async () => {
  const pairs = await Promise.all(Array.from({ length: 3 }, doubles));
  const vacancy = await scene.vacancy(9);
  const answers = await Promise.all(
    pairs.flatMap(({ older, newer, link }) => [
      run(scene.coordinator, 'confirmPersonLink', { link }),
      scene.refer({ person: older, vacancy }),
      theirs({ person: newer, vacancy }),
    ]),
  );
  expect(answers.flatMap(({ userErrors }) => userErrors).filter(({ code }: any) => code !== 'ALREADY_REFERRED')).toEqual([]); // prettier-ignore
  const [{ deadlocks }] = (await world.rows(
    sql`select deadlocks from pg_stat_database where datname = current_database()`,
  )) as [any];
  expect(deadlocks).toBe(0);
});
