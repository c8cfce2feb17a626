import { sweepReferrals } from '../../src/referrals/referral.sweep.ts';
import { done, Scene } from '../kit/referrals.ts';
import { World } from '../kit/world.ts';

/** A draft is nobody's but its sender's, who finds it on its work list; nobody sends it, and one day it is gone. */

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterEach(() => world.clock.set('2026-11-23T08:00:00.000Z'));
afterAll(() => world.close());

const query =
  'query ($id: ID!) { referral(id: $id) { state reason deadline history { move toState actorKind } } }';
const seen = async (id: string, by = scene.coordinator) => (await by.get(query, { id })).referral;
const listed = async (list: string, by = scene.coordinator) =>
  (await by.get(`{ viewer { worklist { ${list} { nodes { id } } } } }`)).viewer.worklist[list].nodes.map(({ id }: { id: string }) => id); // prettier-ignore

test('is listed to who prepared it until it is sent, and is due soon before it goes', async () => {
  const draft = done(await scene.refer({ send: false }));
  expect(draft.deadline).toBe('2026-12-23T08:00:00.000Z');
  expect(await listed('drafts')).toEqual([draft.id]);
  expect(await listed('drafts', scene.provider)).toEqual([]);
  expect(await listed('dueSoon')).toEqual([]);
  world.clock.set('2026-12-21T08:00:00.000Z');
  expect(await listed('dueSoon')).toEqual([draft.id]);
  expect(await listed('dueSoon', scene.provider)).toEqual([]);
  const sent = done(await scene.move(scene.coordinator, 'sendReferral', draft.id));
  // from now on it is the provider's turn, under the provider's delay
  expect(sent.deadline > '2027-01-04').toBe(true);
  expect(await listed('drafts')).toEqual([]);
});

test('unsent for thirty days, it is withdrawn by the hub: its sender reads why, the provider never knew', async () => {
  const { id } = done(await scene.refer({ send: false }));
  world.clock.set('2026-12-23T07:59:59.000Z');
  expect(await sweepReferrals(world.db)).toMatchObject({ draftsDropped: 0 });
  world.clock.set('2026-12-23T08:00:00.000Z');
  expect(await sweepReferrals(world.db)).toMatchObject({ draftsDropped: 1, failed: 0 });
  expect(await seen(id)).toEqual({
    ...{ state: 'WITHDRAWN', reason: 'NEVER_SENT', deadline: null },
    history: [{ move: 'WITHDRAW', toState: 'WITHDRAWN', actorKind: 'HUB' }],
  });
  expect(await seen(id, scene.provider)).toBeNull();
  expect(await sweepReferrals(world.db)).toMatchObject({ draftsDropped: 0 });
  const again = await scene.move(scene.coordinator, 'rerouteReferral', id, { offer: scene.offer });
  expect(again.userErrors).toEqual([]);
});
