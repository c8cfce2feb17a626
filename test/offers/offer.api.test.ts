import sql from 'sql-template-tag';
import { hubViewer } from '../../src/kernel/viewer.ts';
import { offerInTables } from '../kit/vacancies.ts';
import { type Asking, Partner, World } from '../kit/world.ts';

let world: World;
let provider: Partner;
let manager: Asking;
let reader: Asking;

beforeAll(async () => {
  world = await World.open();
  provider = await world.organisation({ kind: 'INSERTION_ENTERPRISE', name: 'Les Berges Vives' });
  manager = await provider.member();
  reader = await (await world.organisation()).member({ roles: ['READER'] });
});
afterAll(() => world.close());

const selection = 'offer { id state version title stale exclusive confirmedAt publishedAt suspendedUntil }';
const inputs: Record<string, string> = {
  draftOffer: 'NewOffer',
  updateOffer: 'OfferUpdate',
  suspendOffer: 'OfferSuspension',
};
const run = (client: Asking, mutation: string, input: object, asked = selection) =>
  client.run(mutation, inputs[mutation] ?? 'OfferMove', input, asked);

const whole = {
  kind: 'INSERTION_WORKSITE',
  title: 'Entretien des berges',
  description: 'Fauchage, élagage.',
  commune: '44109',
};

async function drafted(over: object = {}): Promise<string> {
  const { offer, userErrors } = await run(manager, 'draftOffer', { ...whole, ...over });
  expect(userErrors).toEqual([]);
  return offer.id;
}

async function published(over: object = {}): Promise<string> {
  const id = await drafted(over);
  expect((await run(manager, 'publishOffer', { offer: id })).userErrors).toEqual([]);
  return id;
}

const read = async (client: Asking, id: string) =>
  (await client.get('query ($id: ID!) { offer(id: $id) { id state } }', { id })).offer;

const eventsOf = async (id: string) =>
  (
    await world.rows<{ type: string; audience: string[] }>(
      sql`select type, audience from event where subject_id = ${id} order by tx, pos`,
    )
  ).map(({ type, audience }) => [type, audience.join()]);

describe('drafting', () => {
  test('a draft is its own organisation’s; publishing shows it to every partner', async () => {
    const id = await drafted();
    expect(await read(manager, id)).toMatchObject({ state: 'DRAFT' });
    expect(await read(reader, id)).toBeNull();

    const { offer } = await run(manager, 'publishOffer', { offer: id });
    expect(offer).toMatchObject({ state: 'PUBLISHED', exclusive: true, stale: false });
    expect(offer.publishedAt).toBe(world.clock.now());
    expect(await read(reader, id)).toMatchObject({ state: 'PUBLISHED' });
    expect(await eventsOf(id)).toEqual([
      ['offer.drafted', provider.id],
      ['offer.published', '*'],
    ]);
  });

  test('everything said of it is read again, by every partner and by a gateway', async () => {
    const said = {
      siaeKind: null,
      domains: ['GREEN_SPACES', 'NATURAL_HERITAGE'],
      thematiques: ['mobilite--preparer-un-permis'],
      romeCodes: ['A1203'],
      publics: ['jeunes'],
      publicsDetail: 'De 18 à 25 ans',
      exclusive: false,
      countsAsAction: false,
      fees: 'payant',
      feesDetail: '10 €',
      receptionModes: ['en-presentiel'],
      mobilisationModes: ['telephoner'],
      mobilisableBy: ['professionnels'],
      mobilisationLink: 'https://exemple.fr/berges',
      accessConditions: 'Savoir nager',
      eligibilityZone: ['44109'],
      openingHours: 'Mo-Fr 09:00-17:00',
      weeks: 26,
      weeklyHours: 26.5,
      contactEmail: 'berges@exemple.fr',
      contactPhone: '0240000000',
      serviceType: 'atelier',
      externalReference: 'B-1',
    };
    const id = await published(said);
    const { _entities } = await reader.get(
      `query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on Offer {
        ${Object.keys(said).join(' ')} commune { code } organisation { name offers { nodes { id } } } } } }`,
      { keys: [{ __typename: 'Offer', id }] },
    );
    expect(_entities[0]).toMatchObject({
      ...said,
      commune: { code: '44109' },
      organisation: { name: 'Les Berges Vives' },
    });
    expect(_entities[0].organisation.offers.nodes).toContainEqual({ id });
  });

  test('at a site it takes its commune, address and point', async () => {
    const { site } = await manager.run(
      'addSite',
      'NewSite',
      { name: 'Le Lavoir', commune: '44190', address: '1 quai', latitude: 47.1, longitude: -1.6 },
      'site { id }',
    );
    const id = await drafted({ site: site.id, commune: null });
    const asked = `query ($id: ID!, $site: ID!) { offer(id: $id) { address approximate commune { code } site { id } }
      node(id: $site) { ... on Site { offers { totalCount } } } }`;
    expect(await manager.get(asked, { id, site: site.id })).toEqual({
      offer: { address: '1 quai', approximate: false, commune: { code: '44190' }, site: { id: site.id } },
      node: { offers: { totalCount: 1 } },
    });
    const other = await reader.get(asked, { id, site: site.id });
    expect(other).toEqual({ offer: null, node: { offers: { totalCount: 0 } } });
  });

  test('what is wrong is refused by field, in the language asked', async () => {
    const french = await provider.member({ language: 'fr' });
    const wrong = [
      { title: 'ab' },
      { thematiques: ['mobilite--voler'] },
      { romeCodes: ['1203'] },
      { commune: '99999' },
      { site: 'site_unknown' },
      { siaeKind: 'ACI' },
      { siaeKind: 'EI' },
      { description: 'a\u0000b' },
    ];
    const answers = await Promise.all(wrong.map((over) => run(french, 'draftOffer', { ...whole, ...over })));
    expect(answers.map(({ userErrors: [error] }) => [error.code, error.field[0]])).toEqual([
      ['INVALID_INPUT', 'title'],
      ['INVALID_INPUT', 'thematiques'],
      ['INVALID_INPUT', 'romeCodes'],
      ['UNKNOWN_COMMUNE', 'commune'],
      ['NOT_FOUND', 'site'],
      ['INVALID_INPUT', 'siaeKind'],
      ['INVALID_INPUT', 'siaeKind'],
      ['INVALID_INPUT', 'description'],
    ]);
    expect(answers[5].userErrors[0].message).toMatch(/agrément ACI/);
  });

  test('a coordinator may not, nor a provider for another organisation, nor a tool that only reads', async () => {
    const coordinator = await provider.member({ roles: ['COORDINATOR'] });
    expect((await run(coordinator, 'draftOffer', whole)).userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
    const stranger = await (await world.organisation()).member({ roles: ['PROVIDER'] });
    const elsewhere = await run(stranger, 'draftOffer', { ...whole, organisation: provider.id });
    expect(elsewhere.userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
    const tool = await provider.tool(['offers:read'], manager.memberId);
    const answer = await tool.ask(
      'mutation ($input: NewOffer!) { draftOffer(input: $input) { offer { id } } }',
      { input: whole },
    );
    expect(answer.errors).toMatchObject([{ extensions: { code: 'INSUFFICIENT_SCOPE' } }]);
  });

  test('one’s own number is given once; the same key drafts one offer', async () => {
    await drafted({ externalReference: 'X-1' });
    const twice = await run(manager, 'draftOffer', { ...whole, externalReference: 'X-1' });
    expect(twice.userErrors).toMatchObject([{ code: 'ALREADY_EXISTS', field: ['externalReference'] }]);
    const keyed = { ...whole, idempotencyKey: 'offer-1' };
    const [first, again] = await Promise.all([1, 2].map(() => run(manager, 'draftOffer', keyed)));
    expect(again.offer.id).toBe(first.offer.id);
  });
});

describe('publishing', () => {
  test('it needs a description and a place, and says which is missing', async () => {
    const id = await drafted({ description: null });
    const lacking = await run(manager, 'publishOffer', { offer: id });
    expect(lacking).toMatchObject({
      offer: { state: 'DRAFT' },
      userErrors: [{ code: 'INVALID_INPUT', field: ['description'] }],
    });
    const nowhere = await drafted({ commune: null });
    expect((await run(manager, 'publishOffer', { offer: nowhere })).userErrors).toMatchObject([
      { field: ['commune'] },
    ]);
  });

  test('an accreditation that ended since the draft refuses it', async () => {
    const council = await (await world.organisation({ kind: 'COUNCIL' })).member();
    const { organisation } = await council.run(
      'registerOrganisation',
      'NewOrganisation',
      {
        kind: 'INSERTION_ENTERPRISE',
        name: 'Atelier du Lac',
        siret: '73282932000074',
        accreditations: [{ kind: 'ACI', from: '2020-01-01' }],
      },
      'organisation { id name }',
    );
    const lake = await new Partner(world, organisation.id, organisation.name).member();
    const { offer } = await run(lake, 'draftOffer', { ...whole, siaeKind: 'ACI' });
    await world.db.write(hubViewer('test'), (tx) =>
      tx.change(
        sql`update accreditation set to_day = '2026-11-23' where organisation_id = ${organisation.id}`,
        1,
      ),
    );
    expect((await run(lake, 'publishOffer', { offer: offer.id })).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['siaeKind'] },
    ]);
  });

  test('twice at once: one publishes, the other finds it published', async () => {
    const id = await drafted();
    const both = await Promise.all([1, 2].map(() => run(manager, 'publishOffer', { offer: id })));
    expect(both.flatMap(({ userErrors }) => userErrors.map((error: any) => error.code))).toEqual([
      'WRONG_STATE',
    ]);
    expect(both.map(({ offer }) => offer.state)).toEqual(['PUBLISHED', 'PUBLISHED']);
  });
});

describe('an offer of the catalogue', () => {
  test('is changed by its provider, which confirms it; null empties what may be empty', async () => {
    const id = await published({ weeklyHours: 26, thematiques: ['sante--addictions'] });
    world.clock.advanceDays(1);
    const input = {
      offer: id,
      version: 2,
      title: 'Entretien des rivières',
      weeklyHours: null,
      thematiques: null,
    };
    const asked = 'offer { title version confirmedAt weeklyHours thematiques description }';
    const { offer, userErrors } = await run(manager, 'updateOffer', input, asked);
    expect(userErrors).toEqual([]);
    expect(offer).toEqual({
      title: 'Entretien des rivières',
      version: 3,
      confirmedAt: world.clock.now(),
      weeklyHours: null,
      thematiques: [],
      description: whole.description,
    });
    const emptied = await run(manager, 'updateOffer', { offer: id, description: null });
    expect(emptied.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['description'] }]);
    const stale = await run(manager, 'updateOffer', { offer: id, version: 2, title: 'Trop tard' });
    expect(stale).toMatchObject({ offer: { version: 3 }, userErrors: [{ code: 'STALE' }] });
  });

  test('is not another provider’s to change; a draft of theirs does not exist', async () => {
    const stranger = await (await world.organisation()).member({ roles: ['PROVIDER'] });
    const refusals = async (id: string) =>
      (
        await Promise.all(
          ['publishOffer', 'updateOffer', 'confirmOffer', 'suspendOffer', 'archiveOffer'].map((move) =>
            run(stranger, move, { offer: id }),
          ),
        )
      ).map(({ userErrors }) => userErrors[0].code);
    expect(new Set(await refusals(await published()))).toEqual(new Set(['NOT_ALLOWED']));
    expect(new Set(await refusals(await drafted()))).toEqual(new Set(['NOT_FOUND']));
  });

  test('grows stale after 90 days, and is confirmed', async () => {
    const id = await published();
    world.clock.advanceDays(91);
    const { offer: old } = await reader.get('query ($id: ID!) { offer(id: $id) { stale } }', { id });
    expect(old.stale).toBe(true);
    const { offer } = await run(manager, 'confirmOffer', { offer: id });
    expect(offer).toMatchObject({ stale: false, confirmedAt: world.clock.now() });
    expect((await eventsOf(id)).at(-1)).toEqual(['offer.confirmed', '*']);
  });

  test('is suspended until a day, stays visible as such, and comes back by being published again', async () => {
    const id = await published();
    const today = world.clock.now().slice(0, 10);
    const past = await run(manager, 'suspendOffer', { offer: id, until: '2020-01-01' });
    expect(past.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['until'] }]);
    const { offer } = await run(manager, 'suspendOffer', { offer: id, until: today });
    expect(offer).toMatchObject({ state: 'SUSPENDED', suspendedUntil: today });
    expect(await read(reader, id)).toMatchObject({ state: 'SUSPENDED' });
    const { offer: back } = await run(manager, 'publishOffer', { offer: id });
    expect(back).toMatchObject({ state: 'PUBLISHED', suspendedUntil: null });
    expect((await eventsOf(id)).slice(-2)).toEqual([
      ['offer.suspended', '*'],
      ['offer.resumed', '*'],
    ]);
  });

  test('once archived is read by its id for good, and nothing moves it', async () => {
    const id = await published();
    const unseen = await drafted();
    for (const offer of [id, unseen]) await run(manager, 'archiveOffer', { offer });
    expect(await read(reader, id)).toMatchObject({ state: 'ARCHIVED' });
    expect(await read(reader, unseen)).toBeNull();
    expect((await eventsOf(unseen)).at(-1)).toEqual(['offer.archived', provider.id]);
    for (const move of ['publishOffer', 'updateOffer', 'confirmOffer', 'suspendOffer', 'archiveOffer'])
      expect(await run(manager, move, { offer: id })).toMatchObject({
        offer: { state: 'ARCHIVED' },
        userErrors: [{ code: 'WRONG_STATE' }],
      });
    const { organisation } = await reader.get(
      'query ($id: ID!) { organisation(id: $id) { offers(first: 100) { nodes { state } } } }',
      { id: provider.id },
    );
    const states = organisation.offers.nodes.map((node: { state: string }) => node.state);
    expect(states).not.toContain('ARCHIVED');
    expect(states).not.toContain('DRAFT');
  });
});

test('the kit’s offer is like one the API published', async () => {
  const id = await offerInTables(provider, { state: 'SUSPENDED' });
  expect(await read(reader, id)).toMatchObject({ state: 'SUSPENDED' });
});
