import {
  accomplished,
  acceptLines,
  lineFor,
  placesOf,
  planned,
  plannerOf,
  propose,
  runOf,
  runSelection,
  solved,
} from '../kit/planning.ts';
import { examplesIn, expectShown, ofRuns, writeIfAsked } from '../kit/examples.ts';
import { weighed } from '../kit/matches.ts';
import { registerPerson } from '../kit/people.ts';
import { agreed, refusal, Scene } from '../kit/referrals.ts';
import { started } from '../kit/placements.ts';
import { faults, type Client } from '../kit/client.ts';
import { offerInTables } from '../kit/vacancies.ts';
import { World } from '../kit/world.ts';
import type { Planner } from '../../src/planning/planner.ts';
import sql from 'sql-template-tag';

/** Plans of who might go where: asked for, solved beside the hub, read by who may, and accepted line by line. */

let world: World;
let scene: Scene;
let planner: Planner;
beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world, { romeCodes: ['A1203'] });
  await weighed(world);
  planner = plannerOf(world);
});
afterAll(async () => {
  await planner.stop();
  await world.close();
});

const gardener = { wishedTrades: ['A1203'], travel: { mode: 'BUS', maxKm: 15 } };
const somebody = async (over: object = {}, as: Client = scene.coordinator) =>
  (await registerPerson(as, { referent: {}, profile: gardener, ...over })).id;
const open = async (offer: string, places: number) =>
  accomplished(
    await scene.provider.run('openVacancy', 'NewVacancy', { offer, places }, 'vacancy { id }'),
    'vacancy',
  ).id;
const waiting = async (input: object, as: Client = scene.coordinator): Promise<string> =>
  accomplished(await propose(as, input), 'run').id;
const many = async (count: number) => Promise.all(Array.from({ length: count }, () => somebody()));

test('a run is answered at once, solved apart, told step by step, and is a draft: nothing follows from it', async () => {
  const people = await many(3);
  const vacancies = [await scene.vacancy(1), await scene.vacancy(1)];
  const query = `subscription { assignmentProgress { event { type } run { id state stage } } }`;
  const progress = await world.listening(scene.coordinator, query);
  const { run, userErrors } = await propose(scene.coordinator, { people, vacancies });
  expect(userErrors).toEqual([]);
  expect(run).toMatchObject({ state: 'QUEUED', kind: 'NEW', people: 3, vacancies: 2, status: null, placed: null });
  const whole = await solved(scene.coordinator, run.id);
  expect(whole).toMatchObject({ state: 'DONE', status: 'OPTIMAL', placed: 2, pairs: 6, unmet: [], attempts: 1 });
  expect(whole.bound).toBe(whole.total);
  expect(whole.programme).toEqual({ number: 1 });
  expect(Object.values(placesOf(whole)).sort()).toEqual([...vacancies].sort());
  const scores = whole.lines.nodes.map(({ score }: any) => score ?? 0);
  expect(scores.reduce((sum: number, each: number) => sum + each, 0)).toBe(whole.total);
  expect(whole.shares[0]).toMatchObject({ public: null, people: 3, placed: 2 });
  const told = (await progress.until(6)).map(({ assignmentProgress: { event, run: now } }: any) => {
    expect(now.id).toBe(run.id);
    return event.type;
  });
  expect(told).toEqual([
    'assignment.proposed', 'assignment.started', 'assignment.stage', 'assignment.stage', 'assignment.stage', 'assignment.finished',
  ]);
  progress.stop();
  const referred = await world.rows(sql`select 1 from referral where person_id = any(${people})`);
  expect(referred).toEqual([]);
}); // prettier-ignore

test('its lines are judged and scored as explainMatch says', async () => {
  const licensed = await somebody({ profile: { ...gardener, licences: ['B'] } });
  const without = await somebody({ profile: { ...gardener, licences: [] } });
  const offer = await offerInTables(scene.receiver, { romeCodes: ['A1203'] });
  await scene.provider.run('setOfferRequirement', 'OfferRequirement', { offer, licences: ['B'] }, 'offer { id }');
  const vacancy = await open(offer, 2);
  const run = await planned(scene.coordinator, { people: [without, licensed], vacancies: [vacancy] });
  expect(placesOf(run)).toEqual({ [licensed]: vacancy });
  expect(run).toMatchObject({ placed: 1, pairs: 1 });
  const line = lineFor(run, licensed) as any;
  expect(line.match).toEqual({ score: line.score, feasible: true });
}); // prettier-ignore

test('the same question in any order has the same plan; floors that cannot hold together are named', async () => {
  const people = await many(3);
  const poor = await somebody();
  accomplished(await scene.coordinator.run('recordSituation', 'NewSituation', { person: poor, public: 'RSA' }, 'situation { id }'), 'situation');
  const vacancies = [await scene.vacancy(1), await scene.vacancy(1)];
  const all = { people: [...people, poor], vacancies, floors: [{ public: 'RSA', least: 1 }] };
  const first = await planned(scene.coordinator, all);
  const turned = { ...all, people: [...all.people].reverse(), vacancies: [...vacancies].reverse() };
  const second = await planned(scene.coordinator, turned);
  expect(placesOf(second)).toEqual(placesOf(first));
  expect(second.inputsHash).toBe(first.inputsHash);
  expect(Object.keys(placesOf(first))).toContain(poor);
  expect(first.prices).toEqual([{ public: 'RSA', least: 1, placedMore: 0, totalMore: expect.any(Number) }]);
  expect(first.shares.find((share: any) => share.public === 'RSA')).toMatchObject({ people: 1, placed: 1 });
  const never = await planned(scene.coordinator, { ...all, floors: [{ public: 'RSA', least: 2 }] });
  expect(never).toMatchObject({ state: 'DONE', status: 'INFEASIBLE', unmet: ['RSA'], placed: 0 });
  const capped = await planned(scene.coordinator, { ...all, mostPerOrganisation: 1 });
  expect(capped).toMatchObject({ status: 'OPTIMAL', placed: 1 });
  const one = await planned(scene.coordinator, { ...all, mostPerReferent: 1 });
  expect(one.placed).toBe(1);
}); // prettier-ignore

test('whoever and whatever meets the conditions is in it too', async () => {
  const offer = await offerInTables(scene.receiver, { romeCodes: ['A1203'] });
  const vacancy = await open(offer, 1);
  const inNeed = await somebody();
  accomplished(await scene.coordinator.run('recordNeed', 'NewNeed', { person: inNeed, theme: 'MOBILITE', openedOn: '2026-10-20' }, 'need { id }'), 'need');
  const input = { peopleWhere: { needThemes: ['MOBILITE'] }, vacanciesWhere: { offer } };
  const run = await planned(scene.coordinator, input);
  expect(placesOf(run)).toEqual({ [inNeed]: vacancy });
}); // prettier-ignore

test('accepted lines become referrals of who accepts; the others say why they do not', async () => {
  const [first, second, third, closed, placed, gone] = await many(6);
  const people = [first!, second!, third!, closed!, placed!, gone!];
  const places = [await scene.vacancy(2), await scene.vacancy(1)];
  const alone = await scene.vacancy(1);
  const last = await scene.vacancy(2);
  const run = await planned(scene.coordinator, { people, vacancies: [...places, alone, last] });
  expect(run.placed).toBe(6); // each place is taken, whoever drew which
  const at = Object.entries(placesOf(run));
  const who = (vacancy: string) => at.filter(([, place]) => place === vacancy).map(([person]) => person);
  // one of two places vanishes, one vacancy closes, one person starts elsewhere, one is followed by somebody else
  await scene.accepted({ vacancy: places[0]! });
  accomplished(await scene.provider.run('closeVacancy', 'VacancyClosing', { vacancy: alone, reason: 'SITE_CLOSED', decisions: [] }, 'vacancy { id }'), 'vacancy');
  const [elsewhere, lost] = who(last) as [string, string];
  await started(scene, { person: elsewhere, vacancy: await scene.vacancy(1), startedOn: '2026-11-23' });
  await world.db.write(world.hub, (tx) => tx.change(sql`update person_access set valid_until = ${tx.now} where person_id = ${lost}`));
  const lines = run.lines.nodes.map(({ id }: any) => ({ line: id }));
  const answer = await acceptLines(scene.coordinator, run.id, lines);
  const byPerson = new Map(answer.lines.map((each: any) => [run.lines.nodes.find(({ id }: any) => id === each.id).person.id, each]));
  const outcome = (person: string) => {
    const { line, userErrors } = byPerson.get(person) as any;
    return userErrors[0]?.code ?? line.referral.state;
  };
  expect(who(places[0]!).map(outcome).sort()).toEqual(['NO_PLACE_LEFT', 'SENT']);
  expect(who(places[1]!).map(outcome)).toEqual(['SENT']);
  expect(who(alone).map(outcome)).toEqual(['NO_PLACE_LEFT']);
  expect(outcome(elsewhere)).toBe('WRONG_STATE');
  expect((byPerson.get(elsewhere) as any).userErrors[0].message).toBe('The person was placed elsewhere meanwhile.');
  expect(outcome(lost)).toBe('NOT_FOUND');
  const sent = answer.lines.filter(({ line }: any) => line?.referral);
  for (const { line } of sent) expect(line.acceptedBy).toEqual({ id: scene.coordinator.memberId });
  const referrals = await world.rows(sql`select 1 from referral join assignment_line on referral_id = referral.id where run_id = ${run.id}`);
  expect(referrals).toHaveLength(sent.length);
}); // prettier-ignore

test('a line is accepted once, whoever is quicker; the same key answers the same; without agreement it stays a line', async () => {
  const [person, other] = await many(2);
  const vacancy = await scene.vacancy(2);
  const run = await planned(scene.coordinator, { people: [person!, other!], vacancies: [vacancy] });
  const line = lineFor(run, person!).id;
  const bare = await acceptLines(scene.coordinator, run.id, [{ line, personAgreement: null }]);
  expect(refusal(bare)).toBe('AGREEMENT_MISSING');
  const colleague = await scene.sender.member({ roles: ['COORDINATOR'] });
  const asked = [scene.coordinator, colleague].map((as) => acceptLines(as, run.id, [{ line }]));
  const answers = await Promise.all(asked);
  expect(answers.map(refusal).sort()).toEqual(['WRONG_STATE', null].sort());
  const keyed = { idempotencyKey: `lines-${run.id}` };
  const again = [{ line: lineFor(run, other!).id }];
  const one = await acceptLines(scene.coordinator, run.id, again, keyed);
  const two = await acceptLines(scene.coordinator, run.id, again, keyed);
  expect(two).toEqual(one);
  expect(one.lines[0].line.referral.state).toBe('SENT');
}); // prettier-ignore

test('a run is for its author’s equals and betters in sight: no provider, no other organisation, no narrower eyes', async () => {
  const people = await many(2);
  const vacancy = await scene.vacancy(2);
  const run = await planned(scene.coordinator, { people, vacancies: [vacancy] });
  const peer = await scene.sender.member({ roles: ['COORDINATOR'] });
  const reader = await scene.sender.member({ roles: ['READER'] });
  for (const each of [peer, reader]) expect((await runOf(each, run.id)).lines.totalCount).toBe(2);
  expect(refusal(await acceptLines(reader, run.id, [{ line: run.lines.nodes[0].id }]))).toBe('NOT_ALLOWED');
  const others = [
    scene.provider,
    await scene.sender.member({ roles: ['COORDINATOR'], people: 'PORTFOLIO' }),
    await (await world.organisation({ kind: 'PLIE' })).member({ roles: ['COORDINATOR'] }),
  ];
  for (const other of others) {
    expect(await runOf(other, run.id)).toBeNull();
    expect(refusal(await acceptLines(other, run.id, [{ line: run.lines.nodes[0].id }]))).toMatch(/NOT_FOUND|NOT_ALLOWED/);
    const list = await other.get('{ assignmentRuns { totalCount } }');
    expect(list.assignmentRuns.totalCount).toBe(0);
  }
  const tool = await scene.sender.tool(['people:read', 'referrals:write', 'offers:read', 'referrals:read'], scene.coordinator.memberId);
  expect(refusal(await acceptLines(tool, run.id, [{ line: run.lines.nodes[0].id }]))).toBe('NOT_ALLOWED');
  // a person who closes to its author is no line of it any more
  await world.db.write(world.hub, (tx) => tx.change(sql`update person_access set valid_until = ${tx.now} where person_id = ${people[0]!}`));
  const after = await runOf(scene.coordinator, run.id);
  expect(after.lines.nodes.map(({ person }: any) => person.id)).toEqual([people[1]]);
  const shown = await world.rows(sql`select categories from access_log where person_id = ${people[1]!} and operation like '%assignmentRun%' limit 1`);
  expect(shown[0]?.categories).toEqual(expect.arrayContaining(['PROFILE']));
}); // prettier-ignore

test('only people you follow and vacancies you see, few enough, by terms that are terms', async () => {
  const vacancy = await scene.vacancy(1);
  const person = await somebody();
  const elsewhere = await Scene.open(world);
  const stranger = await elsewhere.person();
  const refused = async (input: object) => faults(await propose(scene.coordinator, { people: [person], vacancies: [vacancy], ...input }));
  expect(await refused({ people: [person, stranger] })).toEqual(['NOT_FOUND people.1']);
  expect(await refused({ people: ['per_nobody'] })).toEqual(['NOT_FOUND people.0']);
  expect(await refused({ vacancies: ['vac_none'] })).toEqual(['NOT_FOUND vacancies.0']);
  expect(await refused({ people: null })).toEqual(['INVALID_INPUT people']);
  expect(await refused({ vacancies: [] })).toEqual(['INVALID_INPUT vacancies']);
  expect(await refused({ atMostSeconds: 301 })).toEqual(['INVALID_INPUT atMostSeconds']);
  expect(await refused({ floors: [{ public: 'RSA', least: -1 }] })).toEqual(['INVALID_INPUT floors.0.least']);
  expect(await refused({ ceilings: [{ public: 'RSA', most: 1 }, { public: 'RSA', most: 2 }] })).toEqual(['INVALID_INPUT ceilings']);
  expect(await refused({ floors: [{ public: 'DETLD', least: 1 }] })).toEqual(['INVALID_INPUT floors.0.public']);
  expect(refusal(await propose(scene.provider, { people: [person], vacancies: [vacancy] }))).toBe('NOT_ALLOWED');
}); // prettier-ignore

test('called off it is never solved; what is over is not called off; one that is not done accepts nothing', async () => {
  await planner.stop();
  const [person, vacancy] = [await somebody(), await scene.vacancy(1)];
  const called = await waiting({ people: [person], vacancies: [vacancy] });
  expect(refusal(await acceptLines(scene.coordinator, called, [{ line: 'asl_01k0000000000000000000000' }]))).toBe('WRONG_STATE');
  const cancel = () => scene.coordinator.run('cancelAssignment', 'AssignmentCancellation', { run: called }, runSelection);
  expect((await cancel()).run.state).toBe('CANCELLED');
  expect(refusal(await cancel())).toBe('WRONG_STATE');
  const ids: string[] = [];
  while (ids.length < 5) ids.push(await waiting({ people: [person], vacancies: [vacancy] }));
  expect(refusal(await propose(scene.coordinator, { people: [person], vacancies: [vacancy] }))).toBe('INVALID_INPUT');
  planner = plannerOf(world);
  for (const id of ids) expect((await solved(scene.coordinator, id)).state).toBe('DONE');
  expect((await runOf(scene.coordinator, called)).state).toBe('CANCELLED');
}); // prettier-ignore

test('a hub that ended over a run leaves it to the next; two that did, and it has failed; an author who left is told so', async () => {
  await planner.stop();
  const [person, vacancy] = [await somebody(), await scene.vacancy(1)];
  const ids: string[] = [];
  while (ids.length < 2) ids.push(await waiting({ people: [person], vacancies: [vacancy] }));
  const leaver = await scene.sender.member({ roles: ['COORDINATOR'] });
  const left = await waiting({ people: [person], vacancies: [vacancy] }, leaver);
  await world.db.write(world.hub, async (tx) => {
    // as a killed process leaves them: begun once, and begun twice
    for (const [at, id] of ids.entries())
      await tx.change(sql`update assignment_run set state = 'RUNNING', stage = 'SOLVING', attempts = ${at + 1}, lease_until = ${tx.now} where id = ${id}`, 1);
    await tx.change(sql`update member set state = 'SUSPENDED' where id = ${leaver.memberId}`, 1);
  });
  planner = plannerOf(world);
  expect(await solved(scene.coordinator, ids[0]!)).toMatchObject({ state: 'DONE', attempts: 2 });
  expect(await solved(scene.coordinator, ids[1]!)).toMatchObject({ state: 'FAILED', failure: 'INTERRUPTED', attempts: 2 });
  expect(await solved(scene.coordinator, left)).toMatchObject({ state: 'FAILED', failure: 'RIGHTS_ENDED' });
}); // prettier-ignore

test('again, accepted lines stand; repaired, as few move as can', async () => {
  const [first, second] = await many(2);
  const [one, two] = [await scene.vacancy(1), await scene.vacancy(1)];
  const run = await planned(scene.coordinator, { people: [first!, second!], vacancies: [one, two] });
  const stays = lineFor(run, first!);
  await acceptLines(scene.coordinator, run.id, [{ line: stays.id, personAgreement: agreed }]);
  const more = await scene.coordinator.run('reoptimise', 'AssignmentAgain', { run: run.id }, runSelection);
  const again = await solved(scene.coordinator, accomplished(more, 'run').id);
  expect(again).toMatchObject({ kind: 'REOPTIMISED', previous: { id: run.id }, status: 'OPTIMAL', placed: 2 });
  expect(lineFor(again, first!)).toMatchObject({ vacancy: stays.vacancy, referral: { state: 'SENT' } });
  const gone = placesOf(run)[second!]!;
  await scene.accepted({ vacancy: gone });
  const mend = await scene.coordinator.run('repairAssignment', 'AssignmentAgain', { run: run.id }, runSelection);
  const repaired = await solved(scene.coordinator, accomplished(mend, 'run').id);
  expect(repaired).toMatchObject({ kind: 'REPAIRED', placed: 1, status: 'OPTIMAL' });
  expect(placesOf(repaired)).toEqual({ [first!]: stays.vacancy!.id });
  const compare = `query ($a: ID!, $b: ID!) { compareAssignments(a: $a, b: $b) { placedMore totalMore a { id } b { id }
    shares { public placedMore meanScoreMore } onlyInA { nodes { person { id } vacancy { id } } } onlyInB { nodes { id } } } }`;
  const sides = { a: run.id, b: repaired.id };
  const { compareAssignments: compared } = await scene.coordinator.get(compare, sides);
  expect(compared).toMatchObject({
    ...{ placedMore: -1, totalMore: repaired.total - run.total, a: { id: run.id }, b: { id: repaired.id } },
    onlyInA: { nodes: [{ person: { id: second }, vacancy: { id: gone } }] },
    onlyInB: { nodes: [] },
  });
  expect(compared.shares[0]).toMatchObject({ public: null, placedMore: -1 });
  expect((await scene.provider.get(compare, sides)).compareAssignments).toBeNull();
}); // prettier-ignore

test('what is told of runs is what docs/events.md shows', async () => {
  const all = [...ofRuns, 'assignment.proposed', 'assignment.cancelled', 'assignment.line_accepted'] as const;
  const told = await examplesIn(world, all);
  writeIfAsked(told);
  expect(told).toHaveLength(all.length);
  expectShown(told);
});
