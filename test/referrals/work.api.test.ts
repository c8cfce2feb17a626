import sql from 'sql-template-tag';
import type { Client } from '../kit/client.ts';
import { placed, cddi, toJob } from '../kit/placements.ts';
import { done, Scene } from '../kit/referrals.ts';
import { offerInTables } from '../kit/vacancies.ts';
import { World } from '../kit/world.ts';

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const stating = async () => {
  const person = await scene.person();
  const profile = { workConstraints: ['NO_HEAVY_LOADS', 'SCHOOL_HOURS'], skills: ['Soudure'] };
  await scene.coordinator.run('updateProfile', 'ProfileUpdate', { person, profile }, 'person { id }');
  return person;
};
const read = async (id: string, as: Client = scene.provider) =>
  (await as.get(`{ referral(id: "${id}") { workConstraints person { profile { skills } } } }`)).referral;

test('who employs reads them once it has accepted, until the placement is over; the profile stays closed', async () => {
  const person = await stating();
  const { id } = await scene.acknowledged({ person, vacancy: await scene.vacancy(2) });
  expect(await read(id)).toEqual({ workConstraints: null, person: { profile: null } });
  done(await scene.move(scene.provider, 'acceptReferral', id));
  const told = { workConstraints: ['NO_HEAVY_LOADS', 'SCHOOL_HOURS'], person: { profile: null } };
  expect(await read(id)).toEqual(told);
  const starting = { referral: id, startedOn: '2026-11-02', contract: cddi };
  const { id: placement } = await placed(scene.provider, 'startPlacement', starting);
  expect(await read(id)).toEqual(told);
  await placed(scene.provider, 'endPlacement', { placement, endedOn: '2026-11-20', outcome: toJob });
  expect(await read(id)).toMatchObject({ workConstraints: null });
});

test('nobody else does: who follows reads the profile, a member without people and a tool without them nothing', async () => {
  const { id } = await scene.accepted({ person: await stating(), vacancy: await scene.vacancy(1) });
  const blind = await scene.receiver.member({ roles: ['PROVIDER'], people: 'NONE' });
  const tool = await scene.receiver.tool(['referrals:read']);
  const stranger = await (await world.organisation({ kind: 'COMMUNE' })).member();
  expect(await read(id, scene.coordinator)).toEqual({
    workConstraints: null,
    person: { profile: { skills: ['Soudure'] } },
  });
  expect(await read(id, blind)).toEqual({ workConstraints: null, person: null });
  expect(await read(id, tool)).toEqual({ workConstraints: null, person: null });
  expect(await read(id, stranger)).toBeNull();
});

test('a service has no work to fit, and nothing stated is an empty list', async () => {
  const service = await offerInTables(scene.receiver, { kind: 'MOBILITY', exclusive: false });
  expect(await read((await scene.accepted({ person: await stating(), offer: service })).id)).toMatchObject({
    workConstraints: null,
  });
  expect(await read((await scene.accepted({ vacancy: await scene.vacancy(1) })).id)).toMatchObject({
    workConstraints: [],
  });
});

test('each reading is a line of the access log', async () => {
  const person = await stating();
  const { id } = await scene.accepted({ person, vacancy: await scene.vacancy(1) });
  await read(id);
  const lines = await world.rows(sql`select categories from access_log where person_id = ${person}
    and organisation_id = ${scene.receiver.id} and 'PROFILE' = any (categories)`);
  expect(lines).toHaveLength(1);
});
