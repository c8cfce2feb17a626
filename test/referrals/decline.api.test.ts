import sql from 'sql-template-tag';
import { registerPerson } from '../kit/people.ts';
import { done, Scene, refusal } from '../kit/referrals.ts';
import { World } from '../kit/world.ts';

/** What follows from a refusal: the same offer waits, unless somebody says why not. */

let world: World;
let scene: Scene;
beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const followed = async (by = scene.coordinator) => (await registerPerson(by)).id;
async function declined(person: string, reason: string) {
  const { id } = await scene.sent({ person });
  done(await scene.move(scene.provider, 'declineReferral', id, { reason }));
  return id;
}

test('the table of reasons is read by every partner, and stands on a declined referral', async () => {
  const { declineReasons } = await scene.provider.get(
    '{ declineReasons { code label whose waitDays liftedBy toldToPerson } }',
  );
  expect(declineReasons).toHaveLength(13);
  expect(declineReasons).toContainEqual({
    ...{ code: 'LACKING_SKILLS', label: expect.stringContaining('skills'), whose: 'PROVIDER', waitDays: 90 },
    ...{ liftedBy: ['NEW_PROFILE'], toldToPerson: true },
  });
  const id = await declined(await followed(), 'NOT_INTERESTED');
  const read = `query ($id: ID!) { referral(id: $id) { decline { againFrom rule { code waitDays } } } }`;
  const { referral } = await scene.coordinator.get(read, { id });
  expect(referral.decline).toEqual({
    againFrom: '2027-05-22',
    rule: { code: 'NOT_INTERESTED', waitDays: 180 },
  });
  const open = await scene.sent({ person: await followed() });
  expect((await scene.coordinator.get(read, { id: open.id })).referral.decline).toBeNull();
});

test('who was refused not long ago is sent there again with a reason alone, which stays on the referral', async () => {
  const person = await followed();
  await declined(person, 'NOT_INTERESTED');
  const { userErrors } = await scene.refer({ person });
  expect(userErrors).toEqual([
    {
      ...{ code: 'REFUSED_RECENTLY', field: ['despiteRefusal'] },
      message: expect.stringContaining('2027-05-22'),
    },
  ]);
  expect(refusal(await scene.refer({ person, send: false }))).toBeNull();
  const draft = done(await scene.refer({ person: await followed(), send: false }));
  done(await scene.move(scene.coordinator, 'sendReferral', draft.id));
  const again = done(await scene.refer({ person, despiteRefusal: 'PERSON_ASKS' }));
  const read = `query ($id: ID!) { referral(id: $id) { despiteRefusal } }`;
  for (const by of [scene.coordinator, scene.provider])
    expect((await by.get(read, { id: again.id })).referral).toEqual({ despiteRefusal: 'PERSON_ASKS' });
});

test('a draft is asked for the reason when it is sent', async () => {
  const person = await followed();
  await declined(person, 'NOT_INTERESTED');
  const draft = done(await scene.refer({ person, send: false }));
  expect(refusal(await scene.move(scene.coordinator, 'sendReferral', draft.id))).toBe('REFUSED_RECENTLY');
  const why = { despiteRefusal: 'PROVIDER_AGREES' };
  expect(done(await scene.move(scene.coordinator, 'sendReferral', draft.id, why))).toMatchObject({
    state: 'SENT',
  });
});

test('another offer takes the person as before, and a reason without a wait asks for nothing', async () => {
  const person = await followed();
  await declined(person, 'LACKING_SKILLS');
  const other = await Scene.open(world);
  done(await scene.refer({ person, offer: other.offer }));
  const free = await followed();
  await declined(free, 'NO_POSITION');
  done(await scene.refer({ person: free }));
});

test('a new profile lifts a refusal for skills; the same one does not', async () => {
  const person = await followed();
  await declined(person, 'LACKING_SKILLS');
  expect(refusal(await scene.refer({ person }))).toBe('REFUSED_RECENTLY');
  const change = { person, profile: { skills: ['Soudure'] } };
  world.clock.advanceDays(1);
  await scene.coordinator.run('updateProfile', 'ProfileUpdate', change, 'person { id }');
  done(await scene.refer({ person }));
});

test('a refusal that the sender may not know of is not told: nothing is asked', async () => {
  const person = await followed();
  await declined(person, 'NOT_INTERESTED');
  const next = await world.organisation({ kind: 'PLIE' });
  const taken = { person, organisation: next.id, legalBasis: 'PUBLIC_INTEREST' };
  await scene.coordinator.run('assignReferent', 'ReferentAssignment', taken, 'person { id }');
  const follower = await next.member();
  expect(refusal(await scene.refer({ person }, follower))).toBe('REFUSED_RECENTLY');
  // the same human, registered elsewhere: another record, whose referrals this partner does not see
  const stranger = await (await world.organisation({ kind: 'PLIE' })).member();
  const own = await followed(stranger as never);
  expect(refusal(await scene.refer({ person: own }, stranger))).toBeNull();
  expect(await world.rows(sql`select despite_refusal from referral where person_id = ${own}`)).toEqual([
    { despite_refusal: null },
  ]);
});
