import sql from 'sql-template-tag';
import { Webhook } from 'standardwebhooks';
import { done, Scene } from '../kit/referrals.ts';
import { create, Hooked, moveEndpoint, toolOf } from '../kit/webhooks.ts';
import type { Asking } from '../kit/world.ts';

let hooked: Hooked;
let scene: Scene;
let manager: Asking;
let hook: { id: string; client: string; secret: string };

beforeAll(async () => {
  hooked = await Hooked.open();
  scene = await Scene.open(hooked.world);
  manager = await scene.receiver.member({ roles: ['MANAGER', 'PROVIDER'] });
  hook = await hooked.endpoint(manager, scene.receiver, { types: ['referral.*'] });
});
afterEach(() => hooked.receiver.forget());
afterAll(() => hooked.close());

const refusals = ({ userErrors }: any) =>
  userErrors.map(({ code, field }: any) => [code, field?.join('.') ?? null]);
const asking = (input: object = {}) =>
  create(manager, { client: hook.client, url: hooked.receiver.url, ...input });
const at = (minutes: number) =>
  new Date(Date.parse(hooked.world.clock.now()) + minutes * 60_000).toISOString();
const verified = (secret: string, { raw, headers }: any) => new Webhook(secret).verify(raw, headers);

describe('a manager', () => {
  test('gives a tool an endpoint, whose secret is shown once and kept from every door', async () => {
    const keyed = { idempotencyKey: 'once' };
    const { secret, webhookEndpoint } = await asking(keyed);
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(webhookEndpoint).toMatchObject({ state: 'ACTIVE', types: null, document: null, version: 1, client: { id: hook.client } });
    expect(await asking(keyed)).toMatchObject({ secret: null, webhookEndpoint: { id: webhookEndpoint.id } });
    const [stored] = await hooked.world.rows(sql`select (select string_agg(to_jsonb(x)::text, '') from command x) as commands,
      (select string_agg(to_jsonb(e)::text, '') from event e) as events`);
    expect(JSON.stringify(stored)).not.toContain(secret);
    await moveEndpoint(manager, 'removeWebhookEndpoint', webhookEndpoint.id);
  });

  test('is the only one to: a colleague, another organisation and the tool itself find no endpoint', async () => {
    const colleague = await scene.receiver.member({ roles: ['PROVIDER'] });
    const stranger = await (await hooked.world.organisation()).member();
    const tool = await scene.receiver.tool(['offers:read', 'offers:write', 'events:read'], manager.memberId);
    for (const [who, code] of [[colleague, 'NOT_ALLOWED'], [tool, 'NOT_ALLOWED'], [stranger, 'NOT_FOUND']] as const) {
      expect(refusals(await create(who, { client: hook.client, url: hooked.receiver.url }))[0][0]).toBe(code);
      expect(refusals(await moveEndpoint(who, 'sendTestEvent', hook.id))[0][0]).toBe(code);
      expect(refusals(await moveEndpoint(who, 'rotateWebhookSecret', hook.id))[0][0]).toBe(code);
      const query = 'query ($id: ID!) { organisation(id: $id) { webhookEndpoints { totalCount } } }';
      expect((await who.get(query, { id: scene.receiver.id })).organisation.webhookEndpoints).toBeNull();
    }
  });

  test.each([
    [{ url: 'ftp://receiver.example' }, 'url'],
    [{ url: 'https://user:password@receiver.example' }, 'url'],
    [{ url: 'not an address' }, 'url'],
    [{ url: `https://receiver.example/${'x'.repeat(500)}` }, 'url'],
    [{ types: [] }, 'types'],
    [{ types: ['referral.sent', 'referral.eaten'] }, 'types'],
    [{ types: ['referal.*'] }, 'types'],
    [{ document: 'query {' }, 'document'],
    [{ document: '{ nothingOfTheKind }' }, 'document'],
    [{ document: 'mutation ($subject: ID!) { sendReferral(input: { referral: $subject }) { userErrors { code } } }' }, 'document'],
    [{ document: 'query ($subject: ID!, $other: ID!) { node(id: $subject) { id } other: node(id: $other) { id } }' }, 'document'],
    [{ document: `{ ${'organisations { nodes { organisation: id } } '.repeat(200)} }` }, 'document'],
    [{ client: 'cli_00000000000000000000000000' }, 'client'],
    [{ idempotencyKey: '' }, 'idempotencyKey'],
  ])('is refused %j, and nothing is written', async (over, field) => {
    const answer = await asking(over);
    expect(refusals(answer)).toEqual([[expect.stringMatching(/INVALID_INPUT|NOT_FOUND/), field]]);
    expect(answer).toMatchObject({ secret: null, webhookEndpoint: null });
  });

  test('gives a tool ten endpoints at most, however many are asked for at once', async () => {
    const client = await toolOf(manager);
    const answers = await Promise.all(Array.from({ length: 15 }, () => create(manager, { client, url: hooked.receiver.url })));
    expect(answers.filter(({ secret }) => secret)).toHaveLength(10);
    for (const { webhookEndpoint } of answers) if (webhookEndpoint) await moveEndpoint(manager, 'removeWebhookEndpoint', webhookEndpoint.id);
  });

  test('tries a receiver before anything has happened', async () => {
    await moveEndpoint(manager, 'sendTestEvent', hook.id);
    await hooked.tell();
    expect(hooked.receiver.taken.map(({ body }) => body)).toMatchObject([{ type: 'webhook.test', data: { event: { subject: { id: hook.id } } } }]);
  });

  test('rotates the secret: both sign until the overlap ends, then the new one alone', async () => {
    hooked.world.clock.set(new Date().toISOString());
    const { secret, webhookEndpoint } = await moveEndpoint(manager, 'rotateWebhookSecret', hook.id, { overlapHours: 1 });
    expect(webhookEndpoint.previousSecretUntil).toBe(at(60));
    await moveEndpoint(manager, 'sendTestEvent', hook.id);
    await hooked.tell();
    const [both] = hooked.receiver.taken;
    for (const each of [secret, hook.secret]) expect(verified(each, both)).toMatchObject({ type: 'webhook.test' });
    await hooked.world.db.write(hooked.world.hub, (tx) =>
      tx.change(sql`update webhook_endpoint set previous_secret_until = ${tx.now} where id = ${hook.id}`),
    );
    await moveEndpoint(manager, 'sendTestEvent', hook.id);
    await hooked.tell();
    expect(() => verified(hook.secret, hooked.receiver.taken[1])).toThrow();
    expect(verified(secret, hooked.receiver.taken[1])).toMatchObject({ type: 'webhook.test' });
    hook.secret = secret;
  });

  test('has the past sent again, in its order and under the same ids, what was missed included', async () => {
    const from = at(1);
    hooked.world.clock.set(from);
    const told = await scene.sent();
    await hooked.tell();
    await moveEndpoint(manager, 'disableWebhookEndpoint', hook.id);
    done(await scene.move(scene.provider, 'acknowledgeReferral', told.id));
    await hooked.tell();
    await moveEndpoint(manager, 'enableWebhookEndpoint', hook.id);
    hooked.world.clock.set(at(1));
    await moveEndpoint(manager, 'redeliverEvents', hook.id, { from, until: at(0) });
    await hooked.tell();
    expect(hooked.receiver.types(told.id)).toEqual(['referral.sent', 'referral.sent', 'referral.acknowledged']);
    const [first, again] = hooked.receiver.taken.filter(({ body }) => body.data.event.subject.id === told.id);
    expect(again!.raw).toBe(first!.raw);
  });

  test.each([
    [{ from: 0, until: -1 }, 'until'],
    [{ from: -31 * 24 * 60, until: 0 }, 'from'],
  ])('is refused a past that is none: %j', async ({ from, until }, field) => {
    const answer = await moveEndpoint(manager, 'redeliverEvents', hook.id, { from: at(from), until: at(until) });
    expect(refusals(answer)).toEqual([['INVALID_INPUT', field]]);
  });

  test('removes an endpoint for good: what waited is dropped, and it is no longer listed', async () => {
    const gone = await hooked.endpoint(manager, scene.receiver, { types: ['referral.sent'] });
    await scene.sent();
    await hooked.plan();
    await moveEndpoint(manager, 'removeWebhookEndpoint', gone.id);
    hooked.receiver.forget();
    await hooked.tell();
    expect(await hooked.shown(manager, gone.id)).toBeUndefined();
    expect(refusals(await moveEndpoint(manager, 'enableWebhookEndpoint', gone.id))).toEqual([['WRONG_STATE', null]]);
    expect((await hooked.world.rows(sql`select state from webhook_delivery where endpoint_id = ${gone.id}`))).toEqual([{ state: 'DROPPED' }]);
  });
}); // prettier-ignore
