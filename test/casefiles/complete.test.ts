import pg from 'pg';
import { kinds, leftOut, notHeld } from '../../src/casefiles/held.rules.ts';
import { templateDatabase, urlsOf } from '../kit/cluster.ts';

/**
 * Whatever hangs on a person is in their case file, or is named with the reason why not: a table with a `person_id`, or
 * one that refers to such a table. A new one fails here until somebody has thought about it.
 */
let tables: { name: string; columns: string[] }[];

beforeAll(async () => {
  const owner = new pg.Client({ connectionString: urlsOf(templateDatabase).owner });
  await owner.connect();
  const { rows } = await owner.query(`
    with recursive personal (id) as (
      select 'person'::regclass::oid
      union select attrelid from pg_attribute join pg_class on pg_class.oid = attrelid and relkind = 'r'
        where attname = 'person_id' and not attisdropped and relnamespace = 'public'::regnamespace
      union select conrelid from pg_constraint join personal on confrelid = personal.id where contype = 'f')
    select relname as name, array(select attname::text from pg_attribute
        where attrelid = pg_class.oid and attnum > 0 and not attisdropped) as columns
    from personal join pg_class on pg_class.oid = personal.id order by 1`);
  tables = rows;
  await owner.end();
});

const held = Object.values(kinds).map(({ table }) => table as string);

test('every table that hangs on a person is in the case file, or says why not', () => {
  const names = tables.map(({ name }) => name);
  expect([...held, ...Object.keys(notHeld)].sort()).toEqual(names);
});

test('every column is in the case file but those named with a reason, and no reason is idle', () => {
  const columns = new Set(tables.filter(({ name }) => held.includes(name)).flatMap((table) => table.columns));
  expect(Object.keys(leftOut).filter((column) => !columns.has(column))).toEqual([]);
  const professional = [...columns].filter((column) => /member|acknowledged_by|actor_id|client/.test(column));
  expect(professional.filter((column) => !leftOut[column])).toEqual([]);
});
