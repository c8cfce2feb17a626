import sql from 'sql-template-tag';
import { sweepReviews } from '../../src/pathway/engagement.sweep.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { Client } from '../kit/client.ts';
import * as kit from '../kit/pathway.ts';
import { registerPerson } from '../kit/people.ts';
import { placed, started, toJob } from '../kit/placements.ts';
import { Scene } from '../kit/referrals.ts';
import { World, type Partner } from '../kit/world.ts';

/** What a person and their referent undertake: signed within the month or not, reviewed, replaced, ended. */

let world: World;
let scene: Scene;
let council: Client;
let other: Partner;
beforeAll(async () => {
  world = await World.open();
  council = await (await world.organisation({ kind: 'COUNCIL' })).member();
  other = await world.organisation({ kind: 'PLIE' });
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const refused = ({ userErrors }: any) =>
  userErrors.map(({ code, field }: any) => [code, ...(field ?? [])].join(' '));
const oriented = async (on = '2026-10-05') => {
  const { id: person } = await registerPerson(scene.coordinator, { referent: {} });
  return (await kit.orient(council, { person, orientation: 'SOCIAL', on })).pathway;
};
const drafted = async (more: object = {}, on?: string) => {
  const { id: pathway, person } = await oriented(on);
  const asked = { pathway, kind: 'ENGAGEMENT', goals: ['MOBILITE', 'EMPLOI'], ...more };
  return { person: person.id as string, pathway: pathway as string, ...(await kit.draftEngagement(scene.coordinator, asked)) };
}; // prettier-ignore
const signed = async (signedOn = '2026-11-05') => {
  const { engagement, ...rest } = await drafted();
  return {
    ...rest,
    ...(await kit.signEngagement(scene.coordinator, { engagement: engagement.id, signedOn })),
  };
};

describe('an engagement', () => {
  test('is prepared with goals and a week that hangs on the person’s own referral', async () => {
    const { id: pathway, person } = await oriented();
    const referral = await scene.sent({ person: person.id, vacancy: await scene.vacancy(1) });
    const activities = [
      { kind: 'WORK', weeklyHours: 12.5, referral: referral.id },
      { kind: 'PROJECT', weeklyHours: 4 },
    ];
    const asked = { pathway, kind: 'ENGAGEMENT', goals: ['EMPLOI'], activities };
    expect(refused(await kit.draftEngagement(await other.member(), asked))).toEqual(['NOT_FOUND pathway']);
    const stranger = await scene.sent({ vacancy: await scene.vacancy(1) });
    const theirs = [{ kind: 'WORK', referral: stranger.id }];
    expect(refused(await kit.draftEngagement(scene.coordinator, { ...asked, activities: theirs }))).toEqual([
      'NOT_FOUND activities 0 referral',
    ]);
    const { engagement } = await kit.draftEngagement(scene.coordinator, asked);
    expect(engagement).toMatchObject({
      ...{ state: 'DRAFT', goals: ['EMPLOI'], weeklyHours: 16.5, signedOn: null, signedInTime: null, to: null },
      activities: [{ kind: 'WORK', weeklyHours: 12.5, referral: { id: referral.id } }, { kind: 'PROJECT', referral: null }],
      ...{ draftedBy: { id: scene.sender.id }, pathway: { id: pathway, engagement: null } },
    });
    expect(refused(await kit.draftEngagement(council, asked))).toEqual(['ALREADY_EXISTS pathway']);
  }); // prettier-ignore

  test('takes no health for a goal, no goal twice, and no week longer than the law’s', async () => {
    const { id: pathway } = await oriented();
    const asked = { pathway, kind: 'ENGAGEMENT' };
    const hours = (...weekly: number[]) => weekly.map((weeklyHours) => ({ kind: 'WORK', weeklyHours }));
    for (const [more, field] of [
      [{ goals: ['SANTE'] }, 'goals'],
      [{ goals: ['EMPLOI', 'EMPLOI'] }, 'goals'],
      [{ activities: hours(0) }, 'activities 0 weeklyHours'],
      [{ activities: hours(30, 20) }, 'activities'],
      [{ activities: hours(...Array.from({ length: 21 }, () => 1)) }, 'activities'],
      [{ kind: 'CER', to: '2027-01-02' }, 'to'],
    ] as const)
      expect(refused(await kit.draftEngagement(council, { ...asked, ...more }))).toEqual([`INVALID_INPUT ${field}`]);
    const atOnce = await Promise.all([1, 2].map(() => kit.draftEngagement(council, asked)));
    expect(atOnce.flatMap(refused)).toEqual(['ALREADY_EXISTS pathway']);
  }); // prettier-ignore

  test('is signed in time to the day, or late; then it is in force', async () => {
    const { engagement, pathway } = await signed('2026-11-05');
    expect(engagement).toMatchObject({ state: 'SIGNED', signedInTime: true, pathway: { id: pathway, engagement: { id: engagement.id } } });
    expect((await signed('2026-11-06')).engagement).toMatchObject({ signedInTime: false });
    const { id } = (await drafted()).engagement;
    expect(refused(await kit.signEngagement(council, { engagement: id, signedOn: '2026-11-24' }))).toEqual(['INVALID_INPUT signedOn']);
    expect(refused(await kit.signEngagement(council, { engagement: id, signedOn: '2026-10-04' }))).toEqual(['INVALID_INPUT signedOn']);
    expect(refused(await kit.signEngagement(council, { engagement: id, version: 2 }))).toEqual(['STALE version']);
    expect(refused(await kit.signEngagement(await other.member(), { engagement: id }))).toEqual(['NOT_FOUND engagement']);
    const key = { engagement: id, signedOn: '2026-11-02', idempotencyKey: 'sign once' };
    const first = await kit.signEngagement(scene.coordinator, key);
    expect((await kit.signEngagement(scene.coordinator, key)).engagement).toEqual(first.engagement);
    expect(refused(await kit.signEngagement(scene.coordinator, { engagement: id }))).toEqual(['WRONG_STATE']);
    const race = (await drafted()).engagement.id;
    const atOnce = await Promise.all([1, 2].map(() => kit.signEngagement(council, { engagement: race })));
    expect(atOnce.flatMap(refused)).toEqual(['WRONG_STATE']);
  }); // prettier-ignore

  test('is signed by each party on its own day, and in force from the last one', async () => {
    const { engagement, pathway } = await drafted();
    const sign = (by: Client, more: object) => kit.signEngagement(by, { engagement: engagement.id, ...more });
    const half = { state: 'DRAFT', personSignedOn: '2026-10-08', referentSignedOn: null, signedOn: null, signedInTime: null };
    expect((await sign(scene.coordinator, { by: 'PERSON', signedOn: '2026-10-08' })).engagement).toMatchObject({ ...half, pathway: { engagement: null } });
    expect(refused(await sign(scene.coordinator, { by: 'PERSON' }))).toEqual(['INVALID_INPUT by']);
    expect(refused(await sign(scene.coordinator, {}))).toEqual(['INVALID_INPUT by']);
    expect(refused(await sign(await other.member(), { by: 'REFERENT' }))).toEqual(['NOT_FOUND engagement']);
    // what was signed is the text as it stood
    await kit.updateEngagement(scene.coordinator, { engagement: engagement.id, reviewOn: '2026-12-10' });
    expect((await kit.updateEngagement(scene.coordinator, { engagement: engagement.id, goals: ['EMPLOI'] })).engagement.personSignedOn).toBeNull();
    await sign(scene.coordinator, { by: 'REFERENT', signedOn: '2026-10-12' });
    const atOnce = await Promise.all([1, 2].map(() => sign(council, { by: 'PERSON', signedOn: '2026-11-06' })));
    expect(atOnce.flatMap(refused)).toEqual(['WRONG_STATE']);
    const whole = { state: 'SIGNED', personSignedOn: '2026-11-06', referentSignedOn: '2026-10-12', signedOn: '2026-11-06', signedInTime: false };
    expect(atOnce.find(({ engagement: now }: any) => now.state === 'SIGNED')!.engagement).toMatchObject({ ...whole, pathway: { id: pathway, engagement: { id: engagement.id } } });
    const types = await world.rows<any>(sql`select type from event where subject_id = ${engagement.id} order by pos`);
    expect(types.map(({ type }) => type.slice(11))).toEqual(['drafted', 'half_signed', 'updated', 'updated', 'half_signed', 'signed']);
  }); // prettier-ignore

  test('whose review is near is told of once, and again for another day', async () => {
    const { engagement } = await signed();
    const told = async () => (await sweepReviews(world.db, (fault) => { throw fault; }), (await world.rows(sql`select id from event where subject_id = ${engagement.id} and type = 'engagement.review_due'`)).length);
    await kit.updateEngagement(scene.coordinator, { engagement: engagement.id, reviewOn: '2026-12-01' });
    expect(await told()).toBe(0);
    for (const [reviewOn, times] of [['2026-11-30', 1], ['2026-11-30', 1], ['2026-11-29', 2]] as const) {
      await kit.updateEngagement(scene.coordinator, { engagement: engagement.id, reviewOn });
      expect(await told()).toBe(times);
    }
  }); // prettier-ignore

  test('signed keeps the review planned while it was prepared, unless another is', async () => {
    const { engagement } = await drafted();
    const planned = { engagement: engagement.id, reviewOn: '2026-12-10' };
    await kit.updateEngagement(scene.coordinator, planned);
    const { engagement: now } = await kit.signEngagement(scene.coordinator, { engagement: engagement.id });
    expect(now).toMatchObject({ state: 'SIGNED', reviewOn: '2026-12-10' });
    const early = (await drafted()).engagement.id;
    await kit.updateEngagement(scene.coordinator, { engagement: early, reviewOn: '2026-11-10' });
    expect(refused(await kit.signEngagement(scene.coordinator, { engagement: early }))).toEqual(['INVALID_INPUT reviewOn']);
    const asked = { engagement: early, reviewOn: '2026-12-15' };
    expect((await kit.signEngagement(scene.coordinator, asked)).engagement.reviewOn).toBe('2026-12-15');
  }); // prettier-ignore

  test('of before runs until 2027 at the latest, and is replaced by the one of today', async () => {
    const { engagement, pathway } = await drafted({ kind: 'CER' }, '2024-06-03');
    expect(engagement.to).toBe('2027-01-01');
    expect(refused(await kit.signEngagement(council, { engagement: engagement.id, signedOn: '2025-01-01' }))).toEqual(['INVALID_INPUT signedOn']);
    const before = await kit.signEngagement(council, { engagement: engagement.id, signedOn: '2024-12-31' });
    expect(before.engagement).toMatchObject({ state: 'SIGNED', signedInTime: false });
    const draft = (await kit.draftEngagement(council, { pathway, kind: 'ENGAGEMENT' })).engagement.id;
    expect(refused(await kit.signEngagement(council, { engagement: draft, signedOn: '2024-12-31' }))).toEqual(['INVALID_INPUT signedOn']);
    const now = await kit.signEngagement(council, { engagement: draft, signedOn: '2025-02-03' });
    expect(now.engagement.pathway.engagement.id).toBe(draft);
    const [former] = await world.rows<any>(sql`select state, ended_on::text, end_reason from engagement where id = ${engagement.id}`);
    expect(former).toEqual({ state: 'ENDED', ended_on: '2025-02-03', end_reason: 'REPLACED' });
    const later = (await kit.draftEngagement(council, { pathway, kind: 'ENGAGEMENT' })).engagement.id;
    expect(refused(await kit.signEngagement(council, { engagement: later, signedOn: '2025-02-02' }))).toEqual(['INVALID_INPUT signedOn']);
  }); // prettier-ignore

  test('changes as the person’s life does, until it is over', async () => {
    const { engagement } = await signed();
    const asked = { engagement: engagement.id, goals: ['LOGEMENT'], reviewOn: '2026-12-10' };
    const change = (more: object) => kit.updateEngagement(scene.coordinator, { engagement: engagement.id, ...more });
    const { engagement: after } = await change({ ...asked, idempotencyKey: 'change once' });
    expect(after).toMatchObject({ goals: ['LOGEMENT'], reviewOn: '2026-12-10', version: 3 });
    expect(refused(await change({}))).toEqual(['INVALID_INPUT goals']);
    expect(refused(await change({ goals: ['SANTE'] }))).toEqual(['INVALID_INPUT goals']);
    expect(refused(await change({ to: '2026-11-04' }))).toEqual(['INVALID_INPUT to']);
    expect(refused(await change({ reviewOn: '2026-11-04' }))).toEqual(['INVALID_INPUT reviewOn']);
    expect(refused(await change({ goals: [], version: 2 }))).toEqual(['STALE version']);
    expect(refused(await kit.updateEngagement(await other.member(), asked))).toEqual(['NOT_FOUND engagement']);
    expect((await change({ reviewOn: null })).engagement.reviewOn).toBeNull();
    await kit.endEngagement(council, { engagement: engagement.id, reason: 'TERM' });
    expect(refused(await change({ goals: [] }))).toEqual(['WRONG_STATE']);
  }); // prettier-ignore
});

describe('a review', () => {
  test('says what is reached and what was decided; nothing follows by itself', async () => {
    const { engagement, pathway } = await signed();
    const asked = { engagement: engagement.id, heldOn: '2026-11-20', decision: 'END', goalsReached: ['MOBILITE'], nextOn: '2027-02-01' };
    const review = (more: object) => kit.recordReview(scene.coordinator, { ...asked, ...more });
    expect(refused(await review({ heldOn: '2026-11-24' }))).toEqual(['INVALID_INPUT heldOn']);
    expect(refused(await review({ heldOn: '2026-11-04' }))).toEqual(['INVALID_INPUT heldOn']);
    expect(refused(await review({ nextOn: '2026-11-20' }))).toEqual(['INVALID_INPUT nextOn']);
    expect(refused(await review({ goalsReached: ['LOGEMENT'] }))).toEqual(['INVALID_INPUT goalsReached']);
    expect(refused(await review({ version: 1 }))).toEqual(['STALE version']);
    expect(refused(await kit.recordReview(await other.member(), asked))).toEqual(['NOT_FOUND engagement']);
    const first = await review({ idempotencyKey: 'review once' });
    expect((await review({ idempotencyKey: 'review once' })).engagement).toEqual(first.engagement);
    expect(first.engagement).toMatchObject({
      ...{ reviewOn: '2027-02-01', state: 'SIGNED' },
      reviews: [{ heldOn: '2026-11-20', decision: 'END', goalsReached: ['MOBILITE'], by: { id: scene.sender.id } }],
    });
    const [row] = await world.rows<any>(sql`select ended_on from pathway where id = ${pathway}`);
    expect(row.ended_on).toBeNull();
    const draft = (await drafted()).engagement.id;
    expect(refused(await kit.recordReview(council, { engagement: draft, decision: 'CONTINUE' }))).toEqual(['WRONG_STATE']);
  }); // prettier-ignore
});

describe('the end of an engagement', () => {
  test('has its reason, and comes once', async () => {
    const { engagement } = await signed();
    const asked = { engagement: engagement.id, reason: 'NOT_PURSUED', endedOn: '2026-11-20' };
    for (const [more, said] of [
      [{ reason: 'REPLACED' }, 'INVALID_INPUT reason'],
      [{ endedOn: '2026-11-24' }, 'INVALID_INPUT endedOn'],
      [{ endedOn: '2026-11-04' }, 'INVALID_INPUT endedOn'],
      [{ version: 1 }, 'STALE version'],
    ] as const)
      expect(refused(await kit.endEngagement(council, { ...asked, ...more }))).toEqual([said]);
    expect(refused(await kit.endEngagement(await other.member(), asked))).toEqual(['NOT_FOUND engagement']);
    const atOnce = await Promise.all([1, 2].map(() => kit.endEngagement(council, asked)));
    expect(atOnce.flatMap(refused)).toEqual(['WRONG_STATE']);
    const key = { engagement: (await drafted()).engagement.id, reason: 'MISTAKE', idempotencyKey: 'drop once' };
    const dropped = await kit.endEngagement(council, key);
    expect(dropped.engagement).toMatchObject({ state: 'ENDED', endReason: 'MISTAKE', signedOn: null });
    expect((await kit.endEngagement(council, key)).engagement).toEqual(dropped.engagement);
  }); // prettier-ignore

  test('comes with the end of the pathway, for what is signed and what is prepared', async () => {
    const { engagement, pathway } = await signed();
    await kit.draftEngagement(council, { pathway, kind: 'ENGAGEMENT' });
    await kit.endPathway(council, { pathway, endedOn: '2026-11-03', reason: 'RIGHT_CLOSED' });
    const rows = await world.rows<any>(sql`select ended_on::text, end_reason from engagement where pathway_id = ${pathway} order by id`);
    expect(rows).toEqual([
      { ended_on: '2026-11-05', end_reason: 'PATHWAY_ENDED' },
      { ended_on: '2026-11-03', end_reason: 'PATHWAY_ENDED' },
    ]);
    expect(refused(await kit.endEngagement(council, { engagement: engagement.id, reason: 'TERM' }))).toEqual(['WRONG_STATE']);
    expect(refused(await kit.draftEngagement(council, { pathway, kind: 'ENGAGEMENT' }))).toEqual(['WRONG_STATE']);
  }); // prettier-ignore
});

test('whose right has closed stands on the list of pathways to end, for who may know of rights', async () => {
  const list = async (by: Client) =>
    (await by.get('{ viewer { worklist { pathwaysToEnd { totalCount nodes { id } } } } }')).viewer.worklist.pathwaysToEnd;
  const [closed, reopened, running] = [await oriented(), await oriented(), await oriented()];
  const since = async (pathway: any, ...states: string[]) => {
    for (const [nth, state] of states.entries()) {
      const id = newId('Entitlement');
      await world.db.write(world.hub, async (tx) => {
        await tx.change(sql`insert into entitlement (id, person_id, benefit, role, organism, created_at, updated_at)
          values (${id}, ${pathway.person.id}, 'RSA', 'ALLOCATAIRE', 'CAF', ${tx.now}, ${tx.now})`);
        await tx.change(sql`insert into entitlement_period (id, entitlement_id, person_id, state, from_day, known_from)
          values (${newId('EntitlementPeriod')}, ${id}, ${pathway.person.id}, ${state}, ${`2026-0${nth + 1}-01`}, ${tx.now})`);
      });
    }
  };
  await since(closed, 'CLOSED');
  await since(reopened, 'CLOSED', 'SUSPENDED');
  await since(running, 'OPEN');
  expect(await list(scene.coordinator)).toEqual({ totalCount: 1, nodes: [{ id: closed.id }] });
  expect(await list(council)).toEqual({ totalCount: 0, nodes: [] });
  await kit.endPathway(scene.coordinator, { pathway: closed.id, reason: 'RIGHT_CLOSED' });
  expect(await list(scene.coordinator)).toEqual({ totalCount: 0, nodes: [] });
}); // prettier-ignore

test('who went on to a durable job by the rules of its day stands there too, unless another action is under way', async () => {
  const list = async (by: Client) =>
    (await by.get('{ viewer { worklist { pathwaysToEnd { nodes { id } } } } }')).viewer.worklist.pathwaysToEnd.nodes.map(({ id }: any) => id);
  const leaving = async (outcome: object) => {
    const pathway = await oriented();
    const placement = await started(scene, { person: pathway.person.id, startedOn: '2026-11-02' });
    await placed(scene.provider, 'endPlacement', { placement: placement.id, endedOn: '2026-11-20', outcome });
    return pathway;
  };
  const exactly = { kind: 'JOB', contract: 'FIXED_TERM', weeklyHours: 35, from: '2026-11-23', to: '2027-05-22' };
  const [lasting, six] = [await leaving(toJob), await leaving(exactly)];
  await leaving({ ...exactly, to: '2027-05-21' });
  await leaving({ kind: 'UNEMPLOYED' });
  expect(await list(scene.coordinator)).toEqual([lasting.id, six.id]);
  expect(await list(council)).toEqual([]);
  await started(scene, { person: six.person.id, startedOn: '2026-11-23' });
  expect(await list(scene.coordinator)).toEqual([lasting.id]);
}); // prettier-ignore

test('what is to be signed and reviewed stands on the work list of who accompanies', async () => {
  const partner = await world.organisation({ kind: 'EMPLOYMENT_SERVICE' });
  const here = await partner.member({ roles: ['COORDINATOR'] });
  const pathwayOf = async (on: string) => {
    const { id: person } = await registerPerson(here, { referent: {} });
    return (await kit.orient(here, { person, orientation: 'SOCIAL', on })).pathway.id;
  };
  const [late, soon, done] = [await pathwayOf('2026-09-01'), await pathwayOf('2026-11-02'), await pathwayOf('2026-10-05')];
  const draft = (await kit.draftEngagement(here, { pathway: done, kind: 'ENGAGEMENT' })).engagement.id;
  const lists = async (by: Client) => {
    const read = '{ viewer { worklist { engagementsToSign { totalCount nodes { id } } reviewsDue { totalCount nodes { id } } } } }';
    const { engagementsToSign, reviewsDue } = (await by.get(read)).viewer.worklist;
    return [engagementsToSign, reviewsDue].map(({ nodes }: any) => nodes.map(({ id }: any) => id));
  };
  expect(await lists(here)).toEqual([[late, done, soon], []]);
  await kit.signEngagement(here, { engagement: draft, reviewOn: '2026-12-07' });
  expect(await lists(here)).toEqual([[late, soon], [draft]]);
  await kit.updateEngagement(here, { engagement: draft, reviewOn: '2026-12-08' });
  await kit.endPathway(here, { pathway: late, reason: 'ABANDONED' });
  expect(await lists(here)).toEqual([[soon], []]);
  expect(await lists(await other.member())).toEqual([[], []]);
}); // prettier-ignore
