import sql, { type Sql } from 'sql-template-tag';
import type { Client } from '../kit/client.ts';
import { place, placed, started, toJob } from '../kit/placements.ts';
import { alsoFollowedBy, personInTables, Scene } from '../kit/referrals.ts';
import { World } from '../kit/world.ts';

/** Immersions, trial periods, trainings, leaves: what happens within a placement, and who learns of what kind it is. */
let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open({ health: true });
  scene = await Scene.open(world);
});
afterEach(() => world.clock.set('2026-11-23T08:00:00.000Z'));
afterAll(() => world.close());

const refusal = (payload: any) =>
  payload.userErrors[0] && [payload.userErrors[0].code, payload.userErrors[0].field?.join('.') ?? null];
const immersion = { kind: 'PMSMP', from: '2026-11-09', expectedTo: '2026-11-27' };
const kindsTo = async (client: Client, id: string) =>
  (await client.get(`{ placement(id: "${id}") { episodes { kind } } }`)).placement?.episodes.map(
    ({ kind }: { kind: string }) => kind,
  );
const closed = (rights: Sql) =>
  world.db.write(world.hub, (tx) =>
    tx.change(sql`update person_access set valid_until = valid_from where ${rights}`),
  );
const factsOf = (id: string) =>
  world.rows<{ type: string; facts: any }>(
    sql`select type, facts from event where subject_id = ${id} and type like 'placement.%' order by tx, pos`,
  );

describe('an episode', () => {
  test('an immersion runs within the contract; it ends while the placement goes on', async () => {
    const { id } = await started(scene);
    const during = await placed(scene.provider, 'recordEpisode', { placement: id, ...immersion });
    expect(during).toMatchObject({ state: 'STARTED', episodes: [{ kind: 'PMSMP', suspends: false, to: null }] });
    const [episode] = during.episodes;
    const over = await placed(scene.provider, 'endEpisode', { placement: id, episode: episode.id, on: '2026-11-20' });
    expect(over).toMatchObject({ state: 'STARTED', episodes: [{ to: '2026-11-20' }] });
    const again = await place(scene.provider, 'endEpisode', { placement: id, episode: episode.id });
    expect(refusal(again)).toEqual(['WRONG_STATE', 'episode']);
    expect((await factsOf(id)).slice(1).map(({ type }) => type)).toEqual(['placement.episode_recorded', 'placement.episode_ended']);
  }); // prettier-ignore

  test('a trial period elsewhere suspends the placement until it ends, as a suspension does', async () => {
    const { id } = await started(scene);
    const trial = { placement: id, kind: 'TRIAL_PERIOD', from: '2026-11-09' };
    expect(refusal(await place(scene.provider, 'recordEpisode', { ...trial, suspends: false }))).toEqual([
      ...['INVALID_INPUT', 'suspends'],
    ]);
    const during = await placed(scene.provider, 'recordEpisode', trial);
    expect(during).toMatchObject({ state: 'SUSPENDED', episodes: [{ suspends: true }] });
    expect(refusal(await place(scene.provider, 'suspendPlacement', trial))).toEqual(['WRONG_STATE', null]);
    const episode = during.episodes[0].id;
    expect(await placed(scene.provider, 'endEpisode', { placement: id, episode })).toMatchObject({
      state: 'STARTED',
      episodes: [{ to: '2026-11-23' }],
    });
  });

  test('one that is over when it is recorded suspends nothing any more', async () => {
    const { id } = await started(scene);
    const over = { placement: id, kind: 'SICK_LEAVE', from: '2026-11-09', to: '2026-11-16' };
    expect(await placed(scene.provider, 'recordEpisode', over)).toMatchObject({ state: 'STARTED' });
    const clash = { ...over, kind: 'TRIAL_PERIOD', from: '2026-11-12', to: '2026-11-13' };
    expect(refusal(await place(scene.provider, 'recordEpisode', clash))).toEqual(['INVALID_INPUT', 'from']);
  });

  test('is recorded by the receiver, once, of a placement that runs', async () => {
    const { id } = await started(scene);
    const record = (as: Client, over = {}) => place(as, 'recordEpisode', { placement: id, ...immersion, ...over });
    expect(refusal(await record(scene.coordinator))).toEqual(['NOT_ALLOWED', null]);
    const stranger = await (await world.organisation({ kind: 'COMMUNE' })).member();
    expect(refusal(await record(stranger))).toEqual(['NOT_FOUND', 'placement']);
    expect(refusal(await record(scene.provider, { version: 9 }))).toEqual(['STALE', 'version']);
    const both = await Promise.all([record(scene.provider), record(scene.provider)]);
    expect(both.map(refusal).filter(Boolean)).toEqual([['INVALID_INPUT', 'from']]);
    const other = await started(scene);
    const [{ id: elsewhere }] = (await placed(scene.provider, 'recordEpisode', { placement: other.id, ...immersion })).episodes;
    expect(refusal(await place(scene.provider, 'endEpisode', { placement: id, episode: elsewhere }))).toEqual(['NOT_FOUND', 'episode']);
    const end = { placement: id, outcome: toJob };
    expect(refusal(await place(scene.provider, 'endPlacement', { ...end, endedOn: '2026-11-08' }))).toEqual(['INVALID_INPUT', 'endedOn']);
    const ended = await placed(scene.provider, 'endPlacement', { ...end, endedOn: '2026-11-20' });
    expect(ended.episodes).toMatchObject([{ to: '2026-11-20' }]);
    expect(refusal(await record(scene.provider, { kind: 'OTHER' }))).toEqual(['WRONG_STATE', null]);
    const moved = { placement: id, reason: 'TYPING_ERROR', endedOn: '2026-11-18' };
    expect((await placed(scene.provider, 'correctPlacement', moved)).episodes).toMatchObject([{ to: '2026-11-18' }]);
    for (const wrong of [{ endedOn: '2026-11-05' }, { startedOn: '2026-11-12' }])
      expect(refusal(await place(scene.provider, 'correctPlacement', { ...moved, endedOn: null, ...wrong }))[0]).toBe('INVALID_INPUT');
  }); // prettier-ignore
});

describe('of a sick or family leave', () => {
  test('the employer and the referent read the kind; the registrar, a grant, and the journal only that there is one', async () => {
    const person = await personInTables(scene.sender, 'REFERENT');
    const registrar = await world.organisation({ kind: 'ASSOCIATION' });
    await alsoFollowedBy(registrar, person);
    await closed(sql`organisation_id = ${registrar.id} and person_id = ${person} and category = 'HEALTH'`);
    const { id } = await started(scene, { person });
    await placed(scene.provider, 'suspendPlacement', {
      placement: id,
      kind: 'SICK_LEAVE',
      from: '2026-11-16',
    });
    expect(await kindsTo(scene.provider, id)).toEqual(['SICK_LEAVE']);
    expect(await kindsTo(scene.coordinator, id)).toEqual(['SICK_LEAVE']);
    expect(await kindsTo(await registrar.member({ roles: ['COORDINATOR'] }), id)).toEqual(['LEAVE']);
    const tool = await scene.sender.tool(['referrals:read']);
    expect(await kindsTo(tool, id)).toEqual(['LEAVE']);
    expect(JSON.stringify(await factsOf(id))).not.toContain('SICK');
  });

  test('who sent the person and follows them no more reads that they are away', async () => {
    const person = await personInTables(scene.sender);
    const { id } = await started(scene, { person });
    await placed(scene.provider, 'suspendPlacement', {
      placement: id,
      kind: 'FAMILY_LEAVE',
      from: '2026-11-16',
    });
    await closed(sql`person_id = ${person} and organisation_id = ${scene.sender.id}`);
    expect(await kindsTo(scene.coordinator, id)).toEqual(['LEAVE']);
    expect(await kindsTo(scene.provider, id)).toEqual(['FAMILY_LEAVE']);
  });
});

test('a hub that keeps no health data keeps of a leave that there is one', async () => {
  const without = await World.open();
  try {
    const there = await Scene.open(without);
    const { id } = await started(there);
    await placed(there.provider, 'suspendPlacement', {
      placement: id,
      kind: 'SICK_LEAVE',
      from: '2026-11-16',
    });
    expect(await kindsTo(there.provider, id)).toEqual(['LEAVE']);
    expect(await without.rows(sql`select 1 from episode_leave`)).toEqual([]);
  } finally {
    await without.close();
  }
});
