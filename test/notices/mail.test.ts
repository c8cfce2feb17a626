import sql from 'sql-template-tag';
import { Mailbox } from '../kit/mailbox.ts';
import { addressOf, Posted } from '../kit/notices.ts';
import { done, Scene } from '../kit/referrals.ts';
import type { Asking } from '../kit/world.ts';

/** What mail servers do, on a real one: refuse for now, refuse for good, hang up, be away. */
let posted: Posted;
let scene: Scene;
let to: string;

beforeAll(async () => {
  posted = await Posted.open();
});
beforeEach(async () => {
  scene = await Scene.open(posted.world);
  to = await addressOf(posted.world, scene.provider.memberId);
});
afterAll(() => posted.close());

const of = (member: Asking) =>
  posted.world.rows(
    sql`select id, state, reason, attempts, due_at from notice where member_id = ${member.memberId} order by id`,
  );
const notices = () => of(scene.provider);
const later = (minutes: number) =>
  posted.world.clock.set(new Date(Date.parse(posted.world.clock.now()) + minutes * 60_000).toISOString());
const refuse = (step: 'RCPT' | 'DATA' | 'END', reply: string, times = 1) =>
  posted.mailbox.replies.push({ step, to, reply, times });
const messageIds = () => posted.mailbox.to(to).map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)![1]);

test('what a server refuses for now is tried again, after longer and longer', async () => {
  refuse('RCPT', '450 4.2.0 greylisted', 2);
  await scene.sent();
  await posted.tell();
  expect(await notices()).toMatchObject([{ state: 'WAITING', attempts: 1 }]);
  expect(await posted.deliver()).toBe(0);
  later(1);
  await posted.deliver();
  expect(await notices()).toMatchObject([{ state: 'WAITING', attempts: 2 }]);
  later(1);
  expect(await posted.deliver()).toBe(0);
  later(4);
  expect(await posted.deliver()).toBe(1);
  expect(await notices()).toMatchObject([{ state: 'SENT', attempts: 3, due_at: null }]);
});

test('a server that hangs up after it took the message gets it again under the same id', async () => {
  refuse('END', 'CUT');
  await scene.sent();
  await posted.tell();
  expect(await notices()).toMatchObject([{ state: 'WAITING' }]);
  later(1);
  await posted.deliver();
  expect(messageIds()).toEqual([expect.stringContaining((await notices())[0].id)]);
});

test('a message refused for good is given up, and the address stays good', async () => {
  refuse('END', '554 5.6.0 content refused');
  await scene.sent();
  await posted.tell();
  expect(await notices()).toMatchObject([{ state: 'FAILED', reason: 'MESSAGE_REFUSED' }]);
  await scene.sent();
  await posted.tell();
  expect(messageIds()).toHaveLength(1);
});

test('an address refused three times in a row gets nothing more until a manager says so', async () => {
  const manager = await scene.receiver.member();
  refuse('RCPT', '550 5.1.1 no such user', 3);
  for (let sent = 0; sent < 4; sent++) {
    await scene.sent();
    await posted.tell();
  }
  const refused = { state: 'FAILED', reason: 'ADDRESS_REFUSED' };
  expect(await notices()).toMatchObject([
    refused,
    refused,
    refused,
    { state: 'FAILED', reason: 'ADDRESS_BOUNCED' },
  ]);
  const shown = await manager.get('{ viewer { organisation { members { nodes { id mailBouncedAt } } } } }');
  const bounced = shown.viewer.organisation.members.nodes.filter((each: any) => each.mailBouncedAt);
  expect(bounced).toMatchObject([{ id: scene.provider.memberId }]);
  const retry = { member: scene.provider.memberId, retryMail: true };
  const { member } = await manager.run('updateMember', 'MemberUpdate', retry, 'member { mailBouncedAt }');
  expect(member.mailBouncedAt).toBeNull();
  await scene.sent();
  await posted.tell();
  expect(messageIds()).toHaveLength(1);
});

test('one refused now and then is never taken for a dead one', async () => {
  for (let round = 0; round < 3; round++) {
    refuse('RCPT', '550 5.1.1 no such user');
    for (const _ of [1, 2]) {
      await scene.sent();
      await posted.tell();
    }
  }
  expect(messageIds()).toHaveLength(3);
});

test('moves go on while the mail server is away, and what waits is sent when it is back', async () => {
  const port = Number(new URL(posted.mailbox.url).port);
  await posted.mailbox.close();
  const { id } = await scene.sent();
  done(await scene.move(scene.provider, 'acknowledgeReferral', id));
  expect(await posted.tell()).toBe(0);
  expect(await notices()).toMatchObject([{ state: 'WAITING' }]);
  expect(await of(scene.coordinator)).toMatchObject([{ state: 'WAITING' }]);
  const back = await Mailbox.open(port);
  later(1);
  expect(await posted.deliver()).toBe(2);
  expect(back.to(to)).toHaveLength(1);
  await back.close();
}); // prettier-ignore
