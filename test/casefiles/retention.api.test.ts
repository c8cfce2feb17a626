import sql from 'sql-template-tag';
import { sweepRetention } from '../../src/casefiles/retention.sweep.ts';
import { foundIn, underNotice } from '../kit/casefiles.ts';
import type { Client } from '../kit/client.ts';
import { orient } from '../kit/pathway.ts';
import { registerPerson } from '../kit/people.ts';
import { placed, started } from '../kit/placements.ts';
import { refusal, Scene } from '../kit/referrals.ts';
import { councilOf, World } from '../kit/world.ts';

/** Two years after the last act of a professional a record is erased by itself, with a month's notice. */
let world: World;
let scene: Scene;
let council: Client;
beforeAll(async () => {
  world = await World.open();
  council = await (await councilOf(world)).member();
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const night = () => sweepRetention(world.db, (fault) => { throw fault; }); // prettier-ignore
const nothing = { noticed: 0, kept: 0, erased: 0, failed: 0 };
const notices = `query ($before: Date) { retentionNotices(filter: { dueBefore: $before }) {
  totalCount nodes { erasureDueOn lastContactAt person { id } } } }`;
const noticed = async (client: Client, before?: string): Promise<Record<string, string>> => {
  const { retentionNotices } = await client.get(notices, { before });
  return Object.fromEntries(
    retentionNotices.nodes.map((each: any) => [each.person?.id, each.erasureDueOn] as const),
  );
};
const keep = (person: string, as: Client = scene.coordinator) =>
  as.run('keepPerson', 'PersonKeeping', { person, reason: 'DISPUTE' }, 'person { id erasureDueOn }');
const register = async (lastName = 'Kergoat') =>
  (await registerPerson(scene.coordinator, { identity: { lastName, firstName: 'Perrine' } })).id;

let quiet: string;
let acted: string;
let kept: string;
let working: string;

test('nobody is warned before two years; then who follows them is, and nobody else', async () => {
  [quiet, acted, kept, working] = [await register('Kergoat'), await register(), await register(), await register()];
  const placement = await started(scene, { person: working });
  // whose pathway runs is followed, however little is written of it
  await orient(council, { person: await register(), orientation: 'SOCIAL' });
  world.clock.set('2028-11-23T08:00:00Z');
  expect(await night()).toEqual(nothing);
  world.clock.set('2028-11-24T08:00:00Z');
  expect(await night()).toEqual({ ...nothing, noticed: 3 });
  expect(await night()).toEqual(nothing);
  expect(await noticed(scene.coordinator)).toEqual({
    ...{ [quiet]: '2028-12-24', [acted]: '2028-12-24', [kept]: '2028-12-24' },
  });
  expect(Object.keys(await noticed(council, '2028-12-25'))).toHaveLength(3);
  expect(await noticed(council, '2028-12-24')).toEqual({});
  expect(await noticed(scene.provider)).toEqual({});
  const events = await world.rows<any>(sql`select audience, facts from event where type = 'person.retention_notice'`);
  expect(events).toHaveLength(3);
  expect(events[0]).toMatchObject({ facts: { eraseOn: '2028-12-24' } });
  expect(events[0].audience.sort()).toEqual([scene.sender.id, (await councilOf(world)).id].sort());
  await placed(scene.provider, 'endPlacement', { placement: placement.id, endedOn: '2028-11-20', outcome: { kind: 'UNKNOWN' } });
}); // prettier-ignore

test('an act of a professional ends the notice by itself; a word of who follows does too', async () => {
  const need = { person: acted, theme: 'MOBILITE' };
  await scene.coordinator.run('recordNeed', 'NewNeed', need, '__typename');
  const stranger = await (await world.organisation({ kind: 'PLIE' })).member();
  const reader = await scene.sender.member({ roles: ['READER'] });
  expect(refusal(await keep(kept, stranger))).toBe('NOT_FOUND');
  expect(refusal(await keep(kept, scene.provider))).toBe('NOT_FOUND');
  expect(refusal(await keep(kept, reader))).toBe('NOT_ALLOWED');
  expect(refusal(await keep(working))).toBe('WRONG_STATE');
  expect(await keep(kept)).toEqual({ person: { id: kept, erasureDueOn: null }, userErrors: [] });
  expect(refusal(await keep(kept))).toBe('WRONG_STATE');
  expect(await night()).toEqual({ ...nothing, kept: 1 });
  const { person } = await council.get(`query ($id: ID!) { person(id: $id) { erasureDueOn } }`, {
    id: quiet,
  });
  expect(person).toEqual({ erasureDueOn: '2028-12-24' });
  expect(await noticed(scene.coordinator)).toEqual({ [quiet]: '2028-12-24' });
});

test('when the month is over the hub erases, once, whichever of two hubs sweeps; who was kept stays', async () => {
  world.clock.set('2028-12-23T08:00:00Z');
  expect(await night()).toEqual(nothing);
  world.clock.set('2028-12-24T08:00:00Z');
  const both = await Promise.all([night(), night()]);
  expect(both.map(({ erased }) => erased).sort()).toEqual([0, 1]);
  const [erasure] = await world.rows(sql`select reason, organisation_id from erasure where person_id = ${quiet}`);
  expect(erasure).toEqual({ reason: 'RETENTION', organisation_id: null });
  const left = await council.get(`query ($q: ID!, $k: ID!) { gone: person(id: $q) { id } kept: person(id: $k) { id } }`, { q: quiet, k: kept });
  expect(left).toEqual({ gone: null, kept: { id: kept } });
  expect((await scene.coordinator.get('{ erasures { nodes { id reason } } }')).erasures.nodes).toEqual([{ id: quiet, reason: null }]);
}); // prettier-ignore

test('the clock starts again where it was stopped: at the end of a placement, on the day somebody said to keep', async () => {
  const later = await underNotice(scene);
  world.clock.set('2030-11-25T08:00:00Z');
  await night();
  const due = await noticed(council);
  expect(Object.keys(due).sort()).toEqual([acted, kept, working].sort());
  expect(due[later]).toBeUndefined();
  expect(await foundIn(world.server.database, ['Kergoat'])).toEqual(['person_identity: Kergoat']);
});
