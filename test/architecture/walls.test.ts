import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
  'published_table',
  'requirement',
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

/** What the role of figures reads of what is about people: ids, codes and days (docs/adr/0032). */
const counted = [
  ...[
    'contract',
    'contract_correction',
    'engagement',
    'entitlement_period',
    'episode',
    'figure_path',
    'figure_place',
    'figure_presence',
    'figure_stay',
    'follow_up',
    'need',
  ],
  ...[
    'outcome',
    'pathway',
    'person',
    'person_count',
    'person_profile',
    'placement',
    'published_cell',
    'referral',
    'worked_hours',
  ],
];

test('the role of figures reads neither names nor notes, and the hub’s role none of what is counted', async () => {
  const readable = (role: string) =>
    hub.query<{ name: string; column: string }>(
      `select relname as name, attname as column from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
       where relkind = 'r' and relforcerowsecurity and relnamespace = 'public'::regnamespace
         and has_column_privilege($1, pg_class.oid, attname, 'select') order by 1, 2`,
      [role],
    );
  const { rows } = await readable('passerelle_figures');
  expect([...new Set(rows.map(({ name }) => name))]).toEqual(counted);
  const of = (name: string) => rows.filter((row) => row.name === name).map(({ column }) => column);
  expect(of('person')).toEqual(['commune_code', 'epci_code', 'erased_at', 'id']);
  expect([of('need'), of('person_profile')]).toEqual([
    ['close_reason', 'closed_on', 'created_at', 'opened_on', 'person_id', 'theme', 'updated_at'],
    ['person_id', 'travel_km', 'travel_minutes', 'travel_mode'],
  ]);
  expect(rows.filter(({ column }) => /name|phone|mail|address|text|note|detail|birth|reference|member/.test(column))).toEqual([]);
  const hubs = (await readable('passerelle_hub')).rows.filter(({ name }) => name.startsWith('figure_'));
  expect(hubs).toEqual([]);
}); // prettier-ignore

test('nobody becomes the role of figures but indicators/, for a step', () => {
  const root = join(import.meta.dirname, '../../src');
  const callers = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && /asFigures\(|passerelle_figures/.test(readFileSync(join(root, file), 'utf8')))
    .filter((file) => !file.startsWith('indicators'));
  expect(callers.sort()).toEqual(['db/open.ts', 'db/transaction.ts']);
}); // prettier-ignore
