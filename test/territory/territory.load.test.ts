import 'reflect-metadata';
import pg from 'pg';
import { loadTerritory } from '../../src/territory/territory.load.ts';
import { cloneTemplate, withAdmin } from '../kit/hub.ts';
import { urlsOf } from '../kit/cluster.ts';

let database: string;
let client: pg.Client;

beforeAll(async () => {
  database = await cloneTemplate();
  client = new pg.Client(urlsOf(database).owner);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await withAdmin((admin) => admin.query(`drop database ${database}`));
});

const count = async (departement: string) =>
  (
    await client.query('select count(*)::int as count from commune where departement_code = $1', [
      departement,
    ])
  ).rows[0].count;

test('a département is loaded once, by the hub’s own login too', async () => {
  const { hub } = urlsOf(database);
  expect(await count('85')).toBe(0);
  const first = await loadTerritory(hub, ['44', '85']);
  expect(first.communes).toBe(await count('85'));
  expect(first.communes).toBeGreaterThan(200);
  expect(await loadTerritory(hub, ['44', '85'])).toEqual({ communes: 0, epcis: 0 });
});

test('two hubs that start together load it once between them', async () => {
  const { hub } = urlsOf(database);
  const [one, other] = await Promise.all([loadTerritory(hub, ['72']), loadTerritory(hub, ['72'])]);
  expect(one.communes + other.communes).toBe(await count('72'));
});

test('a code nobody knows loads nothing and is no fault', async () => {
  expect(await loadTerritory(urlsOf(database).hub, ['00'])).toEqual({ communes: 0, epcis: 0 });
});
