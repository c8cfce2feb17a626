import sql from 'sql-template-tag';
import { hubViewer, scopes, type Viewer } from '../../src/kernel/viewer.ts';
import type { Client } from '../kit/client.ts';
import { cddi, ended, placed, started } from '../kit/placements.ts';
import { alsoFollowedBy, Scene } from '../kit/referrals.ts';
import { World, type Partner } from '../kit/world.ts';

let world: World;
let scene: Scene;
let council: Partner;
/** What started first, second, third: STARTED, ENDED, SUSPENDED. */
const ids: string[] = [];
let person: string;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
  council = await world.organisation({ kind: 'COUNCIL' });
  person = await scene.person();
  await alsoFollowedBy(council, person);
  ids.push((await started(scene, { person, startedOn: '2026-10-01' })).id);
  ids.push((await ended(scene, { endedOn: '2026-11-10' })).id);
  ids.push((await started(scene, { startedOn: '2026-11-16' })).id);
  const contract = { ...cddi, to: '2027-12-31' };
  await placed(scene.provider, 'renewContract', { placement: ids[0], contract });
  const suspension = { placement: ids[2], kind: 'PMSMP', from: '2026-11-20' };
  await placed(scene.provider, 'suspendPlacement', suspension);
  const undone = await started(scene);
  await placed(scene.provider, 'undoStart', { placement: undone.id });
});
afterAll(() => world.close());

const list = `query ($filter: PlacementFilter, $orderBy: PlacementOrder, $first: Int, $after: String, $last: Int, $before: String) {
  placements(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { id state } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

async function found(filter: object, client = scene.provider): Promise<number[]> {
  const { placements } = await client.get(list, { filter });
  expect(placements.totalCount).toBe(placements.nodes.length);
  return placements.nodes.map((node: { id: string }) => ids.indexOf(node.id)).sort();
}

describe('a list of placements', () => {
  test('each filter keeps what it says', async () => {
    const rows = await world.rows<{ id: string; vacancy_id: string }>(
      sql`select id, vacancy_id from placement`,
    );
    const vacancy = rows.find((row) => row.id === ids[1])!.vacancy_id;
    expect(await found({})).toEqual([0, 1, 2]);
    expect(await found({ organisation: scene.sender.id })).toEqual([0, 1, 2]);
    expect(await found({ sender: scene.sender.id })).toEqual([0, 1, 2]);
    expect(await found({ sender: scene.receiver.id })).toEqual([]);
    expect(await found({ receiver: scene.receiver.id })).toEqual([0, 1, 2]);
    expect(await found({ receiver: scene.sender.id })).toEqual([]);
    expect(await found({ organisation: council.id })).toEqual([]);
    expect(await found({ person })).toEqual([0]);
    expect(await found({ offer: scene.offer })).toEqual([0, 1, 2]);
    expect(await found({ offer: 'off_unknown' })).toEqual([]);
    expect(await found({ vacancy })).toEqual([1]);
    expect(await found({ states: ['SUSPENDED', 'ENDED'] })).toEqual([1, 2]);
    expect(await found({ states: ['UNDONE'] })).toEqual([-1]);
    expect(await found({ startedBetween: { from: '2026-11-02', to: '2026-11-15' } })).toEqual([1]);
    expect(await found({ startedBetween: { from: '2026-11-02' } })).toEqual([1, 2]);
    expect(await found({ endedBetween: { from: '2026-11-10', to: '2026-11-10' } })).toEqual([1]);
    expect(await found({ endedBetween: { from: '2026-11-11' } })).toEqual([]);
    expect(await found({ contractEndingBefore: '2027-05-23' })).toEqual([2]);
    expect(await found({ contractEndingBefore: '2027-05-22' })).toEqual([]);
    expect(await found({ contractEndingBefore: '2028-01-01' })).toEqual([0, 2]);
  });

  test.each([
    ['NEWEST', [2, 1, 0]],
    ['START', [2, 1, 0]],
    ['CONTRACT_END', [1, 2, 0]],
  ])('ordered by %s it walks both ways, each once', async (orderBy, expected) => {
    const seen: number[] = [];
    for (let after: string | null = null, more = true; more;) {
      const answer: any = await scene.coordinator.get(list, { orderBy, first: 1, after });
      seen.push(...answer.placements.nodes.map((node: { id: string }) => ids.indexOf(node.id)));
      [after, more] = [answer.placements.pageInfo.endCursor, answer.placements.pageInfo.hasNextPage];
    }
    expect(seen).toEqual(expected);
    const back = await scene.coordinator.get(list, { orderBy, last: 2 });
    expect(back.placements.nodes.map((node: { id: string }) => ids.indexOf(node.id))).toEqual(
      expected.slice(1),
    );
  });

  test('the statements do not grow with the rows', async () => {
    const query = `query ($first: Int) { placements(first: $first) { nodes { id
      person { reference } offer { title placements { nodes { id } } } vacancy { places placements { totalCount } }
      sender { name } receiver { name } referral { state placement { id } } contracts { kind } episodes { kind }
      outcome { kind } outcomeHistory { kind } startCorrections { startedOn } followUps { dueOn by { name } } } } }`;
    const counted = async (first: number) => {
      let statements = 0;
      world.db.onStatement = () => statements++;
      await scene.provider.get(query, { first });
      world.db.onStatement = () => {};
      return statements;
    };
    await counted(1);
    const [one, all] = [await counted(1), await counted(3)];
    expect(all).toBeLessThanOrEqual(20);
    expect(all).toBe(one);
  });
});

describe('who sees a placement', () => {
  const doors = `query ($id: ID!) { placement(id: $id) { id } node(id: $id) { id }
    placements { nodes { id } } _entities(representations: [{ __typename: "Placement", id: $id }]) { ... on Placement { id } } }`;
  const through = async (client: Client) => {
    const answer = await client.get(doors, { id: ids[0] });
    return {
      ...answer,
      placements: answer.placements.nodes.some((node: { id: string }) => node.id === ids[0]),
    };
  };
  const open = () => {
    const id = ids[0];
    return { placement: { id }, node: { id }, placements: true, _entities: [{ id }] };
  };
  const closed = { placement: null, node: null, placements: false, _entities: [null] };

  test('both parties, and who follows the pathway', async () => {
    for (const client of [scene.provider, scene.coordinator, await council.member()])
      expect(await through(client)).toEqual(open());
  });

  test('not the commune, not another provider, not a member of the council who sees no person', async () => {
    for (const kind of ['COMMUNE', 'INSERTION_ENTERPRISE', 'STATE_SERVICE', 'BENEFITS_FUND'] as const)
      expect(await through(await (await world.organisation({ kind })).member())).toEqual(closed);
    expect(await through(await council.member({ people: 'NONE' }))).toEqual(closed);
    expect(await through(await council.member({ people: 'PORTFOLIO' }))).toEqual(closed);
  });

  test('along its edges a stranger finds none, and counts none', async () => {
    const commune = await (await world.organisation({ kind: 'COMMUNE' })).member();
    const { offer } = await commune.get(
      'query ($id: ID!) { offer(id: $id) { placements { totalCount nodes { id } } vacancies { nodes { taken placements { totalCount } } } } }',
      { id: scene.offer },
    );
    expect(offer.placements).toEqual({ totalCount: 0, nodes: [] });
    for (const vacancy of offer.vacancies.nodes) expect(vacancy.placements.totalCount).toBe(0);
  });

  test('the second wall holds alone: not even what hangs on a placement is there for a stranger', async () => {
    const of = (partner: Partner): Viewer => ({
      ...hubViewer(''), kind: 'MEMBER', organisation: partner.id, scopes, people: 'ALL', cause: null,
    }); // prettier-ignore
    const stranger = await world.organisation({ kind: 'COMMUNE' });
    await placed(scene.provider, 'correctPlacement', {
      placement: ids[0],
      reason: 'OTHER',
      startedOn: '2026-10-02',
    });
    const count = async (viewer: Viewer) => {
      const [row] = await world.db.as(viewer).rows<Record<string, number>>(sql`
        select (select count(*)::int from placement) as placements, (select count(*)::int from contract) as contracts,
          (select count(*)::int from episode) as episodes, (select count(*)::int from outcome) as outcomes,
          (select count(*)::int from follow_up) as follow_ups, (select count(*)::int from start_correction) as corrections`);
      return Object.values(row!);
    };
    expect(await count(of(stranger))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await count({ ...of(scene.receiver), scopes: ['offers:read'] })).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await count(of(scene.receiver))).toEqual([4, 5, 1, 1, 3, 1]);
    const change = world.db.write(of(stranger), (tx) =>
      tx.change(sql`update placement set end_reason = 'OTHER'`),
    );
    expect(await change).toBe(0);
    const slip = world.db.write(of(stranger), (tx) =>
      tx.change(sql`insert into contract (id, placement_id, kind, from_day, created_at)
        values ('con_x', ${ids[0]}, 'OTHER', '2026-01-01', ${tx.now})`),
    );
    await expect(slip).rejects.toThrow(/row-level security/);
    const rewriting = world.db.write(of(scene.receiver), (tx) =>
      tx.change(sql`update start_correction set started_on = '2026-01-01'`),
    );
    await expect(rewriting).rejects.toThrow(/permission denied/);
  });
});

describe('live', () => {
  const subscription = `subscription ($organisation: ID, $offer: ID, $states: [PlacementState!], $person: ID) {
    placementUpdated(organisation: $organisation, offer: $offer, states: $states, person: $person) {
      event { id type actor { kind organisationId } } placement { id state person { reference } } } }`;
  const types = (messages: any[]) => messages.map((message) => message.placementUpdated.event.type);

  test('both parties and who follows the person are told each step; a stranger nothing', async () => {
    // of partners of its own: the journal may still be telling the steps of the tests before
    const own = await Scene.open(world);
    const followed = await own.person();
    await alsoFollowedBy(council, followed);
    const follower = await council.member();
    const commune = await (await world.organisation({ kind: 'COMMUNE' })).member();
    const heard = [];
    for (const client of [own.provider, own.coordinator, follower])
      heard.push(await world.listening(client, subscription, { person: followed }));
    const of = await world.listening(own.coordinator, subscription, {
      person: followed,
      states: ['ENDED'],
    });
    const [offer, organisation] = [own.offer, own.sender.id];
    const filtered = await world.listening(own.provider, subscription, {
      offer,
      organisation,
      states: ['STARTED'],
    });
    const other = await Scene.open(world);
    const elsewhere = await world.listening(own.provider, subscription, { offer: other.offer });
    const nothing = await world.listening(commune, subscription);

    const placement = await started(own, { person: followed });
    await placed(own.provider, 'endPlacement', {
      placement: placement.id,
      endedOn: '2026-11-20',
      outcome: { kind: 'UNEMPLOYED' },
    });
    for (const each of heard)
      expect(types(await each.until(2))).toEqual(['placement.started', 'placement.ended']);
    expect(heard[2]!.received[1]).toMatchObject({
      placementUpdated: {
        event: { actor: { kind: 'MEMBER', organisationId: own.receiver.id } },
        placement: { id: placement.id, state: 'ENDED', person: { reference: expect.any(String) } },
      },
    });
    expect(types(await of.until(1))).toContain('placement.ended');
    expect(types(await filtered.until(1))).toEqual(['placement.started']);
    expect([...elsewhere.received, ...nothing.received]).toEqual([]);
  });
});

test('of follow-ups one reads how many came due and what became of each, of the placements one sees', async () => {
  const own = await Scene.open(world);
  const figures = async (as: Client) =>
    (await as.get(`{ organisation(id: "${own.receiver.id}") { followUps { months due reached unreachable declined open } } }`))
      .organisation.followUps;
  const ends = [];
  for (const vacancy of [await own.vacancy(5)])
    while (ends.length < 4) ends.push(await ended(own, { vacancy, endedOn: '2026-11-20' }));
  expect(await figures(own.provider)).toEqual([]);
  const now = world.clock.now();
  world.clock.set('2026-12-21T08:00:00.000Z');
  try {
    for (const [at, situation] of ['SAME_JOB', 'UNREACHABLE', 'DECLINED'].entries())
      await placed(own.provider, 'recordFollowUp', { placement: ends[at].id, months: 1, situation, on: '2026-12-20' });
    const all = [{ months: 1, due: 4, reached: 1, unreachable: 1, declined: 1, open: 1 }];
    expect(await figures(own.provider)).toEqual(all);
    expect(await figures(own.coordinator)).toEqual(all);
    expect(await figures(await (await world.organisation({ kind: 'PLIE' })).member())).toEqual([]);
  } finally {
    world.clock.set(now);
  }
}); // prettier-ignore
