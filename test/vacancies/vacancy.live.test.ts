import { hubViewer } from '../../src/kernel/viewer.ts';
import { holdPlace } from '../../src/vacancies/places.ts';
import type { Client } from '../kit/client.ts';
import { offerInTables, openVacancy } from '../kit/vacancies.ts';
import { eventually, World, type Partner } from '../kit/world.ts';

let world: World;
let provider: Partner;
let manager: Client;
let offer: string;
let watcher: Client;
let idle: number;

beforeAll(async () => {
  world = await World.open();
  idle = world.server.listening;
  provider = await world.organisation({ kind: 'INSERTION_ENTERPRISE' });
  manager = await provider.member();
  offer = await offerInTables(provider);
  watcher = await (await world.organisation({ kind: 'PLIE' })).member({ roles: ['READER'] });
});
afterAll(() => world.close());

const subscription = `subscription ($organisation: ID, $host: ID, $offer: ID, $commune: ID, $states: [VacancyState!]) {
  vacancyUpdated(organisation: $organisation, host: $host, offer: $offer, commune: $commune, states: $states) {
    event { id type occurredAt actor { kind organisationId } } vacancy { id state free commune { code } } } }`;
/** Who listens beside the hub's own watch over its open sockets. */
const listeners = () => world.server.listening - idle;
const watch = async (client: Client, variables: object = {}) => {
  const listening = await world.listening(client, subscription, variables);
  watching.push(listening);
  return listening;
};
const watching: { stop: () => void }[] = [];
afterEach(async () => {
  for (const each of watching.splice(0)) each.stop();
  await eventually(() => listeners() === 0);
});
const told = (listening: { received: any[] }) =>
  listening.received.map(({ vacancyUpdated: { event, vacancy } }) => [
    event.type,
    vacancy.state,
    vacancy.free,
  ]);

test('a host is told of what is held on its sites, and of nothing else', async () => {
  const town = await world.organisation({ kind: 'COMMUNE' });
  const mayor = await town.member();
  const { site } = await mayor.run('addSite', 'NewSite', { name: 'Quai', commune: '44143' }, 'site { id }');
  const listening = await watch(mayor, { host: town.id });
  await openVacancy(manager, { offer, places: 1 });
  const { id } = await openVacancy(manager, { offer, places: 2, site: site.id });
  await world.db.write(hubViewer('test'), (tx) => holdPlace(tx, { id }));
  await listening.until(2);
  expect(told(listening)).toEqual([
    ['vacancy.opened', expect.anything(), expect.anything()],
    ['vacancy.places_changed', 'OPEN', 1],
  ]);
  expect(listening.received.map(({ vacancyUpdated }) => vacancyUpdated.vacancy.id)).toEqual([id, id]);
});

test('a subscriber is told of each change another partner makes, in order, as it now is', async () => {
  const listening = await watch(watcher, { organisation: provider.id });
  const { id } = await openVacancy(manager, { offer, places: 1 });
  await listening.until(1);
  await world.db.write(hubViewer('test'), (tx) => holdPlace(tx, { id }));
  await listening.until(2);
  await manager.run('updateVacancy', 'VacancyUpdate', { vacancy: id, places: 3 }, 'vacancy { id }');
  await listening.until(3);
  expect(told(listening)).toEqual([
    ['vacancy.opened', 'OPEN', 1],
    ['vacancy.places_changed', 'FILLED', 0],
    ['vacancy.updated', 'OPEN', 2],
  ]);
  const { event, vacancy } = listening.received[0].vacancyUpdated;
  expect(event).toMatchObject({
    id: expect.stringMatching(/^evt_/),
    occurredAt: world.clock.now(),
    actor: { kind: 'MEMBER', organisationId: provider.id },
  });
  expect(vacancy).toMatchObject({ id, commune: { code: '44109' } });
});

test('each filter holds: another commune, offer, organisation or state hears nothing', async () => {
  const other = await world.organisation();
  const elsewhere = [
    await watch(watcher, { commune: '44184' }),
    await watch(watcher, { offer: await offerInTables(other) }),
    await watch(watcher, { organisation: other.id }),
    await watch(watcher, { states: ['FILLED', 'CLOSED'] }),
  ];
  const here = await watch(watcher, { commune: '44109', offer, organisation: provider.id, states: ['OPEN'] });
  await openVacancy(manager, { offer });
  await here.until(1);
  // what is told comes in order: had they been told, they would have been by the time of this one
  const { id } = await openVacancy(manager, { offer, places: 0 });
  await elsewhere[3]!.until(1);
  expect(elsewhere.map(({ received }) => received.length)).toEqual([0, 0, 0, 1]);
  expect(elsewhere[3]!.received[0]).toMatchObject({ vacancyUpdated: { vacancy: { id, state: 'FILLED' } } });
  expect(here.received).toHaveLength(1);
});

test('a draft is told to its own organisation only', async () => {
  const mine = await offerInTables(provider);
  const [own, others] = [await watch(manager, { offer: mine }), await watch(watcher, { offer: mine })];
  await openVacancy(manager, { offer: mine, draft: true });
  await openVacancy(manager, { offer: mine });
  await own.until(2);
  await others.until(1);
  expect(told(own)).toEqual([
    ['vacancy.drafted', 'DRAFT', 4],
    ['vacancy.opened', 'OPEN', 4],
  ]);
  expect(told(others)).toEqual([['vacancy.opened', 'OPEN', 4]]);
});

test('who unsubscribes, or goes away, leaves nothing behind', async () => {
  const passing = await (await world.organisation()).member();
  const listening = await watch(passing);
  await watch(passing, { commune: '44109' });
  listening.stop();
  await eventually(() => listeners() === 1);
  await passing.close();
  await eventually(() => listeners() === 0);
});

test.each([[{ organisation: 'off_1' }], [{ commune: '4410' }], [{ states: [] }], [{ states: ['ACCEPTED'] }]])(
  '%j is refused: it could never match',
  async (variables) => {
    const listening = watcher.subscribe(subscription, variables);
    await expect(listening.until(1, 2000)).rejects.toThrow(/the subscription failed/);
    expect(listeners()).toBe(0);
  },
);

test('a tool without the scope hears nothing', async () => {
  const listening = (await provider.tool(['people:read'])).subscribe(subscription);
  await expect(listening.until(1, 2000)).rejects.toThrow(/the subscription failed/);
});
