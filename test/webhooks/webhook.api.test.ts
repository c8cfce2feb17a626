import { createHash } from 'node:crypto';
import sql from 'sql-template-tag';
import { Webhook } from 'standardwebhooks';
import { beginNotices, followJournal } from '../../src/notices/follow.sweep.ts';
import { sendingTo } from '../../src/webhooks/sender.ts';
import { deliverEvents } from '../../src/webhooks/deliver.sweep.ts';
import { done, Scene } from '../kit/referrals.ts';
import { Hooked, moveEndpoint } from '../kit/webhooks.ts';
import type { Asking } from '../kit/world.ts';

let hooked: Hooked;
let scene: Scene;
let manager: Asking;
let hook: { id: string; client: string; secret: string };

beforeAll(async () => {
  hooked = await Hooked.open();
  await beginNotices(hooked.world.db);
  scene = await Scene.open(hooked.world);
  manager = await scene.receiver.member({ roles: ['MANAGER', 'PROVIDER'] });
  hook = await hooked.endpoint(manager, scene.receiver, { types: ['referral.sent', 'referral.acknowledged', 'referral.declined'] });
}); // prettier-ignore
afterEach(() => hooked.receiver.forget());
afterAll(() => hooked.close());

const ok = (payload: any) => expect(payload.userErrors).toEqual([]);
const later = (minutes: number) =>
  hooked.world.clock.set(new Date(Date.parse(hooked.world.clock.now()) + minutes * 60_000).toISOString());
const deliveries = async (subject: string) =>
  (await hooked.shown(manager, hook.id)).deliveries.nodes.filter((each: any) => each.subjectId === subject);

describe('what happens', () => {
  test('is told to the endpoint in ids, signed so that the library of the specification takes it', async () => {
    hooked.world.clock.set(new Date().toISOString());
    const { id } = await scene.sent();
    await hooked.tell();
    const [taken] = hooked.receiver.taken;
    expect(new Webhook(hook.secret).verify(taken!.raw, taken!.headers as Record<string, string>)).toEqual({
      type: 'referral.sent',
      timestamp: taken!.body.timestamp,
      data: { event: { id: expect.stringMatching(/^evt_/), type: 'referral.sent', occurredAt: taken!.body.timestamp, subject: { type: 'Referral', id, version: 1 } } },
    }); // prettier-ignore
    expect(taken!.headers['webhook-id']).toBe(taken!.body.data.event.id);
    const [delivery] = await deliveries(id);
    expect(delivery).toMatchObject({ state: 'DELIVERED', type: 'referral.sent', dueAt: null });
    expect(delivery.attempts).toEqual([
      { at: expect.any(String), status: 200, fault: null, durationMs: expect.any(Number), bodyHash: createHash('sha256').update(taken!.raw).digest('hex') },
    ]); // prettier-ignore
  });

  test('is told once, however often the hub looks', async () => {
    await scene.sent();
    await hooked.tell();
    await hooked.tell();
    expect(hooked.receiver.types()).toEqual(['referral.sent']);
  });

  test('is told in the order of its subject: what fails holds back its own subject, and no other', async () => {
    const stuck = await scene.sent();
    hooked.receiver.bySubject.set(stuck.id, 500);
    await hooked.tell();
    done(await scene.move(scene.provider, 'acknowledgeReferral', stuck.id));
    const other = await scene.acknowledged();
    await hooked.tell();
    expect(hooked.receiver.types(stuck.id)).toEqual(['referral.sent']);
    expect(hooked.receiver.types(other.id)).toEqual(['referral.sent', 'referral.acknowledged']);
    hooked.receiver.bySubject.clear();
    later(1);
    await hooked.tell();
    expect(hooked.receiver.types(stuck.id)).toEqual([
      'referral.sent',
      'referral.sent',
      'referral.acknowledged',
    ]);
    const [first, again] = hooked.receiver.taken.filter(
      ({ body }) => body.data.event.subject.id === stuck.id,
    );
    expect(again!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
  });

  test('is not told of another organisation, nor of types that were not asked for', async () => {
    const elsewhere = await Scene.open(hooked.world);
    const { id } = await elsewhere.sent();
    const own = await scene.accepted();
    await hooked.tell();
    expect(hooked.receiver.types(id)).toEqual([]);
    expect(hooked.receiver.types(own.id)).toEqual(['referral.sent']);
  });

  test('is tried again by the schedule, a little later each time, and given up after three days', async () => {
    const { id } = await scene.sent();
    hooked.receiver.bySubject.set(id, 'CUT');
    for (let tries = 1; tries <= 10; tries++) {
      const before = clockNow();
      await hooked.tell();
      await keepAlive();
      const [{ state, dueAt, attempts }] = await deliveries(id);
      expect(attempts).toHaveLength(tries);
      if (state === 'FAILED') break;
      const least = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400][tries - 1]! * 1000;
      const pause = Date.parse(dueAt) - Date.parse(before);
      expect(pause).toBeGreaterThanOrEqual(least);
      expect(pause).toBeLessThanOrEqual(least * 1.2);
      hooked.world.clock.set(dueAt);
    }
    expect((await deliveries(id))[0]).toMatchObject({ state: 'FAILED', dueAt: null });
  });

  const clockNow = () => hooked.world.clock.now();
  /** Something else is delivered meanwhile: the endpoint as a whole is not failing. */
  const keepAlive = async () => {
    await scene.sent();
    await hooked.tell();
  };
});

describe('an endpoint that answers', () => {
  test.each([
    ['an error', 500, { status: 500, fault: null }],
    ['a redirection, which is not followed', { status: 301, headers: { location: 'http://127.0.0.1:1/' } }, { status: 301, fault: null }],
    ['nothing at all', 'SILENCE', { status: null, fault: 'TIMEOUT' }],
    ['by hanging up', 'CUT', { status: null, fault: 'UNREACHABLE' }],
  ] as const)('%s is tried again, and then told', async (_, reaction, outcome) => {
    const { id } = await scene.sent();
    hooked.receiver.reactions.push(reaction as never);
    await hooked.tell();
    expect((await deliveries(id))[0]).toMatchObject({ state: 'WAITING', attempts: [outcome] });
    later(1);
    await hooked.tell();
    expect((await deliveries(id))[0]).toMatchObject({ state: 'DELIVERED', attempts: [outcome, { status: 200 }] });
  }); // prettier-ignore

  test('that it is overloaded is left alone for as long as it asks, whatever else happens', async () => {
    const { id } = await scene.sent();
    hooked.receiver.reactions.push({ status: 429, headers: { 'retry-after': '3600' } });
    await hooked.tell();
    await scene.sent();
    later(59);
    await hooked.tell();
    expect(hooked.receiver.taken).toHaveLength(1);
    later(14);
    await hooked.tell();
    expect((await deliveries(id))[0].state).toBe('DELIVERED');
    expect(hooked.receiver.taken).toHaveLength(3);
  });

  test('that nobody listens any more is disabled, and goes on where it was once a manager enables it', async () => {
    const { id } = await scene.sent();
    hooked.receiver.reactions.push(410);
    await hooked.tell();
    expect(await hooked.shown(manager, hook.id)).toMatchObject({ state: 'DISABLED', reason: 'GONE' });
    const missed = await scene.sent();
    later(10);
    await hooked.tell();
    expect(hooked.receiver.taken).toHaveLength(1);
    const enabled = await moveEndpoint(manager, 'enableWebhookEndpoint', hook.id);
    expect(enabled.webhookEndpoint).toMatchObject({ state: 'ACTIVE', reason: null });
    await hooked.tell();
    expect(hooked.receiver.types(id)).toEqual(['referral.sent', 'referral.sent']);
    expect(hooked.receiver.types(missed.id)).toEqual([]);
  });

  test('nothing for three days is disabled, and its managers are told by mail', async () => {
    const { id } = await scene.sent();
    hooked.receiver.bySubject.set(id, 503);
    for (let tries = 0; tries < 10; tries++) {
      await hooked.tell();
      const [{ dueAt }] = await deliveries(id);
      if (dueAt) hooked.world.clock.set(dueAt);
      else break;
    }
    expect(await hooked.shown(manager, hook.id)).toMatchObject({ state: 'DISABLED', reason: 'FAILING' });
    await followJournal(hooked.world.db, { mails: false, digestHour: 8 });
    const notices = await hooked.world.rows(
      sql`select member_id from notice where kind = 'ENDPOINT_STOPPED' and subject_id = ${hook.id}`,
    );
    expect(notices.at(-1)).toEqual({ member_id: manager.memberId });
    ok(await moveEndpoint(manager, 'enableWebhookEndpoint', hook.id));
  });
});

describe('an address', () => {
  const sending = (over: object) => ({ ...hooked.delivering, sending: { ...sendingTo('PUBLIC'), patience: 500, ...over } });

  test.each([
    ['private, behind a public name', [{ address: '10.1.2.3', family: 4 }]],
    ['this machine, in other words', [{ address: '::ffff:127.0.0.1', family: 6 }]],
    ['of the link, where clouds keep their keys', [{ address: '169.254.169.254', family: 4 }]],
    ['public at first and private beside it', [{ address: '8.8.8.8', family: 4 }, { address: '192.168.1.1', family: 4 }]],
    ['none', []],
  ])('%s is not connected to', async (_, found) => {
    const { id } = await scene.sent();
    await hooked.plan();
    ok(await moveEndpoint(manager, 'updateWebhookEndpoint', hook.id, { url: 'https://receiver.example/hooks' }));
    await deliverEvents(sending({ resolve: () => Promise.resolve(found) }));
    expect((await deliveries(id))[0].attempts).toMatchObject([{ status: null, fault: 'ADDRESS' }]);
    ok(await moveEndpoint(manager, 'updateWebhookEndpoint', hook.id, { url: hooked.receiver.url }));
    later(1);
    await hooked.tell();
  });
}); // prettier-ignore
