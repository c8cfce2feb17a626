import sql from 'sql-template-tag';
import { registerPerson } from '../kit/people.ts';
import { Scene } from '../kit/referrals.ts';
import { World } from '../kit/world.ts';

/** What a list tells without showing it: by how many there are, by where its cursor stands. */

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const categoriesOf = async (person: string) =>
  (
    await world.rows<{ categories: string[] }>(
      sql`select categories from access_log where person_id = ${person} order by pos`,
    )
  ).flatMap(({ categories }) => categories);
const named = (lastName: string) =>
  registerPerson(scene.coordinator, { identity: { lastName, firstName: 'Anne' } });
const counted = (filter: object) =>
  scene.coordinator.get('query ($filter: PersonFilter) { people(filter: $filter) { totalCount } }', {
    filter,
  });

test('a count of the few who have a need is a reading of that need; a count of everybody tells of nobody', async () => {
  const { id } = await named('Quernin');
  await scene.coordinator.run('recordNeed', 'NewNeed', { person: id, theme: 'LOGEMENT' }, '__typename');
  const before = (await categoriesOf(id)).length;
  await counted({});
  expect((await categoriesOf(id)).length).toBe(before);
  expect((await counted({ needThemes: ['LOGEMENT'] })).people.totalCount).toBe(1);
  expect((await categoriesOf(id)).slice(before)).toContain('NEEDS');
});

test('to ask whether somebody of a name has a need is to read it, also when the answer is no', async () => {
  const { id } = await named('Kerdoncuff');
  const before = (await categoriesOf(id)).length;
  expect((await counted({ text: 'Kerdoncuff', needThemes: ['SANTE'] })).people.totalCount).toBe(0);
  await scene.coordinator.get(
    '{ people(filter: { text: "Kerdoncuff", needThemes: [SANTE] }) { nodes { id } } }',
  );
  expect((await categoriesOf(id)).slice(before)).toContain('NEEDS');
});

describe('a page by name', () => {
  const page = (after?: string) =>
    scene.coordinator.get(
      `query ($after: String) { people(first: 1, orderBy: NAME, after: $after) {
        edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );

  test('is gone on from by cursors that hold no name, and meets everybody once', async () => {
    for (const name of ['Aubrée', 'Bastard', 'Cloarec']) await named(name);
    const met: string[] = [];
    for (let after: string | undefined, more = true; more;) {
      const { people } = await page(after);
      const { cursor, node } = people.edges[0];
      expect(Buffer.from(cursor, 'base64url').toString()).not.toMatch(/aubr|bastard|cloarec|durand|quernin/i);
      met.push(node.id);
      ({ endCursor: after, hasNextPage: more } = people.pageInfo);
    }
    const all = await scene.coordinator.get('{ people(first: 100) { nodes { id } } }');
    expect([...met].sort()).toEqual(all.people.nodes.map(({ id }: { id: string }) => id).sort());
  });

  test('is not gone on from where the person is no longer open', async () => {
    const { people } = await page();
    const foreign = await Scene.open(world);
    await registerPerson(foreign.coordinator);
    const { errors } = await foreign.coordinator.ask(
      'query ($after: String) { people(first: 1, orderBy: NAME, after: $after) { nodes { id } } }',
      { after: people.pageInfo.endCursor },
    );
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['CURSOR_MISMATCH']);
  });
});
