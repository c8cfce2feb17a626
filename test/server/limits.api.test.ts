import { getIntrospectionQuery } from 'graphql';
import type { Client } from '../kit/client.ts';
import { RawSocket } from '../kit/socket.ts';
import { World } from '../kit/world.ts';

let world: World;
let reader: Client;
let socket: RawSocket;

beforeAll(async () => {
  world = await World.open({ limits: { cost: 5_000, costPerMinute: 60_000, subscriptions: 3 } });
  reader = await (await world.organisation()).member({ roles: ['READER'] });
  socket = await RawSocket.as(reader);
});
afterAll(async () => {
  socket.close();
  await world.close();
});

let asked = 0;

/** The same question through both doors: they must refuse alike. */
async function bothDoors(query: string, variables?: object) {
  const response = await reader.post({ query, variables });
  const id = `limit-${++asked}`;
  socket.subscribe(id, query, variables);
  const answer = await socket.answer(id);
  const overSocket = answer.type === 'error' ? { errors: answer.payload } : answer.payload;
  return { status: response.status, overHttp: (await response.json()) as any, overSocket };
}

const nested = (depth: number): string => (depth === 0 ? 'name' : `parent { ${nested(depth - 1)} }`);
const fields = (count: number, field: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => field(n)).join(' ');
const page = (first: number, inside: string) => `organisations(first: ${first}) { nodes { ${inside} } }`;

const tooMuch: [string, string, string, RegExp][] = [
  ['words', 'TOKENS', `{ ${fields(2100, () => '__typename')} }`, /more than 2000 tokens/],
  ['depth', 'DEPTH', `{ organisations { nodes { ${nested(20)} } } }`, /levels deep; at most 16/],
  ['depth through fragments', 'DEPTH',
    `{ organisations { nodes { ...A } } } ${fields(9, (n) => `fragment ${'ABCDEFGHI'[n]} on Organisation { parent { parent { ...${'BCDEFGHIJ'[n]} } } }`)} fragment J on Organisation { id }`,
    /levels deep/],
  ['aliases', 'ALIASES', `{ ${fields(31, (n) => `a${n}: __typename`)} }`, /31 aliases; at most 30/],
  ['directives', 'DIRECTIVES', `{ ${fields(31, () => '__typename @include(if: true)')} }`, /31 directives/],
  ['cost: lists within lists multiply', 'COST', `{ ${page(100, 'services(first: 100) { nodes { id name } }')} }`, /points; at most 5000/],
  ['a page over 100', 'PAGE_SIZE', `{ ${page(101, 'id')} }`, /from 0 to 100 rows/],
  ['a list of ids over 100', 'IDS', `{ nodes(ids: [${fields(101, () => '"org_1"')}]) { id } }`, /names 101 ids/],
]; // prettier-ignore

describe('the same limits over HTTP and WebSocket', () => {
  test.each(tooMuch)('%s', async (_, __, query, sentence) => {
    const { overHttp, overSocket } = await bothDoors(query);
    for (const { errors } of [overHttp, overSocket]) {
      expect(errors[0].extensions.code).toBe('LIMIT_EXCEEDED');
      expect(errors[0].message).toMatch(sentence);
    }
  });

  test('an operation within them says what it cost', async () => {
    const { overHttp, overSocket } = await bothDoors(`{ ${page(10, 'id name')} }`);
    expect(overHttp.extensions).toEqual({ cost: 31 }); // the page, ten rows of two fields and their list
    expect(overSocket.extensions).toEqual(overHttp.extensions);
    expect(overSocket.data).toEqual(overHttp.data);
  });

  test('what takes as long as many fields costs as many', async () => {
    const costs = async (selection: string) =>
      (await reader.ask(`{ ${page(10, selection)} }`)).extensions!.cost as number;
    expect(await costs('id usualAnswerTime')).toBe((await costs('id name')) + 10 * 9);
  });

  test('what a variable asks is counted like what the document says', async () => {
    const query = 'query ($n: Int) { organisations(first: $n) { nodes { id } } }';
    const costs = await Promise.all(
      [{ n: 5 }, { n: 50 }, {}].map(async (variables) => (await reader.ask(query, variables)).extensions),
    );
    expect(costs).toEqual([{ cost: 11 }, { cost: 101 }, { cost: 41 }]);
  });

  test('the explorer’s whole question to the schema passes', async () => {
    const introspection = getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true });
    const { overHttp, overSocket } = await bothDoors(introspection);
    expect(overHttp.data.__schema.types.length).toBeGreaterThan(20);
    expect(overSocket.data).toEqual(overHttp.data);
    expect(overHttp.extensions.cost).toBeLessThan(5_000);
  });

  test('asking the schema in circles does not', async () => {
    const circles = `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`;
    const { overHttp, overSocket } = await bothDoors(circles);
    expect(overHttp.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(overSocket.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  test('a bomb of fragments is measured without being walked', async () => {
    const bomb = `{ organisations { nodes { ...F0 } } } ${fields(20, (n) => `fragment F${n} on Organisation { ...F${n + 1} ...F${n + 1} }`)} fragment F20 on Organisation { id }`;
    const begun = performance.now();
    const { overHttp, overSocket } = await bothDoors(bomb);
    expect(overHttp.errors[0].extensions.code).toBe('LIMIT_EXCEEDED');
    expect(overSocket.errors[0].extensions.code).toBe('LIMIT_EXCEEDED');
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});

describe('one client’s purse', () => {
  test('empties, says when to come back, and is not another’s', async () => {
    const spender = await (await world.organisation()).member({ roles: ['READER'] });
    const costly = { query: `{ ${page(100, 'id name siret')} }` };
    let response = await spender.post(costly);
    for (let n = 0; n < 400 && response.status === 200; n++) response = await spender.post(costly);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    const { errors } = (await response.json()) as any;
    expect(errors[0]).toMatchObject({ extensions: { code: 'RATE_LIMITED' } });
    expect(errors[0].message).toMatch(/come back in \d+ s/);

    const overSocket = await RawSocket.as(spender);
    overSocket.subscribe('poor', costly.query);
    const answer = await overSocket.answer('poor');
    expect(answer).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
    overSocket.close();
    expect((await reader.post({ query: '{ __typename }' })).status).toBe(200);
  });
});
