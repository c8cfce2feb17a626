import sql from 'sql-template-tag';
import { cddi, entered, placed, started } from '../kit/placements.ts';
import { run, somebody, sweep } from '../kit/doubles.ts';
import { registerPerson } from '../kit/people.ts';
import { agreed, done, personInTables, Scene } from '../kit/referrals.ts';
import { storedVacancy } from '../kit/vacancies.ts';
import { World } from '../kit/world.ts';

/** Somebody nobody referred: `recordDirectPlacement`. */
let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterEach(() => world.clock.set('2026-11-23T08:00:00.000Z'));
afterAll(() => world.close());

const refusal = (payload: any) =>
  payload.userErrors[0] && [payload.userErrors[0].code, payload.userErrors[0].field?.join('.') ?? null];
const referralOf = async (id: string) =>
  (await scene.provider.get(`{ referral(id: "${id}") { state origin agreementOn answeredAt answerDueAt reason
    sender { id } receiver { id } history { move fromState toState organisationId } } }`)).referral; // prettier-ignore

test('stands in PLACED at once, with the provider on both sides; a place is taken, and no answer is counted', async () => {
  const vacancy = await scene.vacancy(2);
  const { placement, userErrors } = await entered(scene, { vacancy });
  expect(userErrors).toEqual([]);
  expect(placement).toMatchObject({
    state: 'STARTED',
    takesPlace: true,
    sender: { id: scene.receiver.id },
    receiver: { id: scene.receiver.id },
    vacancy: { free: 1, taken: 1, held: 0 },
    contracts: [{ from: '2026-11-23', to: cddi.to }],
  });
  expect(await referralOf(placement.referral.id)).toEqual({
    ...{ state: 'PLACED', origin: 'SPONTANEOUS', agreementOn: agreed.on, reason: null },
    ...{ answeredAt: null, answerDueAt: null },
    ...{ sender: { id: scene.receiver.id }, receiver: { id: scene.receiver.id } },
    history: [{ move: 'START', fromState: 'ACCEPTED', toState: 'PLACED', organisationId: scene.receiver.id }],
  });
  const rights = await world.rows<{ organisation_id: string }>(
    sql`select distinct organisation_id from person_access where source_id = ${placement.id}`,
  );
  expect(rights).toEqual([{ organisation_id: scene.receiver.id }]);
});

test('is of a person the provider registered: another’s does not exist, one it only received is not its own to place', async () => {
  expect(refusal(await entered(scene, { person: await scene.person() }))).toEqual(['NOT_FOUND', 'person']);
  const received = await scene.person();
  await scene.acknowledged({ vacancy: await scene.vacancy(1), person: received });
  expect(refusal(await entered(scene, { person: received }))).toEqual(['NOT_ALLOWED', null]);
  const own = await personInTables(scene.sender);
  expect(refusal(await entered(scene, { person: own }, scene.coordinator))).toEqual(['NOT_ALLOWED', null]);
  const manager = await scene.sender.member();
  expect(refusal(await entered(scene, { person: own }, manager))).toEqual(['NOT_ALLOWED', null]);
});

test('needs the person’s agreement, a day, a contract and a place, as a referral does', async () => {
  const full = await scene.vacancy(1);
  await entered(scene, { vacancy: full });
  const wrong = [
    [{ personAgreement: { ...agreed, given: false } }, ['AGREEMENT_MISSING', 'personAgreement']],
    [{ personAgreement: { ...agreed, on: '2026-11-24' } }, ['INVALID_INPUT', 'personAgreement.on']],
    [{ startedOn: '2026-11-24' }, ['INVALID_INPUT', 'startedOn']],
    [{ startedOn: '2024-01-01' }, ['INVALID_INPUT', 'startedOn']],
    [{ contract: null }, ['INVALID_INPUT', 'contract']],
    [{ vacancy: null, offer: scene.offer }, ['VACANCY_REQUIRED', 'vacancy']],
    [{ vacancy: full }, ['NO_PLACE_LEFT', 'vacancy']],
  ] as const;
  for (const [over, told] of wrong) expect(refusal(await entered(scene, over))).toEqual(told);
  const there = {
    startedOn: '2024-01-01',
    origin: 'ALREADY_THERE',
    contract: { ...cddi, from: '2026-06-01' },
  };
  expect(refusal(await entered(scene, there))).toBeUndefined();
});

test('of two for the last place one is entered; who waits is passed over by nobody, for their place is held', async () => {
  const vacancy = await scene.vacancy(1);
  const both = await Promise.all([entered(scene, { vacancy }), entered(scene, { vacancy })]);
  expect(both.map(refusal).filter(Boolean)).toEqual([['NO_PLACE_LEFT', 'vacancy']]);
  const awaited = await scene.vacancy(1);
  const holder = await scene.accepted({ vacancy: awaited });
  await scene.waitlisted(awaited);
  done(await scene.move(scene.provider, 'cancelAcceptance', holder.id, { reason: 'MISTAKE' }));
  expect(refusal(await entered(scene, { vacancy: awaited }))).toEqual(['NO_PLACE_LEFT', 'vacancy']);
});

test('is not entered twice, with or without the same key, nor beside a live referral to the same vacancy', async () => {
  const person = await personInTables(scene.receiver);
  const vacancy = await scene.vacancy(3);
  const input = { person, vacancy, idempotencyKey: 'entered-once' };
  const twice = await Promise.all([entered(scene, input), entered(scene, input)]);
  expect(new Set(twice.map(({ placement }) => placement.id)).size).toBe(1);
  const again = { person, vacancy, overlapReason: 'OTHER' };
  expect(refusal(await entered(scene, again))).toEqual(['ALREADY_REFERRED', 'vacancy']);
  expect(await storedVacancy(world, vacancy)).toMatchObject({ taken: 1 });
});

test('closes other exclusive referrals like any start, and beside another exclusive placement wants a reason', async () => {
  const person = await personInTables(scene.receiver);
  const self = await scene.receiver.member();
  const sent = done(await scene.refer({ person, vacancy: await scene.vacancy(1) }, self));
  const { placement } = await entered(scene, { person });
  expect(await referralOf(sent.id)).toMatchObject({ state: 'WITHDRAWN', reason: 'STARTED_ELSEWHERE' });
  expect(refusal(await entered(scene, { person }))).toEqual(['OVERLAPPING_PLACEMENT', 'overlapReason']);
  const confirmed = await entered(scene, { person, overlapReason: 'SEVERAL_EMPLOYERS' });
  expect(confirmed.placement.overlapReason).toBe('SEVERAL_EMPLOYERS');
  expect(placement.id).not.toBe(confirmed.placement.id);
});

test('what another record of the same person is placed in counts too, without being told', async () => {
  const identity = somebody();
  const older = (await registerPerson(scene.coordinator, { identity, referent: {} })).id;
  const own = { identity, legalBasis: 'CONSENT' };
  const newer = (await registerPerson(await scene.receiver.member(), own)).id;
  await sweep(world);
  const [link] = await world.rows<{ id: string }>(sql`select id from person_link where person_id = ${newer}`);
  await started(scene, { person: older });
  expect(refusal(await run(scene.coordinator, 'confirmPersonLink', { link: link!.id }))).toBeUndefined();
  const refused = await entered(scene, { person: newer });
  expect(refusal(refused)).toEqual(['OVERLAPPING_PLACEMENT', 'overlapReason']);
  expect(JSON.stringify(refused)).not.toContain(older);
});

test('recorded by mistake it is undone: nothing waits to start anew, and the place is free', async () => {
  const { placement } = await entered(scene);
  const undone = await placed(scene.provider, 'undoStart', { placement: placement.id });
  expect(undone).toMatchObject({ state: 'UNDONE', vacancy: { free: 1, taken: 0, held: 0 } });
  expect(await referralOf(placement.referral.id)).toMatchObject({ state: 'CANCELLED', reason: 'MISTAKE' });
  const open = await world.rows(sql`select 1 from person_access
    where source_id in (${placement.id}, ${placement.referral.id}) and valid_until is null`);
  expect(open).toEqual([]);
});

test('ended and then handed over, the provider reads the name as long as one that never followed the person, no longer', async () => {
  const { placement } = await entered(scene);
  const person = (await world.rows<any>(sql`select person_id from placement where id = ${placement.id}`))[0].person_id;
  await placed(scene.provider, 'endPlacement', { placement: placement.id, endedOn: '2026-11-23', outcome: { kind: 'UNKNOWN' } });
  const until = async () =>
    (await world.rows<any>(sql`select distinct valid_until from person_access
      where source_id = ${placement.id} and organisation_id = ${scene.receiver.id}`)).map((row) => row.valid_until.slice(0, 10));
  expect(await until()).toEqual(['2027-06-26']);
  const follower = await scene.receiver.member({ roles: ['COORDINATOR'] });
  const to = { organisation: scene.sender.id, legalBasis: 'PUBLIC_INTEREST' };
  const { userErrors } = await follower.run('assignReferent', 'ReferentAssignment', { person, ...to }, 'person { id }');
  expect([userErrors, await until()]).toEqual([[], ['2026-12-23']]);
}); // prettier-ignore
