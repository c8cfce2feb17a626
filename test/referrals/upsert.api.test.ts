import sql from 'sql-template-tag';
import { coordinator } from '../kit/people.ts';
import { agreed, done, Scene } from '../kit/referrals.ts';
import { type Asking, World } from '../kit/world.ts';

/** A partner's software names a referral by its own number, and the person too. */

let world: World;
let scene: Scene;
beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const selection = 'referral { id state version externalReference vacancy { id } }';
const upsert = (input: object, as: Asking = scene.coordinator) =>
  as.run('upsertReferral', 'ReferralUpsert', { personAgreement: agreed, ...input }, selection);
const refused = async (input: object, as?: Asking) =>
  (await upsert(input, as)).userErrors.map(({ code, field }: any) => [code, field?.join('.')]);
let serial = 0;
const number = () => `CAND-${++serial}`;

/** A person under a number of the sender's own, and a vacancy. */
async function arranged() {
  const personReference = `P-${++serial}`;
  const person = await scene.person();
  await world.db.write(world.hub, (tx) =>
    tx.change(sql`insert into person_handle (person_id, organisation_id, external_reference)
      values (${person}, ${scene.sender.id}, ${personReference})`, 1)); // prettier-ignore
  return { person, personReference, vacancy: await scene.vacancy(2), externalReference: number() };
}

test('sends the first time, by the sender’s own number for the person; the same again changes nothing', async () => {
  const { personReference, vacancy, externalReference } = await arranged();
  const input = { personReference, vacancy, externalReference, send: true };
  const { referral, userErrors } = await upsert(input);
  expect(userErrors).toEqual([]);
  expect(referral).toMatchObject({ state: 'SENT', version: 1, externalReference });
  expect((await upsert(input)).referral).toEqual(referral);
  const events = await world.rows(sql`select type from event where subject_id = ${referral.id}`);
  expect(events).toEqual([{ type: 'referral.sent' }]);
  const asked = `query ($r: String) { referral(externalReference: $r) { id state } }`;
  const variables = { r: externalReference };
  expect(await scene.coordinator.get(asked, variables)).toEqual({
    referral: { id: referral.id, state: 'SENT' },
  });
});

test('its receiver reads no number that is not its own, and finds nothing by it', async () => {
  const { person, vacancy, externalReference } = await arranged();
  const { referral } = await upsert({ person, vacancy, externalReference, send: true });
  const asked = `query ($id: ID, $r: String) { one: referral(id: $id) { externalReference } byNumber: referral(externalReference: $r) { id } }`;
  const seen = await scene.provider.get(asked, { id: referral.id, r: externalReference });
  expect(seen).toEqual({ one: { externalReference: null }, byNumber: null });
});

test('a draft is sent later, and its vacancy changed while that may still be said', async () => {
  const { person, vacancy, externalReference } = await arranged();
  const draft = await upsert({ person, vacancy, externalReference, personAgreement: null });
  expect(draft.referral).toMatchObject({ state: 'DRAFT', version: 1 });
  const sent = await upsert({ person, vacancy, externalReference, send: true });
  expect(sent.referral).toMatchObject({ id: draft.referral.id, state: 'SENT' });
  const other = await scene.vacancy(2);
  const bound = await upsert({ person, vacancy: other, externalReference, send: true });
  expect(bound.referral).toMatchObject({ id: draft.referral.id, state: 'SENT', vacancy: { id: other } });
  done(await scene.move(scene.provider, 'acceptReferral', draft.referral.id));
  expect(await refused({ person, vacancy, externalReference })).toEqual([['WRONG_STATE', undefined]]);
  // what became of it is not undone by saying it again
  const again = await upsert({ person, vacancy: other, externalReference, send: true });
  expect([again.userErrors, again.referral.state]).toEqual([[], 'ACCEPTED']);
});

test('one number is one person and one offer', async () => {
  const { person, personReference, vacancy, externalReference } = await arranged();
  await upsert({ person, vacancy, externalReference, send: true });
  const somebody = await scene.person();
  const elsewhere = await Scene.open(world);
  expect(await refused({ person: somebody, vacancy, externalReference })).toEqual([
    ['INVALID_INPUT', 'person'],
  ]);
  expect(await refused({ person, offer: elsewhere.offer, externalReference })).toEqual([
    ['INVALID_INPUT', 'offer'],
  ]);
  const both = { person: somebody, personReference, vacancy, externalReference: number() };
  expect(await refused(both)).toEqual([['INVALID_INPUT', 'person']]);
});

test('twenty at once under one number make one referral', async () => {
  const { person, vacancy, externalReference } = await arranged();
  const input = { person, vacancy, externalReference, send: true };
  const all = await Promise.all(Array.from({ length: 20 }, () => upsert(input)));
  expect(all.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  expect(new Set(all.map(({ referral }) => referral.id)).size).toBe(1);
});

test('nobody’s number, nobody named, a NIR, no right to refer, a person of others: each is refused', async () => {
  const { person, vacancy, externalReference } = await arranged();
  const whole = { person, vacancy, externalReference };
  expect(await refused({ ...whole, person: null, personReference: 'unknown' })).toEqual([
    ['NOT_FOUND', 'personReference'],
  ]);
  expect(await refused({ vacancy, externalReference })).toEqual([['INVALID_INPUT', 'person']]);
  expect(await refused({ ...whole, externalReference: '255081416802538' })).toEqual([
    ['INVALID_INPUT', 'externalReference'],
  ]);
  expect(await refused(whole, scene.provider)).toEqual([['NOT_ALLOWED', undefined]]);
  expect(await refused(whole, await scene.sender.member({ roles: ['READER'] }))).toEqual([
    ['NOT_ALLOWED', undefined],
  ]);
  const stranger = await coordinator(await world.organisation({ kind: 'PLIE' }));
  expect(await refused(whole, stranger)).toEqual([['NOT_FOUND', 'person']]);
  expect(await refused({ ...whole, personAgreement: null, send: true })).toEqual([
    ['AGREEMENT_MISSING', 'personAgreement'],
  ]);
});
