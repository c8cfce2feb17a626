import sql from 'sql-template-tag';
import WebSocket from 'ws';
import { record } from '../../src/events/journal.ts';
import type { Listening } from '../kit/client.ts';
import { registerPerson } from '../kit/people.ts';
import { done, Scene, vacancyOf } from '../kit/referrals.ts';
import { RawSocket } from '../kit/socket.ts';
import { offerInTables, vacancyInTables } from '../kit/vacancies.ts';
import { councilOf, eventually, World, type Asking } from '../kit/world.ts';

/** Many who listen with the same eyes cost what one costs; what each may and may not is still its own. */
let world: World;
let scene: Scene;
beforeAll(async () => {
  world = await World.open({ limits: { socketBacklog: 64 * 1024, socketRightsEvery: 3600 } });
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const vacancyUpdated = `subscription ($after: String) { vacancyUpdated(after: $after) {
  cursor event { id } vacancy { id title offer { id title } organisation { name } } } }`;
const happens = (id: string, version: number) =>
  world.db.write(world.hub, (tx) =>
    record(tx, { type: 'vacancy.updated', subject: { type: 'Vacancy', id, version }, audience: ['*'] }),
  );
const heard = (listening: Listening<any>) =>
  listening.received.map(({ vacancyUpdated }) => vacancyUpdated.event.id);

async function stopped(crowd: readonly Listening<any>[]): Promise<void> {
  const left = world.server.listening - crowd.length;
  for (const each of crowd) each.stop();
  await eventually(() => world.server.listening === left);
}

/** The statements of everything that is read until `done`, those by which the feed looks for more left out. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = [];
  const before = world.db.onStatement;
  world.db.onStatement = (text) => void texts.push(text);
  await work().finally(() => (world.db.onStatement = before));
  return texts.filter((text) => !/insert into event\b|from event\b/.test(text));
}

test('an event costs a statement for each thing read and scope that listens, however many listeners', async () => {
  const scopes: Asking[] = [];
  for (let n = 0; n < 3; n++) scopes.push(await (await world.organisation()).member());
  const crowds: Listening<any>[] = [];
  for (let n = 0; n < 60; n++) crowds.push(await world.listening(scopes[n % 3]!, vacancyUpdated));
  const vacancy = await vacancyInTables(scene.receiver, 2);
  const texts = await statementsOf(async () => {
    await happens(vacancy, 2);
    for (const each of crowds) await each.until(1);
  });
  // the vacancy, its offer, its organisation
  expect(texts.filter((text) => /from (vacancy|offer|organisation)\b/.test(text))).toHaveLength(3 * 3);
  expect(texts).toHaveLength(9);
  expect(new Set(crowds.map((each) => JSON.stringify(each.received))).size).toBe(1);
  await stopped(crowds);
});

test('a plain following of one subject is at most two statements an event, and two for each scope', async () => {
  const plain = 'subscription { vacancyUpdated { event { id } vacancy { id title state } } }';
  const scopes = [await (await world.organisation()).member(), await (await world.organisation()).member()];
  const crowds: Listening<any>[] = [];
  for (let n = 0; n < 20; n++) crowds.push(await world.listening(scopes[n % 2]!, plain));
  const vacancy = await vacancyInTables(scene.receiver, 2);
  const texts: string[] = [];
  world.db.onStatement = (text) => void texts.push(text);
  await happens(vacancy, 2);
  for (const each of crowds) await each.until(1);
  world.db.onStatement = () => {};
  const reads = texts.filter((text) => !/insert into event\b/.test(text));
  const read = reads.filter((text) => /from vacancy\b/.test(text));
  expect(read).toHaveLength(2);
  await stopped(crowds);
});

test('a step of a referral is at most two statements an event, and two for each scope, however many follow', async () => {
  const followed = `subscription { referralUpdated { cursor event { id type actor { kind organisationId } subject { id version } }
    referral { id state version reason deadline } accessEnded { person subjects } } }`;
  const council = await councilOf(world);
  const { id: person } = await registerPerson(scene.coordinator, { referent: {} });
  const { id } = await scene.sent({ person });
  const scopes = [scene.sender, scene.receiver, council];
  const members = await Promise.all(scopes.map((partner) => partner.member()));
  const crowds: Listening<any>[] = [];
  for (let n = 0; n < 30; n++) crowds.push(await world.listening(members[n % 3]!, followed));
  const adviser = await world.viewerOf(scene.coordinator);
  const texts = await statementsOf(async () => {
    await world.db.write(adviser, (tx) => record(tx, {
      ...{ type: 'referral.noted', subject: { type: 'Referral', id, version: 9 }, person },
      audience: scopes.map((scope) => scope.id),
    })); // prettier-ignore
    for (const each of crowds) await each.until(1);
  });
  // one more, whether the partner that acts is named to who receives; the other is the journal's
  expect(texts.length).toBeLessThanOrEqual(1 + 2 * scopes.length);
  await stopped(crowds);
});

test('what is shown of somebody is written for each who is shown it, in one statement', async () => {
  const named = `subscription { referralUpdated { event { id } referral { state person { identity { lastName } } } } }`;
  const colleagues = [await scene.sender.member(), await scene.sender.member(), await scene.sender.member()];
  const crowd: Listening<any>[] = [];
  for (const each of colleagues) crowd.push(await world.listening(each, named));
  const { id: person } = await registerPerson(scene.coordinator);
  const texts = await statementsOf(async () => {
    await scene.sent({ person });
    for (const each of crowd) await each.until(1);
  });
  expect(crowd[0]!.received[0].referralUpdated.referral.person.identity.lastName).toBeTruthy();
  const lines = await world.rows<{
    member: string;
    request: string;
  }>(sql`select member_id as member, request_id as request
    from access_log where person_id = ${person} and operation = 'referralUpdated'`);
  expect(lines.map(({ member }) => member).sort()).toEqual(colleagues.map(({ memberId }) => memberId).sort());
  expect(new Set(lines.map(({ request }) => request)).size).toBe(3);
  expect(
    texts.filter((text) => text.includes('insert into access_log') && text.includes('member')),
  ).toHaveLength(1);
});

test('who comes back in the midst of many hears what it missed, then the same as they', async () => {
  const member = await scene.receiver.member();
  const crowd = await Promise.all([1, 2, 3].map(() => world.listening<any>(member, vacancyUpdated)));
  const vacancy = await vacancyInTables(scene.receiver, 2);
  let version = 1;
  await happens(vacancy, ++version);
  const [first] = await crowd[0]!.until(1);
  const writing = (async () => {
    for (let n = 0; n < 30; n++) await happens(vacancy, ++version);
  })();
  const back: Listening<any>[] = [];
  for (let n = 0; n < 5; n++)
    back.push(await world.listening<any>(member, vacancyUpdated, { after: first.vacancyUpdated.cursor }));
  await writing;
  await happens(vacancy, ++version);
  for (const each of [...crowd, ...back]) await each.until(each === crowd[0] ? 32 : 31);
  for (const each of crowd) expect(heard(each)).toEqual(heard(crowd[0]!));
  for (const each of back) expect(heard(each)).toEqual(heard(crowd[0]!).slice(1));
});

test('a reader that takes nothing is closed with 1013, and goes on from its last cursor', async () => {
  const member = await scene.receiver.member();
  // much text in each message: what fills the system's own buffers before anything waits here
  const many = Array.from({ length: 28 }, (_, n) => `t${n}: description`).join(' ');
  const large = `subscription { vacancyUpdated { cursor event { id } vacancy { offer { ${many} } } } }`;
  const offer = await offerInTables(scene.receiver, { description: 'x'.repeat(2000) });
  const vacancy = await vacancyOf(scene.receiver, offer, 2);
  const socket = new WebSocket(`${world.server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await new Promise((resolve) => socket.once('open', resolve));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  socket.send(
    JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${member.token}` } }),
  );
  await new Promise((resolve) => socket.once('message', resolve));
  const received: any[] = [];
  socket.on('message', (data) => received.push(JSON.parse(String(data))));
  const before = world.server.listening;
  socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query: large } }));
  await eventually(() => world.server.listening > before);
  socket.pause();
  const ids: string[] = [];
  for (let version = 2; world.server.listening > before && version < 4000; version += 20)
    await world.db.write(world.hub, async (tx) => {
      for (let n = 0; n < 20; n++) ids.push(await record(tx, {
        type: 'vacancy.updated', subject: { type: 'Vacancy', id: vacancy, version: version + n }, audience: ['*'],
      })); // prettier-ignore
    });
  socket.resume();
  expect([1013, 1006]).toContain(await closed);
  const got = received.filter(({ type }) => type === 'next');
  expect(got.length).toBeLessThan(ids.length);
  const again = await world.listening<any>(member, vacancyUpdated, {
    after: got.at(-1).payload.data.vacancyUpdated.cursor,
  });
  await again.until(ids.length - got.length);
  expect(heard(again)).toEqual(ids.slice(got.length));
}, 30_000);

test('one whose rights end is told nothing more, while the others go on', async () => {
  const partner = await world.organisation();
  const [leaving, staying, manager] = [
    await partner.member(),
    await partner.member(),
    await partner.member(),
  ];
  const gone = await RawSocket.as(leaving);
  const before = world.server.listening;
  gone.subscribe('1', vacancyUpdated);
  await eventually(() => world.server.listening > before);
  const others = await world.listening<any>(staying, vacancyUpdated);
  const vacancy = await vacancyInTables(scene.receiver, 2);
  await happens(vacancy, 2);
  await others.until(1);
  done(await manager.run('suspendMember', 'MemberSuspension', { member: leaving.memberId }, 'member { id }'));
  await happens(vacancy, 3);
  await others.until(2);
  expect(await gone.closed).toBe(4403);
  expect(gone.received.filter(({ type }) => type === 'next')).toHaveLength(1);
});
