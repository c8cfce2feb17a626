import { hubPool } from '../../src/db/open.ts';
import { urlsOf, templateDatabase } from '../kit/cluster.ts';
import { Scene } from '../kit/referrals.ts';
import { World } from '../kit/world.ts';

/** What whoever watches over the hub reads of it: numbers, and only with the operator's token. */
const token = 'only-who-watches-over-the-hub';
let world: World;
beforeAll(async () => {
  world = await World.open({ metricsToken: token });
});
afterAll(() => world.close());

const page = (headers: Record<string, string> = {}, of = world) =>
  fetch(`${of.server.url}/metrics`, { headers });
const read = async () => {
  const response = await page({ authorization: `Bearer ${token}` });
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    expect.stringContaining('text/plain; version=0.0.4'),
  ]);
  return response.text();
};
const valueOf = (text: string, metric: string) => {
  const line = text.split('\n').find((each) => each.startsWith(`${metric} `));
  return line === undefined ? null : Number(line.split(' ').at(-1));
};

test('nobody reads them without the token, a partner’s own least of all; where none is set there is no page', async () => {
  const member = await (await world.organisation()).member();
  for (const headers of [{}, { authorization: `Bearer ${member.token}` }, { authorization: `Bearer ${token}x` }])
    expect((await page(headers as Record<string, string>)).status).toBe(401);
  const other = await World.open();
  expect((await page({ authorization: `Bearer ${token}` }, other)).status).toBe(404);
  await other.close();
}); // prettier-ignore

test('they count what is carried and what waits, by kinds alone: no partner, person, id or address is in them', async () => {
  const scene = await Scene.open(world);
  const watching = await world.listening(
    scene.provider,
    'subscription { referralUpdated { event { type } } }',
  );
  const again = await world.listening(scene.provider, 'subscription { referralUpdated { event { type } } }');
  const { id } = await scene.sent();
  await Promise.all([watching.until(1), again.until(1)]);
  world.server.hub.metrics.swept('referrals', new Date('2026-11-23T08:00:00Z'));
  const text = await read();
  expect({
    subscriptions: valueOf(text, 'passerelle_subscriptions'),
    groups: valueOf(text, 'passerelle_subscription_groups'),
    sockets: valueOf(text, 'passerelle_sockets'),
    swept: valueOf(text, 'passerelle_sweep_last_run_timestamp_seconds{sweep="referrals"}'),
    database: valueOf(text, 'passerelle_database_up'),
  }).toEqual({ subscriptions: 2, groups: 1, sockets: 1, swept: 1795420800, database: 1 });
  for (const metric of [
    'passerelle_journal_horizon_age_seconds',
    'passerelle_event_loop_delay_seconds{quantile="0.99"}',
    'passerelle_pending{kind="deliveries_failed"}',
    'passerelle_pending{kind="deliveries_pending"}',
    'passerelle_pending{kind="endpoints_disabled"}',
    'passerelle_pending{kind="journal_unsettled"}',
    'passerelle_pending{kind="notices_pending"}',
  ])
    expect([metric, valueOf(text, metric)]).toEqual([metric, expect.any(Number)]);
  expect(valueOf(text, 'passerelle_http_requests_total{code="200"}')).toBeGreaterThan(0);
  expect(valueOf(text, 'passerelle_resident_memory_bytes')).toBeGreaterThan(1e7);
  const names = [id, scene.sender.id, scene.sender.name, scene.receiver.name, '127.0.0.1', 'P-TEST'];
  expect(names.filter((name) => text.includes(name))).toEqual([]);
  expect(text).not.toMatch(/[a-z]{3}_[0-9a-z]{26}/);
  watching.stop();
  again.stop();
});

test('without its database a process still tells of itself, and says so', async () => {
  const nowhere = hubPool(urlsOf(templateDatabase).hub.replace(/:\d+\//, ':1/'));
  const { pool } = world.db;
  const query = pool.query.bind(pool);
  pool.query = nowhere.query.bind(nowhere) as typeof pool.query;
  const text = await read();
  pool.query = query as typeof pool.query;
  await nowhere.end();
  expect(valueOf(text, 'passerelle_database_up')).toBe(0);
  expect(valueOf(text, 'passerelle_journal_horizon_age_seconds')).toBeNull();
  expect(valueOf(text, 'passerelle_resident_memory_bytes')).toBeGreaterThan(1e7);
});
