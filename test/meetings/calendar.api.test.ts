import sql from 'sql-template-tag';
import { planned } from '../kit/meetings.ts';
import { Scene } from '../kit/referrals.ts';
import { type Asking, World } from '../kit/world.ts';

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const open = async (as: Asking, input: object = {}) =>
  as.run('createCalendarFeed', 'NewCalendarFeed', input, 'path calendarFeed { id language }');
const read = async (path: string) => {
  const answer = await fetch(`${world.server.url}${path}`);
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
};

test('a member’s calendar tells when, where, what and how many, with their rights of that moment, and nobody’s name', async () => {
  const provider = await scene.receiver.member({ roles: ['PROVIDER'] });
  const person = await scene.person();
  const { id: referral } = await scene.sent({ person });
  const meeting = await planned(scene, [referral], { member: provider.memberId });
  const { path, calendarFeed } = await open(provider, { language: 'EN' });
  const { status, type, text } = await read(path);
  expect([status, type]).toEqual([200, 'text/calendar; charset=utf-8']);
  const [{ title, reference }] = await world.rows(
    sql`select title, reference from offer, person where offer.id = ${scene.offer} and person.id = ${person}`,
  );
  expect(text).toContain(`SUMMARY:Meeting — ${title}\\, 1 person\r\n`);
  expect(text).toContain(`UID:${meeting.id}@passerelle`);
  for (const word of [reference, person, referral]) expect(text).not.toContain(word);
  const [{ stored }] = await world.rows(sql`select to_jsonb(calendar_feed)::text as stored from calendar_feed where id = ${calendarFeed.id}`);
  expect(stored).not.toContain(path.slice('/calendar/'.length, -4));
}); // prettier-ignore

test('the contact of a referral at its sender’s finds the meeting in theirs; a colleague does not', async () => {
  const coordinator = await scene.sender.member({ roles: ['COORDINATOR'] });
  const { referral } = await scene.refer({}, coordinator);
  const { id } = await planned(scene, [referral.id]);
  expect((await read((await open(coordinator)).path)).text).toContain(id);
  expect((await read((await open(scene.coordinator)).path)).text).not.toContain(id);
});

test('a new address ends the one before; revoked, or its member suspended, there is none', async () => {
  const provider = await scene.receiver.member({ roles: ['PROVIDER'] });
  const [first, second] = [await open(provider), await open(provider)];
  expect((await read(first.path)).status).toBe(404);
  expect((await read(second.path)).status).toBe(200);
  const revoke = (as: Asking) =>
    as.run(
      'revokeCalendarFeed',
      'CalendarFeedRevocation',
      { feed: second.calendarFeed.id },
      'calendarFeed { revokedAt }',
    );
  expect((await revoke(scene.provider)).userErrors[0].code).toBe('NOT_ALLOWED');
  expect((await revoke(scene.coordinator)).userErrors[0].code).toBe('NOT_FOUND');
  const manager = await scene.receiver.member();
  expect((await revoke(manager)).calendarFeed.revokedAt).not.toBeNull();
  expect((await read(second.path)).status).toBe(404);
  const third = await open(provider);
  await manager.run('suspendMember', 'MemberSuspension', { member: provider.memberId }, 'member { id }');
  expect((await read(third.path)).status).toBe(404);
});

test('two addresses asked for at once leave one that opens', async () => {
  const provider = await scene.receiver.member({ roles: ['PROVIDER'] });
  const both = await Promise.all([open(provider), open(provider)]);
  expect(both.map(({ userErrors }) => userErrors)).toEqual([[], []]);
  const answers = await Promise.all(both.map(({ path }) => read(path)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
});

test('a member sees whether a calendar is open for them, a manager of whom; nobody else does', async () => {
  const provider = await scene.receiver.member({ roles: ['PROVIDER'] });
  const { calendarFeed } = await open(provider);
  const ask = 'query ($id: ID!) { node(id: $id) { ... on Member { calendarFeed { id } } } }';
  const seen = async (as: Asking) => (await as.get(ask, { id: provider.memberId })).node.calendarFeed;
  expect(await seen(provider)).toEqual({ id: calendarFeed.id });
  expect(await seen(await scene.receiver.member())).toEqual({ id: calendarFeed.id });
  expect(await seen(scene.provider)).toBeNull();
});

test('a calendar read over and over is slowed; so is who guesses addresses, and not who has one', async () => {
  const { path } = await open(await scene.receiver.member({ roles: ['PROVIDER'] }));
  const often = await Promise.all(Array.from({ length: 25 }, () => read(path)));
  expect(often.filter(({ status }) => status === 200)).toHaveLength(20);
  expect(often.filter(({ status }) => status === 429)).toHaveLength(5);
  const known = await open(await scene.receiver.member({ roles: ['PROVIDER'] }));
  expect((await read(known.path)).status).toBe(200);
  expect((await read('/calendar/x.ics')).status).toBe(404);
  const guess = (at: number) => read(`/calendar/${String(at).padStart(43, 'x')}.ics`);
  for (let at = 0; at < 20; at++) await guess(at);
  expect((await guess(20)).status).toBe(429);
  expect((await read(known.path)).status).toBe(200);
});
