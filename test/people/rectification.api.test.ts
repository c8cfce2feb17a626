import sql from 'sql-template-tag';
import type { Client } from '../kit/client.ts';
import { registerPerson } from '../kit/people.ts';
import { Scene } from '../kit/referrals.ts';
import { World, type Partner } from '../kit/world.ts';

/** What is put right leaves what it replaced, for who follows the person and for nobody else. */
let world: World;
let council: Partner;
let scene: Scene;
beforeAll(async () => {
  world = await World.open();
  council = await world.organisation({ kind: 'COUNCIL' });
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const history = `query ($id: ID!) { person(id: $id) { rectifications { totalCount nodes {
  id category because at by { id } former { field value } } } } }`;
const known = async (client: Client, id: string) =>
  (await client.get(history, { id })).person?.rectifications;

async function update(person: string, over: object) {
  const { userErrors } = await scene.coordinator.run(
    'updatePerson',
    'PersonUpdate',
    { person, ...over },
    'person { id }',
  );
  expect(userErrors).toEqual([]);
}

test('a corrected name keeps the former one, with who corrected it, when and why', async () => {
  const { id } = await registerPerson(scene.coordinator, {
    identity: { lastName: 'Durant', firstName: 'Nadia', birthDate: '1990-05-17' },
    contact: { phone: '02 40 00 00 01' },
  });
  expect((await known(scene.coordinator, id)).totalCount).toBe(0);
  await update(id, { identity: { lastName: 'Durand' }, because: 'PERSON_REQUEST' });
  await update(id, { contact: { phone: '02 40 00 00 02' }, commune: '44143', soughtKind: 'MOBILITY' });
  await update(id, { identity: { lastName: 'Durand' } });
  const { totalCount, nodes } = await known(scene.coordinator, id);
  expect(totalCount).toBe(3);
  const told = nodes.map(({ category, because, former }: any) => ({ category, because, former }));
  expect(told).toEqual(
    expect.arrayContaining([
      { category: 'IDENTITY', because: 'PERSON_REQUEST', former: [{ field: 'lastName', value: 'Durant' }] },
      { category: 'CORE', because: null, former: [{ field: 'soughtKind', value: null }] },
      {
        ...{ category: 'CONTACT', because: null },
        former: [
          { field: 'phone', value: '02 40 00 00 01' },
          { field: 'communeCode', value: '44109' },
        ],
      },
    ]),
  );
  expect(nodes[0]).toMatchObject({ at: world.clock.now(), by: { id: scene.sender.id } });
});

test('a profile keeps what was said before', async () => {
  const { id } = await registerPerson(scene.coordinator, { profile: { skills: ['Soudure'] } });
  const state = (profile: object) =>
    scene.coordinator.run('updateProfile', 'ProfileUpdate', { person: id, profile }, 'userErrors { code }');
  await state({ skills: ['Maçonnerie'], licences: ['B'] });
  await state({ skills: ['Maçonnerie'] });
  expect((await known(scene.coordinator, id)).nodes).toMatchObject([
    {
      category: 'PROFILE',
      former: [
        { field: 'skills', value: 'Soudure' },
        { field: 'licences', value: null },
      ],
    },
  ]);
});

test('who received the person reads the present name, the council the former one too, a stranger nothing', async () => {
  const { id } = await registerPerson(scene.coordinator, {
    identity: { lastName: 'Durant', firstName: 'Nadia' },
  });
  await scene.acknowledged({ person: id });
  await update(id, { identity: { lastName: 'Durand' } });
  const stranger = await (await world.organisation({ kind: 'ASSOCIATION' })).member();
  expect(await known(scene.provider, id)).toMatchObject({ totalCount: 0, nodes: [] });
  expect(await known(await council.member(), id)).toMatchObject({ totalCount: 1 });
  expect(await known(stranger, id)).toBeUndefined();
  const rows = await world.rows<{ audience: string[] }>(
    sql`select audience from event where type = 'person.updated' and person_id = ${id}`,
  );
  expect(rows[0]!.audience.sort()).toEqual([scene.sender.id, scene.receiver.id, council.id].sort());
});
