import sql from 'sql-template-tag';
import { newId } from '../../src/kernel/ids.ts';
import type { Client } from '../kit/client.ts';
import { coordinator, registerPerson } from '../kit/people.ts';
import { agreed, done, Scene } from '../kit/referrals.ts';
import { offerInTables } from '../kit/vacancies.ts';
import { World, type Partner } from '../kit/world.ts';

/** Needs of people that no place within their reach answers: counted for who reads those needs, and for nobody else. */

const [nantes, reze, saintNazaire] = ['44109', '44143', '44184'];
const epci = '244400404';

let world: World;
let scene: Scene;
let council: Client;
let town: Partner;
beforeAll(async () => {
  world = await World.open();
  council = await (await world.organisation({ kind: 'COUNCIL' })).member();
  town = await world.organisation({ kind: 'COMMUNE' });
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const question = `query ($territory: String!, $month: String!) { unmetNeeds(territory: $territory, month: $month) {
  need people topConstraint communes { people commune { code } } } }`;
const ask = async (by: Client, territory = epci, month = '2026-11') =>
  (await by.get(question, { territory, month })).unmetNeeds;
const codeOf = async (by: Client, territory: string, month: string) =>
  (await by.ask(question, { territory, month })).errors?.map(({ extensions }) => extensions.code);
const living = async (commune: string, theme: string, more: object = {}) => {
  const { id } = await registerPerson(scene.coordinator, { commune, referent: {}, ...more });
  const input = { person: id, theme, openedOn: '2026-10-20' };
  const { need } = await scene.coordinator.run('recordNeed', 'NewNeed', input, 'need { id }');
  return { id, need: need.id };
};
const session = (partner: Partner, offer: string, places: number) =>
  world.db.write(world.hub, (tx) =>
    tx.change(sql`insert into vacancy (id, offer_id, organisation_id, state, places, opened_at, created_at, updated_at)
      values (${newId('Vacancy')}, ${offer}, ${partner.id}, ${places ? 'OPEN' : 'FILLED'}, ${places}, ${tx.now}, ${tx.now}, ${tx.now})`, 1),
  ); // prettier-ignore
const mobility = (communeCode: string) => offerInTables(scene.receiver, { kind: 'MOBILITY', communeCode });

test('are counted need by need and commune by commune, with what keeps most of them', async () => {
  await living(nantes!, 'MOBILITE');
  await living(nantes!, 'NUMERIQUE');
  await living(reze!, 'MOBILITE', { profile: { travel: { mode: 'CAR', maxMinutes: 90 } } });
  await living(saintNazaire!, 'MOBILITE');
  const communes = [
    { people: 1, commune: { code: nantes } },
    { people: 1, commune: { code: reze } },
  ];
  const nothing = { need: 'MOBILITE', people: 2, topConstraint: 'NOTHING_OFFERED', communes };
  const digital = { need: 'NUMERIQUE', people: 1, topConstraint: 'NOTHING_OFFERED', communes: [communes[0]] };
  expect(await ask(council)).toEqual([nothing, digital]);
  expect(await ask(council, reze)).toEqual([{ ...nothing, people: 1, communes: [communes[1]] }]);

  await mobility(saintNazaire!); // an hour away by car: the driver gets there
  expect(await ask(council)).toEqual([{ ...nothing, people: 1, topConstraint: 'TOO_FAR', communes: [communes[0]] }, digital]);
  const near = await mobility(nantes!);
  await session(scene.receiver, near, 0);
  expect(await ask(council)).toMatchObject([{ need: 'MOBILITE', people: 1, topConstraint: 'FULL' }, digital]);
  await session(scene.receiver, near, 2);
  expect(await ask(council)).toEqual([digital]);
}); // prettier-ignore

test('leave out whose referral is under way, whose need was closed before, and who was erased', async () => {
  const offer = await offerInTables(scene.receiver, { kind: 'HOUSING', communeCode: saintNazaire });
  const [waiting, closed, other] = [await living(nantes!, 'LOGEMENT'), await living(nantes!, 'LOGEMENT'), await living(nantes!, 'LOGEMENT')];
  const counted = async (month?: string) =>
    (await ask(council, epci, month)).find(({ need }: any) => need === 'LOGEMENT')?.people ?? 0;
  expect(await counted()).toBe(3);
  done(await scene.refer({ person: waiting.id, offer, personAgreement: agreed }));
  expect(await counted()).toBe(2);
  await world.db.write(world.hub, (tx) => tx.change(sql`update need set closed_on = '2026-10-31', close_reason = 'MET' where id = ${closed.need}`, 1));
  expect(await counted()).toBe(1);
  expect(await counted('2026-10')).toBe(3); // nothing was under way then
  expect(await counted('2026-09')).toBe(0);
  const { person } = await council.get(`{ person(id: "${other.id}") { reference } }`);
  await council.run('erasePerson', 'PersonErasure', { person: other.id, reason: 'PERSON_REQUEST', confirm: person.reference }, 'erasure { id }');
  expect(await counted()).toBe(0);
}); // prettier-ignore

test('of a past month are held against what was open in it', async () => {
  await living(nantes!, 'DIFFICULTE_FINANCIERE');
  const offer = await offerInTables(scene.receiver, { kind: 'BUDGET', publishedAt: '2026-09-01T08:00:00Z' });
  await session(scene.receiver, offer, 1);
  const held = async (month: string) => (await ask(council, epci, month)).find(({ need }: any) => need === 'DIFFICULTE_FINANCIERE');
  expect(await held('2026-11')).toBeUndefined();
  expect(await held('2026-10')).toMatchObject({ topConstraint: 'NOTHING_OFFERED' });
  await world.db.write(world.hub, (tx) => tx.change(sql`update vacancy set opened_at = '2026-10-30T08:00:00Z' where offer_id = ${offer}`, 1));
  expect(await held('2026-10')).toBeUndefined();
}); // prettier-ignore

test('are told to nobody who does not read the needs, and who reads a few leaves a line for each', async () => {
  await living(nantes!, 'CONTRAINTES_FAMILIALES');
  const mine = await ask(scene.coordinator);
  expect(mine.map(({ need }: any) => need)).toContain('CONTRAINTES_FAMILIALES');
  const elsewhere = await world.organisation({ kind: 'PLIE' });
  const state = await world.organisation({ kind: 'STATE' });
  for (const by of [await elsewhere.member(), await town.member(), await state.member(), scene.provider])
    expect(await ask(by)).toEqual([]);
  const portfolio = await coordinator(elsewhere, { people: 'PORTFOLIO' });
  expect(await ask(portfolio)).toEqual([]);
  const lines = () => world.rows<any>(sql`select person_id, categories from access_log where organisation_id = ${scene.sender.id} order by pos`);
  const before = (await lines()).length;
  const again = await ask(scene.coordinator);
  const told = (await lines()).slice(before);
  expect(new Set(told.map(({ categories }) => categories.join()))).toEqual(new Set(['CONTACT,NEEDS']));
  expect(told).toHaveLength(new Set(told.map(({ person_id }) => person_id)).size);
  expect(told.length).toBeLessThanOrEqual(again.reduce((sum: number, { people }: any) => sum + people, 0));
  expect(told.length).toBeGreaterThan(0);
}); // prettier-ignore

test('are asked of a known territory and a month that has come', async () => {
  for (const [territory, month, code] of [
    [epci, '2026-13', 'INVALID_INPUT'],
    [epci, '2026-12', 'INVALID_INPUT'],
    [epci, '2021-10', 'INVALID_INPUT'],
    ['99999', '2026-11', 'UNKNOWN_COMMUNE'],
    ['123456789', '2026-11', 'NOT_FOUND'],
    ['', '2026-11', 'UNKNOWN_COMMUNE'],
  ] as const)
    expect([territory, month, await codeOf(council, territory, month)]).toEqual([territory, month, [code]]);
  const tool = await scene.sender.tool(['offers:read'], scene.coordinator.memberId);
  expect(await codeOf(tool, epci, '2026-11')).toEqual(['INSUFFICIENT_SCOPE']);
  // blind to referrals, it would count whom one is under way for
  const blind = await scene.sender.tool(['people:read'], scene.coordinator.memberId);
  expect(await codeOf(blind, epci, '2026-11')).toEqual(['INSUFFICIENT_SCOPE']);
}); // prettier-ignore
