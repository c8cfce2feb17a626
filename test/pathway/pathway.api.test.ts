import sql from 'sql-template-tag';
import type { Client } from '../kit/client.ts';
import {
  correctPathwayEnd,
  delegated,
  draftEngagement,
  endPathway,
  orient,
  reopenPathway,
  reorient,
} from '../kit/pathway.ts';
import { registerPerson } from '../kit/people.ts';
import { Scene } from '../kit/referrals.ts';
import { World, type Partner } from '../kit/world.ts';

/** A person's way through the programme: decided by who may, followed by one referent, ended with a reason, never lost. */

let world: World;
let scene: Scene;
let council: Client;
let service: Partner;
beforeAll(async () => {
  world = await World.open();
  council = await (await world.organisation({ kind: 'COUNCIL' })).member();
  service = await world.organisation({ kind: 'EMPLOYMENT_SERVICE' });
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const followed = async (by: Client = scene.coordinator) => (await registerPerson(by, { referent: {} })).id;
const refused = ({ userErrors }: any) =>
  userErrors.map(({ code, field }: any) => [code, ...(field ?? [])].join(' '));
const begun = async (more: object = {}) => {
  const asked = { person: await followed(), orientation: 'SOCIAL', on: '2026-10-05', ...more };
  return (await orient(council, asked)).pathway;
};
const over = async (endedOn = '2026-11-02') => {
  const { id } = await begun();
  return (await endPathway(council, { pathway: id, endedOn, reason: 'OTHER' })).pathway;
};
const read = async (by: Client, person: string) =>
  (
    await by.get(
      `query ($id: ID!) { person(id: $id) { referent { organisation { id } } pathway { id orientation referentOrganisation { id } }
        pathways { totalCount nodes { id endReason } } } }`,
      { id: person },
    )
  ).person;
const eventsOf = async (id: string) =>
  (await world.rows<any>(sql`select type from event where subject_id = ${id} order by pos`)).map(
    ({ type }) => type,
  );

describe('an orientation', () => {
  test('begins a pathway with who follows already, and gives a month for the engagement', async () => {
    const person = await followed();
    const { pathway } = await orient(council, { person, orientation: 'SOCIO_PROFESSIONAL', on: '2026-10-31' });
    expect(pathway).toMatchObject({
      ...{ beganOn: '2026-10-31', engagementDueOn: '2026-11-30', endedOn: null, version: 1, continues: null },
      ...{ person: { id: person }, referentOrganisation: { id: scene.sender.id } },
    });
    expect(pathway.steps).toMatchObject([{ kind: 'ORIENTED', on: '2026-10-31', orientation: 'SOCIO_PROFESSIONAL', reason: null }]);
    expect(await read(scene.coordinator, person)).toMatchObject({ pathway: { id: pathway.id }, pathways: { totalCount: 1 } });
    expect(await eventsOf(pathway.id)).toEqual(['pathway.oriented']);
    const { pathway: alone } = await council.get(`{ pathway(id: "${pathway.id}") { orientation } }`);
    expect(alone).toEqual({ orientation: 'SOCIO_PROFESSIONAL' });
    const elsewhere = await service.member();
    expect(await elsewhere.get(`{ pathway(id: "${pathway.id}") { orientation } }`)).toEqual({ pathway: null });
  }); // prettier-ignore

  test('may name the referent organisation, and open referrals are followed from there', async () => {
    const personId = await followed();
    const { id } = await scene.sent({ person: personId, vacancy: await scene.vacancy(1) });
    const asked = { person: personId, orientation: 'PROFESSIONAL', referent: { organisation: service.id } };
    const { pathway } = await orient(council, asked);
    expect(pathway).toMatchObject({ referentOrganisation: { id: service.id }, steps: [{ kind: 'ORIENTED' }] });
    expect(await eventsOf(personId)).toContain('person.referent_assigned');
    const [referral] = await world.rows<any>(sql`select follower_id from referral where id = ${id}`);
    expect(referral.follower_id).toBe(service.id);
    expect(await read(scene.coordinator, personId)).toBeNull();
  }); // prettier-ignore

  test('is decided by the council, an employment service or a delegate, of people they follow', async () => {
    const person = await followed();
    const asked = { person, orientation: 'SOCIAL' };
    expect(refused(await orient(scene.coordinator, asked))).toEqual(['NOT_ALLOWED']);
    expect(refused(await orient(await service.member(), asked))).toEqual(['NOT_FOUND person']);
    const reader = await scene.sender.member({ roles: ['READER'] });
    expect(refused(await orient(reader, asked))).toEqual(['NOT_ALLOWED']);
    const here = await service.member({ roles: ['COORDINATOR'] });
    expect(refused(await orient(here, { ...asked, person: await followed(here) }))).toEqual([]);
    const delegate = await world.organisation({ kind: 'ASSOCIATION' });
    const there = await delegate.member();
    const theirs = await registerPerson(there, { referent: {}, legalBasis: 'CONSENT' });
    expect(refused(await orient(there, { ...asked, person: theirs.id }))).toEqual(['NOT_ALLOWED']);
    await world.db.write(world.hub, (tx) => tx.change(delegated(delegate), 1));
    expect(refused(await orient(there, { ...asked, person: theirs.id }))).toEqual([]);
  }); // prettier-ignore

  test('comes once while a pathway runs, after the last one, on a day that has come', async () => {
    const person = await followed();
    const asked = { person, orientation: 'SOCIAL' };
    expect(refused(await orient(council, { ...asked, on: '2026-11-24' }))).toEqual(['INVALID_INPUT on']);
    expect(refused(await orient(council, { ...asked, on: '1988-11-30' }))).toEqual(['INVALID_INPUT on']);
    const referent = { organisation: (await world.organisation({ kind: 'COMPANY' })).id };
    expect(refused(await orient(council, { ...asked, referent }))).toEqual(['INVALID_INPUT referent organisation']);
    const atOnce = await Promise.all([1, 2].map(() => orient(council, asked)));
    expect(atOnce.flatMap(refused)).toEqual(['ALREADY_EXISTS person']);
    const key = { person: await followed(), orientation: 'SOCIAL', idempotencyKey: 'orient once' };
    const first = await orient(council, key);
    expect((await orient(council, key)).pathway).toEqual(first.pathway);
    const ended = await over('2026-11-02');
    const again = { person: ended.person.id, orientation: 'SOCIAL' };
    expect(refused(await orient(council, { ...again, on: '2026-11-02' }))).toEqual(['INVALID_INPUT on']);
    expect(refused(await orient(council, { ...again, on: '2026-11-03' }))).toEqual([]);
  }); // prettier-ignore
});

describe('a reorientation', () => {
  test('changes towards what and with whom, and keeps what was decided before', async () => {
    const pathway = await begun();
    const asked = { pathway: pathway.id, orientation: 'PROFESSIONAL', reason: 'NEARER_TO_WORK', on: '2026-11-10' };
    expect(refused(await reorient(scene.coordinator, asked))).toEqual(['NOT_ALLOWED']);
    expect(refused(await reorient(council, { ...asked, version: 2 }))).toEqual(['STALE version']);
    expect(refused(await reorient(council, { ...asked, on: '2026-10-04' }))).toEqual(['INVALID_INPUT on']);
    expect(refused(await reorient(council, { ...asked, orientation: 'SOCIAL' }))).toEqual(['INVALID_INPUT orientation']);
    const done = await reorient(council, { ...asked, version: 1, referent: { organisation: service.id } });
    expect(done.pathway).toMatchObject({ orientation: 'PROFESSIONAL', version: 2, engagementDueOn: '2026-11-05' });
    expect(done.pathway.steps).toMatchObject([
      { kind: 'ORIENTED', orientation: 'SOCIAL', referentOrganisation: { id: scene.sender.id } },
      { kind: 'REORIENTED', orientation: 'PROFESSIONAL', reason: 'NEARER_TO_WORK', referentOrganisation: { id: service.id } },
    ]);
    expect(await read(council, pathway.person.id)).toMatchObject({ referent: { organisation: { id: service.id } } });
    expect(refused(await reorient(scene.coordinator, asked))).toEqual(['NOT_FOUND pathway']);
    const ended = await over();
    expect(refused(await reorient(council, { ...asked, pathway: ended.id }))).toEqual(['WRONG_STATE']);
  }); // prettier-ignore

  test('follows the person when another referent is named', async () => {
    const pathway = await begun();
    const input = { person: pathway.person.id, organisation: service.id, legalBasis: 'PUBLIC_INTEREST' };
    await council.run('assignReferent', 'ReferentAssignment', input, 'person { id }');
    expect(await read(council, pathway.person.id)).toMatchObject({ pathway: { referentOrganisation: { id: service.id } } });
    expect(await eventsOf(pathway.id)).toEqual(['pathway.oriented', 'pathway.handed_over']);
    const [step] = await world.rows<any>(sql`select kind, organisation_id from pathway_step where pathway_id = ${pathway.id} and kind <> 'ORIENTED'`);
    expect(step).toEqual({ kind: 'HANDED_OVER', organisation_id: null });
  }); // prettier-ignore
});

describe('the end of a pathway', () => {
  test('is recorded by its referent or the council, once, with its reason', async () => {
    const { id } = await begun();
    const asked = { pathway: id, endedOn: '2026-11-20', reason: 'DURABLE_JOB' };
    expect(refused(await endPathway(await service.member(), asked))).toEqual(['NOT_FOUND pathway']);
    expect(refused(await endPathway(council, { ...asked, endedOn: '2026-10-04' }))).toEqual(['INVALID_INPUT endedOn']);
    expect(refused(await endPathway(council, { ...asked, endedOn: '2026-11-24' }))).toEqual(['INVALID_INPUT endedOn']);
    expect(refused(await endPathway(council, { ...asked, version: 9 }))).toEqual(['STALE version']);
    const key = { ...asked, idempotencyKey: 'end once' };
    const done = await endPathway(scene.coordinator, key);
    expect(done.pathway).toMatchObject({ endedOn: '2026-11-20', endReason: 'DURABLE_JOB', version: 2 });
    expect((await endPathway(scene.coordinator, key)).pathway).toEqual(done.pathway);
    expect(refused(await endPathway(council, asked))).toEqual(['WRONG_STATE']);
    const other = await begun();
    const atOnce = await Promise.all([1, 2].map(() => endPathway(council, { pathway: other.id, reason: 'OTHER' })));
    expect(atOnce.flatMap(refused)).toEqual(['WRONG_STATE']);
  }); // prettier-ignore

  test('who registered the person and follows no more than that reads it only', async () => {
    const { id: person } = await registerPerson(scene.coordinator);
    const mine = await council.get('{ viewer { organisation { id } } }');
    const { pathway } = await orient(council, { person, orientation: 'SOCIAL' });
    expect(pathway.referentOrganisation.id).toBe(mine.viewer.organisation.id);
    expect(refused(await endPathway(scene.coordinator, { pathway: pathway.id, reason: 'OTHER' }))).toEqual(['NOT_FOUND pathway']);
  }); // prettier-ignore

  test('is put right, and what was believed stays', async () => {
    const { id } = await begun();
    await draftEngagement(scene.coordinator, { pathway: id, kind: 'ENGAGEMENT', goals: ['EMPLOI'] });
    const { pathway: ended } = await endPathway(council, { pathway: id, endedOn: '2026-11-02', reason: 'OTHER' });
    const right = { pathway: ended.id, reason: 'TRAINING', endedOn: '2026-11-05' };
    expect(refused(await correctPathwayEnd(council, { pathway: ended.id }))).toEqual(['INVALID_INPUT endedOn']);
    expect(refused(await correctPathwayEnd(council, { ...right, endedOn: '2026-10-01' }))).toEqual(['INVALID_INPUT endedOn']);
    expect(refused(await correctPathwayEnd(council, { ...right, version: 1 }))).toEqual(['STALE version']);
    const { pathway } = await correctPathwayEnd(scene.coordinator, { ...right, idempotencyKey: 'right once' });
    expect(pathway).toMatchObject({ endReason: 'TRAINING', endedOn: '2026-11-05' });
    expect(pathway.steps.map(({ kind, reason, on }: any) => [kind, reason, on]).slice(1)).toEqual([
      ['ENDED', 'OTHER', '2026-11-02'],
      ['END_CORRECTED', 'TRAINING', '2026-11-05'],
    ]);
    await reopenPathway(council, { pathway: ended.id, on: '2026-11-12' });
    const { pathway: undertaken } = await council.get(`{ pathway(id: "${ended.id}") { engagements { nodes { state endedOn endReason } } } }`);
    expect(undertaken.engagements.nodes).toEqual([{ state: 'ENDED', endedOn: '2026-11-05', endReason: 'PATHWAY_ENDED' }]);
    expect(refused(await correctPathwayEnd(council, { ...right, endedOn: '2026-11-12' }))).toEqual(['INVALID_INPUT endedOn']);
    const open = await begun();
    expect(refused(await correctPathwayEnd(council, { ...right, pathway: open.id }))).toEqual(['WRONG_STATE']);
  }); // prettier-ignore
});

describe('a pathway that goes on', () => {
  test('within 45 days of its end, in one that names it', async () => {
    const ended = await over('2026-10-09');
    const asked = { pathway: ended.id, on: '2026-11-23' };
    expect(refused(await reopenPathway(await service.member(), asked))).toEqual(['NOT_FOUND pathway']);
    expect(refused(await reopenPathway(council, { ...asked, on: '2026-10-09' }))).toEqual(['INVALID_INPUT on']);
    const atOnce = await Promise.all([1, 2].map(() => reopenPathway(scene.coordinator, asked)));
    expect(atOnce.flatMap(refused)).toEqual(['ALREADY_EXISTS pathway']);
    const again = atOnce.find(({ userErrors }) => !userErrors.length)!.pathway;
    expect(again).toMatchObject({ beganOn: '2026-11-23', orientation: 'SOCIAL', continues: { id: ended.id }, endedOn: null });
    // who follows goes on with it, and decides of no orientation
    expect(again.decidedBy).toEqual(ended.decidedBy);
    expect(await read(council, ended.person.id)).toMatchObject({
      pathway: { id: again.id },
      pathways: { totalCount: 2, nodes: [{ endReason: null }, { endReason: 'OTHER' }] },
    });
    expect(refused(await reopenPathway(council, { pathway: again.id }))).toEqual(['WRONG_STATE']);
    const late = await over('2026-10-08');
    expect(refused(await reopenPathway(council, { ...asked, pathway: late.id }))).toEqual(['TOO_LATE on']);
  }); // prettier-ignore
});

test('with the record erased an open pathway is over, and says nothing of why', async () => {
  const pathway = await begun();
  const { person } = await council.get(`{ person(id: "${pathway.person.id}") { reference } }`);
  const input = { person: pathway.person.id, reason: 'PERSON_REQUEST', confirm: person.reference };
  await council.run('erasePerson', 'PersonErasure', input, 'erasure { id }');
  const [row] = await world.rows<any>(
    sql`select ended_on::text, end_reason from pathway where id = ${pathway.id}`,
  );
  expect(row).toEqual({ ended_on: '2026-11-23', end_reason: 'OTHER' });
});
