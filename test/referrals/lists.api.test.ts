import { alsoFollowedBy, done, Scene } from '../kit/referrals.ts';
import { World, type Partner } from '../kit/world.ts';

let world: World;
let scene: Scene;
let council: Partner;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
  council = await world.organisation({ kind: 'COUNCIL' });
});
afterAll(() => world.close());

const listed = async (client: any, filter: object, orderBy = 'NEWEST') =>
  (
    await client.get(
      `query ($filter: ReferralFilter, $orderBy: ReferralOrder!) {
        referrals(filter: $filter, orderBy: $orderBy, first: 50) { totalCount nodes { id deadline } } }`,
      { filter, orderBy },
    )
  ).referrals;
const idsOf = (page: any) => page.nodes.map((node: any) => node.id);

describe('lists', () => {
  test('each filter keeps what it says, within what the viewer may see', async () => {
    const here = await Scene.open(world);
    const elsewhere = await Scene.open(world);
    const vacancy = await here.vacancy(3);
    const person = await here.person();
    const bound = await here.sent({ vacancy, person });
    const declined = await here.sent({ person });
    done(await here.move(here.provider, 'declineReferral', declined.id, { reason: 'OTHER' }));
    const other = await here.sent({ person, offer: elsewhere.offer });
    const hidden = await elsewhere.sent();
    const all = [other.id, declined.id, bound.id];

    const as = here.coordinator;
    expect(idsOf(await listed(as, {}))).toEqual(all);
    expect(await listed(as, {})).toMatchObject({ totalCount: 3 });
    expect(idsOf(await listed(as, { sender: here.sender.id }))).toEqual(all);
    expect(idsOf(await listed(as, { receiver: elsewhere.receiver.id }))).toEqual([other.id]);
    expect(idsOf(await listed(as, { person }))).toEqual(all);
    expect(idsOf(await listed(as, { offer: here.offer }))).toEqual([declined.id, bound.id]);
    expect(idsOf(await listed(as, { vacancy }))).toEqual([bound.id]);
    expect(idsOf(await listed(as, { states: ['DECLINED'] }))).toEqual([declined.id]);
    expect(idsOf(await listed(as, { dueBefore: '2026-12-07T23:00:01Z' }))).toEqual([other.id, bound.id]);
    expect(idsOf(await listed(as, { dueBefore: '2026-12-07T23:00:00Z' }))).toEqual([]);
    expect(idsOf(await listed(as, { toAnswer: true }))).toEqual([]);
    expect(idsOf(await listed(here.provider, { toAnswer: true }))).toEqual([bound.id]);
    expect(idsOf(await listed(elsewhere.provider, {}))).toEqual([hidden.id, other.id]);
    expect(idsOf(await listed(elsewhere.provider, { person: 'per_unknown' }))).toEqual([]);
  });

  test('whose a closed referral was is not to be guessed: the filter knows only people open to the viewer', async () => {
    const here = await Scene.open(world);
    const person = await here.person();
    const { id } = await here.acknowledged({ person });
    expect(idsOf(await listed(here.provider, { person }))).toEqual([id]);
    done(await here.move(here.coordinator, 'withdrawReferral', id, { reason: 'MISTAKE' }));
    expect(idsOf(await listed(here.provider, {}))).toEqual([id]);
    expect(await listed(here.provider, { person })).toEqual({ totalCount: 0, nodes: [] });
    expect(idsOf(await listed(here.coordinator, { person }))).toEqual([id]);
  });

  test('by deadline, the nearest first and what has none last; both ways, each once', async () => {
    const own = await Scene.open(world);
    const first = await own.sent();
    world.clock.advanceDays(1);
    const closed = await own.sent();
    done(await own.move(own.coordinator, 'withdrawReferral', closed.id, { reason: 'MISTAKE' }));
    const second = await own.sent();
    world.clock.advanceDays(-1);
    expect(idsOf(await listed(own.provider, {}, 'DEADLINE'))).toEqual([first.id, second.id, closed.id]);
    const query = `query ($after: String, $before: String, $first: Int, $last: Int) {
      referrals(orderBy: DEADLINE, first: $first, after: $after, last: $last, before: $before) {
        nodes { id } pageInfo { startCursor endCursor hasNextPage } } }`;
    const one = (await own.provider.get(query, { first: 2 })).referrals;
    const two = (await own.provider.get(query, { first: 2, after: one.pageInfo.endCursor })).referrals;
    expect([...idsOf(one), ...idsOf(two)]).toEqual([first.id, second.id, closed.id]);
    const back = (await own.provider.get(query, { last: 2, before: two.pageInfo.startCursor })).referrals;
    expect(idsOf(back)).toEqual([first.id, second.id]);
  });

  test('the council sees the referrals of the people it follows; a tool only with the scope', async () => {
    const person = await scene.person();
    const { id } = await scene.sent({ person });
    const agent = await council.member({ roles: ['READER'] });
    expect(idsOf(await listed(agent, {}))).toEqual([]);
    await alsoFollowedBy(council, person);
    expect(idsOf(await listed(agent, {}))).toEqual([id]);
    expect((await agent.get(`{ node(id: "${id}") { id } }`)).node).toEqual({ id });
    const tool = await scene.sender.tool(['people:read', 'offers:read']);
    const refused = await tool.ask(`{ referrals { totalCount } }`);
    expect(refused.errors?.[0]?.extensions.code).toBe('INSUFFICIENT_SCOPE');
    const edge = await tool.ask(`{ node(id: "${id}") { id } offer(id: "${scene.offer}") { referrals { totalCount } } }`);
    expect(edge.data).toEqual({ node: null, offer: { referrals: { totalCount: 0 } } });
  }); // prettier-ignore

  test('from an offer, a vacancy, a person and an organisation one walks to the referrals one may see', async () => {
    const own = await Scene.open(world);
    const vacancy = await own.vacancy(2);
    const person = await own.person();
    const { id } = await own.sent({ vacancy, person });
    const query = `query ($offer: ID!, $vacancy: ID!, $person: ID!, $sender: ID!, $receiver: ID!) {
      offer(id: $offer) { referrals { nodes { id } } } vacancy(id: $vacancy) { referrals { nodes { id } } }
      person(id: $person) { referrals { nodes { id } } }
      sender: organisation(id: $sender) { referralsSent { nodes { id } } }
      receiver: organisation(id: $receiver) { referralsReceived { nodes { id } } } }`;
    const variables = { offer: own.offer, vacancy, person, sender: own.sender.id, receiver: own.receiver.id };
    const walked = await own.coordinator.get(query, variables);
    const lists = [
      walked.offer.referrals, walked.vacancy.referrals, walked.person.referrals, walked.sender.referralsSent,
      walked.receiver.referralsReceived,
    ]; // prettier-ignore
    for (const list of lists) expect(idsOf(list)).toEqual([id]);
    const stranger = await scene.provider.get(query, variables);
    expect(stranger.person).toBeNull();
    expect(idsOf(stranger.offer.referrals)).toEqual([]);
  });

  test('a page with everything that hangs on it costs one statement an edge, whatever its length', async () => {
    const own = await Scene.open(world);
    const vacancy = await own.vacancy(5);
    const query = `{ referrals(first: 50) { totalCount nodes { id waitingRank person { reference } offer { title }
      vacancy { free referrals(first: 3) { nodes { id } } } sender { name } receiver { name } senderContact { email }
      history { move } notes { text } previous { id } availableMoves { move allowed whyNot } verdicts { rule }
      person { disclosure { why } situations(first: 3) { nodes { public } } } } } }`;
    const counted = async () => {
      let statements = 0;
      const before = world.db.onStatement;
      world.db.onStatement = () => void statements++;
      await own.provider.get(query);
      world.db.onStatement = before;
      return statements;
    };
    await own.waitlisted(vacancy);
    await counted(); // how many people the viewer sees is asked once in a while, and remembered
    const one = await counted();
    for (let n = 0; n < 6; n++) await own.waitlisted(vacancy);
    expect(await counted()).toBe(one);
    expect(one).toBeLessThanOrEqual(17);
  });
});

describe('live', () => {
  const updates = `subscription ($receiver: ID, $sender: ID, $offer: ID, $person: ID, $organisation: ID, $states: [ReferralState!]) {
    referralUpdated(receiver: $receiver, sender: $sender, offer: $offer, person: $person, organisation: $organisation, states: $states) {
      event { type actor { kind organisationId } } referral { id state deadline person { reference } } } }`;
  const typesIn = (messages: any[]) => messages.map(({ referralUpdated }) => referralUpdated.event.type);

  test('both parties see each step as it is made; a stranger and another filter see nothing', async () => {
    const own = await Scene.open(world);
    const stranger = await Scene.open(world);
    const watching = [
      await world.listening(own.provider, updates, { receiver: own.receiver.id }),
      await world.listening(own.coordinator, updates, { sender: own.sender.id, offer: own.offer }),
    ];
    const blind = [
      await world.listening(stranger.provider, updates),
      await world.listening(own.provider, updates, { receiver: stranger.receiver.id }),
      await world.listening(own.provider, updates, { organisation: stranger.sender.id }),
    ];
    const accepted = await world.listening(own.coordinator, updates, { states: ['ACCEPTED'] });
    const { id } = await own.acknowledged();
    done(await own.move(own.provider, 'acceptReferral', id));
    done(await own.move(own.coordinator, 'requestReferralCancellation', id, { reason: 'PERSON_REFUSES' }));
    const steps = ['referral.sent', 'referral.acknowledged', 'referral.accepted', 'referral.cancelled'];
    // the end of the provider's right may follow at once: it is told after the steps
    for (const each of watching) expect(typesIn(await each.until(4)).slice(0, 4)).toEqual(steps);
    expect(await accepted.until(1)).toMatchObject([
      { referralUpdated: { event: { type: 'referral.accepted' }, referral: { id } } },
    ]);
    for (const each of blind) expect(each.received).toEqual([]);
    // rights are those of the moment of telling: the referral is over, its person closed to the provider
    const [, , , last] = watching[0]!.received as any[];
    expect(last.referralUpdated.referral).toEqual({ id, state: 'CANCELLED', deadline: null, person: null });
  });

  test('a step is told to who asked for its state, also when the referral has left it since', async () => {
    const own = await Scene.open(world);
    const accepted = await world.listening(own.coordinator, updates, { states: ['ACCEPTED'] });
    // a transaction left open holds the journal back: both steps are told when it ends, after the second
    const open = await world.db.pool.connect();
    await open.query('begin; select pg_current_xact_id()');
    const { id } = await own.accepted();
    done(await own.move(own.coordinator, 'requestReferralCancellation', id, { reason: 'PERSON_REFUSES' }));
    expect(accepted.received).toEqual([]);
    await open.query('rollback');
    open.release();
    expect(await accepted.until(1)).toMatchObject([
      { referralUpdated: { event: { type: 'referral.accepted' }, referral: { id, state: 'CANCELLED' } } },
    ]);
  });

  test('a draft is told to its sender alone', async () => {
    const own = await Scene.open(world);
    const sender = await world.listening(own.coordinator, updates);
    const receiver = await world.listening(own.provider, updates);
    done(await own.refer({ send: false }));
    expect(typesIn(await sender.until(1))).toEqual(['referral.drafted']);
    expect(receiver.received).toEqual([]);
  });
});
