import sql from 'sql-template-tag';
import { newId } from '../../src/kernel/ids.ts';
import type { Client } from '../kit/client.ts';
import { registerPerson } from '../kit/people.ts';
import { cddi, placed } from '../kit/placements.ts';
import { agreed, done, inputTypes as referralInputs, Scene } from '../kit/referrals.ts';
import { testKeys } from '../kit/hub.ts';
import { World, type Partner } from '../kit/world.ts';

/** One person, asked for by every path there is, by everybody who may not see them. */

let world: World;
let scene: Scene;
let council: Partner;
let known: Known;

/** All that leads to the person, and what only who sees them knows. */
interface Known {
  person: string;
  reference: string;
  need: string;
  situation: string;
  referral: string;
  placement: string;
}

const name = 'Quemeneur';
const phone = '02 40 00 11 22';

beforeAll(async () => {
  world = await World.open();
  council = await world.organisation({ kind: 'COUNCIL' });
  scene = await Scene.open(world);
  known = await everythingKnown(scene);
});
afterAll(() => world.close());

async function named(coordinator: Client) {
  const identity = { lastName: name, firstName: 'Soizic', birthDate: '1990-05-17' };
  // Barbechat has fewer than 5,000 inhabitants: its people are shown in their EPCI only
  const person = await registerPerson(coordinator, { identity, contact: { phone } });
  const input = { person: person.id, theme: 'MOBILITE', detail: 'Pas de permis' };
  const { need } = await coordinator.run('recordNeed', 'NewNeed', input, 'need { id }');
  const fact = { person: person.id, public: 'PM' };
  const { situation } = await coordinator.run('recordSituation', 'NewSituation', fact, 'situation { id }');
  return { ...person, need: need.id as string, situation: situation.id as string };
}

async function everythingKnown(of: Scene): Promise<Known> {
  const { id: person, reference, need, situation } = await named(of.coordinator);
  const vacancy = await of.vacancy(3);
  const referral = await of.accepted({ person, vacancy, externalReference: 'PLIE-77' });
  const { id: placement } = await placed(of.provider, 'startPlacement', {
    ...{ referral: referral.id, startedOn: '2026-11-02', contract: cddi },
  });
  return { person, reference, need, situation, referral: referral.id, placement };
}

const invented = (): Known => ({
  person: newId('Person'),
  reference: 'P-000000',
  need: newId('Need'),
  situation: newId('Situation'),
  referral: newId('Referral'),
  placement: newId('Placement'),
});

const counted = '{ totalCount nodes { id } pageInfo { hasNextPage startCursor } }';
const everyPath = `query ($person: ID!, $reference: String!, $need: ID!, $situation: ID!, $referral: ID!, $placement: ID!, $offer: ID!,
    $sender: ID!, $receiver: ID!, $all: [ID!]!) {
  person(id: $person) { id } mine: person(externalReference: "PLIE-77") { id }
  node(id: $person) { id } nodes(ids: $all) { id } _entities(representations: [
    { __typename: "Referral", id: $referral }, { __typename: "Placement", id: $placement }]) { __typename }
  need: node(id: $need) { id } situation: node(id: $situation) { id }
  people ${counted} byName: people(orderBy: NAME) ${counted}
  text: people(filter: { text: "${name}" }) ${counted} number: people(filter: { text: $reference }) ${counted}
  themes: people(filter: { needThemes: [MOBILITE] }) ${counted} commune: people(filter: { commune: "44109" }) ${counted}
  followed: people(filter: { withReferent: false }) ${counted}
  referral(id: $referral) { id } referrals ${counted}
  ofPerson: referrals(filter: { person: $person }) ${counted} bySender: referrals(filter: { sender: $sender }) ${counted}
  byNumber: referrals(filter: { externalReference: "PLIE-77" }, orderBy: DEADLINE) ${counted}
  placement(id: $placement) { id } placements ${counted} placed: placements(filter: { person: $person }) ${counted}
  ending: placements(filter: { contractEndingBefore: "2030-01-01" }, orderBy: CONTRACT_END) ${counted}
  offer(id: $offer) { referrals ${counted} placements ${counted}
    vacancies { nodes { referrals ${counted} placements ${counted} } } }
  from: organisation(id: $sender) { referralsSent ${counted} members { totalCount } }
  to: organisation(id: $receiver) { referralsReceived ${counted} members { totalCount } }
}`;

const mutations: [string, string, (known: Known) => object][] = [
  ['assignReferent', 'ReferentAssignment', ({ person }) => ({ person, legalBasis: 'PUBLIC_INTEREST' })],
  ['updatePerson', 'PersonUpdate', ({ person }) => ({ person, contact: { phone } })],
  ['updateProfile', 'ProfileUpdate', ({ person }) => ({ person, profile: { skills: [] } })],
  ['recordNeed', 'NewNeed', ({ person }) => ({ person, theme: 'MOBILITE' })],
  ['closeNeed', 'NeedClosing', ({ need }) => ({ need, reason: 'MET' })],
  ['recordSituation', 'NewSituation', ({ person }) => ({ person, public: 'PM' })],
  ['endSituation', 'SituationEnd', ({ situation }) => ({ situation })],
  ['recordPass', 'NewPass', ({ person }) => ({ person, number: '999992139001', from: '2026-11-02' })],
  ['recordDiagnosis', 'NewDiagnosis', ({ person }) => ({ person, kind: 'AUTHORISED_PRESCRIBER' })],
  [
    'referPerson',
    'NewReferral',
    ({ person }) => ({ person, offer: scene.offer, send: true, personAgreement: agreed }),
  ],
  ...Object.entries(referralInputs).map(([mutation, type]): (typeof mutations)[number] => [
    mutation,
    type,
    ({ referral }) => ({ referral, ...more[mutation] }),
  ]),
  [
    'startPlacement',
    'PlacementStart',
    ({ referral }) => ({ referral, startedOn: '2026-11-02', contract: cddi }),
  ],
  ['undoStart', 'StartUndoing', ({ placement }) => ({ placement })],
  [
    'suspendPlacement',
    'PlacementSuspension',
    ({ placement }) => ({ placement, kind: 'SICK_LEAVE', from: '2026-11-20' }),
  ],
  [
    'endPlacement',
    'PlacementEnd',
    ({ placement }) => ({ placement, endedOn: '2026-11-20', outcome: { kind: 'UNKNOWN' } }),
  ],
  [
    'correctPlacement',
    'PlacementCorrection',
    ({ placement }) => ({ placement, startedOn: '2026-11-03', reason: 'TYPING_ERROR' }),
  ],
  [
    'recordFollowUp',
    'FollowUpRecord',
    ({ placement }) => ({ placement, months: 1, situation: 'SAME_JOB', on: '2026-11-20' }),
  ],
];
const more: Record<string, object> = {
  bindReferral: { vacancy: 'vac_01kpq7tz7wf1x8xy3tdwcg0000' },
  declineReferral: { reason: 'NO_POSITION' },
  withdrawReferral: { reason: 'OTHER' },
  rerouteReferral: {},
  cancelAcceptance: { reason: 'MISTAKE' },
  requestReferralCancellation: { reason: 'PERSON_REFUSES' },
  skipWaitlistedReferral: { reason: 'NOT_MOBILE' },
  requestInformation: { questions: ['AVAILABILITY'] },
  provideInformation: { answers: [] },
  addReferralNote: { category: 'OTHER', text: 'Bonjour' },
};

async function asked(client: Client, of: Known) {
  const all = [of.person, of.need, of.situation, of.referral, of.placement];
  const variables = { ...of, all, offer: scene.offer, sender: scene.sender.id, receiver: scene.receiver.id };
  return client.get(everyPath, variables);
}

/** Null, nought, no row: whatever the shape around it. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === 0 || value === false) return true;
  return typeof value === 'object' && Object.values(value as object).every(isEmpty);
}

const strangers: [string, () => Promise<Partner>][] = [
  ['a commune', () => world.organisation({ kind: 'COMMUNE' })],
  ['its social centre', () => world.organisation({ kind: 'COMMUNE', remit: 'CCAS' })],
  ['the State', () => world.organisation({ kind: 'STATE' })],
  ['a service of the State', () => world.organisation({ kind: 'STATE_SERVICE', remit: 'EMPLOYMENT' })],
  ['the CAF', () => world.organisation({ kind: 'BENEFITS_FUND' })],
  ['the council for integration through work', () => world.organisation({ kind: 'IAE_COUNCIL' })],
  ['a service of the council', () => world.organisation({ kind: 'COUNCIL_SERVICE' })],
  ['an association', () => world.organisation({ kind: 'ASSOCIATION' })],
  ['a company', () => world.organisation({ kind: 'COMPANY' })],
  ['another insertion enterprise', () => world.organisation({ kind: 'INSERTION_ENTERPRISE' })],
];

test.each(strangers)('to %s the person does not exist, by whatever path it asks', async (_, partner) => {
  const manager = await (await partner()).member();
  const answer = await asked(manager, known);
  expect(answer).toEqual(await asked(manager, invented()));
  expect(Object.entries(answer).filter(([, value]) => !isEmpty(value))).toEqual([]);
});

test.each(strangers)('%s may move nothing of them, nor learn that there was something to move', async (_, partner) => {
  const manager = await (await partner()).member();
  const nothing = invented();
  for (const [mutation, type, input] of mutations) {
    const noun = mutation === 'closeNeed' || mutation === 'recordNeed' ? 'need' : null;
    const said = async (of: Known) => {
      const { userErrors } = await manager.run(mutation, type, input(of), noun ? 'need { id }' : '__typename');
      return userErrors[0];
    };
    const real = await said(known);
    expect([mutation, real]).toEqual([mutation, await said(nothing)]);
    expect(['NOT_FOUND', 'NOT_ALLOWED']).toContain(real.code);
  }
}); // prettier-ignore

const whole = `{ id reference soughtKind ageBand identity { lastName birthDate } contact { phone commune { code } }
  profile { skills } referent { organisation { id } } needs { totalCount nodes { id theme detail } }
  disclosure { category visible } referrals { nodes { id } } placements { nodes { id } } externalReference }`;
const closed = {
  ...{ identity: null, contact: null, profile: null, referent: null, needs: null },
  externalReference: null,
};

test('before it acknowledges, a receiver reads the core of the person and no more, and finds nobody by a name', async () => {
  const here = await Scene.open(world);
  const { id: person } = await named(here.coordinator);
  const { id } = await here.sent({ person, externalReference: 'PLIE-78' });
  const { referral } = await here.provider.get(
    `query ($id: ID!) { referral(id: $id) { person ${whole} notes { text } } }`,
    { id },
  );
  expect(referral.person).toMatchObject({ id: person, ...closed, referrals: { nodes: [{ id }] } });
  expect(referral.person.disclosure.filter((each: any) => each.visible)).toEqual([
    { category: 'CORE', visible: true },
  ]);
  const lists = await here.provider.get(`{ text: people(filter: { text: "${name}" }) { totalCount }
    themes: people(filter: { needThemes: [MOBILITE] }) { totalCount } byName: people(orderBy: NAME) { totalCount }
    followed: people(filter: { withReferent: false }) { totalCount }
    number: referrals(filter: { externalReference: "PLIE-78" }) { totalCount } }`);
  expect(Object.values(lists)).toEqual(Array.from({ length: 5 }, () => ({ totalCount: 0 })));
  const refused = await here.provider.run(
    ...(['recordNeed', 'NewNeed', { person, theme: 'MOBILITE' }, 'need { id }'] as const),
  );
  expect(refused.userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
});

test('a provider as it is invited sees the name of whom it takes charge of, and of nobody else', async () => {
  const here = await Scene.open(world);
  const manager = await here.receiver.member();
  const input = { email: 'accueil@chantier.example', displayName: 'Accueil', roles: ['PROVIDER'] };
  const { member } = await manager.run('inviteMember', 'NewMember', input, 'member { people }');
  expect(member).toEqual({ people: 'PORTFOLIO' });
  const provider = world.client(await testKeys.memberToken(input.email, '1h'));
  const read = `query ($id: ID!) { referral(id: $id) { person { identity { lastName } } } }`;
  const [mine, others] = [await named(here.coordinator), await named(here.coordinator)];
  const [taken, left] = [
    await here.sent({ person: mine.id }),
    await here.acknowledged({ person: others.id }),
  ];
  done(await here.move(provider, 'acknowledgeReferral', taken.id));
  expect(await provider.get(read, { id: taken.id })).toEqual({
    referral: { person: { identity: { lastName: name } } },
  });
  expect(await provider.get(read, { id: left.id })).toEqual({ referral: { person: null } });
});

test('once it has declined, a receiver keeps the referral without the person, and what it wrote itself', async () => {
  const here = await Scene.open(world);
  const { id: person, reference } = await named(here.coordinator);
  const { id } = await here.acknowledged({ person });
  const note = (client: Client, text: string) =>
    here.move(client, 'addReferralNote', id, { category: 'OTHER', text });
  done(await note(here.coordinator, 'Soizic est libre le matin'));
  done(await note(here.provider, 'Entendu'));
  const read = `query ($id: ID!, $person: ID!, $number: String!) {
    referral(id: $id) { id state person { id } notes { text } } person(id: $person) { id } node(id: $person) { id }
    referrals(filter: { person: $person }) { totalCount nodes { person { id } } }
    people { totalCount } text: people(filter: { text: "${name}" }) { totalCount }
    number: people(filter: { text: $number }) { totalCount } }`;
  const variables = { id, person, number: reference };
  expect((await here.provider.get(read, variables)).referral.notes).toHaveLength(2);
  done(await here.move(here.provider, 'declineReferral', id, { reason: 'NO_POSITION' }));
  expect(await here.provider.get(read, variables)).toEqual({
    referral: { id, state: 'DECLINED', person: null, notes: [{ text: 'Entendu' }] },
    person: null,
    node: null,
    // by whom it is about it is found only while that person is open; by itself, for life
    referrals: { totalCount: 0, nodes: [] },
    ...{ people: { totalCount: 0 }, text: { totalCount: 0 }, number: { totalCount: 0 } },
  });
  expect((await here.coordinator.get(read, variables)).referral.notes).toHaveLength(2);
  const again = await here.provider.run(
    ...(['recordNeed', 'NewNeed', { person, theme: 'MOBILITE' }, 'need { id }'] as const),
  );
  expect(again.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
});

test('once the following has moved, who sent keeps the rows of a placement, not the person', async () => {
  const here = await Scene.open(world);
  const { person, placement, referral } = await everythingKnown(here);
  const other = await world.organisation({ kind: 'ASSOCIATION' });
  const coordinator = await council.member({ roles: ['COORDINATOR'] });
  const assigned = await coordinator.run(
    'assignReferent',
    'ReferentAssignment',
    { person, organisation: other.id, legalBasis: 'PUBLIC_INTEREST' },
    'person { id }',
  );
  expect(assigned.userErrors).toEqual([]);
  const read = `query ($id: ID!, $person: ID!, $referral: ID!) { person(id: $person) { id }
    placement(id: $id) { id person { id } } referral(id: $referral) { id person { id } } }`;
  const variables = { id: placement, person, referral };
  expect(await here.coordinator.get(read, variables)).toEqual({
    person: null,
    placement: { id: placement, person: null },
    referral: { id: referral, person: null },
  });
  for (const client of [here.provider, await other.member()])
    expect((await client.get(read, variables)).placement.person).toEqual({ id: person });
});

test('who sent a person and handed them over records no follow-up, which would close the name to others', async () => {
  const here = await Scene.open(world);
  const { person, placement } = await everythingKnown(here);
  await placed(here.provider, 'endPlacement', {
    ...{ placement, endedOn: '2026-11-20', outcome: { kind: 'UNKNOWN' } },
  });
  const other = await world.organisation({ kind: 'ASSOCIATION' });
  const coordinator = await council.member({ roles: ['COORDINATOR'] });
  const referent = { person, organisation: other.id, legalBasis: 'PUBLIC_INTEREST' };
  await coordinator.run('assignReferent', 'ReferentAssignment', referent, 'person { id }');
  const followUp = { placement, months: 1, situation: 'SAME_JOB', on: '2026-11-23' };
  const by = async (client: Client) =>
    (await client.run('recordFollowUp', 'FollowUpRecord', followUp, 'placement { id }')).userErrors[0]?.code;
  expect(await by(here.coordinator)).toBe('NOT_ALLOWED');
  expect(await by(await other.member({ roles: ['COORDINATOR'] }))).not.toBe('NOT_ALLOWED');
});

test('a key of idempotency is its client’s own, and its repeat answers under today’s rights', async () => {
  const here = await Scene.open(world);
  const { id: person } = await named(here.coordinator);
  const input = { person, offer: here.offer, send: true, personAgreement: agreed, idempotencyKey: 'same' };
  const refer = async (client: Client) => {
    const answer = await client.run('referPerson', 'NewReferral', input, 'referral { id person { id } }');
    return [answer.referral, answer.userErrors.map((each: any) => each.code)];
  };
  const first = await refer(here.coordinator);
  expect(await refer(here.coordinator)).toEqual(first);
  const colleague = await here.sender.member({ roles: ['COORDINATOR'] });
  expect(await refer(colleague)).toEqual([null, ['ALREADY_REFERRED']]);
  const tool = await here.sender.tool(
    ['people:read', 'referrals:read', 'referrals:write'],
    here.coordinator.memberId,
  );
  expect(await refer(tool)).toEqual([null, ['ALREADY_REFERRED']]);
  const other = await world.organisation({ kind: 'ASSOCIATION' });
  const referent = { person, organisation: other.id, legalBasis: 'PUBLIC_INTEREST' };
  await (
    await council.member({ roles: ['COORDINATOR'] })
  ).run('assignReferent', 'ReferentAssignment', referent, 'person { id }');
  expect(await refer(here.coordinator)).toEqual([{ ...first[0], person: null }, []]);
  // refused first, it is decided afresh; now by who no longer sees the person
  expect(await refer(colleague)).toEqual([null, ['NOT_FOUND']]);
});

test('a member sees along every edge only the people of their own scope', async () => {
  const { person, referral, placement } = known;
  const read = `query ($person: ID!, $referral: ID!, $placement: ID!) { person(id: $person) { id }
    referral(id: $referral) { id person { id } placement { person { id } } }
    placement(id: $placement) { person { id } referral { person { id } } }
    referrals { nodes { person { id } } } people { totalCount } }`;
  const scopes = [
    { people: 'PORTFOLIO' },
    { people: 'TERRITORY', territory: ['244400610'] },
    { people: 'NONE' },
  ] as const;
  for (const scope of scopes) {
    const member = await scene.sender.member({ roles: ['COORDINATOR'], ...scope, territory: [...('territory' in scope ? scope.territory : [])] }); // prettier-ignore
    const answer = await member.get(read, { person, referral, placement });
    expect(answer).toEqual({
      person: null,
      referral: { id: referral, person: null, placement: { person: null } },
      placement: { person: null, referral: { person: null } },
      referrals: { nodes: [{ person: null }] },
      people: { totalCount: 0 },
    });
  }
});

test('a tool sees along every edge only what its scopes open', async () => {
  const { person, referral, need } = known;
  const { memberId } = scene.coordinator;
  const path = async (scope: any, query: string) =>
    (await scene.sender.tool(scope, memberId)).get(query, { person, referral, need, offer: scene.offer });
  expect(
    await path(
      ['referrals:read'],
      `query ($referral: ID!, $person: ID!, $need: ID!) {
    referral(id: $referral) { person { id } placement { person { id } } } node(id: $person) { id } need: node(id: $need) { id } }`,
    ),
  ).toEqual({ referral: { person: null, placement: { person: null } }, node: null, need: null });
  const of = await path(
    ['people:read'],
    `query ($person: ID!) { person(id: $person) { referrals { totalCount nodes { id } } placements { totalCount } } }`,
  );
  expect(isEmpty(of)).toBe(true);
  const catalogue = await path(
    ['offers:read'],
    `query ($offer: ID!, $referral: ID!) { node(id: $referral) { id } offer(id: $offer) { referrals { totalCount }
    placements { totalCount } vacancies { nodes { referrals { totalCount } } } organisation { referralsReceived { totalCount } } }
    _entities(representations: [{ __typename: "Referral", id: $referral }]) { __typename } }`,
  );
  expect(isEmpty(catalogue)).toBe(true);
  const [{ siret }] = (await world.rows(
    sql`select siret from organisation where id = ${scene.sender.id}`,
  )) as [{ siret: string }];
  const bySiret = `query ($siret: String!) { _entities(representations: [
    { __typename: "Organisation", siret: $siret }]) { __typename } }`;
  const without = await (await scene.sender.tool(['indicators:read'])).ask(bySiret, { siret });
  expect(without.data).toEqual({ _entities: [null] });
  const writer = await scene.sender.tool(['people:write'], memberId);
  const input = { identity: { lastName: 'Le Gall', firstName: 'Yann' }, legalBasis: 'PUBLIC_INTEREST' };
  const written = await writer.ask(`mutation ($input: NewPerson!) { registerPerson(input: $input) {
    person { id } userErrors { code } } }`, { input }); // prettier-ignore
  expect(written.errors?.[0]?.extensions.code).toBe('INSUFFICIENT_SCOPE');
});

test('who may not see the person is told of no step, live; who may is told of each', async () => {
  const stranger = await (await world.organisation({ kind: 'ASSOCIATION' })).member();
  const follower = await council.member({ roles: ['COORDINATOR'] });
  const here = await Scene.open(world);
  const steps = `subscription ($by: ID) { referralUpdated(organisation: $by) { event { type } referral { id person { id } } } }`;
  const told = await world.listening(follower, steps, { by: here.sender.id });
  const untold = await world.listening(stranger, steps);
  const placements = await world.listening(
    stranger,
    'subscription { placementUpdated { placement { id } } }',
  );
  const places = await world.listening(
    stranger,
    `subscription ($o: ID) { vacancyUpdated(organisation: $o) { event { actor { kind organisationId } } } }`,
    { o: here.receiver.id },
  );
  await everythingKnown(here);
  const heard = await told.until(3);
  expect(heard.map((each: any) => each.referralUpdated.event.type).slice(0, 3)).toEqual([
    'referral.sent',
    'referral.accepted',
    'referral.placed',
  ]);
  await places.until(2);
  expect([untold.received, placements.received]).toEqual([[], []]);
});

test('a social partner is not named to who receives a person from it, by any path', async () => {
  const here = await Scene.open(world);
  await world.db.write(world.hub, (tx) =>
    tx.change(sql`update organisation set sensitive = true where id = ${here.sender.id}`, 1),
  );
  const moves = `subscription ($by: ID) { referralUpdated(organisation: $by) {
    event { type actor { kind organisationId } } referral { sender { id } } } }`;
  const live = await world.listening(here.provider, moves);
  const guessing = await world.listening(here.provider, moves, { by: here.sender.id });
  const { person, referral, placement } = await everythingKnown(here);
  const note = { category: 'OTHER', text: 'Bonjour' };
  done(await here.move(here.coordinator, 'addReferralNote', referral, note));
  const read = `query ($referral: ID!, $placement: ID!, $sender: ID!) {
    referral(id: $referral) { sender { id } follower { id } senderContact { email displayName } history { organisationId }
      notes { organisationId } }
    placement(id: $placement) { sender { id } } organisation(id: $sender) { referralsSent { totalCount nodes { id } } }
    bySender: referrals(filter: { sender: $sender }) { totalCount } placed: placements(filter: { sender: $sender }) { totalCount }
    onOneSide: placements(filter: { organisation: $sender }) { totalCount } }`;
  const variables = { referral, placement, sender: here.sender.id };
  const answer = await here.provider.get(read, variables);
  const { senderContact } = answer.referral;
  expect(senderContact).toEqual({ email: null, displayName: expect.stringContaining('Member') });
  expect(JSON.stringify({ ...answer, referral: { ...answer.referral, senderContact: null } })).not.toContain(
    here.sender.id,
  );
  expect(answer).toMatchObject({
    organisation: { referralsSent: { totalCount: 0, nodes: [] } },
    ...{ bySender: { totalCount: 0 }, placed: { totalCount: 0 }, onOneSide: { totalCount: 0 } },
  });
  const told = await live.until(4);
  expect(JSON.stringify(told)).not.toContain(here.sender.id);
  expect(guessing.received).toEqual([]);

  const own = await here.coordinator.get(read, variables);
  expect(own).toMatchObject({
    referral: { sender: { id: here.sender.id }, senderContact: { email: expect.stringContaining('@') } },
    ...{ bySender: { totalCount: 1 }, placed: { totalCount: 1 }, onOneSide: { totalCount: 1 } },
  });
  expect(own.referral.history[0]).toEqual({ organisationId: here.sender.id });
  expect(person).toBeDefined();
});
