import sql from 'sql-template-tag';
import type { Client } from '../kit/client.ts';
import { weighed } from '../kit/matches.ts';
import { registerPerson } from '../kit/people.ts';
import { shared } from '../kit/sharing.ts';
import { Scene } from '../kit/referrals.ts';
import { offerInTables } from '../kit/vacancies.ts';
import { World } from '../kit/world.ts';

/** Whom places would serve that are not there yet, and whom none of today serves: told to who follows them, and kept nowhere. */

const [nantes, saintNazaire] = ['44109', '44184'];

let world: World;
let scene: Scene;
let council: Client;
beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
  council = await weighed(world);
});
afterAll(() => world.close());

const living = async (theme: string, more: object = {}) => {
  const { id } = await registerPerson(scene.coordinator, { commune: nantes, referent: {}, ...more });
  const { userErrors } = await scene.coordinator.run(
    'recordNeed',
    'NewNeed',
    { person: id, theme },
    'need { id }',
  );
  expect(userErrors).toEqual([]);
  return id;
};
const onFoot = { profile: { travel: { mode: 'FOOT', maxMinutes: 60 } } };

const told = `newlyPlaceable { totalCount nodes { person { id } score places needs sought constraintToday reasons { points }
    rules { rule verdict } } }
  atOnce places { number people } needs { need people } communes { people commune { code } } priorityPublics { public people }`;
const simulate = async (vacancies: object[], as: Client = scene.coordinator, selection = told) =>
  (await as.get(`query ($vacancies: [DraftPlaces!]!) { simulate(vacancies: $vacancies) { ${selection} } }`, { vacancies }))
    .simulate; // prettier-ignore
const without = async (territory: string, as: Client = scene.coordinator) =>
  (await as.get(`query ($territory: String!) { peopleWithoutPlace(territory: $territory) {
    people of lacks { need constraint people } } }`, { territory })).peopleWithoutPlace; // prettier-ignore
const idsOf = ({ newlyPlaceable: { nodes } }: any) => nodes.map(({ person }: any) => person.id).sort();

test('are placeable by places within reach who reach none of today; nothing is kept of it', async () => {
  await offerInTables(scene.receiver, { kind: 'MOBILITY', communeCode: saintNazaire! });
  const walker = await living('MOBILITE', onFoot);
  const other = await living('MOBILITE', onFoot);
  await scene.coordinator.run(
    'recordSituation',
    'NewSituation',
    { person: other, public: 'RSA' },
    'situation { id }',
  );
  await living('MOBILITE', { profile: { travel: { mode: 'CAR', maxMinutes: 120 } } });
  await living('MOBILITE'); // how far they go nobody knows: a question, no obstacle
  await living('NUMERIQUE', onFoot);
  const rows = () =>
    world.rows(
      sql`select (select count(*) from event) as events, (select count(*) from vacancy) as vacancies`,
    );
  const before = await rows();
  const here = { kind: 'MOBILITY', commune: nantes, places: 1 };
  const { newlyPlaceable, ...counts } = await simulate([here, { ...here, commune: saintNazaire, places: 5 }]);
  expect(newlyPlaceable.nodes.map(({ person }: any) => person.id)).toEqual([other, walker]);
  expect(newlyPlaceable.totalCount).toBe(2);
  const [first] = newlyPlaceable.nodes;
  expect(first).toMatchObject({ places: [1], needs: ['MOBILITE'], sought: false, constraintToday: 'TRAVEL' });
  expect(first.rules).toContainEqual({ rule: 'TRAVEL', verdict: 'PASS' });
  expect(first.score).toBe(first.reasons.reduce((sum: number, { points }: any) => sum + points, 0));
  expect(counts).toEqual({
    atOnce: 1,
    places: [{ number: 1, people: 2 }, { number: 2, people: 0 }],
    needs: [{ need: 'MOBILITE', people: 2 }],
    communes: [{ people: 2, commune: { code: nantes } }],
    priorityPublics: [{ public: 'RSA', people: 1 }],
  }); // prettier-ignore
  expect(await rows()).toEqual(before);
});

test('are not who is excluded there as well, is served today, or has something under way', async () => {
  const seeking = { soughtKind: 'QUALIFYING_TRAINING', referent: {} };
  const with_ = async (profile: object) => (await registerPerson(scene.coordinator, { ...seeking, profile })).id;
  const fluent = await with_({ frenchLevel: 'B2' });
  const beginner = await with_({ frenchLevel: 'A1' });
  const asked = await with_({});
  const draft = { kind: 'QUALIFYING_TRAINING', places: 3, frenchLevel: 'B1' };
  expect(idsOf(await simulate([draft]))).toEqual([fluent, asked].sort());
  expect(idsOf(await simulate([draft, { ...draft, frenchLevel: null }]))).toEqual([fluent, beginner, asked].sort());

  const offer = await offerInTables(scene.receiver, { kind: 'QUALIFYING_TRAINING', romeCodes: ['K2111'] });
  expect(idsOf(await simulate([draft]))).toEqual([]);
  await world.db.write(world.hub, (tx) => tx.change(sql`update offer set publics = '{seniors}' where id = ${offer}`));
  await scene.sent({ person: fluent, offer });
  expect(idsOf(await simulate([draft]))).toEqual([asked]);
  expect(idsOf(await simulate([{ places: 3, offer }]))).toEqual([]);
  expect(idsOf(await simulate([{ places: 3, offer, publics: [] }]))).toEqual([beginner, asked].sort());
}); // prettier-ignore

test('nobody is told to who does not follow them, nor counted by a need it does not read', async () => {
  const person = await living('LOGEMENT');
  const draft = [{ kind: 'HOUSING', places: 1 }];
  const stranger = await (await world.organisation({ kind: 'ASSOCIATION' })).member({ roles: ['COORDINATOR'] });
  for (const as of [stranger, scene.provider]) {
    expect((await simulate(draft, as)).newlyPlaceable).toEqual({ totalCount: 0, nodes: [] });
    expect(await without(nantes!, as)).toEqual({ people: 0, of: 0, lacks: [] });
  }
  expect(idsOf(await simulate(draft, council))).toEqual([person]);
  const reading = await world.organisation({ kind: 'ASSOCIATION' });
  await shared(scene.coordinator, { person, organisation: reading.id, categories: ['IDENTITY', 'PROFILE', 'NEEDS'] });
  expect((await simulate(draft, await reading.member({ roles: ['COORDINATOR'] }))).newlyPlaceable.nodes).toEqual([]);
}); // prettier-ignore

test('whoever stands on the page, or is one of few that are counted, is noted in the log', async () => {
  const person = await living('DIFFICULTE_FINANCIERE');
  const noted = async (selection: string) => {
    const from = await world.rows(sql`select pos from access_log order by pos desc limit 1`);
    await simulate([{ kind: 'BUDGET', places: 1 }], council, selection);
    return world.rows(sql`select person_id, categories from access_log where pos > ${from[0]?.pos ?? 0} and operation = 'simulate'`);
  };
  const line = { person_id: person, categories: expect.arrayContaining(['PROFILE', 'NEEDS']) };
  expect(await noted('newlyPlaceable { nodes { score } }')).toEqual([line]);
  expect(await noted('needs { people }')).toEqual([line]);
  expect(await noted('newlyPlaceable(first: 0) { totalCount }')).toEqual([line]);
  expect(await noted('newlyPlaceable(first: 0) { nodes { score } }')).toEqual([]);
}); // prettier-ignore

test('a page goes on after a cursor, and as many statements answer for many people and places as for few', async () => {
  const draft = { kind: 'RIGHTS_AND_LEGAL', places: 2 };
  const statements = async (vacancies: object[]) => {
    let count = 0;
    world.db.onStatement = () => void count++;
    const answer = await simulate(vacancies, scene.coordinator, 'newlyPlaceable(first: 2) { nodes { person { id } } pageInfo { endCursor hasNextPage } }');
    world.db.onStatement = () => {};
    return { count, ...answer.newlyPlaceable };
  };
  const people = [await living('DIFFICULTE_ADMINISTRATIVE')];
  const few = await statements([draft]);
  expect(few.pageInfo.hasNextPage).toBe(false);
  while (people.length < 3) people.push(await living('DIFFICULTE_ADMINISTRATIVE'));
  const drafts = [draft, { ...draft, commune: nantes }, { ...draft, commune: saintNazaire }];
  const many = await statements(drafts);
  expect([many.count, many.nodes.length, many.pageInfo.hasNextPage]).toEqual([few.count, 2, true]);
  const rest = await simulate(drafts, scene.coordinator, `newlyPlaceable(after: "${many.pageInfo.endCursor}") { nodes { person { id } } pageInfo { hasPreviousPage } }`);
  expect([...idsOf(rest), ...many.nodes.map(({ person }: any) => person.id)].sort()).toEqual(people.sort());
}); // prettier-ignore

test('a draft that says too little, or is like something that is not there, is refused by its field', async () => {
  const own = await offerInTables(scene.receiver, { state: 'DRAFT' });
  const refused = async (...vacancies: object[]) => {
    const query = 'query ($vacancies: [DraftPlaces!]!) { simulate(vacancies: $vacancies) { atOnce } }';
    const { errors } = await scene.coordinator.ask(query, { vacancies });
    const { code, field } = errors![0]!.extensions as { code: string; field?: string };
    return [code, field];
  };
  const fine = { kind: 'JOB', places: 1 };
  expect(await refused()).toEqual(['INVALID_INPUT', 'vacancies']);
  expect(await refused(fine, { kind: 'JOB', places: 0 })).toEqual(['INVALID_INPUT', 'vacancies.1.places']);
  expect(await refused({ places: 1 })).toEqual(['INVALID_INPUT', 'vacancies.0.kind']);
  expect(await refused({ ...fine, romeCodes: ['gardener'] })).toEqual(['INVALID_INPUT', 'vacancies.0.romeCodes']);
  expect(await refused({ ...fine, frenchLevel: 'UNKNOWN' })).toEqual(['INVALID_INPUT', 'vacancies.0.frenchLevel']);
  expect(await refused({ ...fine, commune: '99999' })).toEqual(['UNKNOWN_COMMUNE', 'vacancies.0.commune']);
  expect(await refused({ places: 1, offer: own })).toEqual(['NOT_FOUND', 'vacancies.0.offer']);
  expect(await refused({ places: 1, vacancy: own })).toEqual(['NOT_FOUND', 'vacancies.0.vacancy']);
}); // prettier-ignore

test('people without a place are counted by what binds: the rule that alone keeps them from most', async () => {
  const town = '44143';
  const childless = (more: object = {}) => registerPerson(scene.coordinator, { commune: town, soughtKind: 'REMOBILISATION', ...more });
  await childless();
  expect(await without(town)).toEqual({ people: 1, of: 1, lacks: [{ need: null, constraint: null, people: 1 }] });
  const offer = await offerInTables(scene.receiver, { kind: 'REMOBILISATION', communeCode: town, weeklyHours: 20 });
  expect((await without(town)).people).toBe(0);
  await childless({ profile: { availability: { weeklyHoursMost: 10 } } });
  await living('NUMERIQUE', { commune: town });
  expect(await without(town)).toEqual({
    ...{ people: 2, of: 3 },
    lacks: [{ need: 'NUMERIQUE', constraint: null, people: 1 }, { need: null, constraint: 'WEEKLY_HOURS', people: 1 }],
  });
  await world.db.write(world.hub, (tx) =>
    tx.change(sql`insert into vacancy (id, offer_id, organisation_id, state, places, opened_at, created_at, updated_at)
      values (${`vac_01${'0'.repeat(24)}`}, ${offer}, ${scene.receiver.id}, 'FILLED', 0, ${tx.now}, ${tx.now}, ${tx.now})`, 1));
  expect((await without(town)).lacks).toContainEqual({ need: null, constraint: 'PLACE', people: 2 });
}); // prettier-ignore
