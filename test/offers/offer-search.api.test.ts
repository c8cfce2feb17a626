import sql from 'sql-template-tag';
import { newId } from '../../src/kernel/ids.ts';
import { hubViewer } from '../../src/kernel/viewer.ts';
import { offerInTables } from '../kit/vacancies.ts';
import { type Asking, Partner, World } from '../kit/world.ts';

const [nantes, reze, saintHerblain, chateaubriant] = ['44109', '44143', '44162', '44036'];

let world: World;
let provider: Partner;
let manager: Asking;
let reader: Asking;
const ids: Record<string, string> = {};

beforeAll(async () => {
  world = await World.open();
  provider = await world.organisation({ kind: 'INSERTION_ENTERPRISE' });
  manager = await provider.member();
  reader = await (await world.organisation()).member({ roles: ['READER'] });
  await publish('berges', {
    kind: 'INSERTION_WORKSITE',
    title: 'Entretien des berges et rivières',
    description: 'Fauchage et élagage au bord de l’Erdre.',
    domains: ['NATURAL_HERITAGE', 'GREEN_SPACES'],
    romeCodes: ['A1203'],
    weeklyHours: 26,
    commune: nantes,
  });
  await publish('velo', {
    kind: 'MOBILITY',
    title: 'Réparer son vélo',
    description: 'Atelier d’autoréparation.',
    thematiques: ['mobilite--mobilite-douce-partagee-collective'],
    publics: ['jeunes'],
    romeCodes: ['I1607'],
    weeklyHours: 3,
    commune: reze,
  });
  await publish('permis', {
    kind: 'MOBILITY',
    title: 'Préparer le permis de conduire',
    description: 'Code et conduite accompagnée.',
    thematiques: ['mobilite--preparer-un-permis', 'mobilite--financer-ma-mobilite'],
    publics: ['tous-publics'],
    weeklyHours: 6,
    commune: saintHerblain,
  });
  await publish('lointaine', {
    kind: 'LITERACY',
    title: 'Lire et écrire',
    description: 'Cours de français.',
    thematiques: ['lecture-ecriture-calcul--maitriser-le-francais'],
    publics: ['personnes-exilees'],
    commune: chateaubriant,
  });
});
afterAll(() => world.close());

async function publish(name: string, input: object): Promise<void> {
  world.clock.advanceDays(1);
  const { offer, userErrors } = await manager.run('draftOffer', 'NewOffer', input, 'offer { id }');
  expect(userErrors).toEqual([]);
  await manager.run('publishOffer', 'OfferMove', { offer: offer.id }, 'offer { id }');
  ids[name] = offer.id;
}

const named = (id: string) => Object.keys(ids).find((name) => ids[name] === id) ?? id;

const document = `query ($near: Near, $filter: OfferFilter, $orderBy: OfferOrder, $first: Int, $after: String, $last: Int, $before: String) {
  offers(near: $near, filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { id distanceKm } pageInfo { endCursor hasNextPage } } }`;

const list = async (variables: object, client = reader) =>
  (await client.get(document, { ...variables })).offers;

/** Names of the offers found, in their order. */
const found = async (filter: object, variables: object = {}) => {
  const { nodes, totalCount } = await list({ filter, orderBy: 'ID', ...variables });
  expect(totalCount).toBe(nodes.length);
  return nodes.map((node: { id: string }) => named(node.id));
};

describe('each condition of a search', () => {
  test('none: the whole catalogue, what was confirmed last first', async () => {
    const { nodes } = await list({});
    expect(nodes.map((node: any) => named(node.id))).toEqual(['lointaine', 'permis', 'velo', 'berges']);
    expect(nodes[0].distanceKm).toBeNull();
  });

  test.each([
    ['rivieres', ['berges']],
    ['RIVIÈRES berges', ['berges']],
    ['riviére', ['berges']],
    ['vilo', []],
    ['velos', ['velo']],
    ['bergse', ['berges']],
    ['birges', ['berges']],
    ['permi', ['permis']],
    ['prépaer permis', ['permis']],
    ['élagge', ['berges']],
    ['autoreparation', ['velo']],
    ['piscine', []],
    ['berges piscine', []],
    ["'; drop table offer; --", []],
  ])('words of it, accents and typing errors forgiven: %s', async (text, expected) => {
    expect(await found({ text })).toEqual(expected);
  });

  test('kind', async () => {
    expect(await found({ kinds: ['MOBILITY'] })).toEqual(['velo', 'permis']);
    expect(await found({ kinds: ['MOBILITY', 'LITERACY'] })).toEqual(['velo', 'permis', 'lointaine']);
    expect(await found({ kinds: [] })).toHaveLength(4);
  });

  test('contribution domain', async () => {
    expect(await found({ domains: ['GREEN_SPACES', 'WASTE'] })).toEqual(['berges']);
    expect(await found({ domains: ['WASTE'] })).toEqual([]);
  });

  test('thématique: a code, or a category', async () => {
    expect(await found({ thematiques: ['mobilite--preparer-un-permis'] })).toEqual(['permis']);
    expect(await found({ thematiques: ['mobilite'] })).toEqual(['velo', 'permis']);
    expect(await found({ thematiques: ['inconnue'] })).toEqual([]);
  });

  test('trade: a ROME code, or how it begins', async () => {
    expect(await found({ rome: ['A1203'] })).toEqual(['berges']);
    expect(await found({ rome: ['a12'] })).toEqual(['berges']);
    expect(await found({ rome: ['A', 'I16'] })).toEqual(['berges', 'velo']);
    expect(await found({ rome: ['1203'] })).toEqual([]);
  });

  test('public: what is for everybody is for them as well', async () => {
    expect(await found({ publics: ['jeunes'] })).toEqual(['velo', 'permis']);
    expect(await found({ publics: ['seniors', 'personnes-exilees'] })).toEqual(['permis', 'lointaine']);
  });

  test('commune and EPCI', async () => {
    expect(await found({ commune: reze })).toEqual(['velo']);
    const { commune } = await reader.get('query ($code: ID!) { commune(code: $code) { epci { code } } }', {
      code: nantes,
    });
    expect(await found({ epci: commune.epci.code })).toEqual(['berges', 'velo', 'permis']);
    expect(await found({ commune: '99999' })).toEqual([]);
  });

  test('organisation and weekly hours', async () => {
    const other = await world.organisation();
    ids.autre = await offerInTables(other, { kind: 'JOB', weeklyHours: 35 });
    expect(await found({ organisation: other.id })).toEqual(['autre']);
    expect(await found({ weeklyHoursAtLeast: 26 })).toEqual(['berges', 'autre']);
    expect(await found({ weeklyHoursAtLeast: 3.5, weeklyHoursAtMost: 26 })).toEqual(['berges', 'permis']);
    await world.db.write(hubViewer('test'), (tx) =>
      tx.change(sql`delete from offer where id = ${ids.autre}`, 1),
    );
  });

  test('state: drafts and archives are only ever one’s own', async () => {
    const { offer } = await manager.run(
      'draftOffer',
      'NewOffer',
      { kind: 'OTHER', title: 'Brouillon' },
      'offer { id }',
    );
    const archived = await offerInTables(provider, { state: 'ARCHIVED' });
    const suspended = await offerInTables(provider, { state: 'SUSPENDED' });
    const states = async (client: Asking, asked: string[] | null) =>
      (await list({ filter: { states: asked }, orderBy: 'ID' }, client)).nodes.map((node: any) => node.id);
    expect(await states(manager, ['DRAFT', 'ARCHIVED'])).toEqual([offer.id, archived]);
    expect(await states(reader, ['DRAFT', 'ARCHIVED'])).toEqual([]);
    expect(await states(reader, ['SUSPENDED'])).toEqual([suspended]);
    expect(await states(reader, null)).toContain(suspended);
    expect(await states(manager, null)).not.toContain(offer.id);
    await world.db.write(hubViewer('test'), (tx) =>
      tx.change(sql`delete from offer where id in (${offer.id}, ${archived}, ${suspended})`, 3),
    );
  });

  test('an open vacancy with free places, starting between two days: one and the same', async () => {
    await vacancy('berges', { state: 'OPEN', places: 4, held: 1, taken: 1, startsOn: '2027-01-10' });
    await vacancy('berges', { state: 'OPEN', places: 1, startsOn: '2027-03-01' });
    await vacancy('velo', { state: 'CLOSED', places: 9, startsOn: '2027-01-10' });
    await vacancy('permis', { state: 'OPEN', places: null, startsOn: '2027-02-01' });
    expect(await found({ freePlacesAtLeast: 2 })).toEqual(['berges']);
    expect(await found({ freePlacesAtLeast: 3 })).toEqual([]);
    expect(await found({ startsBetween: { from: '2027-01-10', to: '2027-02-01' } })).toEqual([
      'berges',
      'permis',
    ]);
    expect(await found({ startsBetween: { from: '2027-02-01' } })).toEqual(['berges', 'permis']);
    const both = { freePlacesAtLeast: 2, startsBetween: { from: '2027-02-01' } };
    expect(await found(both)).toEqual([]);
  });

  test('all together', async () => {
    const filter = {
      text: 'permi',
      kinds: ['MOBILITY'],
      thematiques: ['mobilite'],
      publics: ['jeunes'],
      commune: saintHerblain,
    };
    expect(await found(filter, { near: { commune: nantes, km: 20 } })).toEqual(['permis']);
  });
});

async function vacancy(
  offer: string,
  of: { state: string; places: number | null; held?: number; taken?: number; startsOn: string },
) {
  const { state, places, held = 0, taken = 0, startsOn } = of;
  await world.db.write(hubViewer('test'), (tx) =>
    tx.change(
      sql`insert into vacancy (id, offer_id, organisation_id, state, places, held, taken, starts_on, created_at, updated_at)
      values (${newId('Vacancy')}, ${ids[offer]}, ${provider.id}, ${state}, ${places}, ${held}, ${taken}, ${startsOn}, ${tx.now}, ${tx.now})`,
      1,
    ),
  );
}

describe('near a commune', () => {
  const near = { commune: nantes, km: 15 };

  test('the nearest first, with the distance; what lies beyond is left out', async () => {
    const { nodes } = await list({ near });
    expect(nodes.map((node: any) => named(node.id))).toEqual(['berges', 'velo', 'permis']);
    expect(nodes[0].distanceKm).toBe(0);
    expect(nodes[1].distanceKm).toBeGreaterThan(1);
    expect(nodes[1].distanceKm).toBeLessThan(nodes[2].distanceKm);
    expect((await list({ near: { ...near, km: 100 } })).totalCount).toBe(4);
  });

  test('another order keeps the distance', async () => {
    const { nodes } = await list({ near, orderBy: 'TITLE' });
    expect(nodes.map((node: any) => named(node.id))).toEqual(['berges', 'permis', 'velo']);
    expect(nodes[1].distanceKm).toBeGreaterThan(0);
  });

  test('a cursor goes on from where it stood, and refuses another centre, radius, filter or order', async () => {
    const { pageInfo } = await list({ near, first: 1 });
    const after = pageInfo.endCursor;
    const next = await list({ near, first: 1, after });
    expect(named(next.nodes[0].id)).toBe('velo');
    const elsewhere = [
      { near: { ...near, commune: reze } },
      { near: { ...near, km: 16 } },
      { near, filter: { kinds: ['MOBILITY'] } },
      { near, orderBy: 'TITLE' },
      {},
    ];
    for (const variables of elsewhere) {
      const { errors } = await reader.ask(document, { ...variables, after });
      expect(errors?.[0]?.extensions.code).toBe('CURSOR_MISMATCH');
    }
  });

  test('distance without a centre, an unknown commune and an odd radius are refused', async () => {
    const codes = async (variables: object) =>
      (await reader.ask(document, { ...variables })).errors?.map((error) => error.extensions.code);
    expect(await codes({ orderBy: 'DISTANCE' })).toEqual(['INVALID_INPUT']);
    expect(await codes({ near: { commune: '99999', km: 5 } })).toEqual(['UNKNOWN_COMMUNE']);
    expect(await codes({ near: { commune: nantes, km: -1 } })).toEqual(['INVALID_INPUT']);
    expect(await codes({ filter: { text: 'a\u0000' } })).toEqual(['INVALID_INPUT']);
    expect(await codes({ first: 101 })).toEqual(['LIMIT_EXCEEDED']);
  });
});

test.each(['DISTANCE', 'FRESHNESS', 'TITLE', 'ID'])(
  'by %s, pages walk both ways and see each offer once while others arrive',
  async (orderBy) => {
    const walker = await world.organisation();
    // several alike, so that the last key of the order decides
    const made = new Set<string>();
    for (let n = 0; n < 7; n++)
      made.add(await offerInTables(walker, { title: `Pareil ${n % 2}`, communeCode: n % 3 ? reze : nantes }));
    const variables = { near: { commune: nantes, km: 30 }, filter: { organisation: walker.id }, orderBy };
    const whole = (await list({ ...variables, first: 100 })).nodes.map((node: any) => node.id);
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page: any = await list({ ...variables, first: 3, after });
      seen.push(...page.nodes.map((node: any) => node.id));
      if (seen.length === 3) await offerInTables(walker, { title: 'Pareil 0', communeCode: nantes });
      [after, more] = [page.pageInfo.endCursor, page.pageInfo.hasNextPage];
    }
    expect(seen.filter((id) => made.has(id))).toEqual(whole);
    expect(new Set(seen).size).toBe(seen.length);
    const all = (await list({ ...variables, first: 100 })).nodes.map((node: any) => node.id);
    const last = (await list({ ...variables, last: 4 })).nodes.map((node: any) => node.id);
    expect(last).toEqual(all.slice(-4));
  },
);

test('a page with its organisations, sites and communes costs the same statements whatever its length', async () => {
  const texts: string[] = [];
  const before = world.db.onStatement;
  const asked = (first: number) =>
    reader.get(
      `{ offers(first: ${first}) { nodes { organisation { name } site { id } commune { epci { name } } } } }`,
    );
  world.db.onStatement = (text) => void texts.push(text);
  await asked(2);
  const few = texts.splice(0).length;
  await asked(20);
  expect(texts).toHaveLength(few);
  world.db.onStatement = before;
});
