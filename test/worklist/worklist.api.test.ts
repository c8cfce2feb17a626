import sql from 'sql-template-tag';
import { agreed, draftOf, tableOf } from '../kit/agreements.ts';
import { registerPerson } from '../kit/people.ts';
import { acceptedTwice, done, Scene } from '../kit/referrals.ts';
import { type Asking, type Partner, World } from '../kit/world.ts';
import { soonUntil, sinceWhen } from '../../src/worklist/worklist.rules.ts';
import type { Client } from '../kit/client.ts';
import { recordPass } from '../kit/eligibility.ts';
import { planned, thursday } from '../kit/meetings.ts';
import { ended, placed, startOf, toJob } from '../kit/placements.ts';
import { shared } from '../kit/sharing.ts';
import { sweepPlacements } from '../../src/placements/placement.sweep.ts';

/** What awaits each partner: a list is what the ordinary questions would find, and nobody else's work. */

let world: World;
const monday = '2026-11-23T08:00:00.000Z';
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

const lists = [
  ...['placesOffered', 'cancellationsAsked', 'drafts'],
  ...['toAnswer', 'dueSoon', 'answersReceived', 'toStart', 'informationAsked', 'changed', 'meetingsToRecord'],
  ...['followUpsDue', 'outcomesDue', 'contractsEnding', 'choose', 'withoutLiveStep', 'passesEnding', 'grantsEnding'],
  ...['agreementsEnding', 'opinionsAwaited'],
]; // prettier-ignore

const worklistOf = async (by: Client, list: string, more = '') =>
  (
    await by.get(
      `{ viewer { worklist${more} { ${list} { totalCount nodes { id } edges { cursor } pageInfo { hasNextPage } } } } }`,
    )
  ).viewer.worklist[list];
const ids = async (by: Client, list: string, more = '') =>
  (await worklistOf(by, list, more)).nodes.map(({ id }: { id: string }) => id);

test('a referral goes through the lists of both sides: to answer, answered, to start, changed', async () => {
  const scene = await Scene.open(world);
  const { coordinator, provider } = scene;
  const { id: referral } = await scene.sent();
  expect(await ids(provider, 'toAnswer')).toEqual([referral]);
  expect(await ids(coordinator, 'toAnswer')).toEqual([]);
  expect(await ids(coordinator, 'dueSoon')).toEqual([]);
  await provider.run('acceptReferral', 'ReferralAcceptance', { referral }, '__typename');
  expect(await ids(provider, 'toAnswer')).toEqual([]);
  expect(await ids(provider, 'toStart')).toEqual([]);
  expect(await ids(coordinator, 'answersReceived')).toEqual([referral]);
  expect(await ids(coordinator, 'changed')).toEqual([referral]);
  world.clock.advanceDays(1);
  expect(await ids(provider, 'toStart')).toEqual([referral]); // no day was announced: the next one
  expect(await ids(coordinator, 'toStart')).toEqual([]);
  const since = `(since: "${world.clock.now()}")`;
  expect(await ids(coordinator, 'answersReceived', since)).toEqual([]);
  expect(await ids(provider, 'changed', since)).toEqual([]);
});

test('an acceptance that is cancelled is an answer anew, of the day it is cancelled', async () => {
  const scene = await Scene.open(world);
  const first = await scene.accepted({ vacancy: await scene.vacancy(1) });
  await scene.accepted({ vacancy: await scene.vacancy(1) });
  world.clock.advanceDays(2);
  const since = `(since: "${world.clock.now()}")`;
  expect(await ids(scene.coordinator, 'answersReceived', since)).toEqual([]);
  done(await scene.move(scene.provider, 'cancelAcceptance', first.id, { reason: 'FUNDING_ENDED' }));
  expect(await ids(scene.coordinator, 'answersReceived', since)).toEqual([first.id]);
  expect((await ids(scene.coordinator, 'answersReceived'))[0]).toBe(first.id); // the latest word first
});

test('what would expire within three business days is due soon, for who answers and who follows', async () => {
  const scene = await Scene.open(world);
  const { id: referral } = await scene.sent();
  world.clock.advanceDays(12);
  expect(await ids(scene.provider, 'dueSoon')).toEqual([referral]);
  expect(await ids(scene.coordinator, 'dueSoon')).toEqual([referral]);
});

test('a question to the sender is asked of the sender alone', async () => {
  const scene = await Scene.open(world);
  const { id: referral } = await scene.sent();
  await scene.provider.run('acknowledgeReferral', 'ReferralAcknowledgement', { referral }, '__typename');
  const questions = ['AVAILABILITY'];
  const { userErrors } = await scene.provider.run(
    'requestInformation',
    'NewInformationRequest',
    { referral, questions },
    '__typename',
  );
  expect(userErrors).toEqual([]);
  expect(await ids(scene.coordinator, 'informationAsked')).toEqual([referral]);
  expect(await ids(scene.provider, 'informationAsked')).toEqual([]);
});

test('who receives finds the places it may give, and the cancellations it is asked for, until it answers', async () => {
  const scene = await Scene.open(world);
  const { coordinator, provider } = scene;
  const vacancy = await scene.vacancy(1);
  const { id: referral } = await scene.accepted({ vacancy });
  const waiting = await scene.waitlisted(vacancy);
  expect(await ids(provider, 'placesOffered')).toEqual([]);
  await coordinator.run('requestReferralCancellation', 'CancellationRequest', { referral, reason: 'OTHER' }, '__typename');
  expect(await ids(provider, 'cancellationsAsked')).toEqual([referral]);
  expect(await ids(coordinator, 'cancellationsAsked')).toEqual([]);
  await provider.run('confirmReferralCancellation', 'CancellationConfirmation', { referral }, '__typename');
  expect(await ids(provider, 'cancellationsAsked')).toEqual([]);
  expect(await ids(provider, 'placesOffered')).toEqual([waiting.id]);
  expect(await ids(coordinator, 'placesOffered')).toEqual([]);
  await provider.run('acceptReferral', 'ReferralAcceptance', { referral: waiting.id }, '__typename');
  expect(await ids(provider, 'placesOffered')).toEqual([]);
}); // prettier-ignore

test('somebody followed with nothing under way is on the list of their referent, until something is', async () => {
  const scene = await Scene.open(world);
  const { id: person } = await registerPerson(scene.coordinator, { referent: {} });
  await registerPerson(scene.coordinator); // somebody whom nobody is the referent of
  expect(await ids(scene.coordinator, 'withoutLiveStep')).toEqual([person]);
  expect(await ids(scene.provider, 'withoutLiveStep')).toEqual([]);
  const { referral } = await scene.refer({ person });
  expect(await ids(scene.coordinator, 'withoutLiveStep')).toEqual([]);
  await scene.provider.run(
    'declineReferral',
    'ReferralDeclining',
    { referral: referral.id, reason: 'NO_POSITION' },
    '__typename',
  );
  expect(await ids(scene.coordinator, 'withoutLiveStep')).toEqual([person]);
});

test('a member who sees a portfolio is shown the people in it, not those of colleagues', async () => {
  const scene = await Scene.open(world);
  const one = await scene.sender.member({ roles: ['COORDINATOR'], people: 'PORTFOLIO' });
  const other = await scene.sender.member({ roles: ['COORDINATOR'], people: 'PORTFOLIO' });
  const { id: person } = await registerPerson(one, { referent: {} });
  expect(await ids(one, 'withoutLiveStep')).toEqual([person]);
  expect(await ids(other, 'withoutLiveStep')).toEqual([]);
});

test.each(['STATE', 'BENEFITS_FUND', 'COMPANY'] as const)('a %s with nothing to do has every list, empty', async (kind) => {
  const scene = await Scene.open(world);
  await scene.sent();
  const nobody = await (await world.organisation({ kind })).member();
  for (const list of lists)
    expect([list, await worklistOf(nobody, list)]).toEqual([
      list,
      { totalCount: 0, nodes: [], edges: [], pageInfo: { hasNextPage: false } },
    ]);
}); // prettier-ignore

test('a count alone costs one statement, a page alone another, whatever its length', async () => {
  const scene = await Scene.open(world);
  const statements = async (selection: string) => {
    let count = 0;
    world.db.onStatement = () => void count++;
    await scene.provider.get(`{ viewer { worklist { toAnswer ${selection} } } }`);
    world.db.onStatement = () => {};
    return count;
  };
  await scene.sent();
  await statements('{ totalCount nodes { id } }'); // how many people are seen is asked once in a while
  expect(await statements('{ totalCount }')).toBe(1);
  expect(await statements('{ nodes { id } }')).toBe(1);
  await scene.sent();
  expect(await statements('{ totalCount ... { nodes { id } } }')).toBe(2);
});

/** What is arranged for a list: the rows in the order it has to show them, to whom, and who must not find them. */
interface Filled {
  rows: string[];
  to: [Partner, Asking];
  notTo: Client;
}
type Filling = (scene: Scene) => Promise<Filled>;

const toProvider = ({ receiver, provider, coordinator }: Scene, rows: string[]): Filled => ({
  ...{ rows, to: [receiver, provider], notTo: coordinator },
});
const toCoordinator = ({ sender, coordinator, provider }: Scene, rows: string[]): Filled => ({
  ...{ rows, to: [sender, coordinator], notTo: provider },
});
const onePlacement = async (scene: Scene, contractTo: string) => {
  const referral = await scene.accepted({ vacancy: await scene.vacancy(1) });
  const contract = { kind: 'FIXED_TERM_I', to: contractTo, weeklyHours: 26 };
  return (await startOf(scene, referral.id, { contract })).placement.id;
};
const endedOn = (scene: Scene, day: string, outcome: object) =>
  ended(scene, { endedOn: day, outcome }).then(({ id }) => id);
const personOf = async (referral: string) =>
  (await world.rows(sql`select person_id as id from referral where id = ${referral}`))[0].id;
const pass = async (scene: Scene, number: string, to: string) => {
  const { id: person } = await registerPerson(scene.coordinator, { referent: {} });
  return (await recordPass(scene.coordinator, { person, number, from: '2026-11-02', to })).pass.id;
};

/** Every list of which no other test says in what order it shows several, each with two rows or more. */
const filling: Record<string, Filling> = {
  toAnswer: async (scene) => {
    const first = await scene.sent();
    world.clock.advanceDays(1);
    return toProvider(scene, [first.id, (await scene.sent()).id, (await scene.sent()).id]);
  },
  changed: async (scene) => {
    const [one, two] = [await scene.sent(), await scene.sent()];
    world.clock.advanceDays(1);
    done(await scene.move(scene.provider, 'acknowledgeReferral', one.id));
    const neighbour = await Scene.open(world);
    return { ...toCoordinator(scene, [one.id, two.id]), notTo: neighbour.provider };
  },
  meetingsToRecord: async (scene) => {
    const meetings = [];
    for (const at of ['2026-11-26T10:00:00.000Z', thursday])
      meetings.unshift((await planned(scene, [(await scene.acknowledged()).id], { at })).id);
    world.clock.set('2026-11-27T08:00:00.000Z');
    return toProvider(scene, meetings);
  },
  followUpsDue: async (scene) => {
    const placements = [await onePlacement(scene, '2027-05-22'), await onePlacement(scene, '2027-05-22')];
    for (const placement of placements)
      await placed(scene.provider, 'endPlacement', { placement, endedOn: '2026-11-23', outcome: toJob });
    world.clock.set('2026-12-24T08:00:00.000Z');
    const neighbour = await Scene.open(world);
    return { ...toCoordinator(scene, placements.reverse()), notTo: neighbour.provider };
  },
  outcomesDue: async (scene) => {
    const notYet = { kind: 'NOT_YET_KNOWN' };
    const placements = [
      await endedOn(scene, '2026-11-19', notYet),
      await endedOn(scene, '2026-11-20', notYet),
    ];
    world.clock.set('2026-12-22T08:00:00.000Z');
    await sweepPlacements(world.db);
    return toProvider(scene, placements.reverse());
  },
  contractsEnding: async (scene) => {
    const [later, sooner] = [
      await onePlacement(scene, '2026-12-20'),
      await onePlacement(scene, '2026-12-10'),
    ];
    await onePlacement(scene, '2027-05-22');
    return toProvider(scene, [sooner, later]);
  },
  choose: async (scene) => {
    const [one, two] = [(await acceptedTwice(scene))[0], (await acceptedTwice(scene))[0]];
    await scene.accepted({ vacancy: await scene.vacancy(1) });
    return toCoordinator(scene, [await personOf(one), await personOf(two)]);
  },
  passesEnding: async (scene) => {
    const later = await pass(scene, '999992139001', '2027-01-31');
    const sooner = await pass(scene, '999992139002', '2027-01-15');
    await pass(scene, '999992139003', '2028-01-15');
    return toCoordinator(scene, [sooner, later]);
  },
  agreementsEnding: async (scene) => {
    const ending = async (to: string) => {
      const { lead, input } = await draftOf(tableOf(world), 'COUNCIL_GRANT');
      const parties = [{ organisation: scene.receiver.id, role: 'PROVIDER' }];
      const { id: agreement } = await agreed(lead.as, 'draftAgreement', { ...input, parties, terms: { to } });
      await agreed(lead.as, 'submitAgreement', { agreement });
      return (await agreed(lead.as, 'signAgreement', { agreement })).id as string;
    };
    const [later, sooner] = [await ending('2027-02-21'), await ending('2026-12-31')];
    await ending('2027-02-22');
    return toProvider(scene, [sooner, later]);
  },
  opinionsAwaited: async (scene) => {
    const { partner, as } = await tableOf(world).newSeat('IAE_COUNCIL');
    const asked = async (sessionOn: string) => {
      const { id: agreement } = await tableOf(world).submitted();
      const request = { agreement, council: partner.id, sessionOn };
      return (await agreed((await tableOf(world).state).as, 'requestOpinion', request)).id as string;
    };
    const [later, sooner, given] = [
      await asked('2026-12-15'),
      await asked('2026-12-01'),
      await asked('2026-11-23'),
    ];
    await agreed(as, 'giveOpinion', { agreement: given, opinion: 'DEFERRED' });
    return { ...toProvider(scene, [sooner, later]), to: [partner, as] };
  },
  grantsEnding: async (scene) => {
    const grants: string[] = [];
    for (const until of ['2026-12-10', '2026-12-01', '2027-03-01']) {
      const { id: person } = await registerPerson(scene.coordinator);
      grants.push((await shared(scene.coordinator, { person, organisation: scene.receiver.id, until })).id);
    }
    const neighbour = await Scene.open(world);
    return { ...toCoordinator(scene, [grants[1]!, grants[0]!]), notTo: neighbour.coordinator };
  },
};

test.each(Object.entries(filling))('%s: its rows in their order, page by page forth and back, to whom they await and to their tool', async (list, fill) => {
  world.clock.set(monday);
  const { rows, to: [partner, member], notTo } = await fill(await Scene.open(world));
  const tool = await partner.tool(['people:read', 'referrals:read', 'agreements:read'], member.memberId);
  for (const asking of [member, tool]) {
    expect(await worklistOf(asking, list)).toMatchObject({ totalCount: rows.length, nodes: rows.map((id) => ({ id })) });
    expect(await walked(asking, list, 'first')).toEqual(rows);
    expect(await walked(asking, list, 'last')).toEqual([...rows].reverse());
  }
  expect(await ids(notTo, list)).toEqual([]);
}); // prettier-ignore

/** The ids of a list met by pages of one, from its start or from its end. */
async function walked(client: Client, list: string, from: 'first' | 'last'): Promise<string[]> {
  const [cursor, argument, more] = from === 'first' ? ['endCursor', 'after', 'hasNextPage'] : ['startCursor', 'before', 'hasPreviousPage']; // prettier-ignore
  const met: string[] = [];
  for (let at = ''; ;) {
    const page = `nodes { id } pageInfo { ${cursor} ${more} }`;
    const { viewer } = await client.get(`{ viewer { worklist { ${list}(${from}: 1${at}) { ${page} } } } }`);
    const { nodes, pageInfo } = viewer.worklist[list];
    met.push(...nodes.map(({ id }: { id: string }) => id));
    if (!pageInfo[more!]) return met;
    at = `, ${argument}: "${pageInfo[cursor!]}"`;
  }
}

test('a tool reads the lists of its scopes, and no other', async () => {
  const scene = await Scene.open(world);
  const tool = await scene.receiver.tool(['referrals:read'], scene.provider.memberId);
  expect((await worklistOf(tool, 'toAnswer')).totalCount).toBe(0);
  const { errors } = await tool.ask('{ viewer { worklist { withoutLiveStep { totalCount } } } }');
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['INSUFFICIENT_SCOPE']);
});

test('since when: a week if not said, a year at most, never from the future', () => {
  const now = '2026-11-25T09:00:00.000Z';
  expect(sinceWhen(null, now)).toBe('2026-11-18T09:00:00.000Z');
  expect(sinceWhen('2020-01-01T00:00:00.000Z', now)).toBe('2025-11-24T09:00:00.000Z');
  expect(() => sinceWhen('2026-11-26T00:00:00.000Z', now)).toThrow();
  // from a Wednesday: Thursday, Friday, Monday, which ends at 23:00 UTC
  expect(soonUntil(now)).toBe('2026-11-30T23:00:00.000Z');
});
