import { hubViewer } from '../../src/kernel/viewer.ts';
import sql from 'sql-template-tag';
import { nearby } from '../../src/territory/near.ts';
import { centreOf } from '../../src/territory/near.type.ts';
import type { Client } from '../kit/client.ts';
import { World } from '../kit/world.ts';

let world: World;
let reader: Client;

beforeAll(async () => {
  world = await World.open();
  reader = await (await world.organisation()).member({ roles: ['READER'] });
});
afterAll(() => world.close());

describe('communes', () => {
  const names = async (filter: object, page = '') =>
    (
      await reader.get(
        `query ($filter: CommuneFilter) { communes(filter: $filter ${page}) { totalCount nodes { name } } }`,
        { filter },
      )
    ).communes;

  test('one is found by its code, with its EPCI; an unknown code is null', async () => {
    const data = await reader.get('{ commune(code: "44109") { name epci { name } } none: commune(code: "99999") { name } odd: commune(code: "\\u0000") { name } }'); // prettier-ignore
    expect(data).toEqual({
      commune: { name: 'Nantes', epci: { name: 'Nantes Métropole' } },
      none: null,
      odd: null,
    });
  });

  test.each(['saint herblain', 'SAINT-HERBLAIN', 'herblin'])('%s finds Saint-Herblain', async (text) => {
    const { nodes } = await names({ text });
    expect(nodes).toContainEqual({ name: 'Saint-Herblain' });
  });

  test('conditions add up', async () => {
    const { nodes } = await names({ text: 'saint', departement: '49', epci: '244900015' });
    expect(nodes).toContainEqual({ name: 'Saint-Barthélemy-d\'Anjou' }); // prettier-ignore
    expect(nodes).not.toContainEqual({ name: 'Saint-Herblain' });
  });

  test('pages by name meet every commune once', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { communes }: { communes: any } = await reader.get(
        'query ($after: String) { communes(filter: { departement: "44" }, first: 100, after: $after) { nodes { code } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      seen.push(...communes.nodes.map(({ code }: { code: string }) => code));
      after = communes.pageInfo.hasNextPage ? communes.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toHaveLength(207);
    expect(new Set(seen).size).toBe(207);
  });

  test('a cursor of one search is not taken by another', async () => {
    const { communes } = await reader.get('{ communes(filter: { departement: "44" }, first: 1) { pageInfo { endCursor } } }'); // prettier-ignore
    const { errors } = await reader.ask(
      'query ($after: String) { communes(filter: { departement: "49" }, after: $after) { nodes { code } } }',
      { after: communes.pageInfo.endCursor },
    );
    expect(errors?.[0]?.extensions.code).toBe('CURSOR_MISMATCH');
  });
});

describe('near a commune', () => {
  const asHub = () => world.db.as(hubViewer('test'));

  test.each([5, 15.5, 60])(
    '%s km around Nantes: what the box keeps is what the distance says',
    async (km) => {
      const centre = await centreOf(asHub(), { commune: '44109', km });
      const columns = { latitude: sql`commune.latitude`, longitude: sql`commune.longitude` };
      const { where, metres } = nearby(centre, km, columns);
      const kept = await world.rows(
        sql`select code, ${metres} as metres from commune where ${where} order by code`,
      );
      const all = await world.rows<{ code: string; metres: number | null }>(
        sql`select code, ${metres} as metres from commune order by code`,
      );
      expect(kept.length).toBeGreaterThan(1);
      expect(kept).toEqual(all.filter((row) => row.metres !== null && row.metres <= km * 1000));
    },
  );

  test.each([
    [
      { commune: '44109', km: 0.5 },
      { code: 'INVALID_INPUT', field: 'near.km', details: { least: 1, most: 200 } },
    ],
    [
      { commune: '44109', km: 201 },
      { code: 'INVALID_INPUT', field: 'near.km' },
    ],
    [
      { commune: '44109', km: NaN },
      { code: 'INVALID_INPUT', field: 'near.km' },
    ],
    [
      { commune: '99999', km: 10 },
      { code: 'UNKNOWN_COMMUNE', field: 'near.commune' },
    ],
    [
      { commune: 'x', km: 10 },
      { code: 'UNKNOWN_COMMUNE', field: 'near.commune' },
    ],
  ])('%j is refused', async (near, refusal) => {
    await expect(centreOf(asHub(), near)).rejects.toMatchObject(refusal);
  });

  test('a commune without a point is the centre of nothing', async () => {
    await world.db.write(hubViewer('test'), (tx) =>
      tx.change(sql`update commune set latitude = null, longitude = null where code = '44001'`, 1),
    );
    await expect(centreOf(asHub(), { commune: '44001', km: 10 })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: 'near.commune',
      details: { reason: 'NO_POINT' },
    });
  });
});
