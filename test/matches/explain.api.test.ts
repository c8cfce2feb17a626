import sql from 'sql-template-tag';
import { explained, verdictOf, weighed } from '../kit/matches.ts';
import { registerPerson } from '../kit/people.ts';
import { done, Scene } from '../kit/referrals.ts';
import { offerInTables } from '../kit/vacancies.ts';
import type { Client } from '../kit/client.ts';
import { World } from '../kit/world.ts';

/** Why a person and a place fit, or do not: points that add up, rules with their facts, and what would change it. */

let world: World;
let scene: Scene;
beforeAll(async () => {
  world = await World.open({ health: true });
  scene = await Scene.open(world, { romeCodes: ['A1203'], weeklyHours: 26 });
  await weighed(world);
});
afterAll(() => world.close());

const gardener = {
  wishedTrades: ['A1203'],
  travel: { mode: 'BUS', maxKm: 15 },
  availability: { weeklyHoursLeast: 20, weeklyHoursMost: 30 },
};
const somebody = async (profile: object = gardener, over: object = {}) =>
  (await registerPerson(scene.coordinator, { referent: {}, profile, ...over })).id; // prettier-ignore
const asks = (offer: string, more: object) =>
  scene.provider.run('setOfferRequirement', 'OfferRequirement', { offer, ...more }, 'offer { id version }');

test('the points add up to the score, and what is unknown is a question', async () => {
  const offer = await offerInTables(scene.receiver, { romeCodes: ['A1203'], weeklyHours: 26 });
  await asks(offer, { licences: ['B'] });
  const vacancy = await vacancyOf(offer, { places: 2, startsOn: '2026-12-01' });
  const match = await explained(scene.coordinator, await somebody(), vacancy);
  expect(match.score).toBe(match.reasons.reduce((sum: number, { points }: any) => sum + points, 0));
  expect(match.reasons).toContainEqual({ criterion: 'WISH', points: 30, max: 30, detail: 'Wishes this very trade (A1203).' });
  expect(match.reasons).toContainEqual({ criterion: 'HOURS', points: 10, max: 10, detail: '26 h a week suit.' });
  expect(match).toMatchObject({ feasible: true, rank: 1, bindingConstraint: 'LICENCE' });
  expect(match.rules).toContainEqual({
    rule: 'LICENCE', verdict: 'UNKNOWN', fact: null, question: 'Does the person hold this licence: B?',
    change: { by: null, unit: null, to: [], sentence: 'Licence unknown: Does the person hold this licence: B?' },
  });
  expect(verdictOf(match, 'TRAVEL')).toBe('PASS');
}); // prettier-ignore

test('no place left: the rank on the list, in the language asked for', async () => {
  const vacancy = await scene.vacancy(1);
  await scene.accepted({ vacancy });
  await scene.waitlisted(vacancy);
  const person = await somebody();
  const match = await explained(scene.coordinator, person, vacancy);
  expect(match).toMatchObject({
    ...{ feasible: false, rank: null, bindingConstraint: 'PLACE' },
    smallestChange: { by: 2, unit: 'RANK', sentence: 'No place left: 2nd on the list' },
  });
  const french = await scene.sender.member({ roles: ['COORDINATOR'], language: 'fr' });
  const told = await explained(french, person, vacancy);
  expect(told.smallestChange.sentence).toBe('Plus de place : 2e rang sur la liste');
});

test('each rule that fails says by how much', async () => {
  const offer = await offerInTables(scene.receiver, { romeCodes: ['A1203'], weeklyHours: 35, publics: ['seniors'] });
  await asks(offer, { licences: ['B'], frenchLevel: 'B1', timeBands: ['NIGHT'] });
  const far = await vacancyOf(offer, { places: 1, startsOn: '2026-12-01', communeCode: '44184' });
  const profile = {
    ...{ refusedTrades: ['A1203'], licences: [], frenchLevel: 'A2', travel: { mode: 'FOOT', maxMinutes: 30 } },
    availability: { weeklyHoursMost: 30, timeBands: ['MORNING'], from: '2026-12-03' },
  };
  const match = await explained(scene.coordinator, await somebody(profile), far);
  expect(match.feasible).toBe(false);
  const changes = Object.fromEntries(match.rules.flatMap(({ rule, verdict, change }: any) => (verdict === 'FAIL' ? [[rule, change.sentence]] : [])));
  expect(changes).toEqual({
    TRADE: 'The person would have to accept this trade: A1203',
    PUBLIC: 'The offer is for another public: seniors',
    TRAVEL: expect.stringMatching(/^\d+ km beyond reach$/),
    DATES: 'Available 2 days too late, on 2026-12-03',
    WEEKLY_HOURS: '5 h a week outside what the person can work',
    TIME_BANDS: 'Would have to be available at night',
    LICENCE: 'Licence to obtain: B',
    FRENCH_LEVEL: 'French to bring to B1',
  });
}); // prettier-ignore

test('a refusal of that offer that still holds excludes until its day', async () => {
  const person = await somebody();
  const vacancy = await scene.vacancy(3);
  const { id } = await scene.sent({ person, vacancy });
  done(await scene.move(scene.provider, 'declineReferral', id, { reason: 'NOT_INTERESTED' }));
  const match = await explained(scene.coordinator, person, vacancy);
  expect(match).toMatchObject({ feasible: false, bindingConstraint: 'REFUSAL', smallestChange: { unit: 'DAYS', by: 180 } });
}); // prettier-ignore

test('what an offer asks is a version of its own, inherited by its vacancies, and kept by what was sent', async () => {
  const offer = await offerInTables(scene.receiver);
  const vacancy = await vacancyOf(offer, { places: 2 });
  const first = await asks(offer, { licences: ['B'], frenchLevel: 'A2' });
  expect(first).toMatchObject({ offer: { id: offer, version: 2 }, userErrors: [] });
  const said = { vacancy, licences: [], timeBands: ['WEEKEND'] };
  await scene.provider.run('setVacancyRequirement', 'VacancyRequirement', said, 'vacancy { id }');
  const person = await somebody({ frenchLevel: 'B1', licences: [] });
  const match = await explained(scene.coordinator, person, vacancy);
  expect(['LICENCE', 'FRENCH_LEVEL', 'TIME_BANDS'].map((rule) => verdictOf(match, rule))).toEqual([null, 'PASS', 'UNKNOWN']);
  const { id } = await scene.sent({ person, vacancy });
  await asks(offer, { frenchLevel: 'C1' });
  const read = 'query ($id: ID!, $offer: ID!) { referral(id: $id) { verdicts { rule verdict } } offer(id: $offer) { requirements { number licences frenchLevel replacedAt } } }';
  const kept = await scene.provider.get(read, { id, offer });
  expect(kept.referral.verdicts).toHaveLength(2);
  expect(kept.referral.verdicts).toEqual(expect.arrayContaining([{ rule: 'FRENCH_LEVEL', verdict: 'PASS' }, { rule: 'TIME_BANDS', verdict: 'UNKNOWN' }]));
  expect(kept.offer.requirements).toEqual([
    { number: 2, licences: null, frenchLevel: 'C1', replacedAt: null },
    { number: 1, licences: ['B'], frenchLevel: 'A2', replacedAt: world.clock.now() },
  ]);
  const [frozen] = await world.rows(sql`select asked from referral_verdict where referral_id = ${id}`);
  expect(frozen.asked).toEqual({ licences: [], frenchLevel: 'A2', timeBands: ['WEEKEND'] });
}); // prettier-ignore

test('what an offer asks is said by its providers alone, of what is not archived, and never a level nobody knows', async () => {
  const offer = await offerInTables(scene.receiver);
  const archived = await offerInTables(scene.receiver, { state: 'ARCHIVED' });
  const by = async (as: Client, of: string, more: object) =>
    (await as.run('setOfferRequirement', 'OfferRequirement', { offer: of, ...more }, 'offer { id }')).userErrors[0]?.code;
  expect(await by(scene.coordinator, offer, { licences: ['B'] })).toBe('NOT_ALLOWED');
  expect(await by(scene.provider, archived, { licences: ['B'] })).toBe('WRONG_STATE');
  expect(await by(scene.provider, offer, { frenchLevel: 'UNKNOWN' })).toBe('INVALID_INPUT');
  expect(await by(scene.provider, offer, { version: 7 })).toBe('STALE');
  const twice = await Promise.all([1, 2].map(() => by(scene.provider, offer, { version: 1, licences: ['B'] })));
  expect(twice.sort()).toEqual(['STALE', undefined]);
}); // prettier-ignore

test('a preview counts whom a rule brings in and leaves out, and is logged where they are few', async () => {
  const mine = await world.organisation({ kind: 'PLIE' });
  const coordinator = await mine.member({ roles: ['COORDINATOR'] });
  const offer = await offerInTables(scene.receiver);
  await asks(offer, { licences: ['B'] });
  const bus = { travel: { mode: 'BUS', maxKm: 15 } };
  const with_ = async (profile: object) => (await registerPerson(coordinator, { profile, soughtKind: 'INSERTION_WORKSITE' })).id;
  const driver = await with_({ ...bus, licences: ['B'], frenchLevel: 'A1', availability: { weeklyHoursMost: 20 } });
  const walker = await with_({ ...bus, licences: [], frenchLevel: 'B2' });
  await with_({});
  await registerPerson(coordinator, { soughtKind: 'JOB', profile: { licences: [] } }); // not who would go there
  const query = 'query ($offer: ID!, $rule: RuleDraft!) { previewRule(offer: $offer, rule: $rule) { comesIn dropsOut stays toAsk } }';
  const preview = async (rule: object, as: Client = coordinator) => (await as.get(query, { offer, rule })).previewRule;
  expect(await preview({ frenchLevel: 'B1' })).toEqual({ comesIn: 1, dropsOut: 1, stays: 1, toAsk: 1 });
  expect(await preview({ licences: ['B'] })).toEqual({ comesIn: 0, dropsOut: 0, stays: 2, toAsk: 1 });
  const who = `query ($offer: ID!, $rule: RuleDraft!) { previewRule(offer: $offer, rule: $rule) { comingIn(first: 1) { totalCount nodes { id } }
    droppingOut { totalCount nodes { id } } } }`;
  const hours = await coordinator.get(who, { offer, rule: { licences: ['B'], weeklyHours: 30 } });
  expect(hours.previewRule).toEqual({ comingIn: { totalCount: 0, nodes: [] }, droppingOut: { totalCount: 1, nodes: [{ id: driver }] } });
  const seniors = await coordinator.get(who, { offer, rule: { licences: ['B'], publics: ['seniors'] } });
  expect(seniors.previewRule.droppingOut.totalCount).toBe(2);
  expect(await preview({}, await (await world.organisation()).member())).toEqual({ comesIn: 0, dropsOut: 0, stays: 0, toAsk: 0 });
  const { errors } = await coordinator.ask(query, { offer, rule: { frenchLevel: 'UNKNOWN' } });
  expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
  const lines = await world.rows(sql`select person_id, categories from access_log where operation = 'previewRule' order by pos`);
  expect(lines.map(({ person_id }) => person_id)).toEqual(expect.arrayContaining([driver, walker]));
  expect(lines[0].categories).toContain('PROFILE');
}); // prettier-ignore

test('a place that has begun is for who is free today, though not yet on its first day', async () => {
  const vacancy = await scene.vacancy(2, '2026-11-01');
  const available = { ...gardener, availability: { ...gardener.availability, from: '2026-11-16' } };
  const person = await somebody(available, { commune: '44109' });
  expect(await explained(scene.coordinator, person, vacancy, 'feasible rules { rule verdict }')).toMatchObject({ feasible: true });
  const query = `query ($person: ID!, $vacancy: ID!) { person(id: $person) { suggestions(first: 100) { nodes { vacancy { id } } } }
    vacancy(id: $vacancy) { candidates(first: 100) { nodes { person { id } } } } }`;
  const listed = await scene.coordinator.get(query, { person, vacancy });
  expect(listed.person.suggestions.nodes).toContainEqual({ vacancy: { id: vacancy } });
  expect(listed.vacancy.candidates.nodes).toContainEqual({ person: { id: person } });
}); // prettier-ignore

async function vacancyOf(offer: string, over: Record<string, unknown>): Promise<string> {
  const { communeCode = '44109', ...input } = over;
  const { vacancy, userErrors } = await scene.provider.run('openVacancy', 'NewVacancy', { offer, ...input }, 'vacancy { id }');
  if (userErrors.length) throw new Error(JSON.stringify(userErrors));
  await world.db.write(world.hub, (tx) =>
    tx.change(sql`update vacancy set commune_code = ${communeCode}, latitude = commune.latitude, longitude = commune.longitude
      from commune where commune.code = ${communeCode} and vacancy.id = ${vacancy.id}`),
  );
  return vacancy.id;
} // prettier-ignore
