import sql from 'sql-template-tag';
import type { Client } from '../kit/client.ts';
import { proposedLink, run } from '../kit/doubles.ts';
import { registerPerson } from '../kit/people.ts';
import { startOf, placed } from '../kit/placements.ts';
import { done, refusal, Scene } from '../kit/referrals.ts';
import { breakGlass, endSharing, openTo, sentence, shared } from '../kit/sharing.ts';
import { storedVacancy } from '../kit/vacancies.ts';
import { sweepReferrals } from '../../src/referrals/referral.sweep.ts';
import { sweepSharing } from '../../src/sharing/sharing.sweep.ts';
import { type Partner, World } from '../kit/world.ts';

/** The end of a sharing, and of what rests on it: at once, for parties that cannot see each other. */
let world: World;
let scene: Scene;
let council: Partner;
let agent: Client;
const monday = '2026-11-23T08:00:00.000Z';

beforeAll(async () => {
  world = await World.open();
  council = await world.organisation({ kind: 'COUNCIL' });
  agent = await council.member({ roles: ['COORDINATOR'] });
  scene = await Scene.open(world);
});
afterEach(() => world.clock.set(monday));
afterAll(() => world.close());

const stored = async (id: string) =>
  (await world.rows(sql`select state, reason, holds_place, grant_ended_at is not null as barred from referral where id = ${id}`))[0]; // prettier-ignore
const stop = (person: string, organisation: string, as: Client = scene.coordinator) =>
  endSharing(as, { person, organisation, reason: 'PERSON_REQUEST' });
const ended = (payload: any) => {
  expect(payload.userErrors).toEqual([]);
  return payload;
};

test('a person says stop: the grant ends, the referral is cancelled, its place goes to who waits, whom neither side sees', async () => {
  const { id: person } = await registerPerson(scene.coordinator);
  const vacancy = await scene.vacancy(1);
  const grant = await shared(scene.coordinator, { person, organisation: scene.receiver.id });
  const { id } = await scene.accepted({ person, vacancy });
  // the one who waits was sent by another partner, who sees neither this person nor their coordinator
  const other = await world.organisation({ kind: 'ASSOCIATION' });
  const adviser = await other.member({ roles: ['COORDINATOR'] });
  const { id: neighbour } = await registerPerson(adviser, { legalBasis: 'CONSENT' });
  const waiting = done(await scene.refer({ person: neighbour, vacancy }, adviser));
  done(await scene.move(scene.provider, 'waitlistReferral', waiting.id));
  expect(await openTo(scene.provider, person)).not.toBeNull();

  const { person: seen } = ended(await stop(person, scene.receiver.id, agent));
  expect(seen).toEqual({ id: person, sharingGrants: { nodes: [{ id: grant.id, state: 'ENDED' }] } });
  expect(await stored(id)).toEqual({ state: 'CANCELLED', reason: 'GRANT_ENDED', holds_place: false, barred: true });
  expect(await stored(waiting.id)).toMatchObject({ state: 'WAITLISTED', holds_place: true, barred: false });
  expect(await storedVacancy(world, vacancy)).toMatchObject({ held: 1 });
  const asked = `query ($person: ID!, $id: ID!) { person(id: $person) { id } people { nodes { id } }
    referral(id: $id) { state reason person { id } } }`;
  expect(await scene.provider.get(asked, { person, id })).toEqual({
    person: null,
    people: { nodes: [{ id: neighbour }] },
    referral: { state: 'CANCELLED', reason: 'GRANT_ENDED', person: null },
  });
  const events = await world.rows(sql`select type, actor_kind, organisation_id, caused_by, audience, facts from event
    where person_id = ${person} and occurred_at = ${monday} order by tx desc, pos`);
  const cancelled = events.find(({ type }: any) => type === 'referral.cancelled');
  expect(cancelled).toMatchObject({ actor_kind: 'HUB', organisation_id: null, caused_by: 'grant.ended' });
  expect(cancelled.audience).toEqual(expect.arrayContaining([scene.sender.id, scene.receiver.id, council.id]));
  const told = events.find(({ type }: any) => type === 'person.sharing_ended');
  expect(told).toMatchObject({ facts: { organisation: scene.receiver.id, reason: 'PERSON_REQUEST' } });
  expect(events.find(({ type }: any) => type === 'grant.ended').facts).toEqual({ reason: 'PERSON_REQUEST' });
}); // prettier-ignore

test('whose screen was open is told once that the person is closed, and nothing of them after', async () => {
  const here = await Scene.open(world);
  const steps = `subscription { referralUpdated { event { type } referral { state person { id } }
    accessEnded { person } } }`;
  const screen = await world.listening(here.provider, steps);
  const { id: person } = await registerPerson(here.coordinator);
  await shared(here.coordinator, { person, organisation: here.receiver.id });
  const { id } = await here.accepted({ person, vacancy: await here.vacancy(1) });
  ended(await stop(person, here.receiver.id, here.coordinator));
  const note = { category: 'OTHER', text: 'Elle a changé d’avis.' };
  done(await here.move(here.coordinator, 'addReferralNote', id, note));
  const next = await here.person();
  await here.sent({ person: next });
  const told = (await screen.until(5)).map(({ referralUpdated: { event, referral, accessEnded } }: any) =>
    [event.type, referral?.person?.id ?? accessEnded?.person ?? null]);
  expect(told).toEqual([
    ['referral.sent', person],
    ['referral.accepted', person],
    ['referral.cancelled', null],
    ['person.access_ended', person],
    ['referral.sent', next],
  ]);
}); // prettier-ignore

test('a person says stop where no grant was ever given: their word ends every live referral there, and no other', async () => {
  const person = await scene.person();
  const elsewhere = await Scene.open(world);
  const draft = done(await scene.refer({ person, send: false, vacancy: await scene.vacancy(2) }));
  const sent = await scene.sent({ person, vacancy: await scene.vacancy(2) });
  const taken = await scene.acknowledged({ person, vacancy: await scene.vacancy(2) });
  const beside = await scene.sent({ person, offer: elsewhere.offer });
  ended(await stop(person, scene.receiver.id));
  for (const { id } of [draft, sent, taken])
    expect(await stored(id)).toMatchObject({ state: 'WITHDRAWN', reason: 'GRANT_ENDED' });
  expect(await stored(beside.id)).toMatchObject({ state: 'SENT', barred: false });
  ended(await stop(person, scene.receiver.id));
  const { userErrors } = await endSharing(scene.coordinator, { person, organisation: elsewhere.receiver.id });
  expect(userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
  expect((await stored(beside.id)).state).toBe('SENT');
  // the person may say yes again, to a new referral
  expect((await scene.sent({ person, offer: scene.offer })).state).toBe('SENT');
});

test('what had expired, and could still be answered, no longer can', async () => {
  const person = await scene.person();
  const { id } = await scene.sent({ person });
  world.clock.set('2026-12-08T08:00:00.000Z');
  await sweepReferrals(world.db);
  expect((await stored(id)).state).toBe('EXPIRED');
  ended(await stop(person, scene.receiver.id));
  const { referral, userErrors } = await scene.move(scene.provider, 'acceptReferral', id);
  expect([referral.state, userErrors[0].code]).toEqual(['EXPIRED', 'WRONG_STATE']);
  expect(await openTo(scene.provider, person)).toBeNull();
});

test('a placement goes on; its receiver keeps what its own contract needs, and nothing of the grant', async () => {
  const { id: person } = await registerPerson(scene.coordinator);
  const of = {
    person,
    organisation: scene.receiver.id,
    categories: ['IDENTITY', 'CONTACT', 'NEEDS', 'PROFILE'],
  };
  await shared(scene.coordinator, of);
  const { id } = await scene.accepted({ person, vacancy: await scene.vacancy(1) });
  const { placement } = await startOf(scene, id);
  expect(Object.keys((await openTo(scene.provider, person))!)).toContain('NEEDS');
  ended(await stop(person, scene.receiver.id));
  expect(await stored(id)).toMatchObject({ state: 'PLACED', barred: false });
  const reason = 'PLACEMENT';
  expect(await openTo(scene.provider, person)).toEqual({ CORE: reason, IDENTITY: reason, CONTACT: reason });
  await placed(scene.provider, 'renewContract', {
    placement: placement.id,
    contract: { kind: 'FIXED_TERM_I', from: '2027-05-23', to: '2027-11-22', weeklyHours: 26 },
  });
});

test('for other reasons only what was sent since the grant began ends, and not while an older grant stands', async () => {
  const person = await scene.person();
  const send = async () => (await scene.sent({ person, vacancy: await scene.vacancy(2) })).id;
  const grant = (purpose: string) =>
    shared(scene.coordinator, { person, organisation: scene.receiver.id, purpose });
  const before = await send();
  world.clock.advanceDays(1);
  const [first, second] = [await grant('PREPARE_REFERRAL'), await grant('MOBILITY')];
  const since = await send();
  ended(await endSharing(scene.coordinator, { grant: first.id, version: 1 }));
  expect([await stored(before), await stored(since)]).toMatchObject([{ state: 'SENT' }, { state: 'SENT' }]);
  const last = ended(await endSharing(scene.coordinator, { grant: second.id }));
  expect(last.grant).toMatchObject({ state: 'ENDED', endedOn: '2026-11-24', endReason: 'NO_LONGER_NEEDED', version: 2 }); // prettier-ignore
  expect([await stored(before), await stored(since)]).toMatchObject([
    { state: 'SENT', barred: false },
    { state: 'WITHDRAWN', reason: 'GRANT_ENDED' },
  ]);
});

test('a grant that ends by its date closes by itself; the sweep ends what rested on it, once', async () => {
  const person = await scene.person();
  const { id: grant } = await shared(scene.coordinator, { person, organisation: scene.receiver.id, until: '2026-11-24' }); // prettier-ignore
  const { id } = await scene.sent({ person, vacancy: await scene.vacancy(2) });
  world.clock.set('2026-11-24T22:59:59.000Z');
  expect(await sweepSharing(world.db)).toMatchObject({ ended: 0, failed: 0 });
  world.clock.set('2026-11-24T23:00:00.000Z');
  expect(refusal(await endSharing(scene.coordinator, { grant }))).toBe('WRONG_STATE');
  const swept = await Promise.all([sweepSharing(world.db), sweepSharing(world.db)]);
  expect(swept.map(({ ended: each }) => each).sort()).toEqual([0, 1]);
  expect(swept.map(({ failed }) => failed)).toEqual([0, 0]);
  expect(await stored(id)).toMatchObject({ state: 'WITHDRAWN', reason: 'GRANT_ENDED' });
  const query = 'query ($id: ID!) { node(id: $id) { ... on SharingGrant { state endedOn endReason } } }';
  const { node } = await scene.coordinator.get(query, { id: grant });
  expect(node).toEqual({ state: 'ENDED', endedOn: '2026-11-24', endReason: 'TERM' });
});

test('one organisation goes out of a grant to its kind; the others stay, until the last has gone', async () => {
  const person = await scene.person();
  const [one, two] = [await world.organisation({ kind: 'COMPANY' }), await world.organisation({ kind: 'COMPANY' })];
  const [first, second] = [await one.member(), await two.member()];
  const { id } = await shared(scene.coordinator, { person, organisationKind: 'COMPANY' });
  ended(await stop(person, one.id));
  expect([await openTo(first, person), await openTo(second, person)]).toEqual([null, expect.anything()]);
  const query = 'query ($id: ID!) { node(id: $id) { ... on SharingGrant { state organisations { id } } } }';
  expect((await scene.coordinator.get(query, { id })).node).toEqual({ state: 'RUNNING', organisations: [{ id: two.id }] });
  expect((await first.get(query, { id })).node).toBeNull();
  ended(await stop(person, two.id));
  expect((await scene.coordinator.get(query, { id })).node).toMatchObject({ state: 'ENDED' });
}); // prettier-ignore

test('many stops and moves at once end in one state, with places that add up', async () => {
  const { id: person } = await registerPerson(scene.coordinator);
  const vacancy = await scene.vacancy(2);
  const { id: grant } = await shared(scene.coordinator, { person, organisation: scene.receiver.id });
  const { id } = await scene.sent({ person, vacancy });
  const answers = await Promise.all([
    endSharing(scene.coordinator, { grant }),
    endSharing(agent, { grant }),
    stop(person, scene.receiver.id),
    scene.move(scene.provider, 'acceptReferral', id),
  ]);
  expect(answers.slice(0, 2).map(refusal)).toContain('WRONG_STATE');
  const row = await stored(id);
  expect(['WITHDRAWN', 'CANCELLED']).toContain(row.state);
  expect((await storedVacancy(world, vacancy)).held).toBe(0);
  expect(await openTo(scene.provider, person)).toBeNull();
});

test('by who follows the person alone; the version read; the same key ends once; input that is neither one nor the other', async () => {
  const person = await scene.person();
  const organisation = scene.receiver.id;
  const { id: grant } = await shared(scene.coordinator, { person, organisation });
  const stranger = await (await world.organisation()).member();
  expect(refusal(await endSharing(stranger, { grant }))).toBe('NOT_FOUND');
  expect(refusal(await endSharing(stranger, { person, organisation }))).toBe('NOT_FOUND');
  expect(refusal(await endSharing(scene.provider, { grant }))).toBe('NOT_ALLOWED');
  expect(refusal(await endSharing(await scene.sender.member({ roles: ['READER'] }), { grant }))).toBe('NOT_ALLOWED');
  const cases: [object, string, string][] = [
    [{}, 'INVALID_INPUT', 'grant'],
    [{ grant, person, organisation }, 'INVALID_INPUT', 'grant'],
    [{ person }, 'INVALID_INPUT', 'organisation'],
    [{ grant, organisation }, 'INVALID_INPUT', 'organisation'],
    [{ grant, version: 7 }, 'STALE', 'version'],
    [{ person, organisation, version: 7 }, 'STALE', 'version'],
    [{ grant: person }, 'NOT_FOUND', 'grant'],
  ];
  for (const [input, code, field] of cases)
    expect([input, (await endSharing(scene.coordinator, input)).userErrors]).toMatchObject([input, [{ code, field: [field] }]]);
  const keyed = { grant, idempotencyKey: 'end-once' };
  const [once, twice] = [ended(await endSharing(scene.coordinator, keyed)), await endSharing(scene.coordinator, keyed)];
  expect(twice).toEqual(once);
}); // prettier-ignore

test('an emergency outlasts the person’s stop: it is its own ground', async () => {
  const { id: person } = await registerPerson(scene.coordinator);
  const centre = await world.organisation({ kind: 'COMMUNE', remit: 'CCAS' });
  const worker = await centre.member();
  await shared(scene.coordinator, { person, organisation: centre.id, legalBasis: 'PUBLIC_INTEREST' });
  expect((await breakGlass(worker, { person })).userErrors).toEqual([]);
  ended(await stop(person, centre.id));
  expect(new Set(Object.values((await openTo(worker, person))!))).toEqual(new Set(['BREAK_GLASS']));
});

test('with the record go its grants, and the words typed in an emergency', async () => {
  const { id: person, reference } = await registerPerson(scene.coordinator);
  const { id } = await shared(scene.coordinator, { person, organisation: scene.receiver.id, externalReference: 'E-1' }); // prettier-ignore
  const worker = await (await world.organisation({ kind: 'PLIE' })).member();
  const { glass } = await breakGlass(worker, { reference });
  const manager = await council.member();
  const asked = { person, requestedOn: '2026-11-23' };
  const { caseFile } = await manager.run('exportPerson', 'PersonExport', asked, 'caseFile { page json }');
  expect(caseFile.page).toContain(`${scene.receiver.name.replace('_', '\\_')} : référence`);
  expect(caseFile.page).toContain('pour : préparer une orientation, à ce titre : consentement');
  expect(caseFile.page).toContain(`mise à l’abri – « ${sentence} »`);
  expect(caseFile.json).not.toContain(glass.brokenBy);
  const input = { person, reason: 'PERSON_REQUEST', confirm: reference };
  expect((await manager.run('erasePerson', 'PersonErasure', input, 'erasure { id }')).userErrors).toEqual([]);
  const query = `query ($id: ID!, $glass: ID!) { node(id: $id) { ... on SharingGrant { state endReason externalReference } }
    glass: node(id: $glass) { ... on BrokenGlass { detail brokenBy person { id } } } }`;
  const left = await scene.coordinator.get(query, { id, glass: glass.id });
  expect(left.node).toEqual({ state: 'ENDED', endReason: 'ERASED', externalReference: null });
  expect((await worker.get(query, { id, glass: glass.id })).glass).toEqual({
    ...{ detail: null, brokenBy: glass.brokenBy, person: null },
  });
  for (const sought of [{ reference }, { person }])
    expect(refusal(await breakGlass(await council.member(), sought))).toBe('NOT_FOUND');
});

test('the word of somebody with two records ends what is shared of both, and tells neither side of the other record', async () => {
  const registrar = await (await world.organisation({ kind: 'PLIE' })).member({ roles: ['COORDINATOR'] });
  const { older, newer, link } = await proposedLink(scene, registrar);
  await run(scene.coordinator, 'confirmPersonLink', { link });
  const { id: grant } = await shared(registrar, { person: newer, organisation: scene.receiver.id });
  const { id } = done(await scene.refer({ person: newer, offer: scene.offer }, registrar));
  const of = { person: older, organisation: scene.receiver.id };
  // whoever follows this record ends for other reasons what is shared of it, which is nothing
  expect(refusal(await endSharing(scene.coordinator, of))).toBe('WRONG_STATE');
  const { person } = ended(await stop(older, scene.receiver.id));
  expect(person).toEqual({ id: older, sharingGrants: { nodes: [] } });
  expect(await stored(id)).toMatchObject({ state: 'WITHDRAWN', reason: 'GRANT_ENDED' });
  expect(await openTo(scene.provider, newer)).toBeNull();
  const told = await world.rows(sql`select person_id, actor_kind, organisation_id, audience from event
    where type = 'person.sharing_ended' and person_id in (${older}, ${newer})`);
  expect(told).toMatchObject([{ person_id: newer, actor_kind: 'HUB', organisation_id: null }]);
  expect(told[0].audience.includes(scene.sender.id)).toBe(false);
  const read = 'query ($id: ID!) { node(id: $id) { ... on SharingGrant { state endReason } } }';
  expect((await registrar.get(read, { id: grant })).node).toEqual({ state: 'ENDED', endReason: 'PERSON_REQUEST' });
  // said again, or where nothing ever was, the answer is the same
  expect(ended(await stop(older, scene.receiver.id)).person).toEqual(person);
}); // prettier-ignore
