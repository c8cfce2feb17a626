import type { Client } from '../kit/client.ts';
import { proposedLink, registering, run } from '../kit/doubles.ts';
import type { Scene } from '../kit/referrals.ts';
import { shared } from '../kit/sharing.ts';
import type { World } from '../kit/world.ts';

/** Who registered the record typed last never learns of the other: neither by who looked, nor by the file of the person. */

let world: World;
let scene: Scene;
let council: Client;
let registrar: Client;

beforeAll(async () => {
  ({ world, scene, council, registrar } = await registering());
});
afterAll(() => world.close());

const lookedAt = async (client: Client, id: string) => {
  const { person } = await client.get(
    'query ($id: ID!) { person(id: $id) { accessLog { totalCount nodes { why organisation { id } } } } }',
    { id },
  );
  return person.accessLog;
};
const readNames = (client: Client, link: string) =>
  client.get('query ($link: ID!) { personLink(id: $link) { person { identity { lastName } } } }', { link });

test('that somebody read the name to decide of a link is told to the council and themselves, not to who registered', async () => {
  const { newer, link } = await proposedLink(scene, registrar);
  const before = await lookedAt(registrar, newer);
  await readNames(scene.coordinator, link);
  expect(await lookedAt(registrar, newer)).toEqual(before);
  expect((await lookedAt(council, newer)).nodes).toContainEqual({ why: ['LINK'], organisation: { id: scene.sender.id } });
  await run(scene.coordinator, 'confirmPersonLink', { link });
  await readNames(scene.coordinator, link);
  const words = JSON.stringify(await lookedAt(registrar, newer));
  expect(words).not.toMatch(/LINK|SAME_PERSON/);
}); // prettier-ignore

test('of who may also read it for another reason, that other reason is told alone', async () => {
  const { newer, link } = await proposedLink(scene, registrar);
  await run(scene.coordinator, 'confirmPersonLink', { link });
  await shared(registrar, { person: newer, organisation: scene.sender.id });
  await readNames(scene.coordinator, link);
  const organisation = { id: scene.sender.id };
  const told = async (client: Client) => (await lookedAt(client, newer)).nodes[0];
  expect(await told(registrar)).toEqual({ why: ['GRANT'], organisation });
  expect((await told(council)).why).toEqual(expect.arrayContaining(['GRANT', 'SAME_PERSON']));
});
