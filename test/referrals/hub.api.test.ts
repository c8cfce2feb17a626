import sql from 'sql-template-tag';
import { referentAssigned } from '../../src/people/referent.facts.ts';
import { closeOtherReferrals, lockReferralWithOthers } from '../../src/referrals/others.actions.ts';
import { sweepReferrals } from '../../src/referrals/referral.sweep.ts';
import { agreed, alsoFollowedBy, done, refusal, Scene } from '../kit/referrals.ts';
import { storedVacancy } from '../kit/vacancies.ts';
import { World } from '../kit/world.ts';

/** What the hub does by itself: deadlines, and what follows for parties that cannot see each other. */
let world: World;
let scene: Scene;
const monday = '2026-11-23T08:00:00.000Z';

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterEach(() => world.clock.set(monday));
afterAll(() => world.close());

const stored = async (id: string) =>
  (
    await world.rows(
      sql`select state, reason, vacancy_id, holds_place, due_at, follower_id from referral where id = ${id}`,
    )
  )[0];
const viewerOf = (client: { token: string }) => world.viewerOf(client);

describe('deadlines', () => {
  test('an unanswered referral expires after ten business days, and may be answered late for thirty days', async () => {
    const sent = await scene.sent();
    const taken = await scene.acknowledged();
    world.clock.set('2026-12-07T22:59:59.000Z');
    expect(await sweepReferrals(world.db)).toMatchObject({ expired: 0 });
    world.clock.set('2026-12-07T23:00:00.000Z');
    expect(await sweepReferrals(world.db)).toMatchObject({ expired: 2, failed: 0 });
    expect(await sweepReferrals(world.db)).toMatchObject({ expired: 0 });
    for (const { id } of [sent, taken])
      expect(await stored(id)).toMatchObject({ state: 'EXPIRED', reason: 'NO_ANSWER', due_at: null });
    world.clock.set('2027-01-05T08:00:00.000Z');
    expect(done(await scene.move(scene.provider, 'acceptReferral', sent.id)).state).toBe('ACCEPTED');
    const [line] = await world.rows(sql`select late from referral_move where referral_id = ${sent.id} and move = 'accept'`);
    expect(line.late).toBe(true);
    world.clock.set('2027-01-07T08:00:00.000Z');
    expect(refusal(await scene.move(scene.provider, 'acceptReferral', taken.id))).toBe('TOO_LATE');
  }); // prettier-ignore

  test('a wait ends after thirty days; an acceptance lapses and frees its place; silence confirms a cancellation', async () => {
    const vacancy = await scene.vacancy(2, '2026-12-01');
    const held = await scene.accepted({ vacancy });
    const asked = await scene.accepted({ vacancy });
    const waiting = await scene.waitlisted(await scene.vacancy(1));
    done(await scene.move(scene.coordinator, 'requestReferralCancellation', asked.id, { reason: 'OTHER' }));
    world.clock.set('2026-11-25T23:00:00.000Z');
    expect(await sweepReferrals(world.db)).toMatchObject({ cancelled: 1, lapsed: 0 });
    expect(await stored(asked.id)).toMatchObject({ state: 'CANCELLED', reason: 'OTHER' });
    world.clock.set('2026-12-08T23:00:00.000Z');
    expect(await sweepReferrals(world.db)).toMatchObject({ lapsed: 1, waitsEnded: 0 });
    expect(await stored(held.id)).toMatchObject({ state: 'LAPSED', holds_place: false });
    expect(await storedVacancy(world, vacancy)).toMatchObject({ held: 0, free: 2 });
    world.clock.set('2026-12-23T08:00:00.000Z');
    expect(await sweepReferrals(world.db)).toMatchObject({ waitsEnded: 1 });
    expect(await stored(waiting.id)).toMatchObject({ state: 'EXPIRED', reason: 'WAIT_ENDED' });
  });

  test('two sweeps at once, and an answer in between, do each thing once', async () => {
    const vacancy = await scene.vacancy(20);
    const all = await scene.manySent(12, vacancy);
    world.clock.set('2026-12-08T08:00:00.000Z');
    const [one, two] = await Promise.all([
      sweepReferrals(world.db),
      sweepReferrals(world.db),
      ...all.slice(0, 4).map(({ id }) => scene.move(scene.provider, 'acceptReferral', id)),
    ]);
    expect(one!.failed + two!.failed).toBe(0);
    await sweepReferrals(world.db);
    const lines = await world.rows(sql`select referral_id, count(*) filter (where move = 'expire') as expired
      from referral_move where referral_id = any(${all.map(({ id }) => id)}) group by 1`);
    expect(lines.every((line: any) => line.expired <= 1)).toBe(true);
    const counted = await storedVacancy(world, vacancy);
    const [{ held }] = await world.rows(sql`select count(*)::int as held from referral where vacancy_id = ${vacancy} and holds_place`);
    expect(counted.held).toBe(held);
  }); // prettier-ignore
});

describe('the first start closes the others', () => {
  /** Two exclusive providers and a service, none of which can see another. */
  async function threeAt(person: string) {
    const [one, two, service] = [await Scene.open(world), await Scene.open(world), await Scene.open(world, { exclusive: false })];
    const vacancy = await two.vacancy(1);
    const send = (where: object) => scene.sent({ person, offer: null, personAgreement: agreed, ...where });
    return {
      one, two, service, vacancy,
      here: await send({ offer: one.offer }),
      there: await send({ vacancy }),
      beside: await send({ offer: service.offer }),
    };
  } // prettier-ignore

  test('as the hub, through both walls: places are given back, providers are told, not where', async () => {
    const person = await scene.person();
    const { one, two, vacancy, here, there, beside } = await threeAt(person);
    done(await scene.move(two.provider, 'acceptReferral', there.id));
    const waiting = await two.sent({ vacancy });
    done(await two.move(two.provider, 'waitlistReferral', waiting.id));
    expect((await storedVacancy(world, vacancy)).held).toBe(1);

    const closed = await world.db.write(await viewerOf(one.provider), async (tx) => {
      const row = await lockReferralWithOthers(tx, here.id, 'referral');
      return closeOtherReferrals(tx, row.personId, row.id, 'placement.started');
    });
    expect(closed.map((row) => row.id)).toEqual([there.id]);
    expect(await stored(there.id)).toMatchObject({ state: 'CANCELLED', reason: 'STARTED_ELSEWHERE' });
    expect((await stored(beside.id)).state).toBe('SENT');
    // the place passed to who waited there, whom neither provider one nor the first sender can see
    expect(await stored(waiting.id)).toMatchObject({ state: 'WAITLISTED', holds_place: true });
    expect((await storedVacancy(world, vacancy)).held).toBe(1);
    const [event] = await world.rows(sql`select type, actor_kind, organisation_id, caused_by, facts, audience
      from event where subject_id = ${there.id} order by tx desc, pos desc limit 1`);
    expect(event).toMatchObject({ type: 'referral.cancelled', actor_kind: 'HUB', organisation_id: null, caused_by: 'placement.started' });
    expect(event.audience).toEqual(expect.arrayContaining([two.receiver.id, scene.sender.id]));
    expect(JSON.stringify(event)).not.toContain(one.receiver.id);
  }); // prettier-ignore

  test('within thirty days the sender takes one up again: open, waiting, or unbound as the places allow', async () => {
    const person = await scene.person();
    const { one, two, vacancy, here, there } = await threeAt(person);
    done(await scene.move(two.provider, 'acceptReferral', there.id));
    await world.db.write(await viewerOf(one.provider), async (tx) => {
      const row = await lockReferralWithOthers(tx, here.id, 'referral');
      await closeOtherReferrals(tx, row.personId, row.id, 'placement.started');
    });
    await two.accepted({ vacancy }); // the place is gone
    world.clock.advanceDays(7);
    expect(refusal(await scene.move(two.provider, 'reinstateReferral', there.id))).toBe('NOT_ALLOWED');
    const back = done(await scene.move(scene.coordinator, 'reinstateReferral', there.id));
    expect(back).toMatchObject({ state: 'WAITLISTED', reason: null, waitingRank: 1 });
    expect(refusal(await scene.move(scene.coordinator, 'reinstateReferral', there.id))).toBe('WRONG_STATE');
    const withdrawn = done(
      await scene.move(scene.coordinator, 'withdrawReferral', there.id, { reason: 'OTHER' }),
    );
    expect(refusal(await scene.move(scene.coordinator, 'reinstateReferral', withdrawn.id))).toBe(
      'WRONG_STATE',
    );
  });
});

test('seen from one provider, the other’s referral of the same person does not exist, with the first wall away', async () => {
  const person = await scene.person();
  const [one, two] = [await Scene.open(world), await Scene.open(world)];
  const here = await scene.sent({ person, offer: one.offer });
  const there = await scene.sent({ person, offer: two.offer });
  const reader = world.db.as(await viewerOf(one.provider));
  const seen = await reader.rows<{ id: string }>(sql`select id from referral where person_id = ${person}`);
  expect(seen.map((row) => row.id)).toEqual([here.id]);
  for (const table of ['referral_move', 'referral_note'])
    expect(await reader.rows({ ...sql`select 1`, text: `select 1 from ${table} where referral_id = '${there.id}'`, values: [] } as never)).toEqual([]);
  expect(await reader.rows(sql`select * from app.sender_contact(${there.id})`)).toEqual([]);
  await expect(
    world.db.write(await viewerOf(one.provider), (tx) => tx.change(sql`update referral set reason = 'X' where id = ${there.id}`, 1)),
  ).rejects.toThrow(/expected to change 1 rows, changed 0/);
}); // prettier-ignore

test('reassigned to another referent, open referrals are followed by the new organisation', async () => {
  const person = await scene.person();
  const vacancy = await scene.vacancy(1);
  const { id } = await scene.accepted({ person, vacancy });
  const mission = await world.organisation({ kind: 'EMPLOYMENT_SERVICE' });
  const adviser = await mission.member({ roles: ['COORDINATOR'] });
  await alsoFollowedBy(mission, person);
  await world.db.write(await viewerOf(scene.coordinator), (tx) =>
    tx.say(referentAssigned, {
      person,
      before: null,
      after: { organisationId: mission.id } as never,
    }),
  );
  const input = { reason: 'PERSON_UNAVAILABLE' };
  const former = await scene.move(scene.coordinator, 'requestReferralCancellation', id, input);
  expect(former).toMatchObject({ referral: { state: 'ACCEPTED' }, userErrors: [{ code: 'NOT_ALLOWED' }] });
  expect(done(await scene.move(adviser, 'requestReferralCancellation', id, input)).state).toBe('CANCELLED');
  const [event] = await world.rows(sql`select audience from event where subject_id = ${id} and type = 'referral.follower_changed'`);
  expect(event.audience).toEqual(expect.arrayContaining([scene.sender.id, mission.id, scene.receiver.id]));
}); // prettier-ignore

test('who has handed a person over sends no draft of theirs, and reinstates nothing', async () => {
  const person = await scene.person();
  const draft = done(await scene.refer({ person, send: false }));
  const { id } = await scene.sent({ person, offer: (await Scene.open(world)).offer });
  const mission = await world.organisation({ kind: 'EMPLOYMENT_SERVICE' });
  const adviser = await mission.member({ roles: ['COORDINATOR'] });
  await world.db.write(await viewerOf(scene.coordinator), (tx) =>
    closeOtherReferrals(tx, person, 'ref_other', 'placement.started'),
  );
  const council = await world.organisation({ kind: 'COUNCIL' });
  await alsoFollowedBy(council, person);
  const agent = await council.member({ roles: ['COORDINATOR'] });
  const assignment = { person, organisation: mission.id, legalBasis: 'PUBLIC_INTEREST' };
  const named = await agent.run('assignReferent', 'ReferentAssignment', assignment, 'person { id }');
  expect(named.userErrors).toEqual([]);
  expect(refusal(await scene.move(scene.coordinator, 'sendReferral', draft.id))).toBe('NOT_ALLOWED');
  expect(refusal(await scene.move(scene.coordinator, 'reinstateReferral', id))).toBe('NOT_ALLOWED');
  expect(done(await scene.move(adviser, 'reinstateReferral', id)).state).toBe('SENT');
});
