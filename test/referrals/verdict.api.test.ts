import sql from 'sql-template-tag';
import { hubViewer, scopes, type Viewer } from '../../src/kernel/viewer.ts';
import { insertInto } from '../../src/db/table.ts';
import { newId } from '../../src/kernel/ids.ts';
import { vacancies } from '../../src/vacancies/vacancy.store.ts';
import type { Client } from '../kit/client.ts';
import { registerPerson } from '../kit/people.ts';
import { done, Scene } from '../kit/referrals.ts';
import { offerInTables } from '../kit/vacancies.ts';
import { World, type Partner } from '../kit/world.ts';

/** What a sent referral tells its receiver of the person beside the core: verdicts, and no fact to be had from them. */

let world: World;
let scene: Scene;
beforeAll(async () => {
  world = await World.open({ health: true });
  scene = await Scene.open(world, { publics: ['demandeurs-emploi', 'jeunes'], weeklyHours: 26 });
});
afterAll(() => world.close());

async function somebody(publics: string[], hours: [number, number] | null = null): Promise<string> {
  const availability = hours && { weeklyHoursLeast: hours[0], weeklyHoursMost: hours[1] };
  const over = { referent: {}, ...(hours && { profile: { availability } }) };
  const { id: person } = await registerPerson(scene.coordinator, over);
  for (const code of publics) {
    const input = { person, public: code };
    const { userErrors } = await scene.coordinator.run('recordSituation', 'NewSituation', input, 'situation { id }');
    expect(userErrors).toEqual([]);
  }
  return person;
} // prettier-ignore

const read = `query ($id: ID!) { referral(id: $id) { verdicts { rule verdict }
  person { ageBand profile { skills } situations { nodes { public } } } } }`;
const verdictsFor = async (by: Client, id: string) => {
  const { referral } = await by.get(read, { id });
  return Object.fromEntries(referral.verdicts.map((each: any) => [each.rule, each.verdict]));
};
const sentTo = async (offerOver: object, person: string) => {
  const offer = await offerInTables(scene.receiver, offerOver);
  return (await scene.sent({ person, offer })).id;
};
const atHours = async (weeklyHours: number) => {
  const id = newId('Vacancy');
  const row = {
    id,
    offerId: scene.offer,
    organisationId: scene.receiver.id,
    state: 'OPEN' as const,
    places: 3,
  };
  const at = { createdAt: world.clock.now(), updatedAt: world.clock.now() };
  await world.db.write(world.hub, (tx) =>
    tx.change(insertInto(vacancies, { ...row, weeklyHours, ...at }), 1),
  );
  return id;
};

test('a sent referral tells its receiver verdicts, and neither the criterion nor the hours behind them', async () => {
  const person = await somebody(['RSA', 'TH', 'DETENTION_MJ'], [20, 30]);
  const { id } = await scene.sent({ person });
  const { referral } = await scene.provider.get(read, { id });
  expect(referral).toEqual({
    verdicts: [
      { rule: 'PUBLIC', verdict: 'PASS' },
      { rule: 'WEEKLY_HOURS', verdict: 'PASS' },
    ],
    person: { ageBand: 'FROM_26_TO_39', profile: null, situations: { nodes: [] } },
  });
  expect(await verdictsFor(scene.coordinator, id)).toEqual({ PUBLIC: 'PASS', WEEKLY_HOURS: 'PASS' });
});

test('a draft has been judged for nobody', async () => {
  const { id } = await scene.sent({ person: await somebody(['RSA']), send: false });
  expect(await verdictsFor(scene.coordinator, id)).toEqual({});
});

test('a public that is one criterion, and a closed one, is asked of the sender whatever is known', async () => {
  for (const [asked, code] of [
    ['personnes-en-situation-de-handicap', 'TH'],
    ['personnes-en-situation-juridique-specifique', 'DETENTION_MJ'],
    ['personnes-exilees', 'REF_DA'],
    ['personnes-en-situation-durgence', 'PSH_PR'],
    ['beneficiaires-des-minimas-sociaux', 'RSA'],
  ]) {
    const [is, isNot] = [await somebody([code!]), await somebody([])];
    // beside another public that the receiver itself can rule out by the age it sees
    for (const publics of [[asked!], [asked!, 'jeunes']]) {
      const told = [await sentTo({ publics }, is), await sentTo({ publics }, isNot)];
      for (const id of told)
        expect([publics, await verdictsFor(scene.provider, id)]).toEqual([publics, { PUBLIC: 'UNKNOWN' }]);
    }
  }
});

test('what was judged stays: neither a changed offer nor another vacancy puts a second question to the facts', async () => {
  const person = await somebody(['RSA'], [20, 30]);
  const offer = await offerInTables(scene.receiver, { publics: ['demandeurs-emploi'], weeklyHours: 35 });
  const { id } = await scene.sent({ person, offer });
  expect(await verdictsFor(scene.provider, id)).toEqual({ PUBLIC: 'PASS', WEEKLY_HOURS: 'FAIL' });
  const change = { offer, publics: ['residents-qpv-frr'], weeklyHours: 24 };
  expect(
    (await scene.provider.run('updateOffer', 'OfferUpdate', change, 'offer { publics weeklyHours }')).offer,
  ).toEqual({ publics: ['residents-qpv-frr'], weeklyHours: 24 });
  expect(await verdictsFor(scene.provider, id)).toEqual({ PUBLIC: 'PASS', WEEKLY_HOURS: 'FAIL' });
  await scene.coordinator.run(
    'recordSituation',
    'NewSituation',
    { person, public: 'QPV' },
    'situation { id }',
  );
  expect(await verdictsFor(scene.provider, id)).toEqual({ PUBLIC: 'PASS', WEEKLY_HOURS: 'FAIL' });

  const other = await scene.sent({ person: await somebody([], [20, 30]) });
  const [short, long] = [await atHours(10), await atHours(28)];
  done(await scene.move(scene.provider, 'bindReferral', other.id, { vacancy: short }));
  expect(await verdictsFor(scene.provider, other.id)).toMatchObject({ WEEKLY_HOURS: 'PASS' });
  const third = await scene.sent({ person: await somebody([], [20, 25]) });
  done(await scene.move(scene.coordinator, 'bindReferral', third.id, { vacancy: long }));
  expect(await verdictsFor(scene.provider, third.id)).toMatchObject({ WEEKLY_HOURS: 'FAIL' });
});

test('verdicts close with the person, at both walls, and are the hub’s alone to write', async () => {
  const person = await somebody(['RSA'], [20, 30]);
  const { id } = await scene.sent({ person });
  const rows = (of: Partner, more: Partial<Viewer> = {}) =>
    world.db
      .as(viewerOf(of, more))
      .rows(sql`select verdicts from referral_verdict where referral_id = ${id}`);
  expect(await rows(scene.receiver)).toHaveLength(1);
  expect(await rows(scene.receiver, { scopes: ['people:read'] })).toEqual([]);
  expect(await rows(await world.organisation({ kind: 'STATE_SERVICE' }))).toEqual([]);
  const rewriting = world.db.write(viewerOf(scene.receiver), (tx) =>
    tx.change(sql`update referral_verdict set judged_at = judged_at where referral_id = ${id}`),
  );
  expect(await rewriting).toBe(0);
  const adding = world.db.write(viewerOf(scene.sender), (tx) =>
    tx.change(sql`insert into referral_verdict select ${newId('Referral')}, person_id, sender_id, receiver_id, verdicts,
      judged_at from referral_verdict where referral_id = ${id}`),
  );
  await expect(adding).rejects.toThrow(/row-level security/);

  done(await scene.move(scene.provider, 'declineReferral', id, { reason: 'NO_POSITION' }));
  expect(await verdictsFor(scene.coordinator, id)).toMatchObject({ PUBLIC: 'PASS' });
  const { referral } = await scene.provider.get(read, { id });
  expect(referral).toEqual({ verdicts: [], person: null });
  expect(await rows(scene.receiver)).toEqual([]);
});

function viewerOf({ id: organisation }: Partner, more: Partial<Viewer> = {}): Viewer {
  return { ...hubViewer(''), kind: 'MEMBER', organisation, scopes, people: 'ALL', ...more };
}
