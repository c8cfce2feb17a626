import sql, { join } from 'sql-template-tag';
import { newId } from '../../src/kernel/ids.ts';
import { registerPerson } from '../kit/people.ts';
import { personInTables, Scene } from '../kit/referrals.ts';
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

describe('of few', () => {
  /** People this member alone has in charge, with a need that nobody else has. */
  async function portfolio(size: number, theme?: string) {
    const partner = await world.organisation({ kind: 'PLIE' });
    const member = await partner.member({ roles: ['COORDINATOR'], people: 'PORTFOLIO' });
    const people: string[] = [];
    while (people.length < size) people.push(await personInTables(partner));
    await world.db.write(world.hub, async (tx) => {
      const row = (id: string) => sql`(${newId('Need')}, ${id}, ${theme}, ${partner.id}, '2026-11-23', ${tx.now}, ${tx.now})`;
      await tx.change(sql`update person_access set member_id = ${member.memberId} where person_id = any(${people})`);
      if (theme)
        await tx.change(sql`insert into need (id, person_id, theme, recorded_by, opened_on, created_at, updated_at)
          values ${join(people.map(row))}`);
    });
    return { member, people };
  }
  const noted = async (people: string[]) =>
    (await Promise.all(people.map(categoriesOf))).map((categories) => categories.join());

  test('each is noted by their count, whatever of them stands on the page', async () => {
    const { member, people } = await portfolio(3, 'MOBILITE');
    const { people: list } = await member.get('{ people(first: 1, filter: { needThemes: [MOBILITE] }) { totalCount } }');
    expect([list.totalCount, await noted(people)]).toEqual([3, ['NEEDS', 'NEEDS', 'NEEDS']]);
  });

  test('each is noted by a no, where all who were asked about are few', async () => {
    const { member, people } = await portfolio(3);
    const { people: list } = await member.get('{ people(filter: { needThemes: [SANTE] }) { totalCount nodes { id } } }');
    expect([list.totalCount, await noted(people)]).toEqual([0, ['NEEDS', 'NEEDS', 'NEEDS']]);
    await member.get('{ people(filter: { commune: "44109", withReferent: true }) { totalCount } }');
    expect(await noted(people)).toEqual(people.map(() => 'NEEDS,CONTACT,PATHWAY'));
  });

  test('twenty are few: twenty-one are noted neither by how many they are, nor by none of them', async () => {
    const { member, people } = await portfolio(21, 'MOBILITE');
    const count = (theme: string) =>
      member.get(`{ people(first: 0, filter: { needThemes: [${theme}] }) { totalCount } }`);
    expect((await count('MOBILITE')).people.totalCount).toBe(21);
    expect((await count('SANTE')).people.totalCount).toBe(0);
    // but for the one whose presence says that a page follows
    expect((await noted(people)).filter(Boolean).length).toBeLessThan(2);
    const gone = people[0]!;
    await world.db.write(world.hub, (tx) => tx.change(sql`update need set closed_on = '2026-11-23' where person_id = ${gone}`));
    expect((await count('MOBILITE')).people.totalCount).toBe(20);
    expect((await noted(people.slice(1))).every((categories) => categories.startsWith('NEEDS'))).toBe(true);
  });
}); // prettier-ignore

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
