import sql from 'sql-template-tag';
import type { Client } from '../kit/client.ts';
import { asSuperuser } from '../kit/copy.ts';
import { proposedLink, run, somebody } from '../kit/doubles.ts';
import { registerPerson } from '../kit/people.ts';
import { Scene } from '../kit/referrals.ts';
import { breakGlass, endSharing, shared } from '../kit/sharing.ts';
import { councilOf, type Partner, World } from '../kit/world.ts';

/** Who follows a person reads what is shared of them, but nothing of what would tell an employer what the law closes to it. */
let world: World;
let scene: Scene;
let council: Client;
let employer: Client;
let workshop: Partner;
let person: string;
beforeAll(async () => {
  world = await World.open();
  council = await (await councilOf(world)).member();
  scene = await Scene.open(world);
  workshop = await world.organisation({ kind: 'INSERTION_ENTERPRISE' });
  employer = await workshop.member();
  person = (await registerPerson(employer, { referent: {}, legalBasis: 'CONSENT' })).id;
});
afterAll(() => world.close());

const selection = 'id purpose categories organisation { id } organisations { id } state';
const readBy = async (client: Client) =>
  (await client.get(`query ($id: ID!) { person(id: $id) { sharingGrants { nodes { ${selection} } } } }`, { id: person }))
    .person.sharingGrants.nodes; // prettier-ignore

test('that the way out of prison is prepared is told to the council and to whom it is shared, never to an employer', async () => {
  const probation = await world.organisation({ kind: 'ASSOCIATION' });
  const guest = await probation.member();
  const grant = await shared(council, {
    ...{ person, organisation: probation.id, purpose: 'LEAVING_PRISON', categories: ['JUSTICE'] },
    legalBasis: 'PUBLIC_INTEREST',
  });
  const open = { id: grant.id, purpose: 'LEAVING_PRISON', state: 'RUNNING', categories: ['CORE', 'JUSTICE'] };
  for (const client of [council, guest]) expect(await readBy(client)).toEqual([expect.objectContaining(open)]);
  expect(await readBy(employer)).toEqual([]);
  expect((await employer.get('query ($id: ID!) { node(id: $id) { id } }', { id: grant.id })).node).toBeNull();
  const filter = { person, organisation: probation.id };
  const { sharingGrants } = await employer.get(
    'query ($filter: SharingGrantFilter) { sharingGrants(filter: $filter) { totalCount } }',
    { filter },
  );
  expect(sharingGrants.totalCount).toBe(0);
  const told = await world.rows(sql`select audience from event where subject_id = ${grant.id}`);
  expect(told.map(({ audience }: any) => audience.includes(workshop.id))).toEqual([false]);
  // their word to whoever follows them ends it all the same, and the answer is the same where there is nothing
  const stop = { person, organisation: probation.id, reason: 'PERSON_REQUEST' };
  for (const said of [1, 2]) expect([said, (await endSharing(employer, stop)).userErrors]).toEqual([said, []]);
  expect(await readBy(council)).toMatchObject([{ id: grant.id, state: 'ENDED' }]);
  const heard = await world.rows(sql`select audience from event where type = 'person.sharing_ended' and person_id = ${person}`);
  expect(heard.map(({ audience }: any) => [audience.includes(probation.id), audience.includes(workshop.id)])).toEqual([[true, false]]);
}); // prettier-ignore

test('what a colleague of another organisation saw in an emergency is not told to an employer', async () => {
  await breakGlass(scene.coordinator, { person, reason: 'VITAL_EMERGENCY' });
  const detailFor = async (client: Client) =>
    (await client.get('query ($filter: BrokenGlassFilter) { glassBroken(filter: $filter) { nodes { reason detail } } }', { filter: { person } }))
      .glassBroken.nodes; // prettier-ignore
  const reason = 'VITAL_EMERGENCY';
  for (const client of [council, scene.coordinator])
    expect(await detailFor(client)).toEqual([{ reason, detail: expect.any(String) }]);
  expect(await detailFor(employer)).toEqual([{ reason, detail: null }]);
});

test('somebody named in an emergency is found also when they have two records, once these are one person', async () => {
  const identity = somebody();
  const { older, link } = await proposedLink(scene, undefined, identity);
  const member = await (await world.organisation({ kind: 'PLIE' })).member();
  const found = async () => (await breakGlass(member, { identity })).glass?.person.id ?? null;
  expect(await found()).toBeNull();
  await run(scene.coordinator, 'confirmPersonLink', { link });
  expect(await found()).toBe(older);
});

describe('a social partner whose name would say too much', () => {
  let discreet: Partner;
  beforeAll(async () => {
    discreet = await world.organisation({ kind: 'ASSOCIATION' });
    await asSuperuser(world.server.database, (owner) =>
      owner.query('update organisation set sensitive = true where id = $1', [discreet.id]),
    );
  });
  const named = 'id grantedBy { id } organisation { id } organisations { id }';
  const grantsTo = async (client: Client, of: string, organisation?: string) => {
    const query = `query ($filter: SharingGrantFilter) { sharingGrants(filter: $filter) { nodes { ${named} } } }`;
    return (await client.get(query, { filter: { person: of, organisation } })).sharingGrants.nodes;
  };

  test('is not named as whom a grant is given to, nor found by asking for it, where something of the person is closed', async () => {
    const { id } = await registerPerson(employer, { referent: {}, legalBasis: 'CONSENT' });
    const grant = await shared(council, { person: id, organisation: discreet.id, legalBasis: 'PUBLIC_INTEREST' });
    expect(await grantsTo(council, id, discreet.id)).toMatchObject([{ id: grant.id, organisation: { id: discreet.id } }]);
    expect(await grantsTo(employer, id)).toMatchObject([{ id: grant.id, organisation: null, organisations: [] }]);
    expect(await grantsTo(employer, id, discreet.id)).toEqual([]);
  });

  test('nor as who gave it; to itself it is', async () => {
    const giver = await discreet.member({ roles: ['COORDINATOR'] });
    const { id } = await registerPerson(giver, { referent: {}, legalBasis: 'CONSENT' });
    const guest = await (await world.organisation({ kind: 'PLIE' })).member();
    const [{ to }] = await world.rows<any>(sql`select organisation_id as to from member where id = ${guest.memberId}`);
    await shared(giver, { person: id, organisation: to });
    expect(await grantsTo(guest, id)).toMatchObject([{ grantedBy: null, organisation: { id: to } }]);
    expect(await grantsTo(giver, id)).toMatchObject([{ grantedBy: { id: discreet.id } }]);
    // and of a grant to its whole kind each reads itself alone
    await shared(giver, { person: id, organisationKind: 'PLIE' });
    expect((await grantsTo(guest, id))[0].organisations).toEqual([{ id: to }]);
    expect((await grantsTo(giver, id))[0].organisations.length).toBeGreaterThan(1);
  });
}); // prettier-ignore
