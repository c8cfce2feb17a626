import { readFileSync } from 'node:fs';
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
} from 'graphql';
import pg from 'pg';
import { buildSchema } from '../../src/server/schema.ts';
import type { Client } from '../kit/client.ts';
import { asSuperuser } from '../kit/copy.ts';
import { urlsOf } from '../kit/cluster.ts';
import { testKeys } from '../kit/hub.ts';
import { World } from '../kit/world.ts';

/**
 * No list reads a table from end to end, nor sorts one: in a programme large enough for it to matter every list of the
 * schema is asked, in each order and by each filter, by a partner who sees much and by one who sees little, and each
 * statement explained as the hub's role.
 */

/** A table this large is read by an index; the same plans hold at fifty times the rows (docs/adr/0013). */
const large = 3_000;
/** What a plan may sort: a page of each way, or what the few people a viewer sees have. */
const sortable = 1_000;
/** What PostgreSQL reckons for planning a statement of some tables. */
const planning = 20;
const sizes = {
  organisations: 500,
  sites: 3_200,
  offers: 3_200,
  vacancies: 6_400,
  people: 3_200,
  referrals: 11_000,
  agreements: 3_200,
};

/** Lists that may, and why. */
const allowed: [list: RegExp, reason: string][] = [
  [
    /^vacancies\(\w+ text\)$/,
    'reading these few titles costs less than their trigrams; of 50,000 the index is used',
  ],
  [
    /^(Vacancy\.candidates|Person\.suggestions)$/,
    'what is compared is a list of unknown length, reckoned a hundred: of so few vacancies or offers all are read',
  ],
];

const programme = readFileSync(`${import.meta.dirname}/../../bench/kit/programme.sql`, 'utf8');
const schema = buildSchema().executable;
const isList = (field: GraphQLField<unknown, unknown>) =>
  String(getNamedType(field.type)).endsWith('Connection');
const listsOf = (type: GraphQLObjectType) => Object.values(type.getFields()).filter(isList);
const nodeOf = (field: GraphQLField<unknown, unknown>) => {
  const connection = getNamedType(field.type) as GraphQLObjectType;
  return getNamedType(connection.getFields().nodes!.type) as GraphQLObjectType;
};

let world: World;
let hub: pg.Client;
const known: Record<string, string> = {};
let big: Set<string>;

beforeAll(async () => {
  world = await World.open();
  await asSuperuser(world.server.database, async (client) => {
    for (const [what, size] of Object.entries(sizes))
      await client.query('select set_config($1, $2, false)', [`bench.${what}`, String(size)]);
    // each statement by itself: one long transaction would hold back the journals of all other tests
    for (const statement of programme.split(/;$/m)) await client.query(statement);
    await client.query('analyze');
    const { rows } = await client.query<{ relname: string }>(
      `select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples >= $1`,
      [large],
    );
    big = new Set(rows.map(({ relname }) => relname));
    const [middling] = (
      await client.query(`select r.receiver_id as "Organisation", min(offer_id) as "Offer", min(vacancy_id) as "Vacancy",
          min(r.person_id) as "Person", min(r.id) as "Referral", 'm0@' || replace(r.receiver_id, '_', '') as mail
        from referral r group by 1 having count(*) between 20 and 60 order by 1 limit 1`)
    ).rows;
    Object.assign(known, middling);
    known.Agreement = (await client.query('select min(id) as id from agreement where provider_id = $1', [known.Organisation])).rows[0].id;
    known.Site = (await client.query('select min(id) as id from site')).rows[0].id;
    known.Member = (await client.query('select min(id) as id from member where organisation_id = $1', [known.Organisation])).rows[0].id;
  });
  hub = new pg.Client({ connectionString: urlsOf(world.server.database).hub });
  await hub.connect();
}, 60_000); // prettier-ignore
afterAll(async () => {
  await hub.end();
  await world.close();
});

async function member(of: string): Promise<Client> {
  const n = Number(of.slice(-6));
  return world.client(await testKeys.memberToken(`m0@org${n}.example`));
}

/** A value to filter by: an id that exists where the field's name says of what. */
function valueOf(type: GraphQLInputType, name: string): unknown {
  const bare = getNullableType(type);
  if (isListType(bare)) return [valueOf(bare.ofType as GraphQLInputType, name)];
  if (isEnumType(bare)) return bare.getValues()[0]!.name;
  if (isInputObjectType(bare))
    return Object.fromEntries(
      Object.values(bare.getFields()).map((field) => [field.name, valueOf(field.type, field.name)]),
    );
  const subject = Object.keys(known).find((each) => name.toLowerCase().endsWith(each.toLowerCase()));
  const scalar = String(bare);
  if (scalar === 'Boolean') return true;
  if (scalar === 'Int' || scalar === 'Float') return name === 'longitude' ? -1.5 : name === 'latitude' ? 47 : 20;
  if (scalar === 'Date') return '2026-11-20';
  if (scalar === 'DateTime') return '2026-11-20T08:00:00Z';
  if (scalar === 'ID') return known[subject ?? (/sender|receiver|host|parent/.test(name) ? 'Organisation' : '')] ?? '44109';
  return /commune/.test(name) ? '44109' : /epci/.test(name) ? '244400404' : 'potager';
} // prettier-ignore

interface Question {
  what: string;
  query: string;
  variables: Record<string, unknown>;
}

/** Every list at the root, in each order and by each filter; every edge, from a node and from a page of them. */
function questions(): Question[] {
  const asked: Question[] = [];
  const root = schema.getQueryType()!;
  for (const list of listsOf(root)) {
    const orderBy = list.args.find(({ name }) => name === 'orderBy');
    const orders = orderBy ? (getNamedType(orderBy.type) as any).getValues().map((value: any) => value.name) : [null];
    const filter = list.args.find(({ name }) => name === 'filter');
    const filters = filter ? Object.values((getNamedType(filter.type) as any).getFields() as Record<string, any>) : [];
    const near = list.args.find(({ name }) => name === 'near');
    for (const order of orders)
      for (const by of [null, ...filters]) {
        if (order === 'DISTANCE') continue; // asked below, with its point
        const variables = by ? { filter: { [by.name]: valueOf(by.type, by.name) } } : {};
        const args = [order && `orderBy: ${order}`, by && 'filter: $filter'].filter(Boolean).join(', ');
        const declaration = by ? `($filter: ${filter!.type})` : '';
        const query = `query ${declaration} { ${list.name}${args ? `(${args})` : ''} { nodes { __typename } } }`;
        asked.push({ what: `${list.name}(${order ?? ''}${by ? ` ${by.name}` : ''})`, query, variables });
      }
    if (near)
      asked.push({
        what: `${list.name}(near)`,
        query: `query ($near: Near) { ${list.name}(near: $near) { nodes { __typename } } }`,
        variables: { near: valueOf(near.type as GraphQLInputType, 'near') },
      });
    for (const edge of listsOf(nodeOf(list)))
      asked.push({
        what: `${list.name}.${edge.name}`,
        query: `{ ${list.name} { nodes { ${edge.name}(first: 5) { nodes { __typename } } } } }`,
        variables: {},
      });
  }
  for (const list of listsOf(schema.getType('Worklist') as GraphQLObjectType))
    asked.push({
      what: `worklist.${list.name}`,
      query: `{ viewer { worklist { ${list.name}(first: 5) { nodes { __typename } } } } }`,
      variables: {},
    });
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType))
    for (const edge of known[type.name] ? listsOf(type) : [])
      asked.push({
        what: `${type.name}.${edge.name}`,
        query: `{ node(id: "${known[type.name]}") { ... on ${type.name} { ${edge.name}(first: 5) { nodes { __typename } } } } }`,
        variables: {},
      });
  return asked;
} // prettier-ignore

interface Plan {
  'Node Type': string;
  'Total Cost': number;
  'Relation Name'?: string;
  'Plan Rows': number;
  Plans?: Plan[];
}

/** What of a plan reads a large table from end to end, or sorts more than a page or two of it. */
function faultsOf(plan: Plan): string[] {
  const below = plan.Plans ?? [];
  const faults = below.flatMap(faultsOf);
  if (plan['Node Type'] === 'Seq Scan' && big.has(plan['Relation Name']!))
    faults.push(`reads all of ${plan['Relation Name']}`);
  if (plan['Node Type'] === 'Sort' && below[0]!['Plan Rows'] > sortable && tablesOf(plan).some((name) => big.has(name)))
    faults.push(`sorts ${below[0]!['Plan Rows']} rows of ${tablesOf(plan).join(', ')}`);
  return faults;
} // prettier-ignore

function tablesOf(plan: Plan): string[] {
  const own = plan['Relation Name'] ? [plan['Relation Name']] : [];
  return [...new Set([...own, ...(plan.Plans ?? []).flatMap(tablesOf)])];
}

/** The plan PostgreSQL would run a prepared statement with: one for all values, unless planning for these is cheaper. */
async function chosen(text: string, values: unknown[]): Promise<Plan> {
  const all = (await hub.query(`explain (generic_plan, format json) ${text}`)).rows[0];
  const these = (await hub.query(`explain (format json) ${text}`, values)).rows[0];
  const [generic, custom] = [all, these].map((row) => row['QUERY PLAN'][0].Plan as Plan);
  return custom!['Total Cost'] < generic!['Total Cost'] - planning ? custom! : generic!;
}

test.each([
  ['who sees much', 0],
  ['who sees little', 1],
])(
  'no list reads or sorts a large table, for a partner %s',
  async (_, few) => {
    const client = await member(few ? known.Organisation! : '000000');
    const statements = new Map<string, { what: string; values: unknown[] }>();
    const said = world.db.pool.query.bind(world.db.pool);
    let asking = '';
    world.db.pool.query = ((config: { text: string; values: unknown[] }) => {
      if (config.text?.includes('as materialized'))
        statements.set(config.text, { what: asking, values: config.values });
      return said(config);
    }) as typeof world.db.pool.query;
    try {
      for (const { what, query, variables } of questions()) {
        asking = what;
        await client.get(query, variables);
      }
    } finally {
      world.db.pool.query = said;
    }
    const faults: string[] = [];
    for (const [text, { what, values }] of statements) {
      const found = faultsOf(await chosen(text, values));
      if (found.length && !allowed.some(([list]) => list.test(what)))
        faults.push(`${what}: ${found.join('; ')}`);
    }
    expect(faults).toEqual([]);
    expect(statements.size).toBeGreaterThan(50);
  },
  60_000,
);
