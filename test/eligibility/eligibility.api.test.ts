import sql, { raw } from 'sql-template-tag';
import { categoriesOfCriterion, IaeCriterion } from '../../src/eligibility/diagnosis.rules.ts';
import { hubViewer, scopes, type Viewer } from '../../src/kernel/viewer.ts';
import type { Client } from '../kit/client.ts';
import {
  accredited,
  authorised,
  diagnosedBy,
  prolongPass,
  recordDiagnosis,
  recordPass,
  suspendPass,
  withdrawDiagnosis,
  withdrawPass,
} from '../kit/eligibility.ts';
import { registerPerson } from '../kit/people.ts';
import { started } from '../kit/placements.ts';
import { done, Scene } from '../kit/referrals.ts';
import { offerInTables } from '../kit/vacancies.ts';
import { World, type Partner } from '../kit/world.ts';

/** Who may be employed by a structure of insertion by work: recorded, told as a verdict, never by which criterion. */

let world: World;
let scene: Scene;
let council: Client;
const number = '999992139001';
beforeAll(async () => {
  world = await World.open({ health: true });
  council = await (await world.organisation({ kind: 'COUNCIL' })).member();
  scene = await Scene.open(world, { siaeKind: 'ACI' });
  await world.db.write(world.hub, async (tx) => {
    await tx.change(accredited(scene.receiver, 'ACI'), 1);
    await tx.change(authorised(scene.sender), 1);
  });
});
afterAll(() => world.close());

const followed = async (by: Client = scene.coordinator) => (await registerPerson(by, { referent: {} })).id;
const refused = ({ userErrors }: any) =>
  userErrors.map(({ code, field }: any) => [code, ...(field ?? [])].join(' '));
const passOf = async (person: string, more: object = {}) =>
  (await recordPass(scene.coordinator, { person, number, from: '2026-11-02', ...more })).pass;
const diagnosisOf = async (person: string) =>
  (await recordDiagnosis(scene.coordinator, { person, kind: 'AUTHORISED_PRESCRIBER' })).diagnosis;
const eligibility = 'verdict ground until question diagnosedBy { id }';
const ofPerson = async (by: Client, id: string) =>
  (await by.get(`query ($id: ID!) { person(id: $id) { iaeEligibility { ${eligibility} } } }`, { id })).person
    ?.iaeEligibility;
const ofReferral = async (by: Client, id: string) =>
  (
    await by.get(
      `query ($id: ID!) { referral(id: $id) { iaeEligibility { ${eligibility} } verdicts { rule verdict } } }`,
      { id },
    )
  ).referral;
const unknown = { verdict: 'UNKNOWN', ground: null, until: null, question: null, diagnosedBy: null };
const viewerOf = ({ id: organisation }: Partner, more: Partial<Viewer> = {}): Viewer => ({
  ...{ ...hubViewer(''), kind: 'MEMBER', organisation, scopes, people: 'ALL', health: true, ...more },
});

describe('a PASS IAE', () => {
  test('is noted once while it runs, suspended, prolonged and taken back, and nothing of it is lost', async () => {
    const person = await followed();
    const pass = await passOf(person, { number: '99999 2139 001' });
    expect(pass).toMatchObject({
      ...{ number, from: '2026-11-02', to: '2028-11-01', endsOn: '2028-11-01', checkedOn: '2026-11-23', version: 1 },
      ...{ person: { id: person }, checkedBy: { id: scene.sender.id } },
    });
    expect(await ofPerson(scene.coordinator, person)).toMatchObject({ verdict: 'PASS', ground: 'PASS', until: '2028-11-01' });
    const again = { person, number: '999992139002', from: '2028-11-01' };
    expect(refused(await recordPass(scene.coordinator, again))).toEqual(['ALREADY_EXISTS from']);
    const away = { pass: pass.id, from: '2026-11-20', until: '2026-11-29' };
    expect((await suspendPass(scene.coordinator, { ...away, version: 1 })).pass).toMatchObject({ endsOn: '2028-11-11', version: 2 });
    expect(refused(await suspendPass(scene.coordinator, away))).toEqual(['INVALID_INPUT from']);
    expect(await ofPerson(scene.coordinator, person)).toMatchObject({ verdict: 'UNKNOWN', question: 'PASS_SUSPENDED' });
    expect(refused(await prolongPass(scene.coordinator, { pass: pass.id, to: '2028-11-11' }))).toEqual(['INVALID_INPUT to']);
    const longer = await prolongPass(scene.coordinator, { pass: pass.id, to: '2029-11-11' });
    expect(longer.pass).toMatchObject({ to: '2028-11-01', prolongedTo: '2029-11-11', endsOn: '2029-11-11' });
    const mistake = { pass: pass.id, reason: 'MISTAKE' };
    expect(refused(await withdrawPass(scene.coordinator, { ...mistake, version: 2 }))).toEqual(['STALE version']);
    expect((await withdrawPass(scene.coordinator, mistake)).pass).toMatchObject({ withdrawReason: 'MISTAKE', version: 4 });
    for (const change of [withdrawPass(scene.coordinator, mistake), prolongPass(scene.coordinator, { pass: pass.id, to: '2030-01-01' })])
      expect(refused(await change)).toEqual(['WRONG_STATE']);
    expect(await ofPerson(scene.coordinator, person)).toMatchObject({ question: 'NOTHING_KNOWN' });
    await passOf(person);
    const read = `query ($id: ID!) { person(id: $id) { iaePasses { totalCount nodes { withdrawReason } } } }`;
    const { iaePasses } = (await scene.coordinator.get(read, { id: person })).person;
    expect(iaePasses).toEqual({ totalCount: 2, nodes: [{ withdrawReason: null }, { withdrawReason: 'MISTAKE' }] });
  }); // prettier-ignore

  test('of two noted at once one is refused; the same command twice is one', async () => {
    const person = await followed();
    const numbers = [number, '999992139002'];
    const both = await Promise.all(numbers.map((each) => recordPass(scene.coordinator, { person, number: each, from: '2026-11-02' })));
    expect(both.flatMap(refused)).toEqual(['ALREADY_EXISTS from']);
    const key = { person: await followed(), number, from: '2026-11-02', idempotencyKey: 'pass once' };
    const first = await recordPass(scene.coordinator, key);
    expect((await recordPass(scene.coordinator, key)).pass).toEqual(first.pass);
    const withdrawal = { pass: first.pass.id, reason: 'REVOKED' };
    const atOnce = await Promise.all([1, 2].map(() => withdrawPass(scene.coordinator, withdrawal)));
    expect(atOnce.flatMap(refused)).toEqual(['WRONG_STATE']);
  }); // prettier-ignore

  test('has twelve digits and is checked on a day that has come', async () => {
    const person = await followed();
    const asked = { person, number, from: '2026-11-02' };
    expect(refused(await recordPass(scene.coordinator, { ...asked, number: '12345' }))).toEqual(['INVALID_INPUT number']);
    expect(refused(await recordPass(scene.coordinator, { ...asked, checkedOn: '2026-11-24' }))).toEqual(['INVALID_INPUT checkedOn']);
    expect(refused(await recordPass(scene.coordinator, { ...asked, to: '2026-11-01' }))).toEqual(['INVALID_INPUT to']);
  }); // prettier-ignore

  test('is nothing to who does not follow the person, whether or not it received a referral', async () => {
    const person = await followed();
    const stranger = await (await world.organisation()).member();
    const asked = { person, number, from: '2026-11-02' };
    expect(refused(await recordPass(stranger, asked))).toEqual(['NOT_FOUND person']);
    const { id } = await passOf(person);
    await scene.acknowledged({ person });
    const read = `query ($id: ID!, $pass: ID!) { node(id: $pass) { id } person(id: $id) {
      iaeEligibility { verdict } iaePasses { totalCount } iaeDiagnoses { totalCount } } }`;
    expect(await scene.provider.get(read, { id: person, pass: id })).toEqual({
      ...{
        node: null,
        person: { iaeEligibility: null, iaePasses: { totalCount: 0 }, iaeDiagnoses: { totalCount: 0 } },
      },
    });
    expect(refused(await withdrawPass(scene.provider, { pass: id, reason: 'MISTAKE' }))).toEqual([
      'NOT_FOUND pass',
    ]);
    expect(refused(await recordPass(scene.provider, asked))).toEqual(['NOT_ALLOWED']);
  });

  test('is asked for by the structure that employs, which notes it itself and sees it end', async () => {
    const person = await followed();
    const { id } = await started(scene, { person });
    const read = `query ($id: ID!) { placement(id: $id) { warnings } }`;
    const warnings = async (by: Client) => (await by.get(read, { id })).placement.warnings;
    expect(await warnings(scene.provider)).toEqual(['PASS_UNKNOWN']);
    expect(await warnings(scene.coordinator)).toEqual(['PASS_UNKNOWN']);
    const noted = await recordPass(scene.provider, { person, number, from: '2025-01-10' });
    expect(noted.userErrors).toEqual([]);
    expect(await warnings(scene.provider)).toEqual([]);
    const ending = `query ($within: Int) { passesEnding(within: $within) { totalCount nodes { id endsOn person { id } } } }`;
    for (const by of [scene.provider, scene.coordinator, council]) {
      const { passesEnding } = await by.get(ending, { within: 90 });
      expect(passesEnding).toEqual({ totalCount: 1, nodes: [{ id: noted.pass.id, endsOn: '2027-01-09', person: { id: person } }] });
      expect((await by.get(ending, { within: 46 })).passesEnding.totalCount).toBe(0);
    }
    const stranger = await (await world.organisation({ kind: 'PLIE' })).member();
    expect((await stranger.get(ending, { within: 90 })).passesEnding.totalCount).toBe(0);
    const sight = `query ($id: ID!) { person(id: $id) { iaeEligibility { verdict } iaePasses { totalCount } } }`;
    expect((await scene.provider.get(sight, { id: person })).person).toEqual({ iaeEligibility: null, iaePasses: { totalCount: 1 } });
  }); // prettier-ignore
});

describe('a diagnosis', () => {
  test('of an authorised prescriber needs no criterion and holds for six months in every structure', async () => {
    const person = await followed();
    const given = { person, kind: 'AUTHORISED_PRESCRIBER', on: '2026-11-20' };
    const { diagnosis } = await recordDiagnosis(scene.coordinator, given);
    expect(diagnosis).toMatchObject({ on: '2026-11-20', validUntil: '2027-05-20', criteria: [], by: { id: scene.sender.id } });
    expect(await ofPerson(council, person)).toEqual({
      ...{ verdict: 'PASS', ground: 'PRESCRIBER_DIAGNOSIS', until: '2027-05-20', question: null },
      diagnosedBy: { id: scene.sender.id },
    });
    expect(refused(await recordDiagnosis(scene.coordinator, given))).toEqual(['ALREADY_EXISTS person']);
    expect(refused(await recordDiagnosis(council, given))).toEqual(['NOT_ALLOWED kind']);
    expect(refused(await recordDiagnosis(scene.coordinator, { ...given, on: '2026-11-24' }))).toEqual(['INVALID_INPUT on']);
    expect(refused(await recordDiagnosis(scene.coordinator, { ...given, on: '2020-12-31' }))).toEqual(['NOT_ALLOWED kind']);
    expect(refused(await recordDiagnosis(scene.coordinator, { ...given, criteria: ['RSA'] }))).toEqual(['INVALID_INPUT criteria']);
    const wrong = { diagnosis: diagnosis.id, reason: 'MISTAKE' };
    const both = await Promise.all([1, 2].map(() => withdrawDiagnosis(scene.coordinator, wrong)));
    expect(both.flatMap(refused)).toEqual(['WRONG_STATE']);
    expect(await ofPerson(council, person)).toMatchObject({ question: 'NOTHING_KNOWN' });
  }); // prettier-ignore

  test('is made once, by two at once and by a repeated command', async () => {
    const person = await followed();
    const given = { person, kind: 'AUTHORISED_PRESCRIBER' };
    const both = await Promise.all([1, 2].map(() => recordDiagnosis(scene.coordinator, given)));
    expect(both.flatMap(refused)).toEqual(['ALREADY_EXISTS person']);
    const key = { ...given, person: await followed(), idempotencyKey: 'diagnosis once' };
    const first = await recordDiagnosis(scene.coordinator, key);
    expect((await recordDiagnosis(scene.coordinator, key)).diagnosis).toEqual(first.diagnosis);
    const stranger = await (await world.organisation({ kind: 'PLIE' })).member();
    expect(refused(await recordDiagnosis(stranger, given))).toEqual(['NOT_FOUND person']);
    expect(refused(await withdrawDiagnosis(stranger, { diagnosis: first.diagnosis.id, reason: 'MISTAKE' }))).toEqual(['NOT_FOUND diagnosis']);
    await scene.acknowledged({ person });
    expect(refused(await recordDiagnosis(scene.provider, given))).toEqual(['NOT_ALLOWED']);
  }); // prettier-ignore
});

describe('an employer that prescribes for itself', () => {
  const criteria = ['RSA', 'TH', 'DETENTION_MJ', 'REF_DA', 'QPV', 'JEUNE'];
  const given = { kind: 'EMPLOYER', siaeKind: 'ACI', criteria };

  test('states criteria, counts for itself alone, and reads back none that the law closes to it', async () => {
    const employer = await scene.receiver.member();
    const person = (await registerPerson(employer, { legalBasis: 'CONSENT' })).id;
    const { diagnosis, userErrors } = await recordDiagnosis(employer, { person, ...given });
    expect(userErrors).toEqual([]);
    expect(diagnosis.criteria).toEqual(['JEUNE', 'QPV']);
    expect(await ofPerson(employer, person)).toMatchObject({ verdict: 'PASS', ground: 'EMPLOYER_DIAGNOSIS' });
    expect(await ofPerson(council, person)).toMatchObject({ verdict: 'UNKNOWN', question: 'NOTHING_KNOWN' });
    const read = `query ($id: ID!) { person(id: $id) { iaeDiagnoses { nodes { criteria } } } }`;
    const byCouncil = (await council.get(read, { id: person })).person.iaeDiagnoses.nodes;
    expect(byCouncil[0].criteria.sort()).toEqual([...criteria].sort());
    const rows = (viewer: Viewer) =>
      world.db
        .as(viewer)
        .rows(sql`select criterion from iae_criterion where diagnosis_id = ${diagnosis.id} order by 1`);
    expect(await rows(viewerOf(scene.receiver))).toEqual([{ criterion: 'JEUNE' }, { criterion: 'QPV' }]);
    expect(await rows(viewerOf(scene.sender))).toEqual([]);
  });

  test('is protected, criterion by criterion, as the rules say', async () => {
    const every = Object.keys(IaeCriterion) as IaeCriterion[];
    const person = await followed();
    const [first, ...others] = every;
    const diagnosis = await diagnosedBy(scene.receiver, { person, criterion: first! });
    await world.db.write(world.hub, (tx) =>
      tx.change(sql`insert into iae_criterion (diagnosis_id, person_id, criterion)
        select ${diagnosis}, ${person}, each from unnest(${others}::text[]) each`),
    );
    const rows = await world.rows(
      sql`select criterion, category, sensitive from iae_criterion where diagnosis_id = ${diagnosis}`,
    );
    const stored = rows.map(({ criterion, category, sensitive }) => [
      criterion,
      category,
      ...(sensitive ? ['JUSTICE'] : []),
    ]);
    expect(stored.sort()).toEqual(every.map((each) => [each, ...categoriesOfCriterion(each)]).sort());
  });

  test('is accredited for the structure it names, and has enough of them', async () => {
    const employer = await scene.receiver.member();
    const person = (await registerPerson(employer, { legalBasis: 'CONSENT' })).id;
    expect(refused(await recordDiagnosis(employer, { person, ...given, siaeKind: 'AI' }))).toEqual([
      'INVALID_INPUT siaeKind',
    ]);
    expect(refused(await recordDiagnosis(employer, { person, ...given, criteria: ['QPV', 'PM'] }))).toEqual([
      'INVALID_INPUT criteria',
    ]);
    expect(refused(await recordDiagnosis(employer, { person, kind: 'AUTHORISED_PRESCRIBER' }))).toEqual([
      'NOT_ALLOWED kind',
    ]);
  });

  test('writes criteria of its own diagnosis alone, and nobody changes or takes away one', async () => {
    const person = await followed();
    const { id } = await diagnosisOf(person);
    const writing = (of: Partner) =>
      world.db.write(viewerOf(of), (tx) =>
        tx.change(
          sql`insert into iae_criterion (diagnosis_id, person_id, criterion) values (${id}, ${person}, 'PM')`,
        ),
      );
    await expect(writing(scene.receiver)).rejects.toThrow(/row-level security/);
    await expect(
      world.db.write(viewerOf(scene.sender), (tx) =>
        tx.change(sql`update iae_criterion set criterion = 'QPV'`),
      ),
    ).rejects.toThrow(/permission denied/);
  });
});

describe('a receiver', () => {
  test('is told eligible, by whom and until when, also of what comes after the referral; never the criterion', async () => {
    const person = await followed();
    const { id } = await scene.sent({ person });
    expect(await ofReferral(scene.provider, id)).toMatchObject({
      ...{ iaeEligibility: unknown, verdicts: [{ rule: 'IAE', verdict: 'UNKNOWN' }] },
    });
    const { id: diagnosis } = await diagnosisOf(person);
    const told = {
      ...{ verdict: 'PASS', ground: 'PRESCRIBER_DIAGNOSIS', until: '2027-05-23', question: null },
      diagnosedBy: { id: scene.sender.id },
    };
    for (const by of [scene.provider, scene.coordinator])
      expect(await ofReferral(by, id)).toMatchObject({
        ...{ iaeEligibility: told, verdicts: [{ rule: 'IAE', verdict: 'PASS' }] },
      });
    await passOf(person);
    expect((await ofReferral(scene.provider, id)).iaeEligibility).toMatchObject({
      ground: 'PASS',
      diagnosedBy: null,
    });
    await withdrawDiagnosis(scene.coordinator, { diagnosis, reason: 'MISTAKE' });
    const kept = await world.rows(sql`select iae from referral_verdict where referral_id = ${id}`);
    expect(kept).toEqual([
      { iae: [{ ground: 'PASS', diagnosedBy: null, from: '2026-11-02', until: '2028-11-01' }] },
    ]);
  });

  test('is told nothing of it for an offer where no such structure employs, nor once the referral is closed', async () => {
    const person = await followed();
    await diagnosisOf(person);
    const elsewhere = await offerInTables(scene.receiver, { siaeKind: null });
    const { id } = await scene.sent({ person, offer: elsewhere });
    expect((await ofReferral(scene.provider, id)).iaeEligibility).toBeNull();
    const other = await followed();
    await diagnosisOf(other);
    const { id: own } = await scene.sent({ person: other });
    done(await scene.move(scene.provider, 'declineReferral', own, { reason: 'NO_POSITION' }));
    expect(await ofReferral(scene.provider, own)).toEqual({ iaeEligibility: null, verdicts: [] });
  });

  test('does not learn the name of a social partner that diagnosed', async () => {
    const discreet = await Scene.open(world);
    await world.db.write(world.hub, async (tx) => {
      await tx.change(authorised(discreet.sender), 1);
      await tx.change(sql`update organisation set sensitive = true where id = ${discreet.sender.id}`, 1);
    });
    const person = await followed(discreet.coordinator);
    await recordDiagnosis(discreet.coordinator, { person, kind: 'AUTHORISED_PRESCRIBER' });
    const { id } = done(await discreet.refer({ person, offer: scene.offer }));
    expect((await ofReferral(scene.provider, id)).iaeEligibility).toMatchObject({
      verdict: 'PASS',
      diagnosedBy: null,
    });
  });
});

describe('an authorised prescriber', () => {
  const authorise = (by: Client, input: object) =>
    by.run(
      'authorisePrescriber',
      'PrescriberAuthorisation',
      input,
      'organisation { authorisedPrescriber { kind since } }',
    );

  test('is named by the State service for employment or the council, never by itself', async () => {
    const mission = await world.organisation({ kind: 'EMPLOYMENT_SERVICE' });
    const state = await (await world.organisation({ kind: 'STATE_SERVICE', remit: 'EMPLOYMENT' })).member();
    const input = { organisation: mission.id, kind: 'ML' };
    expect(refused(await authorise(await mission.member(), input))).toEqual(['NOT_ALLOWED']);
    const health = await (
      await world.organisation({ kind: 'STATE_SERVICE', remit: 'HEALTH_AND_SOCIAL' })
    ).member();
    expect(refused(await authorise(health, input))).toEqual(['NOT_ALLOWED']);
    expect(await authorise(state, { ...input, since: '2021-09-01' })).toEqual({
      ...{ organisation: { authorisedPrescriber: { kind: 'ML', since: '2021-09-01' } }, userErrors: [] },
    });
    expect(refused(await authorise(council, { ...input, version: 1 }))).toEqual(['STALE version']);
    expect(refused(await authorise(council, { ...input, since: '2026-11-24' }))).toEqual([
      'INVALID_INPUT since',
    ]);
    expect(refused(await authorise(council, { organisation: mission.id, since: '2026-11-20' }))).toEqual([
      'INVALID_INPUT since',
    ]);
    const own = (await council.get('{ viewer { organisation { id } } }')).viewer.organisation.id;
    expect(refused(await authorise(council, { organisation: own, kind: 'DEPT' }))).toEqual(['NOT_ALLOWED']);
    expect((await authorise(council, { organisation: mission.id })).organisation).toEqual({
      authorisedPrescriber: null,
    });
  });
});

test('events tell that a pass or diagnosis came or went to who sees the pathway, without number or criterion', async () => {
  const person = await followed();
  await passOf(person);
  await diagnosisOf(person);
  const rows = await world.rows(sql`select type, audience, facts from event where person_id = ${person}
    and subject_type in ('IaePass', 'IaeDiagnosis') order by id`);
  expect(rows).toEqual(
    ['iae_pass.recorded', 'iae_diagnosis.recorded'].map((type) => ({
      ...{ type, facts: {}, audience: expect.arrayContaining([scene.sender.id]) },
    })),
  );
});

test('erasing a person empties passes, diagnoses and criteria', async () => {
  const { id: person, reference } = await registerPerson(scene.coordinator, { referent: {} });
  await passOf(person);
  await diagnosedBy(scene.receiver, { person, criterion: 'TH' });
  const input = { person, reason: 'PERSON_REQUEST', confirm: reference };
  const { userErrors } = await council.run('erasePerson', 'PersonErasure', input, '__typename');
  expect(userErrors).toEqual([]);
  for (const table of ['iae_pass', 'iae_diagnosis', 'iae_criterion'])
    expect(await world.rows(sql`select 1 from ${raw(table)} where person_id = ${person}`)).toEqual([]);
});
