import pg from 'pg';
import { hubPool } from '../../src/db/open.ts';
import { urlsOf, templateDatabase } from '../kit/cluster.ts';
import { World } from '../kit/world.ts';

const read = async (world: World, path: string) => {
  const response = await fetch(world.server.url + path);
  return { status: response.status, body: (await response.json()) as any };
};

async function asOwner(world: World, statement: string): Promise<void> {
  const owner = new pg.Client({ connectionString: urlsOf(world.server.database).owner });
  await owner.connect();
  await owner.query(statement);
  await owner.end();
}

test('a hub over a current database is ready', async () => {
  const world = await World.open();
  expect(await read(world, '/healthz')).toEqual({ status: 200, body: { status: 'ok' } });
  const { status, body } = await read(world, '/readyz');
  expect(status).toBe(200);
  expect(body).toMatchObject({ status: 'ready', database: 'reachable', migrations: 'current' });
  expect(body.journalHorizonAge).toEqual(expect.any(Number));

  await asOwner(world, 'delete from migrations where id = (select max(id) from migrations)');
  expect(await read(world, '/readyz')).toMatchObject({ status: 503, body: { migrations: 'missing' } });
  await asOwner(world, 'drop table migrations');
  expect(await read(world, '/readyz')).toMatchObject({ status: 503, body: { migrations: 'missing' } });
  await world.close();
});

test('without its database it lives but is not ready, and says so to every question', async () => {
  const nowhere = hubPool(urlsOf(templateDatabase).hub.replace(/:\d+\//, ':1/'));
  const world = await World.open();
  const reader = await (await world.organisation()).member();
  const { pool } = world.db;
  const query = pool.query.bind(pool);
  pool.query = nowhere.query.bind(nowhere) as typeof pool.query;

  expect((await read(world, '/healthz')).status).toBe(200);
  expect(await read(world, '/readyz')).toMatchObject({ status: 503, body: { database: 'unreachable' } });
  const response = await reader.post({ query: '{ __typename }' });
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('5');
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });

  pool.query = query as typeof pool.query;
  await nowhere.end();
  await world.close();
});

test('the explorer’s page needs no token, and an unbuilt one says how to build it', async () => {
  const world = await World.open();
  const page = await fetch(`${world.server.url}/graphiql/`);
  expect([200, 404]).toContain(page.status);
  expect(await page.text()).toMatch(page.status === 200 ? /<title>Passerelle/ : /npm run build/);
  const { headers, status } = await fetch(`${world.server.url}/graphiql`, { redirect: 'manual' });
  expect([status, headers.get('location')]).toEqual([302, '/graphiql/']);
  await world.close();
});

test('whom to tell of a weakness is said where it is looked for, for half a year at a time', async () => {
  const world = await World.open({ securityContact: 'mailto:securite@departement.example' });
  const response = await fetch(`${world.server.url}/.well-known/security.txt`);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(await response.text()).toBe(
    'Contact: mailto:securite@departement.example\nExpires: 2027-05-22T00:00:00Z\nPreferred-Languages: fr, en\n',
  );
  await world.close();
  const nobody = await World.open();
  expect((await fetch(`${nobody.server.url}/.well-known/security.txt`)).status).toBe(404);
  await nobody.close();
});
