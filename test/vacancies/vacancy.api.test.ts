import sql from 'sql-template-tag';
import { Reactions } from '../../src/db/facts.ts';
import type { Transaction } from '../../src/db/transaction.ts';
import { hubViewer } from '../../src/kernel/viewer.ts';
import { holdPlace, releaseHeldPlace } from '../../src/vacancies/places.ts';
import { placeFreed, vacanciesClosed } from '../../src/vacancies/vacancy.facts.ts';
import type { Client } from '../kit/client.ts';
import { offerInTables, openVacancy, storedVacancy, vacancySelection } from '../kit/vacancies.ts';
import { World, type Partner } from '../kit/world.ts';

let world: World;
let provider: Partner;
let manager: Client;
let offer: string;
const freed: [string, number | null][] = [];

beforeAll(async () => {
  world = await World.open();
  provider = await world.organisation({ kind: 'INSERTION_ENTERPRISE', name: 'Les Berges Vives' });
  manager = await provider.member({ roles: ['PROVIDER'] });
  offer = await offerInTables(provider);
  world.db.reactions.on(placeFreed, async (_tx, { vacancy }) => void freed.push([vacancy.id, vacancy.free]));
});
afterAll(() => world.close());
beforeEach(() => void freed.splice(0));

const open = (client: Client, input: object) =>
  client.run('openVacancy', 'NewVacancy', { offer, ...input }, vacancySelection);
const update = (client: Client, input: object) =>
  client.run('updateVacancy', 'VacancyUpdate', input, vacancySelection);
const close = (client: Client, input: object) =>
  client.run('closeVacancy', 'VacancyClosing', { reason: 'RECRUITED', ...input }, vacancySelection);
const hold = (id: string) => world.db.write(hubViewer('test'), (tx) => holdPlace(tx, { id }));
const see = async (client: Client, id: string) =>
  (await client.get('query ($id: ID!) { vacancy(id: $id) { id state } }', { id })).vacancy;
const errorsOf = ({ userErrors }: { userErrors: { code: string; field: string[] | null }[] }) =>
  userErrors.map(({ code, field }) => [code, field?.join('.')].filter(Boolean).join(' '));
const addSite = async (partner: Partner, commune: string) => {
  const input = { name: 'Dépôt', commune };
  return (await (await partner.member()).run('addSite', 'NewSite', input, 'site { id }')).site.id as string;
};

describe('opening', () => {
  test('a provider opens a vacancy of its own offer, and every partner sees it at once', async () => {
    const { vacancy, userErrors } = await open(manager, {
      title: 'Équipe de janvier',
      places: 6,
      startsOn: '2027-01-04',
      endsOn: '2027-07-02',
      weeklyHours: 26,
      contractKind: 'FIXED_TERM_I',
      romeCode: 'A1203',
    });
    expect(userErrors).toEqual([]);
    expect(vacancy).toMatchObject({
      state: 'OPEN',
      places: 6,
      free: 6,
      refillUntil: '2027-02-04',
      weeklyHours: 26,
      commune: { code: '44109' },
      site: null,
      host: null,
      offer: { id: offer },
      version: 1,
    });
    const reader = await (await world.organisation()).member({ roles: ['READER'] });
    expect(await see(reader, vacancy.id)).toEqual({ id: vacancy.id, state: 'OPEN' });
    const [event] = await world.rows(
      sql`select type, audience, facts from event where subject_id = ${vacancy.id}`,
    );
    expect(event).toMatchObject({ type: 'vacancy.opened', audience: ['*'], facts: { places: 6 } });
  });

  test('no place left to begin with: it is FILLED; places not counted: it is OPEN', async () => {
    expect((await open(manager, { places: 0 })).vacancy).toMatchObject({ state: 'FILLED', free: 0 });
    expect((await open(manager, { places: null })).vacancy).toMatchObject({ state: 'OPEN', free: null });
  });

  test('the site may be another organisation’s: it is the host; its place goes before the offer’s', async () => {
    const commune = await world.organisation({ kind: 'COMMUNE' });
    const site = await addSite(commune, '44143');
    const { vacancy } = await open(manager, { site });
    expect(vacancy).toMatchObject({
      site: { id: site },
      host: { id: commune.id },
      commune: { code: '44143' },
    });
    expect(vacancy.latitude).toBeCloseTo(47.19, 1);
    const own = await offerInTables(provider, { siteId: await addSite(provider, '44184') });
    expect((await open(manager, { offer: own })).vacancy).toMatchObject({
      host: null,
      commune: { code: '44184' },
    });
  });

  test('dates reversed, negative places, an unknown site and a wrong trade are refused by field', async () => {
    const refused = await Promise.all(
      [
        { startsOn: '2027-01-04', endsOn: '2027-01-03' },
        { places: -1 },
        { weeklyHours: 200 },
        { romeCode: 'Z' },
        { title: 'x\u0000y' },
        { site: 'site_unknown' },
        { offer: 'off_unknown' },
      ].map((input) => open(manager, input)),
    );
    expect(refused.flatMap(errorsOf)).toEqual([
      'INVALID_INPUT endsOn',
      'INVALID_INPUT places',
      'INVALID_INPUT weeklyHours',
      'INVALID_INPUT romeCode',
      'INVALID_INPUT title',
      'NOT_FOUND site',
      'NOT_FOUND offer',
    ]);
  });

  test('only a provider of the offer’s organisation may; a tool needs the scope', async () => {
    const reader = await provider.member({ roles: ['READER', 'COORDINATOR'] });
    const stranger = await (await world.organisation()).member();
    expect(errorsOf(await open(reader, {}))).toEqual(['NOT_ALLOWED']);
    expect(errorsOf(await open(stranger, {}))).toEqual(['NOT_ALLOWED']);
    const tool = await provider.tool(['offers:read']);
    const document = 'mutation ($input: NewVacancy!) { openVacancy(input: $input) { userErrors { code } } }';
    expect((await tool.ask(document, { input: { offer } })).errors?.[0]?.extensions.code).toBe(
      'INSUFFICIENT_SCOPE',
    );
  });

  test('only a published offer recruits', async () => {
    for (const state of ['DRAFT', 'SUSPENDED', 'ARCHIVED'] as const) {
      const other = await offerInTables(provider, { state });
      expect(errorsOf(await open(manager, { offer: other }))).toEqual(['WRONG_STATE offer']);
    }
  });

  test('a partner’s own number is taken once: of two at once one is written', async () => {
    const both = await Promise.all([1, 2].map(() => open(manager, { externalReference: 'V-1' })));
    expect(both.flatMap(errorsOf)).toEqual(['ALREADY_EXISTS externalReference']);
    const other = await world.organisation({ kind: 'ASSOCIATION' });
    const same = { offer: await offerInTables(other), externalReference: 'V-1' };
    expect(errorsOf(await open(await other.member(), same))).toEqual([]);
  });

  test('the same key opens one vacancy', async () => {
    const input = { places: 2, idempotencyKey: 'open-1' };
    const [one, two] = await Promise.all([open(manager, input), open(manager, input)]);
    expect(two.vacancy.id).toBe(one.vacancy.id);
    expect(errorsOf(await open(manager, { ...input, places: 3 }))).toEqual([
      'IDEMPOTENCY_MISMATCH idempotencyKey',
    ]);
  });
});

describe('a draft', () => {
  test('is seen by its own organisation only, until it is opened', async () => {
    const { vacancy } = await open(manager, { draft: true });
    expect(vacancy).toMatchObject({ state: 'DRAFT', openedAt: null });
    const other = await (await world.organisation()).member();
    expect(await see(other, vacancy.id)).toBeNull();
    expect(errorsOf(await update(other, { vacancy: vacancy.id, open: true }))).toEqual(['NOT_FOUND vacancy']);
    expect((await update(manager, { vacancy: vacancy.id, open: true })).vacancy).toMatchObject({
      state: 'OPEN',
    });
    expect(await see(other, vacancy.id)).toMatchObject({ state: 'OPEN' });
    const audiences = await world.rows(
      sql`select type, audience from event where subject_id = ${vacancy.id} order by tx, pos`,
    );
    expect(audiences).toEqual([
      { type: 'vacancy.drafted', audience: [provider.id] },
      { type: 'vacancy.opened', audience: ['*'] },
    ]);
  });

  test('opens with its offer only, and once', async () => {
    const draftOffer = await offerInTables(provider, { state: 'DRAFT', publishedAt: null });
    const { vacancy } = await open(manager, { offer: draftOffer, draft: true });
    expect(errorsOf(await update(manager, { vacancy: vacancy.id, open: true }))).toEqual([
      'WRONG_STATE offer',
    ]);
    const opened = await openVacancy(manager, { offer });
    expect(errorsOf(await update(manager, { vacancy: opened.id, open: true }))).toEqual(['WRONG_STATE']);
  });

  test('closed without ever having been opened, it stays unseen', async () => {
    const { vacancy } = await open(manager, { draft: true });
    expect((await close(manager, { vacancy: vacancy.id, reason: 'MISTAKE' })).vacancy.state).toBe('CLOSED');
    expect(await see(await (await world.organisation()).member(), vacancy.id)).toBeNull();
  });
});

describe('changing', () => {
  test('what is left out stays, null empties, the version grows and the usual end of refilling follows', async () => {
    const { id } = await openVacancy(manager, {
      offer,
      title: 'Printemps',
      startsOn: '2027-03-01',
      weeklyHours: 26,
    });
    const { vacancy } = await update(manager, {
      vacancy: id,
      version: 1,
      startsOn: '2027-03-08',
      weeklyHours: null,
    });
    expect(vacancy).toMatchObject({
      title: 'Printemps',
      startsOn: '2027-03-08',
      refillUntil: '2027-04-08',
      weeklyHours: null,
      version: 2,
    });
    expect(errorsOf(await update(manager, { vacancy: id, endsOn: '2027-03-01' }))).toEqual([
      'INVALID_INPUT endsOn',
    ]);
  });

  test('a stale version refuses and shows the vacancy as it now is; of two at once one is written', async () => {
    const { id } = await openVacancy(manager, { offer });
    const both = await Promise.all(
      [5, 6].map((places) => update(manager, { vacancy: id, version: 1, places })),
    );
    expect(both.flatMap(errorsOf)).toEqual(['STALE version']);
    expect(both.map(({ vacancy }) => vacancy.version)).toEqual([2, 2]);
  });

  test('places cannot go below what is held and taken, nor cease to be counted then', async () => {
    const { id } = await openVacancy(manager, { offer, places: 3 });
    await hold(id);
    await hold(id);
    expect(errorsOf(await update(manager, { vacancy: id, places: 1 }))).toEqual(['PLACES_IN_USE places']);
    expect(errorsOf(await update(manager, { vacancy: id, places: null }))).toEqual(['PLACES_IN_USE places']);
    expect((await update(manager, { vacancy: id, places: 2 })).vacancy).toMatchObject({
      state: 'FILLED',
      free: 0,
    });
    expect(freed).toEqual([]);
  });

  test('places added open a filled vacancy and are announced to the waiting list', async () => {
    const { id } = await openVacancy(manager, { offer, places: 1 });
    await hold(id);
    expect((await storedVacancy(world, id)).state).toBe('FILLED');
    expect((await update(manager, { vacancy: id, places: 3 })).vacancy).toMatchObject({
      state: 'OPEN',
      free: 2,
    });
    expect(freed).toEqual([[id, 2]]);
  });

  test('lowering places and holding them at the same time never gives more than there are', async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = await openVacancy(manager, { offer, places: 6 });
      await Promise.all([
        ...Array.from({ length: 8 }, () => hold(id).catch(() => null)),
        ...[5, 4, 3].map((places) => update(manager, { vacancy: id, places })),
      ]);
      const { places, held, free, state } = await storedVacancy(world, id);
      expect(held).toBeLessThanOrEqual(places!);
      expect(state).toBe(free === 0 ? 'FILLED' : 'OPEN');
    }
  });

  test('another organisation may not, an unknown one does not exist, a closed one is over', async () => {
    const { id } = await openVacancy(manager, { offer });
    const stranger = await (await world.organisation()).member();
    expect(errorsOf(await update(stranger, { vacancy: id, places: 9 }))).toEqual(['NOT_ALLOWED']);
    expect(errorsOf(await update(manager, { vacancy: 'vac_unknown' }))).toEqual(['NOT_FOUND vacancy']);
    await close(manager, { vacancy: id });
    const refused = await update(manager, { vacancy: id, places: 9 });
    expect(errorsOf(refused)).toEqual(['WRONG_STATE']);
    expect(refused.vacancy.state).toBe('CLOSED');
  });
});

describe('closing', () => {
  test('a provider closes it with a reason; others still read it by its id', async () => {
    const { id } = await openVacancy(manager, { offer });
    const { vacancy, userErrors } = await close(manager, { vacancy: id, reason: 'FUNDING_ENDED' });
    expect(userErrors).toEqual([]);
    expect(vacancy).toMatchObject({
      state: 'CLOSED',
      closeReason: 'FUNDING_ENDED',
      closedAt: world.clock.now(),
    });
    expect(await see(await (await world.organisation()).member(), id)).toMatchObject({ state: 'CLOSED' });
    expect(errorsOf(await close(manager, { vacancy: id }))).toEqual(['WRONG_STATE']);
    expect(errorsOf(await close(await (await world.organisation()).member(), { vacancy: id }))).toEqual([
      'NOT_ALLOWED',
    ]);
  });

  test('a decision named twice, or a cancellation without its reason, is refused by field', async () => {
    const { id } = await openVacancy(manager, { offer });
    const decision = { referral: 'ref_1', decision: 'CANCEL' };
    expect(errorsOf(await close(manager, { vacancy: id, decisions: [decision] }))).toEqual([
      'INVALID_INPUT decisions.0.reason',
    ]);
  });

  test('over a held place it refuses and writes nothing, until each is kept or given back', async () => {
    const own = await World.open();
    try {
      const partner = await own.organisation({ kind: 'INSERTION_ENTERPRISE' });
      const client = await partner.member();
      const { id } = await openVacancy(client, { offer: await offerInTables(partner), places: 2 });
      const holding = () => own.db.write(hubViewer('test'), (tx) => holdPlace(tx, { id }));
      await holding();
      expect(errorsOf(await close(client, { vacancy: id }))).toEqual(['PLACES_IN_USE decisions']);
      expect((await storedVacancy(own, id)).state).toBe('OPEN');
      // stands for the referrals, whose own tests show the rest: what is cancelled gives its place back
      const standIn = new Reactions<Transaction>().on(
        vacanciesClosed,
        async (tx, { vacancies, decisions }) => {
          for (const { decision } of decisions)
            if (decision === 'CANCEL') await releaseHeldPlace(tx, vacancies[0]!.id);
        },
      );
      Object.assign(own.db, { reactions: standIn });
      await holding();
      const decisions = [
        { referral: 'ref_1', decision: 'KEEP' },
        { referral: 'ref_2', decision: 'CANCEL', reason: 'SITE_CLOSED' },
      ];
      const { vacancy } = await close(client, { vacancy: id, decisions });
      expect(vacancy).toMatchObject({ state: 'CLOSED', held: 1, free: 1 });
    } finally {
      await own.close();
    }
  });

  test('of a close and an accept at once, nobody is left with a place of a closed vacancy', async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = await openVacancy(manager, { offer, places: 2 });
      await Promise.all([close(manager, { vacancy: id }), hold(id).catch(() => null)]);
      const { state, held } = await storedVacancy(world, id);
      expect([state, held]).toEqual(held === 0 ? ['CLOSED', 0] : ['OPEN', 1]);
    }
  });
});

describe('when its offer is archived', () => {
  const archive = (client: Client, id: string) =>
    client.run('archiveOffer', 'OfferMove', { offer: id }, 'offer { state }');

  test('its vacancies close with it, drafts as well', async () => {
    const gone = await offerInTables(provider);
    const opened = await openVacancy(manager, { offer: gone });
    const draft = await openVacancy(manager, { offer: gone, draft: true });
    expect(errorsOf(await archive(manager, gone))).toEqual([]);
    for (const { id } of [opened, draft])
      expect(await storedVacancy(world, id)).toMatchObject({
        state: 'CLOSED',
        closeReason: 'OFFER_ARCHIVED',
      });
  });

  test('over a held place it refuses, and neither changes', async () => {
    const kept = await offerInTables(provider);
    const { id } = await openVacancy(manager, { offer: kept });
    await hold(id);
    expect(errorsOf(await archive(manager, kept))).toEqual(['PLACES_IN_USE decisions']);
    expect((await storedVacancy(world, id)).state).toBe('OPEN');
  });

  test('of an archive and an opening at once, no vacancy is left open', async () => {
    for (let round = 0; round < 5; round++) {
      const gone = await offerInTables(provider);
      await Promise.all([archive(manager, gone), open(manager, { offer: gone })]);
      const [row] = await world.rows(sql`select count(*)::int as left from vacancy
        where offer_id = ${gone} and state <> 'CLOSED'`);
      expect(row.left).toBe(0);
    }
  });
});
