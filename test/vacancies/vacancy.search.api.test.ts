import sql from 'sql-template-tag';
import { hubViewer } from '../../src/kernel/viewer.ts';
import { holdPlace } from '../../src/vacancies/places.ts';
import type { Client } from '../kit/client.ts';
import { offerInTables, openVacancy } from '../kit/vacancies.ts';
import { World, type Partner } from '../kit/world.ts';

let world: World;
let provider: Partner;
let other: Partner;
let manager: Client;
let reader: Client;
/** Title → id of each vacancy, so that an answer reads as titles. */
const made: Record<string, string> = {};

const offerOf = {
  banks: { title: 'Entretien des berges', domains: ['GREEN_SPACES'], romeCodes: ['A1203', 'A1205'] },
  kitchen: { title: 'Cuisine solidaire', kind: 'JOB', domains: ['FOOD'], romeCodes: ['G1602'] },
  licence: {
    title: 'Préparer le permis',
    kind: 'MOBILITY',
    thematiques: ['mobilite--preparer-un-permis'],
    publics: ['jeunes'],
  },
} as const;
const offers: Record<string, string> = {};

beforeAll(async () => {
  world = await World.open();
  provider = await world.organisation({ kind: 'INSERTION_ENTERPRISE', name: 'Les Berges Vives' });
  other = await world.organisation({ kind: 'ASSOCIATION', name: 'Une autre' });
  manager = await provider.member();
  reader = await (await world.organisation()).member({ roles: ['READER'] });
  const description = 'Ce que l’on y fait';
  for (const [name, { ...over }] of Object.entries(offerOf))
    offers[name] = await offerInTables(name === 'licence' ? other : provider, {
      description,
      publics: ['tous-publics'],
      ...(over as object),
    });
  const otherManager = await other.member();
  const open = async (title: string, input: { offer: string } & Record<string, unknown>) => {
    world.clock.set(new Date(Date.parse(world.clock.now()) + 60_000).toISOString());
    const client = input.offer === offers.licence ? otherManager : manager;
    made[title] = (await openVacancy(client, { title, ...input })).id;
  };
  const site = async (commune: string) =>
    (await manager.run('addSite', 'NewSite', { name: 'Ici', commune }, 'site { id }')).site.id;
  const near = { offer: offers.banks! };
  await open('Nantes, janvier', { ...near, places: 6, startsOn: '2027-01-04', site: await site('44109') });
  await open('Rezé, mars', { ...near, places: 2, startsOn: '2027-03-01', site: await site('44143') });
  await open('Saint-Nazaire', { ...near, places: 4, romeCode: 'F1702', site: await site('44184') });
  await open('Complète', { offer: offers.kitchen!, places: 1, startsOn: '2027-02-01' });
  await open('Sans compte', { offer: offers.licence!, places: null });
  await open('Fermée', { ...near, places: 3 });
  await open('Brouillon', { ...near, draft: true });
  await world.db.write(hubViewer('test'), (tx) => holdPlace(tx, { id: made['Complète']! }));
  const closing = { vacancy: made['Fermée'], reason: 'RECRUITED' };
  await manager.run('closeVacancy', 'VacancyClosing', closing, 'vacancy { id }');
});
afterAll(() => world.close());

const list = `query ($near: Near, $filter: VacancyFilter, $orderBy: VacancyOrder, $first: Int, $after: String, $last: Int, $before: String) {
  vacancies(near: $near, filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { title distanceKm } pageInfo { hasNextPage endCursor startCursor } } }`;
const find = async (variables: object, client = reader): Promise<string[]> => {
  const { vacancies } = await client.get(list, variables as Record<string, unknown>);
  expect(vacancies.totalCount).toBe(vacancies.nodes.length);
  return vacancies.nodes.map(({ title }: { title: string }) => title);
};
const sorted = (...titles: string[]) => titles.sort();
const matching = async (filter: object, client = reader) => (await find({ filter }, client)).sort();

const open = ['Complète', 'Nantes, janvier', 'Rezé, mars', 'Saint-Nazaire', 'Sans compte'];

describe('each condition', () => {
  test('if nothing is said: of others what is open or filled; one’s own drafts and closed ones too', async () => {
    expect(await matching({})).toEqual(open);
    expect(await matching({}, manager)).toEqual(sorted(...open, 'Brouillon', 'Fermée'));
  });

  test('of others nothing of an offer that takes nobody for the moment', async () => {
    await world.db.write(hubViewer('test'), (tx) =>
      tx.change(sql`update offer set state = 'SUSPENDED' where id = ${offers.licence}`, 1),
    );
    expect(await matching({})).not.toContain('Sans compte');
    await world.db.write(hubViewer('test'), (tx) =>
      tx.change(sql`update offer set state = 'PUBLISHED' where id = ${offers.licence}`, 1),
    );
  });

  test('text: of the offer or the title; accents, case, order and a typing error forgiven', async () => {
    expect(await matching({ text: 'berges entretien' })).toEqual([
      'Nantes, janvier',
      'Rezé, mars',
      'Saint-Nazaire',
    ]);
    expect(await matching({ text: 'REZE' })).toEqual(['Rezé, mars']);
    expect(await matching({ text: 'entretein reze' })).toEqual(['Rezé, mars']);
    expect(await matching({ text: 'zygomatique' })).toEqual([]);
    expect(await matching({ text: 'entretein reze', organisation: provider.id })).toEqual(['Rezé, mars']);
    expect(await find({ filter: { text: 'berges' }, near: { commune: '44143', km: 2 } })).toEqual([
      'Rezé, mars',
    ]);
  });

  test('what its offer is: kinds, domains, thématiques or a category of them, publics', async () => {
    expect(await matching({ kinds: ['JOB', 'MOBILITY'] })).toEqual(['Complète', 'Sans compte']);
    expect(await matching({ domains: ['FOOD'] })).toEqual(['Complète']);
    expect(await matching({ thematiques: ['mobilite--preparer-un-permis'] })).toEqual(['Sans compte']);
    expect(await matching({ thematiques: ['mobilite'] })).toEqual(['Sans compte']);
    expect(await matching({ publics: ['jeunes'] })).toEqual(open);
    expect(await matching({ publics: ['seniors'] })).toEqual(open.filter((title) => title !== 'Sans compte'));
  });

  test('trade: its own, else its offer’s; a code or how it begins', async () => {
    expect(await matching({ rome: ['A1203'] })).toEqual(['Nantes, janvier', 'Rezé, mars']);
    expect(await matching({ rome: ['a12'] })).toEqual(['Nantes, janvier', 'Rezé, mars']);
    expect(await matching({ rome: ['F17', 'G1602'] })).toEqual(['Complète', 'Saint-Nazaire']);
    expect(await matching({ rome: ['Z'] })).toEqual([]);
  });

  test('where: commune, EPCI', async () => {
    expect(await matching({ commune: '44143' })).toEqual(['Rezé, mars']);
    const [{ epci }] = await world.rows(sql`select epci_code as epci from commune where code = '44109'`);
    expect(await matching({ epci })).toEqual(['Complète', 'Nantes, janvier', 'Rezé, mars', 'Sans compte']);
    expect(await matching({ commune: '99999' })).toEqual([]);
  });

  test('places free and open; what counts none has none', async () => {
    expect(await matching({ freePlacesAtLeast: 1 })).toEqual([
      'Nantes, janvier',
      'Rezé, mars',
      'Saint-Nazaire',
    ]);
    expect(await matching({ freePlacesAtLeast: 5 })).toEqual(['Nantes, janvier']);
    expect(await matching({ freePlacesAtLeast: 0 })).toContain('Complète');
    expect(await matching({ freePlacesAtLeast: 1 }, manager)).not.toContain('Fermée');
  });

  test('starting between two days, both included; undated ones do not', async () => {
    const between = (from: string | null, to: string | null) => matching({ startsBetween: { from, to } });
    expect(await between('2027-01-04', '2027-02-01')).toEqual(['Complète', 'Nantes, janvier']);
    expect(await between('2027-01-05', null)).toEqual(['Complète', 'Rezé, mars']);
    expect(await between(null, null)).toEqual(['Complète', 'Nantes, janvier', 'Rezé, mars']);
  });

  test('whose, of which offer, in which state', async () => {
    expect(await matching({ organisation: other.id })).toEqual(['Sans compte']);
    expect(await matching({ offer: offers.kitchen })).toEqual(['Complète']);
    expect(await matching({ states: ['FILLED'] })).toEqual(['Complète']);
    expect(await matching({ states: ['CLOSED', 'DRAFT'] })).toEqual(['Fermée']);
    expect(await matching({ states: ['CLOSED', 'DRAFT'] }, manager)).toEqual(['Brouillon', 'Fermée']);
    expect(await matching({ organisation: 'x' })).toEqual([]);
  });
});

describe('orders', () => {
  test('near a commune: nearest first with its distance, and nothing beyond', async () => {
    const near = { commune: '44109', km: 15 };
    const { vacancies } = await reader.get(list, {
      near,
      filter: { offer: offers.banks },
      orderBy: 'DISTANCE',
    });
    expect(vacancies.nodes.map(({ title }: any) => title)).toEqual(['Nantes, janvier', 'Rezé, mars']);
    expect(vacancies.nodes[0].distanceKm).toBe(0);
    expect(vacancies.nodes[1].distanceKm).toBeGreaterThan(1);
    expect(vacancies.nodes[1].distanceKm).toBeLessThan(6);
    expect(await find({ near: { commune: '44109', km: 60 }, filter: { offer: offers.banks } })).toEqual([
      'Nantes, janvier',
      'Rezé, mars',
      'Saint-Nazaire',
    ]);
  });

  test('by start, undated ones last; by freshness, the last changed first', async () => {
    expect((await find({ orderBy: 'START' })).slice(0, 3)).toEqual([
      'Nantes, janvier',
      'Complète',
      'Rezé, mars',
    ]);
    // its place was held after all were opened
    expect(await find({ orderBy: 'FRESHNESS', filter: { organisation: provider.id } })).toEqual([
      'Complète',
      'Saint-Nazaire',
      'Rezé, mars',
      'Nantes, janvier',
    ]);
  });

  test('no distance without a centre, no unknown centre, no odd radius', async () => {
    const codes = await Promise.all(
      [
        { orderBy: 'DISTANCE' },
        { near: { commune: '99999', km: 5 } },
        { near: { commune: '44109', km: 0 } },
        { filter: { text: 'a\u0000' } },
      ].map(async (variables) => (await reader.ask(list, variables)).errors?.[0]?.extensions.code),
    );
    expect(codes).toEqual(['INVALID_INPUT', 'UNKNOWN_COMMUNE', 'INVALID_INPUT', 'INVALID_INPUT']);
  });

  test.each(['DISTANCE', 'START', 'FRESHNESS'])(
    '%s walks both ways, each once; its cursor is of no use elsewhere',
    async (orderBy) => {
      const near = { commune: '44109', km: 100 };
      const all = await find({ near, orderBy });
      const ahead: string[] = [];
      for (let after: string | null = null, more = true; more;) {
        const { vacancies }: any = await reader.get(list, { near, orderBy, first: 2, after });
        ahead.push(...vacancies.nodes.map(({ title }: any) => title));
        [after, more] = [vacancies.pageInfo.endCursor, vacancies.pageInfo.hasNextPage];
      }
      expect(ahead).toEqual(all);
      const { vacancies: last } = await reader.get(list, { near, orderBy, last: 2 });
      expect(last.nodes.map(({ title }: any) => title)).toEqual(all.slice(-2));
      const { vacancies: before } = await reader.get(list, {
        near,
        orderBy,
        last: 2,
        before: last.pageInfo.startCursor,
      });
      expect(before.nodes.map(({ title }: any) => title)).toEqual(all.slice(-4, -2));
      const elsewhere = { near: { commune: '44143', km: 100 }, orderBy, after: last.pageInfo.endCursor };
      expect((await reader.ask(list, elsewhere)).errors?.[0]?.extensions.code).toBe('CURSOR_MISMATCH');
    },
  );
});

describe('edges', () => {
  test('an offer, a site and an organisation show their vacancies; drafts and closed ones to their own only', async () => {
    const query = `query ($offer: ID!, $organisation: ID!) {
      offer(id: $offer) { vacancies { totalCount nodes { title } } }
      organisation(id: $organisation) { vacancies { totalCount } } }`;
    const variables = { offer: offers.banks, organisation: provider.id };
    const seen = await reader.get(query, variables);
    expect(seen.offer.vacancies.nodes.map(({ title }: any) => title)).toEqual([
      'Nantes, janvier',
      'Rezé, mars',
      'Saint-Nazaire',
    ]);
    expect(seen.organisation.vacancies.totalCount).toBe(4);
    const own = await manager.get(query, variables);
    expect([own.offer.vacancies.totalCount, own.organisation.vacancies.totalCount]).toEqual([5, 6]);
  });

  test('a host sees what happens at its site, with counts', async () => {
    const host = await world.organisation({ kind: 'COMMUNE' });
    const mayor = await host.member();
    const input = { name: 'Ateliers municipaux', commune: '44109' };
    const { site } = await mayor.run('addSite', 'NewSite', input, 'site { id }');
    const vacancy = await openVacancy(manager, { offer: offers.banks!, site: site.id, title: 'Chez l’hôte' });
    const { node } = await mayor.get(
      `query ($id: ID!) { node(id: $id) { ... on Site { vacancies { nodes { id free host { id } organisation { id } } } } } }`,
      { id: site.id },
    );
    expect(node.vacancies.nodes).toEqual([
      { id: vacancy.id, free: 4, host: { id: host.id }, organisation: { id: provider.id } },
    ]);
    await manager.run(
      'closeVacancy',
      'VacancyClosing',
      { vacancy: vacancy.id, reason: 'MISTAKE' },
      'vacancy { id }',
    );
  });

  test('a gateway and `node` read it by its id, under the viewer’s rights', async () => {
    const representations = [made['Nantes, janvier'], made['Brouillon']].map((id) => ({
      __typename: 'Vacancy',
      id,
    }));
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Vacancy { title } } }`;
    const title = 'Nantes, janvier';
    expect((await reader.get(query, { representations }))._entities).toEqual([{ title }, null]);
    expect((await manager.get(query, { representations }))._entities).toEqual([
      { title },
      { title: 'Brouillon' },
    ]);
    const nodes = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const ids = representations.map(({ id }) => id);
    expect((await reader.get(nodes, { ids })).nodes).toEqual([{ id: ids[0] }, null]);
  });

  test('a page with places and offers costs seven statements, however long it is', async () => {
    const query = `query ($first: Int) { vacancies(near: { commune: "44109", km: 100 }, orderBy: DISTANCE, first: $first) {
      nodes { id distanceKm places free startsOn commune { name } host { name } site { commune { name epci { name } } }
        offer { title confirmedAt stale organisation { name } } organisation { name } } } }`;
    const counted = async (first: number) => {
      let statements = 0;
      world.db.onStatement = () => void statements++;
      const { vacancies } = await reader.get(query, { first });
      world.db.onStatement = () => {};
      expect(vacancies.nodes).toHaveLength(first);
      return statements;
    };
    // the centre, the page, its offers, sites, communes, organisations, EPCIs
    expect([await counted(2), await counted(5)]).toEqual([7, 7]);
  });
});

test('a tool without the scope is told so', async () => {
  const tool = await provider.tool(['people:read']);
  for (const query of ['{ vacancies { totalCount } }', `{ vacancy(id: "${made['Complète']}") { id } }`])
    expect((await tool.ask(query)).errors?.[0]?.extensions.code).toBe('INSUFFICIENT_SCOPE');
});
