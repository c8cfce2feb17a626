import type { IncomingMessage } from 'node:http';
import { addressOf, neighbourhoodOf } from '../../src/server/address.ts';
import { RawSocket } from '../kit/socket.ts';
import { World, type Partner } from '../kit/world.ts';

let world: World;
let partner: Partner;
beforeAll(async () => {
  world = await World.open({ limits: { failuresPerMinute: 3 }, proxies: 1 });
  partner = await world.organisation();
});
afterAll(() => world.close());

const from = (address: string, token: string) =>
  world
    .client(token)
    .post({ query: '{ viewer { kind } }' }, { 'x-forwarded-for': `203.0.113.250, ${address}` });
const guess = (n: number) => `psr_${String(n).padStart(43, '0')}`;

test('who guesses is slowed by its address before anything is looked up; whoever was let in goes on', async () => {
  const [known, newcomer] = [await partner.member(), await partner.member()];
  expect((await from('192.0.2.1', known.token)).status).toBe(200);
  for (const n of [1, 2, 3]) expect((await from('192.0.2.1', guess(n))).status).toBe(401);
  const { pool } = world.db;
  const query = pool.query.bind(pool);
  let asked = 0;
  pool.query = ((...all: Parameters<typeof query>) => (asked++, query(...all))) as never;
  const refused = await from('192.0.2.1', guess(4));
  const late = await from('192.0.2.1', newcomer.token);
  pool.query = query;
  expect([refused.status, late.status, asked]).toEqual([429, 429, 0]);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
  expect((await from('192.0.2.1', known.token)).status).toBe(200);
  expect((await from('192.0.2.2', newcomer.token)).status).toBe(200);
});

test('a good token counts for nothing, however often', async () => {
  const { token } = await partner.member();
  for (let n = 0; n < 6; n++) expect((await from('192.0.2.3', token)).status).toBe(200);
});

test('over sockets the same: after so many failures the first message is refused as one too many', async () => {
  const codes: number[] = [];
  for (let n = 0; n < 4; n++) {
    const socket = await RawSocket.open(world.server.url);
    socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${guess(n)}` } });
    codes.push(await socket.closed);
  }
  expect(codes).toEqual([4403, 4403, 4403, 4429]);
});

test.each<[number, string | undefined, string]>([
  [0, '192.0.2.9', '198.51.100.1'],
  [1, undefined, '198.51.100.1'],
  [1, '192.0.2.9', '192.0.2.9'],
  [1, 'a lie, 192.0.2.9', '192.0.2.9'],
  [2, 'a lie, 192.0.2.9, 198.51.100.7', '192.0.2.9'],
])('behind %i proxies, of “%s” the address is %s', (proxies, forwarded, address) => {
  const request = {
    headers: { 'x-forwarded-for': forwarded },
    socket: { remoteAddress: '198.51.100.1' },
  };
  expect(addressOf(request as unknown as IncomingMessage, proxies)).toBe(address);
});

test('one line of IPv6 is one asker, and an IPv4 address is itself in any dress', () => {
  expect(neighbourhoodOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
  expect(neighbourhoodOf('2001:db8:1:2::9')).toBe('2001:db8:1:2');
  expect(neighbourhoodOf('2001:db8::1')).toBe('2001:db8:0:0');
  expect(neighbourhoodOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(neighbourhoodOf('192.0.2.1')).toBe('192.0.2.1');
});
