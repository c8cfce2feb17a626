import { registerPerson } from '../kit/people.ts';
import { Scene } from '../kit/referrals.ts';
import { World } from '../kit/world.ts';
import { soonUntil, sinceWhen } from '../../src/worklist/worklist.rules.ts';
import type { Client } from '../kit/client.ts';

/** What awaits each partner: a list is what the ordinary questions would find, and nobody else's work. */

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

const lists = [
  ...['toAnswer', 'dueSoon', 'answersReceived', 'toStart', 'informationAsked', 'changed', 'meetingsToRecord'],
  ...['followUpsDue', 'outcomesDue', 'contractsEnding', 'choose', 'withoutLiveStep', 'passesEnding', 'grantsEnding'],
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
  expect(await ids(provider, 'toStart')).toEqual([referral]);
  expect(await ids(coordinator, 'answersReceived')).toEqual([referral]);
  expect(await ids(coordinator, 'changed')).toEqual([referral]);
  world.clock.advanceDays(1);
  const since = `(since: "${world.clock.now()}")`;
  expect(await ids(coordinator, 'answersReceived', since)).toEqual([]);
  expect(await ids(provider, 'changed', since)).toEqual([]);
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

test('pages go on where they stopped, each row once', async () => {
  const scene = await Scene.open(world);
  const sent: string[] = [];
  for (let n = 0; n < 3; n++) sent.push((await scene.sent()).id);
  const met: string[] = [];
  for (let after = '', more = true; more;) {
    const { viewer } = await scene.provider.get(
      `{ viewer { worklist { toAnswer(first: 2${after}) { nodes { id } pageInfo { hasNextPage endCursor } } } } }`,
    );
    const { nodes, pageInfo } = viewer.worklist.toAnswer;
    met.push(...nodes.map(({ id }: { id: string }) => id));
    [after, more] = [`, after: "${pageInfo.endCursor}"`, pageInfo.hasNextPage];
  }
  expect([...met].sort()).toEqual([...sent].sort());
});

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
