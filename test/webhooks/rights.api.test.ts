import sql from 'sql-template-tag';
import { erase } from '../../src/casefiles/erasure.actions.ts';
import { Dispatcher } from '../../src/webhooks/dispatcher.ts';
import { deliverEvents } from '../../src/webhooks/deliver.sweep.ts';
import { registerPerson } from '../kit/people.ts';
import { done, Scene } from '../kit/referrals.ts';
import { endSharing, shared } from '../kit/sharing.ts';
import { Receiver } from '../kit/receiver.ts';
import { Hooked, moveEndpoint } from '../kit/webhooks.ts';
import { eventually, type Asking } from '../kit/world.ts';

/** An endpoint is a way out of the hub: nothing leaves by it that its tool could not read at that moment. */

let hooked: Hooked;
let scene: Scene;
let manager: Asking;
let hook: { id: string; client: string };

const document = `query ($subject: ID!) { node(id: $subject) { ... on Referral { id state person { identity { lastName } contact { phone } } } } }`;

beforeAll(async () => {
  hooked = await Hooked.open();
  scene = await Scene.open(hooked.world);
  manager = await scene.receiver.member({ roles: ['MANAGER', 'PROVIDER'] });
  hook = await hooked.endpoint(manager, scene.receiver, { document });
});
afterEach(() => hooked.receiver.forget());
afterAll(() => hooked.close());

const named = async () =>
  (
    await registerPerson(scene.coordinator, {
      identity: { firstName: 'Awa', lastName: 'Koné', birthDate: '1990-05-04' },
    })
  ).id;
const later = (minutes: number) =>
  hooked.world.clock.set(new Date(Date.parse(hooked.world.clock.now()) + minutes * 60_000).toISOString());
const results = (id: string) =>
  hooked.receiver.taken
    .filter(({ body }) => body.data.event.subject.id === id)
    .map(({ body }) => body.data.result);

test('the document is answered with what is open at that attempt: nothing of the person before somebody takes charge', async () => {
  const person = await named();
  const { id } = await scene.sent({ person });
  await hooked.tell();
  done(await scene.move(scene.provider, 'acknowledgeReferral', id));
  await hooked.tell();
  expect(results(id)).toMatchObject([
    { data: { node: { id, state: 'SENT', person: { identity: null, contact: null } } } },
    { data: { node: { id, state: 'ACKNOWLEDGED', person: { identity: { lastName: 'Koné' } } } } },
  ]);
  const lines = await hooked.world.rows(
    sql`select client_id, member_id, request_id from access_log where person_id = ${person} and client_id = ${hook.client}`,
  );
  expect(lines).toEqual([{ client_id: hook.client, member_id: manager.memberId, request_id: expect.stringMatching(/^whd_/) }]);
}); // prettier-ignore

test('what is tried again is asked again: a right that ended meanwhile has ended for the message too', async () => {
  const { id } = await scene.acknowledged({ person: await named() });
  hooked.receiver.bySubject.set(id, 500);
  await hooked.tell();
  done(await scene.move(scene.provider, 'declineReferral', id, { reason: 'NO_POSITION' }));
  later(1);
  await hooked.tell();
  expect(results(id).map(({ data }) => data.node.person?.identity?.lastName ?? null)).toEqual(['Koné', null]);
  hooked.receiver.bySubject.clear();
  later(10);
  await hooked.tell();
});

test('the end of a right is told once to who was told of the person, though nothing of them is open any more', async () => {
  const friend = await hooked.world.organisation({ kind: 'ASSOCIATION' });
  const friends = await friend.member({ roles: ['MANAGER', 'COORDINATOR'] });
  const types = ['grant.given', 'person.access_ended'];
  const told = await hooked.endpoint(friends, friend, { types });
  const late = await hooked.endpoint(friends, friend, {
    types: ['person.access_ended'],
    url: `${hooked.receiver.url}/late`,
  });
  const person = await named();
  const { id: grant } = await shared(scene.coordinator, { person, organisation: friend.id });
  await hooked.tell();
  await endSharing(scene.coordinator, { grant });
  await hooked.tell();
  const heard = hooked.receiver.taken.map(({ path, body: { type, data } }) => [
    path,
    type,
    data.event.subject.id,
  ]);
  expect(heard).toEqual([
    ['/hooks', 'grant.given', grant],
    ['/hooks', 'person.access_ended', person],
  ]);
  for (const { id } of [told, late]) await moveEndpoint(friends, 'removeWebhookEndpoint', id);
});

test('the end is told of somebody erased, too', async () => {
  const told = await hooked.endpoint(manager, scene.receiver, { types: ['referral.*', 'person.*'] });
  const person = await named();
  await scene.acknowledged({ person });
  await hooked.tell();
  hooked.receiver.forget();
  await hooked.world.db.write(hooked.world.hub, (tx) => erase(tx, person, 'PERSON_REQUEST'));
  await hooked.tell();
  const ended = hooked.receiver.taken.filter(({ body }) => body.data.event.subject.id === person);
  expect(ended.map(({ body }) => body.type)).toContain('person.access_ended');
  await moveEndpoint(manager, 'removeWebhookEndpoint', told.id);
});

test('a tool whose key is revoked is sent nothing, and its endpoint stops', async () => {
  const stopped = await hooked.endpoint(manager, scene.receiver, { types: ['referral.sent'] });
  await hooked.tell();
  hooked.receiver.forget();
  await scene.sent();
  await hooked.plan();
  await manager.run('revokeApiClient', 'ApiClientRevocation', { client: stopped.client }, 'apiClient { id }');
  await hooked.tell();
  expect(await hooked.shown(manager, stopped.id)).toMatchObject({ state: 'DISABLED', reason: 'TOOL_STOPPED', deliveries: { nodes: [] } });
  const enabled = await moveEndpoint(manager, 'enableWebhookEndpoint', stopped.id);
  expect(enabled.userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
}); // prettier-ignore

test('what is told at one door is told at the other: of a key, of an endpoint itself', async () => {
  const types = ['client.*', 'webhook.*'];
  const both = await hooked.endpoint(manager, scene.receiver, { types });
  const tool = await scene.receiver.tool(['offers:read', 'events:read']);
  const live = await hooked.world.listening<any>(
    tool,
    'subscription ($types: [String!]) { eventReceived(types: $types) { event { type } } }',
    { types },
  );
  await manager.run(
    'updateApiClient',
    'ApiClientUpdate',
    { client: both.client, name: 'Autre nom' },
    'apiClient { id }',
  );
  await moveEndpoint(manager, 'updateWebhookEndpoint', both.id, {
    types: ['client.*', 'webhook.*', 'setting.*'],
  });
  const told = ['client.updated', 'webhook.updated'];
  const heard = () => live.received.map(({ eventReceived }) => eventReceived.event.type);
  await eventually(() => heard().includes('webhook.updated')); // its creation may still be told before
  expect(heard().slice(-2)).toEqual(told);
  hooked.receiver.forget();
  await hooked.tell();
  expect(hooked.receiver.types(both.client)).toContain('client.updated');
  expect(hooked.receiver.types(both.id)).toContain('webhook.updated');
  live.stop();
  await moveEndpoint(manager, 'removeWebhookEndpoint', both.id);
});

test('what the tool does not see leaves no trace of having happened', async () => {
  const nobody = await hooked.endpoint(manager, scene.receiver, { types: ['person.updated', 'person.registered'] }, null as never);
  const person = await named();
  await hooked.tell();
  expect(hooked.receiver.types(person)).toEqual([]);
  expect((await hooked.shown(manager, nobody.id)).deliveries.nodes).toEqual([]);
}); // prettier-ignore

test('two hubs over one database send each message once between them', async () => {
  const ids = (await Promise.all(Array.from({ length: 12 }, () => scene.sent()))).map(({ id }) => id);
  await hooked.plan();
  await Promise.all([deliverEvents(hooked.delivering), deliverEvents(hooked.delivering), hooked.tell()]);
  for (const id of ids) expect(hooked.receiver.types(id)).toEqual(['referral.sent']);
});

test('a hub that dies while it sends leaves the message to whoever comes after a minute, under the same id', async () => {
  const { id } = await scene.sent();
  await hooked.plan();
  const dying = new AbortController();
  hooked.receiver.bySubject.set(id, 'SILENCE');
  const cut = deliverEvents({ ...hooked.delivering, stopping: dying.signal });
  await eventually(() => hooked.receiver.types(id).length === 1);
  dying.abort();
  await cut;
  hooked.receiver.bySubject.clear();
  await hooked.tell();
  expect(hooked.receiver.types(id)).toHaveLength(1);
  later(2);
  await hooked.tell();
  const [first, second] = hooked.receiver.taken.filter(({ body }) => body.data.event.subject.id === id);
  expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
});

test('by itself: a running hub tells at once, and an endpoint that is silent keeps no other waiting', async () => {
  const silent = await Receiver.open();
  const deaf = await hooked.endpoint(manager, scene.receiver, { types: ['referral.sent'], url: silent.url });
  const { feed, log } = hooked.world.server.hub;
  silent.reactions.push(...Array.from({ length: 50 }, () => 'SILENCE' as const));
  const sending = { ...hooked.delivering.sending, patience: 15_000 };
  const dispatcher = new Dispatcher({ ...hooked.delivering, sending, feed, log });
  const { id } = await scene.sent();
  await eventually(() => silent.taken.length === 1);
  const other = await scene.sent();
  await eventually(
    () => hooked.receiver.types(id).length === 1 && hooked.receiver.types(other.id).length === 1,
  );
  await dispatcher.stop(); // though the silent one has not answered yet
  await moveEndpoint(manager, 'removeWebhookEndpoint', deaf.id);
  await silent.close();
});
