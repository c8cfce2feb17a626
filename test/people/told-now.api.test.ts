import sql, { type Sql } from 'sql-template-tag';
import { pageSql } from '../../src/db/list.ts';
import type { Reader } from '../../src/db/reader.ts';
import { personList } from '../../src/people/person.list.ts';
import type { PersonFilter, PersonOrder } from '../../src/people/person-filter.type.ts';
import type { Client } from '../kit/client.ts';
import { asSuperuser } from '../kit/copy.ts';
import { proposedLink, run } from '../kit/doubles.ts';
import { registerPerson } from '../kit/people.ts';
import { refusal, Scene } from '../kit/referrals.ts';
import { breakGlass } from '../kit/sharing.ts';
import { councilOf, World, type Asking, type Partner } from '../kit/world.ts';

/** Who is told of what happens to a person: who may read it at that moment, and nobody for having once been able to. */
let world: World;
let scene: Scene;
let council: Partner;
let heir: Partner;
let heiress: Asking;
beforeAll(async () => {
  world = await World.open();
  council = await councilOf(world);
  scene = await Scene.open(world);
  heir = await world.organisation({ kind: 'PLIE' });
  heiress = await heir.member({ roles: ['COORDINATOR'] });
});
afterAll(() => world.close());

const audiences = async (person: string, type: string): Promise<string[][]> =>
  (await world.rows<{ audience: string[] }>(sql`select audience from event
    where person_id = ${person} and type = ${type} order by tx, pos`)).map(({ audience }) => audience.sort()); // prettier-ignore
async function did(by: Client, mutation: string, type: string, input: object) {
  expect(refusal(await by.run(mutation, type, input, '__typename'))).toBeNull();
}
/** Somebody the sender registered and follows, whom another partner follows from now on. */
async function handedOver(): Promise<string> {
  const { id: person } = await registerPerson(scene.coordinator, { referent: {} });
  const input = { person, organisation: heir.id, member: heiress.memberId, legalBasis: 'PUBLIC_INTEREST' };
  await did(scene.coordinator, 'assignReferent', 'ReferentAssignment', input);
  return person;
}

test('a need, a public and a correction: to each who may read it, no more and no less', async () => {
  const { id: person } = await registerPerson(scene.coordinator, { referent: {} });
  await scene.acknowledged({ person }); // who receives may now read the name, no need, nothing of justice
  const other = await Scene.open(world);
  await scene.sent({ person, offer: other.offer }); // and here the core alone
  const [follow, receive] = [[scene.sender.id, council.id].sort(), [scene.receiver.id, other.receiver.id]];
  await did(scene.coordinator, 'recordNeed', 'NewNeed', { person, theme: 'MOBILITE' });
  expect(await audiences(person, 'need.recorded')).toEqual([follow]);
  await did(scene.coordinator, 'recordSituation', 'NewSituation', { person, public: 'REF_DA' });
  expect(await audiences(person, 'situation.recorded')).toEqual([follow]);
  await did(scene.coordinator, 'updatePerson', 'PersonUpdate', {
    person,
    contact: { phone: '02 40 11 22 33' },
  });
  expect(await audiences(person, 'person.updated')).toEqual([[...follow, ...receive].sort()]);
});

test('what happens once the person is followed elsewhere is no news to who followed before', async () => {
  const person = await handedOver();
  await did(heiress, 'recordNeed', 'NewNeed', { person, theme: 'MOBILITE' });
  expect(await audiences(person, 'need.recorded')).toEqual([[heir.id, council.id].sort()]);
  const centre = await world.organisation({ kind: 'COMMUNE', remit: 'CCAS' });
  const rescuer = await centre.member({ roles: ['COORDINATOR'] });
  expect(refusal(await breakGlass(rescuer, { person }))).toBeNull();
  expect(await audiences(person, 'person.glass_broken')).toEqual([[heir.id, council.id, centre.id].sort()]);
});

test('a colleague’s portfolio takes a joined record along: who had it in charge is told that it ended', async () => {
  const registrar = await (await world.organisation({ kind: 'PLIE' })).member({ roles: ['COORDINATOR'] });
  const { older, newer, link } = await proposedLink(scene, registrar);
  await run(scene.coordinator, 'confirmPersonLink', { link });
  const { memberId: member } = await scene.sender.member({ roles: ['COORDINATOR'] });
  const input = { person: older, member, legalBasis: 'PUBLIC_INTEREST' };
  await did(scene.coordinator, 'assignReferent', 'ReferentAssignment', input);
  expect(await audiences(newer, 'person.access_narrowed')).toEqual([[scene.sender.id]]);
});

test('a public that the law protects is noted with justice, whoever reads it', async () => {
  const { id: person } = await registerPerson(scene.coordinator, { referent: {} });
  await did(scene.coordinator, 'recordSituation', 'NewSituation', { person, public: 'REF_DA' });
  await scene.coordinator.get('query ($id: ID!) { person(id: $id) { situations { nodes { public } } } }', { id: person });
  const lines = await world.rows(sql`select categories from access_log where person_id = ${person} and operation = 'person'`);
  expect(lines).toEqual([{ categories: ['IDENTITY', 'JUSTICE'] }]);
}); // prettier-ignore

describe('the first wall alone, with no policy behind it', () => {
  const window = { size: 5, backward: false, from: null };
  /** Whom a list finds for this client when PostgreSQL lets everything through. */
  async function found(client: Asking, filter: PersonFilter, order: PersonOrder = 'ID'): Promise<string[]> {
    const viewer = await world.viewerOf(client);
    const query: Sql = pageSql({ viewer } as Reader, personList(viewer, filter, order), window);
    const { rows } = await asSuperuser(world.server.database, async (superuser) => {
      await superuser.query(`select set_config('app.now', $1, false)`, [world.clock.now()]);
      return superuser.query<{ id: string }>({ text: query.text, values: query.values });
    });
    return rows.map(({ id }) => id);
  }

  test.each<[string, PersonFilter, PersonOrder]>([
    ['by a need', { needThemes: ['MOBILITE'] }, 'ID'],
    ['by a commune that the core does not tell', { commune: '44001' }, 'ID'],
    ['by who follows', { withReferent: true }, 'ID'],
    ['in the order of names', {}, 'NAME'],
  ])('finds %s only whom that is open of', async (_, filter, order) => {
    const partner = await world.organisation({ kind: 'PLIE' });
    const follower = await partner.member({ roles: ['COORDINATOR'] });
    const { id: person } = await registerPerson(follower, { referent: {}, commune: '44001' });
    await did(follower, 'recordNeed', 'NewNeed', { person, theme: 'MOBILITE' });
    const other = await Scene.open(world);
    expect(refusal(await other.refer({ person }, follower))).toBeNull();
    expect(await found(other.provider, {})).toEqual([person]);
    expect(await found(follower, filter, order)).toEqual([person]);
    expect(await found(other.provider, filter, order)).toEqual([]);
  });
});
