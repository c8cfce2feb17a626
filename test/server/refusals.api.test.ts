import http from 'node:http';
import type { Client } from '../kit/client.ts';
import { World, type Partner } from '../kit/world.ts';

let world: World;
let partner: Partner;
let manager: Client;

beforeAll(async () => {
  world = await World.open();
  partner = await world.organisation({ kind: 'COUNCIL' });
  manager = await partner.member();
});
afterAll(() => world.close());

const url = () => `${world.server.url}/graphql`;
const json = { 'content-type': 'application/json' };
const signed = () => ({ ...json, authorization: `Bearer ${manager.token}` });

async function refusal(response: Response) {
  const { errors } = (await response.json()) as any;
  return { status: response.status, code: errors[0].extensions.code, message: errors[0].message };
}

describe('without a valid token nothing is read', () => {
  const bodies: [string, string | Uint8Array][] = [
    ['a good question', '{"query":"{ __typename }"}'],
    ['no JSON', '{{{'],
    ['a document that is not GraphQL', '{"query":"{{{"}'],
    ['a question to the schema', '{"query":"{ __schema { types { name } } }"}'],
    ['the subgraph’s SDL', '{"query":"{ _service { sdl } }"}'],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0xfd])],
  ];
  test.each(bodies)('%s is refused alike', async (_, body) => {
    const response = await fetch(url(), { method: 'POST', headers: json, body });
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await refusal(response)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  test('a body of a gigabyte is refused before it comes', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const headers = { ...json, 'content-length': String(1024 ** 3) };
      const request = http.request(url(), { method: 'POST', headers }, (answer) => {
        resolve(answer.statusCode!);
        request.destroy();
      });
      request.on('error', reject);
      request.write('{"query":"');
    });
    expect(status).toBe(401);
  });

  test('in French where French is read', async () => {
    const headers = { ...json, 'accept-language': 'fr-FR,fr;q=0.9' };
    const response = await fetch(url(), { method: 'POST', headers, body: '{}' });
    expect((await refusal(response)).message).toBe('Un jeton valide est nécessaire.');
  });

  test('the schema neither, unless it was made public', async () => {
    expect((await fetch(`${world.server.url}/schema.graphql`)).status).toBe(401);
    const sdl = await fetch(`${world.server.url}/schema.graphql`, { headers: signed() });
    expect(sdl.status).toBe(200);
    expect(await sdl.text()).toMatch(/type Organisation .*@key\(fields: "id"\)/s);
  });
});

describe('a public schema', () => {
  let open: World;
  beforeAll(async () => {
    open = await World.open({ schemaIsPublic: true });
  });
  afterAll(() => open.close());
  const ask = (query: string, headers: object = {}) =>
    fetch(`${open.server.url}/graphql`, {
      method: 'POST',
      headers: { ...json, ...headers },
      body: JSON.stringify({ query }),
    });

  test.each([
    '{ __schema { queryType { name } } }',
    '{ _service { sdl } }',
    '{ ...S } fragment S on Query { __type(name: "Query") { name } }',
  ])('%s needs no token', async (query) => {
    expect((await ask(query)).status).toBe(200);
    expect((await fetch(`${open.server.url}/schema.graphql`)).status).toBe(200);
  });

  test.each([
    '{ organisations { nodes { id } } }',
    '{ __typename organisations { nodes { id } } }',
    '{ ...S } fragment S on Query { __typename organisations { totalCount } }',
    '{ ... on Query { organisations { totalCount } } }',
    'mutation { __typename }',
  ])('%s still does', async (query) => {
    expect(await refusal(await ask(query))).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  test('a bad token is refused whatever it asks', async () => {
    const response = await ask('{ __typename }', { authorization: 'Bearer psr_not-a-key-of-ours' });
    expect(await refusal(response)).toMatchObject({ status: 401 });
  });
});

describe('requests that are not GraphQL over HTTP', () => {
  const send = (init: RequestInit, path = '/graphql') =>
    fetch(world.server.url + path, { ...init, headers: { ...signed(), ...(init.headers as object) } });

  test.each<[string, RequestInit, number, string]>([
    ['no JSON', { body: '{"query":' }, 400, 'BAD_REQUEST'],
    ['an empty body', { body: '' }, 400, 'BAD_REQUEST'],
    ['invalid UTF-8', { body: Buffer.from([...Buffer.from('{"query":"'), 0xc3, 0x28, ...Buffer.from('"}')]) }, 400, 'BAD_REQUEST'],
    ['no query', { body: '{"variables":{}}' }, 400, 'BAD_REQUEST'],
    ['a list of operations', { body: '[{"query":"{__typename}"}]' }, 400, 'BAD_REQUEST'],
    ['a body of a megabyte', { body: JSON.stringify({ query: `{ __typename } # ${'x'.repeat(1e6)}` }) }, 413, 'PAYLOAD_TOO_LARGE'],
    ['another method', { method: 'PUT', body: '{}' }, 405, 'BAD_REQUEST'],
    ['a prototype in disguise', { body: '{"__proto__":{"query":"{__typename}"}}' }, 400, 'BAD_REQUEST'],
    ['a persisted query', { body: '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"ab"}}}' }, 400, 'BAD_REQUEST'],
    ['no GraphQL', { body: '{"query":"{{{"}' }, 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', { body: '{"query":"{ organisatoins }"}' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['two operations, none named', { body: '{"query":"query A{__typename} query B{__typename}"}' }, 400, 'OPERATION_RESOLUTION_FAILURE'],
  ])('%s', async (_, init, status, code) => {
    const response = await send({ method: 'POST', ...init });
    const text = await response.clone().text();
    expect(await refusal(response)).toMatchObject({ status, code });
    expect(text).not.toMatch(/Did you mean|at .*\.js|select /);
  }); // prettier-ignore

  test('an unknown address', async () => {
    expect(await refusal(await send({ method: 'GET' }, '/admin'))).toMatchObject({
      status: 404,
      code: 'BAD_REQUEST',
    });
  });
});

describe('requests a foreign page could make a browser send', () => {
  const authorization = () => `Bearer ${manager.token}`;
  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'a POST of %s',
    async (type) => {
      const headers = { 'content-type': type, authorization: authorization() };
      const response = await fetch(url(), { method: 'POST', headers, body: '{"query":"{ __typename }"}' });
      expect(await refusal(response)).toMatchObject({ status: 415, code: 'BAD_REQUEST' });
    },
  );

  test('a GET without a header that asks the browser first', async () => {
    const address = `${url()}?query=${encodeURIComponent('{ __typename }')}`;
    const headers = { authorization: authorization() };
    expect(await refusal(await fetch(address, { headers }))).toMatchObject({
      status: 400,
      code: 'BAD_REQUEST',
    });
    const asked = await fetch(address, { headers: { ...headers, 'apollo-require-preflight': '1' } });
    expect(asked.status).toBe(200);
  });

  test('a GET never writes', async () => {
    const address = `${url()}?query=${encodeURIComponent('mutation { __typename }')}`;
    const headers = { authorization: authorization(), 'apollo-require-preflight': '1' };
    expect((await fetch(address, { headers })).status).toBe(405);
  });

  test('no other origin is invited, no answer is framed, sniffed or kept', async () => {
    const response = await fetch(url(), {
      method: 'POST',
      headers: { ...signed(), origin: 'https://elsewhere.example', 'x-request-id': 'ours-1' },
      body: '{"query":"{ __typename }"}',
    });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
      'x-request-id': 'ours-1',
    });
  });

  test('a request id unfit for a log is replaced', async () => {
    const headers = { ...signed(), 'x-request-id': 'a b{}' };
    const response = await fetch(url(), { method: 'POST', headers, body: '{"query":"{ __typename }"}' });
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('values that cannot be', () => {
  const search = 'query ($text: String) { organisations(filter: { text: $text }) { totalCount } }';

  test('NUL in a filter', async () => {
    const { errors } = await manager.ask(search, { text: 'a\u0000b' });
    expect(errors![0]!.extensions.code).toBe('BAD_USER_INPUT');
    expect(JSON.stringify(errors)).not.toMatch(/encoding|0x00|22021/);
  });

  test('an enum value of another type, told without the others', async () => {
    const query =
      'query ($kind: OrganisationKind!) { organisations(filter: { kinds: [$kind] }) { totalCount } }';
    const { errors } = await manager.ask(query, { kind: 'COUNCILS' });
    expect(errors![0]!.extensions.code).toBe('BAD_USER_INPUT');
    expect(JSON.stringify(errors)).not.toMatch(/Did you mean|"COUNCIL"/);
  });

  test('a field almost right is not guessed', async () => {
    const { errors } = await manager.ask('{ organisations { nodes { nam } } }');
    expect(JSON.stringify(errors)).toMatch(/Cannot query field/);
    expect(JSON.stringify(errors)).not.toMatch(/Did you mean|"name"/);
  });

  test('a value is not repeated at length', async () => {
    const { errors } = await manager.ask('query ($n: Int) { organisations(first: $n) { totalCount } }', {
      n: 'x'.repeat(100_000),
    });
    expect(JSON.stringify(errors).length).toBeLessThan(1000);
  });
});

describe('the federation’s doors', () => {
  const entities =
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Organisation { id name } } }';

  test('many entities are one statement, in their order, null where nothing is for you', async () => {
    const others = await Promise.all([1, 2, 3].map(() => world.organisation()));
    const of = [
      ...others.map(({ id }) => ({ __typename: 'Organisation', id })),
      { __typename: 'Organisation', id: 'org_00000000000000000000000000' },
    ];
    const statements: string[] = [];
    world.db.onStatement = (text) => statements.push(text);
    const { _entities } = await manager.get(entities, { of });
    world.db.onStatement = () => {};
    expect(_entities.map((each: any) => each?.name ?? null)).toEqual([
      ...others.map(({ name }) => name),
      null,
    ]);
    expect(statements).toHaveLength(1);
  });

  test('an id of another kind than the one named is nothing; a kind that is no entity is the client’s mistake', async () => {
    const site = await manager.get('{ viewer { member { id } } }');
    const of = [{ __typename: 'Organisation', id: site.viewer.member.id }];
    expect(await manager.get(entities, { of })).toEqual({ _entities: [null] });
    for (const bad of [
      { __typename: 'Member', id: 'x' },
      { __typename: 'Nobody', id: 'x' },
      { id: 'x' },
      'x',
      null,
    ]) {
      const { errors } = await manager.ask(entities, { of: [bad] });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });

  test('a tool without the scope gets nothing', async () => {
    const tool = await partner.tool(['events:read']);
    const of = [{ __typename: 'Organisation', id: partner.id }];
    expect((await tool.ask(entities, { of })).data._entities).toEqual([null]);
  });

  test('the service tells its SDL', async () => {
    const { _service } = await manager.get('{ _service { sdl } }');
    expect(_service.sdl).toMatch(/@key/);
  });
});
