import 'reflect-metadata';
import { Readable } from 'node:stream';
import type pg from 'pg';
import { hubPool } from '../../src/db/open.ts';
import { importCommunes } from '../../src/territory/commune.import.ts';
import { urlsOf } from '../kit/cluster.ts';
import { cloneTemplate, withAdmin } from '../kit/hub.ts';

let database: string;
let pool: pg.Pool;

beforeAll(async () => {
  database = await cloneTemplate();
  pool = hubPool(urlsOf(database).hub);
});
afterAll(async () => {
  await pool.end();
  await withAdmin((admin) => admin.query(`drop database ${database}`));
});

const run = (text: string, options?: { dryRun: boolean }) =>
  importCommunes(pool, Readable.from([Buffer.from(text)]), options);
const row = async (code: string) =>
  (await pool.query('select * from commune where code = $1', [code])).rows[0];

const list = `code_insee;nom;code_epci;population;latitude;longitude
49214;MONTREUIL JUIGNE;;;47.5306;-0.6114
44109;Nantes;;;;
44998;Île-Neuve;244400404;12;47.1;-1.9
44999;;;;47.1;-1.9
44110;;999999999;;;
x;Nulle part;;;;
`;
const outcome = {
  created: 1,
  changed: 1,
  unchanged: 1,
  skipped: 0,
  refused: [
    { line: 5, reason: 'name is missing, and commune 44999 is new' },
    { line: 6, reason: 'epciCode 999999999 is unknown' },
    { line: 7, reason: 'code is no INSEE code' },
  ],
};

test('a dry run tells what would be and writes nothing', async () => {
  expect(await run(list, { dryRun: true })).toEqual(outcome);
  expect(await row('44998')).toBeUndefined();
});

test('good lines are applied, the others named; a given point is the commune’s own', async () => {
  const before = await row('49214');
  expect(before.approximate).toBe(true);
  expect(await run(list)).toEqual(outcome);
  expect(await row('49214')).toEqual({
    ...before,
    latitude: 47.5306,
    longitude: -0.6114,
    approximate: false,
  });
  expect(await row('44998')).toMatchObject({
    departement_code: '44',
    epci_code: '244400404',
    approximate: false,
  });
});

test('repeated, it changes nothing', async () => {
  expect(await run(list)).toMatchObject({ created: 0, changed: 0, unchanged: 3 });
});
