import sql from 'sql-template-tag';
import { sweepReferrals } from '../../src/referrals/referral.sweep.ts';
import { sweepReminders } from '../../src/referrals/reminder.sweep.ts';
import { done, refusal, Scene } from '../kit/referrals.ts';
import { World } from '../kit/world.ts';

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
});
beforeEach(async () => {
  world.clock.set('2026-11-23T08:00:00.000Z');
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const at = async (instant: string) => {
  world.clock.set(instant);
  return sweepReminders(world.db);
};
const said = (id: string) =>
  world.rows(sql`select type, audience, facts, subject_version as version from event
    where subject_id = ${id} and type in ('referral.reminded', 'referral.escalated', 'referral.expiring',
      'referral.wait_ending') order by tx, pos`);
const read = async (id: string, selection: string, as: any = scene.coordinator) =>
  (await as.get(`query ($id: ID!) { referral(id: $id) { ${selection} } }`, { id })).referral;

test('before a referral expires its provider is reminded, then its managers, then the sender is told where else', async () => {
  const { id, version } = await scene.sent({ vacancy: await scene.vacancy(1) });
  const other = await Scene.open(world);
  const elsewhere = await other.vacancy(2);
  const full = await other.vacancy(1);
  await other.accepted({ vacancy: full });
  await at('2026-11-30T15:29:00.000Z');
  expect(await said(id)).toEqual([]);
  await Promise.all([at('2026-11-30T15:30:00.000Z'), sweepReminders(world.db)]);
  await at('2026-12-03T20:00:00.000Z');
  await at('2026-12-04T23:00:00.000Z');
  await at('2026-12-06T23:00:00.000Z');
  const [reminded, escalated, expiring, ...more] = await said(id);
  expect(more).toEqual([]);
  expect(reminded).toMatchObject({ type: 'referral.reminded', audience: [scene.receiver.id], version });
  expect(escalated).toMatchObject({ type: 'referral.escalated', audience: [scene.receiver.id] });
  expect(expiring).toMatchObject({ type: 'referral.expiring', audience: [scene.sender.id] });
  expect(expiring.facts.nextBest.split(' ')).toContain(elsewhere);
  expect(expiring.facts.nextBest).not.toContain(full);
  // a reminder is no change its parties made
  done(await scene.move(scene.provider, 'acknowledgeReferral', id, { version }));
}); // prettier-ignore

test('the next best are open, with a place, of the same kind, elsewhere first; for the sender alone', async () => {
  const person = await scene.person();
  const here = await scene.vacancy(1);
  const { id } = await scene.sent({ vacancy: here, person });
  const another = await scene.vacancy(1);
  const other = await Scene.open(world);
  const elsewhere = await other.vacancy(1);
  const already = await other.vacancy(1);
  const closed = await other.vacancy(1);
  await world.db.write(world.hub, (tx) => tx.change(sql`update vacancy set state = 'CLOSED' where id = ${closed}`));
  await scene.sent({ vacancy: already, person });
  const ids = (await read(id, 'nextBest { id }')).nextBest.map((each: any) => each.id);
  expect(ids.length).toBe(3);
  expect(ids).not.toContain(already);
  expect(ids).not.toContain(closed);
  expect(ids).not.toContain(here);
  await world.db.write(world.hub, (tx) =>
    tx.change(sql`update vacancy set state = 'CLOSED' where id not in (${here}, ${another}, ${elsewhere})`),
  );
  expect((await read(id, 'nextBest { id }')).nextBest).toEqual([{ id: elsewhere }, { id: another }]);
  expect((await read(id, 'nextBest { id }', scene.provider)).nextBest).toEqual([]);
}); // prettier-ignore

test('the next best are those that looking through all of them would find, where the person lives or where nobody knows', async () => {
  const communes = await world.rows<{ code: string }>(sql`select code from commune where latitude is not null
    order by hashtextextended(code, 1) limit 12`);
  const own = await Scene.open(world);
  const scenes = [own, await Scene.open(world), await Scene.open(world)];
  const ids: string[] = [];
  for (const at of [0, 1, 2])
    for (const of of scenes) ids.push(await of.vacancy(1), await of.vacancy(at + 1));
  await world.db.write(world.hub, async (tx) => {
    await tx.change(sql`update vacancy set state = 'CLOSED' where state = 'OPEN' and id <> all(${ids})`);
    for (const [at, id] of ids.entries())
      await tx.change(sql`update vacancy set latitude = commune.latitude, longitude = commune.longitude
        from commune where commune.code = ${communes[at % 12]!.code} and vacancy.id = ${id} and ${at} % 7 <> 6`);
  });
  for (const commune of [null, ...communes.slice(0, 4).map(({ code }) => code), '44109']) {
    const person = await own.person();
    await world.db.write(world.hub, (tx) => tx.change(sql`update person set commune_code = ${commune} where id = ${person}`));
    const { id } = await own.sent({ person });
    const expected = await world.rows<{ id: string }>(sql`select vacancy.id from vacancy join offer on offer.id = offer_id
      left join commune home on home.code = ${commune}
      where vacancy.state = 'OPEN' and vacancy.free >= 1 and offer.state = 'PUBLISHED' and vacancy.id = any(${ids})
      order by vacancy.organisation_id = ${own.receiver.id},
        app.metres(home.latitude, home.longitude, vacancy.latitude, vacancy.longitude) nulls last, vacancy.id limit 3`);
    expect((await read(id, 'nextBest { id }', own.coordinator)).nextBest).toEqual(expected);
  }
}); // prettier-ignore

test('a stopped clock is not reminded; an answered one never again', async () => {
  const { id } = await scene.sent();
  done(await scene.move(scene.provider, 'requestInformation', id, { questions: ['TRAVEL'] }));
  await at('2026-11-30T15:30:00.000Z');
  expect(await said(id)).toEqual([]);
  done(await scene.move(scene.provider, 'declineReferral', id, { reason: 'NO_POSITION' }));
  await at('2027-02-01T08:00:00.000Z');
  expect(await said(id)).toEqual([]);
});

test('a sender says every thirty days that the person still waits; unsaid, it is asked, and the wait ends', async () => {
  const { id, version } = await scene.waitlisted(await scene.vacancy(1));
  await at('2026-12-18T08:00:00.000Z');
  expect(await said(id)).toMatchObject([{ type: 'referral.wait_ending', audience: [scene.sender.id] }]);
  expect(refusal(await scene.move(scene.provider, 'reconfirmWait', id))).toBe('NOT_ALLOWED');
  expect(refusal(await scene.move(scene.coordinator, 'reconfirmWait', id, { version: version - 1 }))).toBe('STALE');
  const stranger = await (await world.organisation()).member();
  expect(refusal(await scene.move(stranger, 'reconfirmWait', id))).toBe('NOT_FOUND');
  const once = { version, idempotencyKey: id };
  for (const again of [1, 2])
    expect([again, (await scene.move(scene.coordinator, 'reconfirmWait', id, once)).referral.deadline]).toEqual(
      [again, '2027-01-17T08:00:00.000Z'],
    ); // prettier-ignore
  const both = await Promise.all([1, 2].map(() => scene.move(scene.coordinator, 'reconfirmWait', id, { version: version + 1 })));
  expect(both.map(refusal).sort()).toEqual(['STALE', null]);
  await at('2027-01-12T08:00:00.000Z');
  expect((await said(id)).length).toBe(2);
  world.clock.set('2027-01-17T08:00:00.000Z');
  await sweepReferrals(world.db);
  expect(await read(id, 'state reason')).toEqual({ state: 'EXPIRED', reason: 'WAIT_ENDED' });
  expect(refusal(await scene.move(scene.coordinator, 'reconfirmWait', id))).toBe('WRONG_STATE');
}); // prettier-ignore

test('no next best is of a trade the person refuses, nor of an offer within the wait after its refusal', async () => {
  const person = await scene.person();
  const [one, other, third] = [await Scene.open(world), await Scene.open(world), await Scene.open(world)];
  const [weaving, declining, left] = [await one.vacancy(1), await other.vacancy(1), await third.vacancy(1)];
  const open = [weaving, declining, left];
  await world.db.write(world.hub, (tx) =>
    tx.change(sql`update vacancy set state = case when id = any(${open}) then 'OPEN' else 'CLOSED' end,
      rome_code = case when id = ${weaving} then 'B1804' end`),
  );
  const { id } = await scene.sent({ person });
  const next = async () => (await read(id, 'nextBest { id }')).nextBest.map((each: any) => each.id).sort();
  expect(await next()).toEqual([...open].sort());
  const profile = { refusedTrades: ['B1804'] };
  await scene.coordinator.run('updateProfile', 'ProfileUpdate', { person, profile }, 'person { id }');
  expect(await next()).toEqual([declining, left].sort());
  const refused = await scene.sent({ person, vacancy: declining });
  done(await other.move(other.provider, 'declineReferral', refused.id, { reason: 'NOT_INTERESTED' }));
  expect(await next()).toEqual([left]);
  await at('2026-12-06T23:00:00.000Z');
  for (const day of ['11-29', '12-04', '12-06']) await at(`2026-${day}T23:00:00.000Z`);
  expect((await said(id)).at(-1)!.facts.nextBest).toBe(left);
  world.clock.set('2027-05-23T08:00:00.000Z'); // 181 days later the offer may be proposed again
  expect(await next()).toEqual([declining, left].sort());
});
