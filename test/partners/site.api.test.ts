import { type Asking, World, type Partner } from '../kit/world.ts';

let world: World;
let provider: Partner;

beforeAll(async () => {
  world = await World.open();
  provider = await world.organisation({ name: 'Les Berges Vives' });
});
afterAll(() => world.close());

const selection = 'site { id name latitude longitude approximate organisation { id } commune { name } }';
const add = (client: Asking, input: object) =>
  client.run('addSite', 'NewSite', { name: 'Atelier', commune: '44109', ...input }, selection);

test('a provider adds a site of its own; without a point it takes its commune’s, about right', async () => {
  const { site, userErrors } = await add(await provider.member({ roles: ['PROVIDER'] }), {
    name: 'Le Lavoir',
  });
  expect(userErrors).toEqual([]);
  expect(site).toMatchObject({
    name: 'Le Lavoir',
    approximate: true,
    organisation: { id: provider.id },
    commune: { name: 'Nantes' },
  });
  expect(Math.round(site.latitude)).toBe(47);
});

test('a given point is kept as its own', async () => {
  const { site } = await add(await provider.member(), { latitude: 47.2, longitude: -1.5 });
  expect(site).toMatchObject({ latitude: 47.2, longitude: -1.5, approximate: false });
});

test('half a point, a point off the Earth, an unknown commune and an empty name are refused by field', async () => {
  const manager = await provider.member();
  const refused = await Promise.all(
    [{ latitude: 47 }, { latitude: 91, longitude: 0 }, { commune: '99999' }, { name: ' ' }].map((over) =>
      add(manager, over),
    ),
  );
  expect(refused.map(({ userErrors }) => [userErrors[0].code, userErrors[0].field])).toEqual([
    ['INVALID_INPUT', ['longitude']],
    ['INVALID_INPUT', ['latitude']],
    ['UNKNOWN_COMMUNE', ['commune']],
    ['INVALID_INPUT', ['name']],
  ]);
});

test('a coordinator may not, nor a provider for another organisation', async () => {
  const coordinator = await provider.member({ roles: ['COORDINATOR'] });
  expect((await add(coordinator, {})).userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
  const stranger = await (await world.organisation()).member({ roles: ['PROVIDER'] });
  expect((await add(stranger, { organisation: provider.id })).userErrors).toMatchObject([
    { code: 'NOT_ALLOWED' },
  ]);
});

test('the same idempotency key adds one site', async () => {
  const manager = await provider.member();
  const [first, again] = await Promise.all([1, 2].map(() => add(manager, { idempotencyKey: 'site-1' })));
  expect(again.site.id).toBe(first.site.id);
});

test('every partner reads the sites of an organisation, and a gateway resolves one', async () => {
  const host = await world.organisation({ kind: 'COMMUNE' });
  const { site } = await add(await host.member(), {});
  const reader = await provider.member({ roles: ['READER'] });
  const data = await reader.get(
    `query ($host: ID!, $site: ID!, $keys: [_Any!]!) {
      organisation(id: $host) { sites { totalCount nodes { id } } }
      node(id: $site) { id }
      _entities(representations: $keys) { ... on Site { name } } }`,
    { host: host.id, site: site.id, keys: [{ __typename: 'Site', id: site.id }] },
  );
  expect(data).toMatchObject({
    organisation: { sites: { totalCount: 1, nodes: [{ id: site.id }] } },
    node: { id: site.id },
    _entities: [{ name: 'Atelier' }],
  });
});
