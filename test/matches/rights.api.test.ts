import sql from 'sql-template-tag';
import { openAccess } from '../../src/people/access.ts';
import type { Category } from '../../src/people/access.rules.ts';
import { Category as categories } from '../../src/people/access.rules.ts';
import type { Client } from '../kit/client.ts';
import { explained, matchSelection, weighed } from '../kit/matches.ts';
import { registerPerson } from '../kit/people.ts';
import { done, Scene } from '../kit/referrals.ts';
import { offerInTables } from '../kit/vacancies.ts';
import { recordPass } from '../kit/eligibility.ts';
import { World, type Asking, type Partner } from '../kit/world.ts';

/** Nothing a match tells is more than its viewer may read of the person, and no list is of anybody it does not follow. */

let world: World;
let scene: Scene;
let vacancy: string;
beforeAll(async () => {
  world = await World.open({ health: true });
  scene = await Scene.open(world, {
    ...{ romeCodes: ['A1203'], weeklyHours: 26, siaeKind: 'ACI', publics: ['demandeurs-emploi'] },
    ...{ thematiques: ['mobilite--preparer-un-permis'], eligibilityZone: ['44171'] },
  });
  await weighed(world);
  const { id } = await openHere(3);
  vacancy = id;
});
afterAll(() => world.close());

async function openHere(places: number) {
  const input = { offer: scene.offer, places, startsOn: '2026-12-01' };
  return (await scene.provider.run('openVacancy', 'NewVacancy', input, 'vacancy { id }')).vacancy as { id: string };
} // prettier-ignore

const somebody = async (over: object = {}) =>
  (await registerPerson(scene.coordinator, { referent: {}, profile: { wishedTrades: ['A1203'] }, ...over }))
    .id;

/** A partner to which these categories alone are open, as one that follows the person or only reads of them. */
async function sees(person: string, open: readonly Category[], reason: 'PROGRAMME' | 'GRANT' = 'GRANT'): Promise<Asking> {
  const partner = await world.organisation({ kind: 'ASSOCIATION' });
  await opened(partner, person, open, reason);
  return partner.member({ roles: ['COORDINATOR'] });
} // prettier-ignore

function opened(partner: Partner, person: string, open: readonly Category[], reason: 'PROGRAMME' | 'GRANT') {
  const of = {
    person,
    organisation: partner.id,
    categories: open,
    reason,
    source: `${partner.id}-${reason}`,
  };
  return world.db.write(world.hub, (tx) => openAccess(tx, of));
}

/** What would move each rule or point, and the category that must be open for it. */
const hidden: [Category, (person: string) => Promise<unknown>][] = [
  ['CONTACT', (person) => scene.coordinator.run('updatePerson', 'PersonUpdate', { person, commune: '44171' }, 'person { id }')],
  ['NEEDS', (person) => scene.coordinator.run('recordNeed', 'NewNeed', { person, theme: 'EMPLOI' }, 'need { id }')],
  ['ENTITLEMENTS', (person) => scene.coordinator.run('recordSituation', 'NewSituation', { person, public: 'RSA' }, 'situation { id }')],
  ['PATHWAY', (person) => recordPass(scene.coordinator, { person, number: `99999213${world.next() + 1000}`, from: '2026-01-05' })],
  ['PATHWAY', async (person) => {
    const { id } = await scene.sent({ person, vacancy });
    done(await scene.move(scene.provider, 'declineReferral', id, { reason: 'NOT_INTERESTED' }));
  }],
]; // prettier-ignore

test.each(hidden.map(([category, change], at) => [category, at, change] as const))(
  'a fact of %s (%i) changes nothing for who may not read it, and something for who may',
  async (category, _at, change) => {
    const person = await somebody({ commune: '44024' });
    const open = Object.keys(categories).filter((each) => each !== category && each !== 'IDENTITY') as Category[];
    const blind = await sees(person, open);
    const seeing = await sees(person, [...open, category]);
    const told = async (as: Client) => {
      const { person: who, ...match } = await explained(as, person, vacancy);
      return { ...match, listed: await suggested(as, who.id) };
    };
    const before = [await told(blind), await told(seeing)];
    await change(person);
    const after = [await told(blind), await told(seeing)];
    expect(after[0]).toEqual(before[0]);
    expect(after[1]).not.toEqual(before[1]);
  },
); // prettier-ignore

const suggested = async (as: Client, person: string) => {
  const query = `query ($id: ID!) { person(id: $id) { suggestions(first: 5) { nodes { ${matchSelection} } } } }`;
  return (await as.get(query, { id: person })).person.suggestions?.nodes ?? null;
};

test('without the profile there is no match, nor any suggestion', async () => {
  const person = await somebody();
  const reader = await sees(person, ['CORE', 'CONTACT', 'NEEDS']);
  expect(await explained(reader, person, vacancy)).toBeNull();
  expect(await suggested(reader, person)).toBeNull();
  const stranger = await (await world.organisation()).member();
  expect(await explained(stranger, person, vacancy)).toBeNull();
  expect(await explained(scene.coordinator, person, 'vac_01kasv5gqefk9vbd1p4cqzfk3a')).toBeNull();
  const tool = await scene.sender.tool(['offers:read']);
  const refused = await tool.ask('query ($p: ID!, $v: ID!) { explainMatch(person: $p, vacancy: $v) { score } }', { p: person, v: vacancy });
  expect(refused.errors![0]!.extensions!.code).toBe('INSUFFICIENT_SCOPE');
}); // prettier-ignore

const candidates = async (
  as: Client,
  of: string,
  selection = 'rank score feasible person { id }',
  first = 20,
) => {
  const query = `query ($id: ID!, $first: Int!) { vacancy(id: $id) { candidates(first: $first) { nodes { ${selection} } } } }`;
  return (await as.get(query, { id: of, first })).vacancy.candidates.nodes;
};

test('candidates are the people one follows, the best first; a provider gets no list, and each shown is logged', async () => {
  const mine = await world.organisation({ kind: 'PLIE' });
  const coordinator = await mine.member({ roles: ['COORDINATOR'] });
  const place = await openVacancyFor('44109');
  const near = { commune: '44109', profile: { wishedTrades: ['A1203'], travel: { mode: 'CAR', maxMinutes: 60 } } };
  const best = await registered(coordinator, near);
  const second = await registered(coordinator, { ...near, profile: { wishedTrades: ['A1204', 'A1203'], availability: { weeklyHoursMost: 20 } } });
  const refusing = await registered(coordinator, { ...near, profile: { wishedTrades: ['K2304'], refusedTrades: ['A1203'] } });
  const foreign = await somebody();
  await opened(mine, foreign, ['CORE', 'PROFILE'], 'GRANT');
  const listed = await candidates(coordinator, place);
  expect(listed.map(({ person, rank }: any) => [person.id, rank])).toEqual([[best, 1]]);
  expect([second, refusing, foreign].some((id) => listed.some(({ person }: any) => person.id === id))).toBe(false);
  const asked = await explained(coordinator, best, place, 'rank standing { rank of cutoff }');
  expect(asked).toEqual({ rank: 1, standing: { rank: 1, of: 1, cutoff: null } });
  expect(await candidates(scene.provider, place)).toEqual([]);
  const lines = await world.rows(sql`select person_id, categories from access_log where organisation_id = ${mine.id}
    and operation is distinct from 'registerPerson' and person_id in (${best}, ${second})`);
  expect(new Set(lines.map(({ person_id }) => person_id))).toEqual(new Set([best]));
  expect(lines[0].categories).toEqual(expect.arrayContaining(['CONTACT', 'NEEDS', 'PATHWAY', 'PROFILE']));
}); // prettier-ignore

test('as many statements for ten people as for two', async () => {
  const mine = await world.organisation({ kind: 'PLIE' });
  const coordinator = await mine.member({ roles: ['COORDINATOR'] });
  const place = await openVacancyFor('44109');
  for (let n = 0; n < 10; n++)
    await registered(coordinator, { commune: '44109', profile: { wishedTrades: ['A1203'] } });
  const counted = async (first: number) => {
    let statements = 0;
    world.db.onStatement = () => void statements++;
    const listed = await candidates(coordinator, place, matchSelection, first);
    world.db.onStatement = () => {};
    expect(listed).toHaveLength(first);
    return statements;
  };
  expect(await counted(10)).toBe(await counted(2));

  const query = `query ($id: ID!, $after: String) { vacancy(id: $id) { candidates(first: 6, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } nodes { rank } } } }`;
  const first = (await coordinator.get(query, { id: place })).vacancy.candidates;
  const second = (await coordinator.get(query, { id: place, after: first.pageInfo.endCursor })).vacancy
    .candidates;
  expect([first.totalCount, first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([
    10,
    true,
    false,
  ]);
  expect([...first.nodes, ...second.nodes].map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const elsewhere = await coordinator.ask(query, { id: vacancy, after: first.pageInfo.endCursor });
  expect(elsewhere.errors).toMatchObject([{ extensions: { code: 'CURSOR_MISMATCH' } }]);
});

async function registered(as: Client, over: object): Promise<string> {
  return (await registerPerson(as, { legalBasis: 'PUBLIC_INTEREST', ...over })).id;
}

/** Of an offer of its own, with a place to reach. */
async function openVacancyFor(commune: string): Promise<string> {
  const offer = await offerInTables(scene.receiver, { romeCodes: ['A1203'], weeklyHours: 26, communeCode: commune });
  const payload = await scene.provider.run('openVacancy', 'NewVacancy', { offer, places: 3 }, 'vacancy { id }');
  return payload.vacancy.id;
} // prettier-ignore
