import type { Client, Listening } from './kit/client.ts';
import { World } from './kit/world.ts';

/** The main job of the hub, from an opened vacancy to an ended placement, with everybody watching. */
let world: World;

beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

const day = '2026-11-23';

/** Runs a mutation that must be taken, and answers its subject. */
async function done(
  as: Client,
  mutation: string,
  inputType: string,
  input: object,
  noun: string,
  fields: string,
) {
  const payload = await as.run(mutation, inputType, input, `${noun} { id version ${fields} }`);
  if (payload.userErrors.length) throw new Error(`${mutation}: ${JSON.stringify(payload.userErrors)}`);
  return payload[noun];
}

const referralWatch = `subscription { referralUpdated { event { type } referral { id state person { reference ageBand identity { lastName } contact { phone } } } } }`;
const vacancyWatch = `subscription ($offer: ID) { vacancyUpdated(offer: $offer) { event { type } vacancy { state free } } }`;
const placementWatch = `subscription { placementUpdated { event { type actor { kind } } placement { state outcome { kind } } } }`;

const types = (listening: Listening<any>, field: string): string[] =>
  listening.received.map((message) => message[field].event.type);

test('a vacancy is opened, found, referred to, accepted, started and ended, and each entitled screen sees each step', async () => {
  const council = await world.organisation({ kind: 'COUNCIL', name: 'Département' });
  const enterprise = await world.organisation({ kind: 'INSERTION_ENTERPRISE', name: 'Les Berges Vives' });
  const plie = await world.organisation({ kind: 'PLIE', name: 'PLIE' });
  const commune = await world.organisation({ kind: 'COMMUNE', name: 'Rezé', commune: '44143' });
  const provider = await enterprise.member({ roles: ['PROVIDER'] });
  const coordinator = await plie.member({ roles: ['COORDINATOR'] });
  const mayor = await commune.member();
  const tool = await plie.tool(['offers:read', 'referrals:read', 'people:read'], coordinator.memberId);
  const manager = await council.member();

  // a provider opens a vacancy
  const draft = await done(
    provider,
    'draftOffer',
    'NewOffer',
    {
      kind: 'INSERTION_WORKSITE',
      title: 'Entretien des berges',
      description: 'Débroussailler, planter, clôturer.',
      domains: ['GREEN_SPACES'],
      commune: '44109',
    },
    'offer',
    'state',
  );
  await done(
    provider,
    'publishOffer',
    'OfferMove',
    { offer: draft.id, version: draft.version },
    'offer',
    'state',
  );
  const vacancy = await done(
    provider,
    'openVacancy',
    'NewVacancy',
    {
      offer: draft.id,
      places: 1,
      startsOn: '2026-12-01',
      endsOn: '2027-05-31',
      weeklyHours: 26,
      contractKind: 'FIXED_TERM_I',
    },
    'vacancy',
    'state free',
  );
  expect(vacancy).toMatchObject({ state: 'OPEN', free: 1 });

  // a partner finds it
  const found = await mayor.get(
    `{ vacancies(near: { commune: "44143", km: 15 }, filter: { domains: [GREEN_SPACES], freePlacesAtLeast: 1 }, orderBy: DISTANCE, first: 5) {
        nodes { id distanceKm places free offer { title stale organisation { name } } } } }`,
  );
  expect(found.vacancies.nodes).toMatchObject([
    {
      id: vacancy.id,
      places: 1,
      free: 1,
      offer: { title: 'Entretien des berges', stale: false, organisation: { name: 'Les Berges Vives' } },
    },
  ]);
  expect(found.vacancies.nodes[0].distanceKm).toBeLessThan(15);

  // everybody opens a screen
  const atProvider = await world.listening(provider, referralWatch);
  const atTool = await world.listening(tool, referralWatch);
  const atCommune = await world.listening(mayor, referralWatch);
  const places = await world.listening(mayor, vacancyWatch, { offer: draft.id });
  const placementsAtTool = await world.listening(tool, placementWatch);

  // a coordinator refers a person, with the person's agreement
  const person = await done(
    coordinator,
    'registerPerson',
    'NewPerson',
    {
      identity: { lastName: 'Kacem', firstName: 'Nadia', birthDate: '1991-04-02' },
      contact: { phone: '0600000000' },
      commune: '44109',
      legalBasis: 'PUBLIC_INTEREST',
    },
    'person',
    'reference',
  );
  const refer = (over: object) =>
    coordinator.run(
      'referPerson',
      'NewReferral',
      { person: person.id, vacancy: vacancy.id, send: true, idempotencyKey: 'job-1', ...over },
      'referral { id version state }',
    );
  expect((await refer({})).userErrors).toMatchObject([{ code: 'AGREEMENT_MISSING' }]);
  const personAgreement = { given: true, on: day, how: 'IN_PERSON' };
  const { referral } = await refer({ personAgreement });
  expect((await refer({ personAgreement })).referral.id).toBe(referral.id);
  expect(referral.state).toBe('SENT');
  const [sent] = await atProvider.until(1);
  expect(sent.referralUpdated).toMatchObject({
    event: { type: 'referral.sent' },
    referral: {
      id: referral.id,
      state: 'SENT',
      person: { reference: person.reference, ageBand: expect.any(String), identity: null, contact: null },
    },
  });

  // the provider takes charge, which opens the name; the last place is held; the placement starts and ends
  await done(
    provider,
    'acknowledgeReferral',
    'ReferralAcknowledgement',
    { referral: referral.id, version: referral.version },
    'referral',
    'state',
  );
  const acknowledged = (await atProvider.until(2))[1]!;
  expect(acknowledged.referralUpdated.referral.person).toMatchObject({
    identity: { lastName: 'Kacem' },
    contact: { phone: '0600000000' },
  });
  await done(
    provider,
    'acceptReferral',
    'ReferralAcceptance',
    { referral: referral.id },
    'referral',
    'state',
  );
  const contract = { kind: 'FIXED_TERM_I', to: '2027-05-22', weeklyHours: 26 };
  const placement = await done(
    provider,
    'startPlacement',
    'PlacementStart',
    { referral: referral.id, startedOn: day, contract },
    'placement',
    'state contracts { kind }',
  );
  expect(placement).toMatchObject({ state: 'STARTED', contracts: [{ kind: 'FIXED_TERM_I' }] });
  world.clock.advanceDays(30);
  const outcome = { kind: 'JOB', contract: 'PERMANENT', weeklyHours: 35, from: '2026-12-28' };
  await done(
    provider,
    'endPlacement',
    'PlacementEnd',
    { placement: placement.id, endedOn: '2026-12-20', outcome },
    'placement',
    'state',
  );

  // what each screen showed
  const steps = [
    'referral.sent',
    'referral.acknowledged',
    'referral.accepted',
    'referral.placed',
    'referral.closed',
  ];
  await Promise.all([atProvider.until(5), atTool.until(5), placementsAtTool.until(2)]);
  expect(types(atProvider, 'referralUpdated')).toEqual(steps);
  expect(types(atTool, 'referralUpdated')).toEqual(steps);
  expect(placementsAtTool.received.map((each) => each.placementUpdated)).toMatchObject([
    { event: { type: 'placement.started', actor: { kind: 'MEMBER' } }, placement: {} },
    { event: { type: 'placement.ended' }, placement: { state: 'ENDED', outcome: { kind: 'JOB' } } },
  ]);
  await places.until(1);
  expect(places.received.some((each) => each.vacancyUpdated.vacancy.state === 'FILLED')).toBe(true);
  expect(atCommune.received).toEqual([]);

  // the commune learns of no person by any path; the council, which runs the programme, follows all of it
  const ids = [person.id, referral.id, placement.id];
  const nothing = await mayor.get(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { id } people { totalCount } referrals { totalCount } placements { totalCount } }',
    { ids },
  );
  expect(nothing).toEqual({
    nodes: [null, null, null],
    people: { totalCount: 0 },
    referrals: { totalCount: 0 },
    placements: { totalCount: 0 },
  });
  const whole = await manager.get(
    `query ($person: ID!) { person(id: $person) { identity { lastName } referrals { nodes { state placement { state outcome { kind } } } } } }`,
    { person: person.id },
  );
  expect(whole.person).toMatchObject({
    identity: { lastName: 'Kacem' },
    referrals: { nodes: [{ state: 'CLOSED', placement: { state: 'ENDED', outcome: { kind: 'JOB' } } }] },
  });
});
