import { getNamedType, isLeafType, type GraphQLObjectType } from 'graphql';
import sql from 'sql-template-tag';
import { newId } from '../../src/kernel/ids.ts';
import { hubViewer } from '../../src/kernel/viewer.ts';
import { buildSchema } from '../../src/server/schema.ts';
import { tellingTypes } from '../../src/server/telling.ts';
import { authorised, recordDiagnosis, recordPass } from '../kit/eligibility.ts';
import { delegated, orient } from '../kit/pathway.ts';
import { registerPerson } from '../kit/people.ts';
import { agreed, Scene } from '../kit/referrals.ts';
import { World } from '../kit/world.ts';

/** What each field of a person discloses: a new field says here of which categories it is, and leaves its line. */
const discloses: Record<string, string | null> = {
  identity: 'IDENTITY',
  contact: 'CONTACT',
  needs: 'NEEDS',
  profile: 'PROFILE',
  numbers: 'IDENTITY',
  referent: 'PATHWAY',
  situations: 'ENTITLEMENTS',
  entitlements: 'ENTITLEMENTS',
  rectifications: 'CONTACT,PROFILE',
  iaePasses: 'PATHWAY',
  iaeDiagnoses: 'PATHWAY',
  iaeEligibility: 'PATHWAY',
  pathway: 'PATHWAY',
  pathways: 'PATHWAY',
  suggestions: 'CONTACT,ENTITLEMENTS,NEEDS,PATHWAY,PROFILE',
  // the core, what the viewer itself gave or may do, and rows that have walls of their own
  ...{
    id: null,
    reference: null,
    version: null,
    updatedAt: null,
    soughtKind: null,
    ageBand: null,
    epci: null,
  },
  ...{
    commune: null,
    externalReference: null,
    disclosure: null,
    referrals: null,
    // what its lines tell by themselves: see below
    timeline: 'ENTITLEMENTS,NEEDS,PATHWAY',
    acceptancesToChoose: null,
    placements: null,
    links: null,
    accessLog: null,
    erasureDueOn: null,
    sharingGrants: null,
  },
};

const fields = Object.values((buildSchema().executable.getType('Person') as GraphQLObjectType).getFields());

let world: World;
let scene: Scene;
let person: string;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
  const { coordinator } = scene;
  person = (await registerPerson(coordinator, { contact: { phone: '02 40 00 11 22' }, numbers: { passIae: '999992139048' } })).id;
  await coordinator.run('recordNeed', 'NewNeed', { person, theme: 'MOBILITE' }, '__typename');
  await coordinator.run('updateProfile', 'ProfileUpdate', { person, profile: { skills: ['Soudure'] } }, '__typename');
  await coordinator.run('updatePerson', 'PersonUpdate', { person, contact: { phone: '02 40 00 11 33' } }, '__typename');
  await coordinator.run('assignReferent', 'ReferentAssignment', { person, legalBasis: 'PUBLIC_INTEREST' }, '__typename');
  await coordinator.run('recordSituation', 'NewSituation', { person, public: 'RSA' }, '__typename');
  await world.db.write(hubViewer('test'), (tx) => tx.change(authorised(scene.sender)));
  await recordDiagnosis(coordinator, { person, kind: 'AUTHORISED_PRESCRIBER' });
  await world.db.write(hubViewer('test'), (tx) => tx.change(delegated(scene.sender)));
  await orient(coordinator, { person, orientation: 'SOCIAL' });
  await recordPass(coordinator, { person, number: '999992139001', from: '2026-11-02' });
  await world.db.write(hubViewer('test'), (tx) =>
    tx.change(sql`insert into entitlement (id, person_id, benefit, role, organism, created_at, updated_at)
      values (${newId('Entitlement')}, ${person}, 'RSA', 'ALLOCATAIRE', 'CAF', ${tx.now}, ${tx.now})`, 1));
  await scene.refer({ person, offer: scene.offer, personAgreement: agreed });
}); // prettier-ignore
afterAll(() => world.close());

const lines = () =>
  world.rows<{ categories: string[] }>(
    sql`select categories from access_log where person_id = ${person} order by pos`,
  );

test.each(fields.map(({ name }) => name))('%s leaves the line it should, and no other', async (name) => {
  expect([name, name in discloses]).toEqual([name, true]);
  const { type } = fields.find((each) => each.name === name)!;
  const list = getNamedType(type).name.endsWith('Connection');
  const selection = isLeafType(getNamedType(type)) ? '' : list ? '{ nodes { __typename } }' : '{ __typename }';
  const before = (await lines()).length;
  const answer = await scene.coordinator.get(`query ($id: ID!) { person(id: $id) { asked: ${name} ${selection} } }`, { id: person });
  const category = discloses[name];
  if (category) expect(answer.person.asked).not.toBeNull();
  expect([name, tellingTypes.has(getNamedType(type).name.replace(/Connection$/, ''))]).toEqual([name, category !== null]);
  expect((await lines()).slice(before)).toEqual(category ? [{ categories: category.split(',') }] : []);
}); // prettier-ignore
