import { World } from '../kit/world.ts';
import { publishedOffer } from '../kit/offers.ts';

let world: World;

beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

test('a published offer is read by every partner, with its organisation and commune', async () => {
  const provider = await world.organisation({ name: 'Les Berges Vives' });
  const id = await publishedOffer(provider, { title: 'Entretien des berges' });
  const reader = await (await world.organisation()).member({ roles: ['READER'] });
  const { offer, node } = await reader.get(
    `query ($id: ID!) { offer(id: $id) { id title state stale exclusive organisation { name offers { totalCount } } commune { name } site { id } }
      node(id: $id) { id ... on Offer { kind } } }`,
    { id },
  );
  expect(offer).toMatchObject({
    title: 'Entretien des berges',
    stale: false,
    exclusive: true,
    organisation: { name: 'Les Berges Vives', offers: { totalCount: 1 } },
    commune: { name: 'Nantes' },
    site: null,
  });
  expect(node).toEqual({ id, kind: 'INSERTION_WORKSITE' });
});
