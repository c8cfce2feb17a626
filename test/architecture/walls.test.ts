import pg from 'pg';
import { templateDatabase, urlsOf } from '../kit/cluster.ts';

/**
 * The second wall stands on every table but these, which hold the catalogue, the territory and the hub's own notes:
 * nothing in them is about a person. A new table is walled, or is put here by somebody who thought about it.
 */
const open = [
  'accreditation',
  'closure',
  'command',
  'commune',
  'demo_load',
  'epci',
  'import_batch',
  'import_change',
  'import_origin',
  'migrations',
  'offer',
  'organisation',
  'outcome_rule',
  'outcome_rule_set',
  'programme',
  'setting',
  'site',
  'vacancy',
  'vacancy_series',
];

let hub: pg.Client;

beforeAll(async () => {
  hub = new pg.Client({ connectionString: urlsOf(templateDatabase).hub });
  await hub.connect();
});
afterAll(() => hub.end());

test('row-level security is on and forced on every table but those of the catalogue', async () => {
  const { rows } = await hub.query<{ relname: string; walled: boolean }>(
    `select relname, relrowsecurity and relforcerowsecurity as walled from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`,
  );
  expect(rows.filter((row) => !row.walled).map((row) => row.relname)).toEqual(open);
});

test('the hub’s role is neither superuser nor owner, and passes no policy by', async () => {
  const { rows } = await hub.query<{ unbound: boolean; owns: number }>(
    `select rolsuper or rolbypassrls or rolcreaterole as unbound,
       (select count(*)::int from pg_class where relowner = pg_roles.oid) as owns
     from pg_roles where rolname = current_user`,
  );
  expect(rows).toEqual([{ unbound: false, owns: 0 }]);
});

/** What a draft of an agreement says of its partners and offers, and of no person; it is taken back while it is one. */
const ofDrafts = ['agreement_cover', 'agreement_party'];

test('nothing personal can be deleted or emptied by the hub’s role', async () => {
  const { rows } = await hub.query<{ relname: string }>(
    `select relname from pg_class
     where relkind = 'r' and relforcerowsecurity and relnamespace = 'public'::regnamespace
       and (has_table_privilege(oid, 'delete') or has_table_privilege(oid, 'truncate')) order by 1`,
  );
  expect(rows.map(({ relname }) => relname)).toEqual(ofDrafts);
});
