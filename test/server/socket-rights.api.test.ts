import { pino } from 'pino';
import sql from 'sql-template-tag';
import { hubPool } from '../../src/db/open.ts';
import { newId } from '../../src/kernel/ids.ts';
import { assembleHub } from '../../src/server/hub.ts';
import { openDoor } from '../../src/server/http.ts';
import type { Client } from '../kit/client.ts';
import { urlsOf } from '../kit/cluster.ts';
import { testKeys } from '../kit/hub.ts';
import { RawSocket } from '../kit/socket.ts';
import { offerInTables, openVacancy } from '../kit/vacancies.ts';
import { World, type Partner } from '../kit/world.ts';

let world: World;
let partner: Partner;
let manager: Client;
let provider: Client;
let offer: string;

beforeAll(async () => {
  world = await World.open();
  partner = await world.organisation();
  manager = await partner.member();
  const other = await world.organisation({ kind: 'INSERTION_ENTERPRISE' });
  provider = await other.member();
  offer = await offerInTables(other);
});
afterAll(() => world.close());

const vacancyUpdated = 'subscription { vacancyUpdated { event { type } vacancy { title } } }';
type Asking = Client & { memberId: string };

/** Resolves once the hub follows the journal for it: a subscription answers nothing when it begins. */
async function following(client: { url: string; token: string }): Promise<RawSocket> {
  const socket = await RawSocket.as(client);
  socket.subscribe('live', vacancyUpdated);
  socket.subscribe('after', '{ __typename }');
  await socket.answer('after');
  return socket;
}
const suspend = ({ memberId: member }: Asking) =>
  manager.run('suspendMember', 'MemberSuspension', { member }, 'member { id }');
const update = ({ memberId: member }: Asking, change: object) =>
  manager.run('updateMember', 'MemberUpdate', { member, ...change }, 'member { id }');
const titles = ({ received }: RawSocket) =>
  received.filter(({ id, type }) => id === 'live' && type === 'next').map(({ payload }) => payload.data.vacancyUpdated.vacancy.title); // prettier-ignore

test('a suspended member’s sockets close, and so do those of the tools that act for it; no step on its way is told', async () => {
  const member = (await partner.member()) as Asking;
  const tool = await partner.tool(['offers:read'], member.memberId);
  const sockets = [await following(member), await following(member), await following(tool)];
  const colleague = await following(manager);
  await openVacancy(provider, { offer, title: 'Avant' });
  for (const socket of [...sockets, colleague]) await socket.answer('live');
  await suspend(member);
  await Promise.all([
    openVacancy(provider, { offer, title: 'Après' }),
    openVacancy(provider, { offer, title: 'Après' }),
  ]);
  expect(await Promise.all(sockets.map(({ closed }) => closed))).toEqual([4403, 4403, 4403]);
  expect(sockets.map(titles)).toEqual([['Avant'], ['Avant'], ['Avant']]);
  colleague.subscribe('still', '{ __typename }');
  await colleague.answer('still');
  colleague.close();
});

test('a role taken away closes the socket opened with it; a new name does not', async () => {
  const [demoted, renamed] = [(await partner.member()) as Asking, (await partner.member()) as Asking];
  const [closing, staying] = [await following(demoted), await following(renamed)];
  await update(renamed, { displayName: 'Jeanne Le Goff' });
  await update(demoted, { roles: ['READER'] });
  expect(await closing.closed).toBe(4403);
  await openVacancy(provider, { offer, title: 'Encore' });
  expect((await staying.answer('live')).payload.data.vacancyUpdated.vacancy.title).toBe('Encore');
  staying.close();
});

test('a member suspended through one hub loses its sockets on every other', async () => {
  const pool = hubPool(urlsOf(world.server.database).hub, { max: 4 });
  const hub = await assembleHub({
    pool,
    clock: world.clock,
    issuers: [testKeys.issuer],
    log: pino({ level: 'silent' }),
  });
  const door = await openDoor(hub);
  const url = await door.app.listen({ port: 0, host: '127.0.0.1' });
  const member = (await partner.member()) as Asking;
  const socket = await following({ url, token: member.token });
  await suspend(member);
  await openVacancy(provider, { offer, title: 'Ailleurs' });
  expect(await socket.closed).toBe(4403);
  expect(titles(socket)).toEqual([]);
  await door.close();
  await hub.feed.stop();
  await pool.end();
});

test('a message costs no login: the journal itself says when rights have changed', async () => {
  const socket = await following((await partner.member()) as Asking);
  const { pool } = world.db;
  const query = pool.query.bind(pool) as (...all: unknown[]) => unknown;
  const asked: string[] = [];
  pool.query = ((...all: unknown[]) => {
    const [said] = all as [string | { text: string }];
    if (typeof said !== 'string') asked.push(said.text); // but for the notice to other hubs
    return query(...all);
  }) as never;
  const [{ id }] = (await world.rows(sql`select id from vacancy limit 1`)) as [{ id: string }];
  asked.length = 0;
  await world.db.write(world.hub, (tx) =>
    tx.change(sql`insert into event (id, type, subject_type, subject_id, subject_version, actor_kind, audience, facts, occurred_at)
      values (${newId('Event')}, 'vacancy.updated', 'Vacancy', ${id}, 1, 'HUB', '{*}', '{}', ${tx.now})`),
  );
  await socket.answer('live');
  pool.query = query as never;
  // the journal's own reading, and one of the subject for each message, an earlier one maybe among them; and nothing else
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((text) => !/from (vacancy|event)\b/.test(text))).toEqual([]);
  socket.close();
});

describe('what no event tells', () => {
  let watched: World;
  beforeAll(async () => void (watched = await World.open({ limits: { socketRightsEvery: 0.1 } })));
  afterAll(() => watched.close());

  test('a member whom an operator suspends by hand is found in the next round', async () => {
    const member = await (await watched.organisation()).member();
    const socket = await following(member);
    await watched.db.write(watched.hub, (tx) =>
      tx.change(sql`update member set state = 'SUSPENDED' where id = ${member.memberId}`, 1),
    );
    expect(await socket.closed).toBe(4403);
  });

  test('or before it, by the next question over the socket', async () => {
    const member = await partner.member();
    const socket = await following(member);
    await world.db.write(world.hub, (tx) =>
      tx.change(sql`update member set roles = '{READER}' where id = ${member.memberId}`, 1),
    );
    socket.subscribe('next', '{ viewer { kind } }');
    expect(await socket.closed).toBe(4403);
  });

  test('a token that ends closes the socket it opened', async () => {
    const member = await partner.member();
    const [{ email }] = (await world.rows(sql`select email from member where id = ${member.memberId}`)) as [{ email: string }]; // prettier-ignore
    const socket = await following({
      url: world.server.url,
      token: await testKeys.memberToken(email, '3 seconds'),
    });
    expect(await socket.closed).toBe(4403);
  });
});
