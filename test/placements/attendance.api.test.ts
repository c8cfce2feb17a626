import sql from 'sql-template-tag';
import { place, placed, serviceStarted, started, toJob } from '../kit/placements.ts';
import { Scene } from '../kit/referrals.ts';
import { World } from '../kit/world.ts';

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const refusal = (payload: any) =>
  payload.userErrors[0] && [payload.userErrors[0].code, payload.userErrors[0].field?.join('.') ?? null];
const reasonOf = (payload: any) => payload.userErrors[0]?.message;
const cameOf = async (id: string, as = scene.provider) =>
  (await as.get(`{ placement(id: "${id}") { version attendance { on half presence } } }`)).placement;
const record = (placement: string, over: object = {}, as = scene.provider) =>
  place(as, 'recordAttendance', { placement, on: '2026-11-16', presence: 'PRESENT', ...over });
const sheet = (lines: object[], over: object = {}, as = scene.provider) =>
  as.run('recordGroupAttendance', 'GroupAttendance', { on: '2026-11-16', half: 'MORNING', lines, ...over },
    'lines { id placement { id attendance { half presence } } userErrors { code field } }'); // prettier-ignore

test('a day or half a day is told, put right in place, and the same changes nothing', async () => {
  const { id } = await serviceStarted(scene);
  expect(refusal(await record(id, { presence: 'ABSENT' }))).toBeUndefined();
  await record(id, { half: 'AFTERNOON', presence: 'EXCUSED' });
  await record(id, { half: 'MORNING', presence: 'PRESENT' });
  await record(id, { half: 'MORNING', presence: 'PRESENT' });
  expect(await cameOf(id)).toEqual({
    version: 4,
    attendance: [
      { on: '2026-11-16', half: 'MORNING', presence: 'PRESENT' },
      { on: '2026-11-16', half: 'AFTERNOON', presence: 'EXCUSED' },
    ],
  });
  const facts = await world.rows(sql`select facts from event where type = 'placement.attendance_recorded'
    and subject_id = ${id}`);
  expect(facts).toHaveLength(3);
  expect(JSON.stringify(facts)).not.toMatch(/ABSENT|EXCUSED|PRESENT|2026-11-16/);
});

test('it is of a day of the placement that has come, not interrupted, without contract; also after the end', async () => {
  const { id } = await serviceStarted(scene);
  expect(refusal(await record(id, { on: '2026-11-24' }))).toEqual(['INVALID_INPUT', 'on']);
  expect(refusal(await record(id, { on: '2026-11-01' }))).toEqual(['INVALID_INPUT', 'on']);
  await placed(scene.provider, 'recordEpisode', { placement: id, kind: 'LEAVE', from: '2026-11-09', to: '2026-11-12' });
  expect(reasonOf(await record(id, { on: '2026-11-11' }))).toMatch(/was interrupted/);
  expect(refusal(await record(id, { on: '2026-11-12' }))).toBeUndefined();
  const contract = await started(scene);
  expect(reasonOf(await record(contract.id))).toMatch(/in hours/);
  await placed(scene.provider, 'endPlacement', { placement: id, endedOn: '2026-11-20', outcome: toJob });
  expect(refusal(await record(id, { on: '2026-11-21' }))).toEqual(['INVALID_INPUT', 'on']);
  expect(refusal(await record(id, { on: '2026-11-20' }))).toBeUndefined();
}); // prettier-ignore

test('by the receiver alone, one at a time; a repeat with the same key does nothing twice', async () => {
  const { id, version } = await serviceStarted(scene);
  const stranger = await (await world.organisation({ kind: 'COMMUNE' })).member();
  expect(refusal(await record(id, {}, scene.coordinator))).toEqual(['NOT_ALLOWED', null]);
  expect(refusal(await record(id, {}, stranger))).toEqual(['NOT_FOUND', 'placement']);
  const both = await Promise.all([record(id, { version }), record(id, { version, presence: 'ABSENT' })]);
  expect(both.map(refusal).filter(Boolean)).toEqual([['STALE', 'version']]);
  const again = { on: '2026-11-17', idempotencyKey: 'feuille-17' };
  const once = await record(id, again);
  expect((await record(id, again)).placement.version).toBe(once.placement.version);
  expect(refusal(await record(id, { ...again, presence: 'ABSENT' }))).toEqual([
    'IDEMPOTENCY_MISMATCH',
    'idempotencyKey',
  ]);
});

test('of a group each line stands by itself: one that is refused stops no other', async () => {
  const one = await serviceStarted(scene);
  const other = await serviceStarted(scene);
  const lines = [
    { placement: one.id, presence: 'PRESENT' },
    { placement: 'pla_00000000000000000000000000', presence: 'PRESENT' },
    { placement: other.id, presence: 'ABSENT' },
  ];
  const done = await sheet(lines, { idempotencyKey: 'groupe-16' });
  expect(done.lines.map((line: any) => line.placement?.attendance ?? line.userErrors)).toEqual([
    [{ half: 'MORNING', presence: 'PRESENT' }],
    [{ code: 'NOT_FOUND', field: ['lines', '1', 'placement'] }],
    [{ half: 'MORNING', presence: 'ABSENT' }],
  ]);
  const { version } = await cameOf(one.id);
  await sheet(lines, { idempotencyKey: 'groupe-16' });
  expect((await cameOf(one.id)).version).toBe(version);
  expect(refusal(await sheet([]))).toEqual(['INVALID_INPUT', 'lines']);
  const crowd = Array.from({ length: 51 }, () => lines[0]!);
  expect(refusal(await sheet(crowd))).toEqual(['INVALID_INPUT', 'lines']);
});

test('who once sent the person and has handed them over reads the placement, and no longer who came', async () => {
  const person = await scene.person();
  const { id } = await serviceStarted(scene, { person });
  await record(id, { presence: 'ABSENT', half: 'MORNING' });
  const came = { attendance: [{ on: '2026-11-16', half: 'MORNING', presence: 'ABSENT' }] };
  expect(await cameOf(id, scene.coordinator)).toMatchObject(came);
  const next = await world.organisation({ kind: 'PLIE' });
  const referent = await next.member({ roles: ['COORDINATOR'] });
  const handing = { person, organisation: next.id, legalBasis: 'PUBLIC_INTEREST' };
  await scene.coordinator.run('assignReferent', 'ReferentAssignment', handing, 'person { id }');
  expect(await cameOf(id, scene.coordinator)).toMatchObject({ attendance: [] });
  expect(await cameOf(id, referent)).toMatchObject(came);
});

test('a fund that pays benefits, even where it receives, neither keeps nor reads who came', async () => {
  const { id } = await serviceStarted(scene);
  await record(id, { presence: 'ABSENT' });
  const kind = (to: string) =>
    world.db.write(world.hub, (tx) =>
      tx.change(sql`update organisation set kind = ${to} where id = ${scene.receiver.id}`, 1),
    );
  await kind('BENEFITS_FUND');
  try {
    expect(await cameOf(id)).toMatchObject({ attendance: [] });
    expect(refusal(await record(id))).toEqual(['NOT_ALLOWED', null]);
  } finally {
    await kind('INSERTION_ENTERPRISE');
  }
});

test('a day on which somebody came stays within the placement; an absence binds nobody', async () => {
  const { id } = await serviceStarted(scene);
  await record(id, { on: '2026-11-20', presence: 'ABSENT' });
  await record(id);
  const end = (endedOn: string) =>
    place(scene.provider, 'endPlacement', { placement: id, endedOn, outcome: toJob });
  expect(refusal(await end('2026-11-15'))).toEqual(['INVALID_INPUT', 'endedOn']);
  expect(refusal(await end('2026-11-16'))).toBeUndefined();
});
