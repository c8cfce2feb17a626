import sql from 'sql-template-tag';
import { done, Scene } from '../kit/referrals.ts';
import { cddi, placed } from '../kit/placements.ts';
import { meet, planned, thursday } from '../kit/meetings.ts';
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

const code = (payload: any) => payload.userErrors[0]?.code ?? null;
const refused = (payload: any) => [code(payload), payload.userErrors[0]?.field?.join('.')];
const some = async (count: number) => {
  const ids = [];
  while (ids.length < count) ids.push((await scene.sent()).id as string);
  return ids;
};
const meetingsOf = async (referral: string, as = scene.coordinator) =>
  (
    await as.get(
      `query ($id: ID!) { referral(id: $id) { deadline stopped: clockStops { cause until }
      meetings { state throughSender meeting { id state at } } } }`,
      { id: referral },
    )
  ).referral;
const after = (days: number) =>
  world.clock.set(new Date(Date.parse(thursday) + days * 86_400_000).toISOString());
const record = (meeting: string, lines: object[], more: object = {}) =>
  meet(scene.provider, 'recordMeeting', { meeting, lines, ...more });
const withOneSeat = async (seats = 2) => {
  const [first, second, third] = await some(3);
  return { first, second, third, meeting: await planned(scene, [first!], { kind: 'COLLECTIVE', seats }) };
};

test('a provider plans a meeting with one person, and both parties read it at the referral', async () => {
  const [referral] = await some(1);
  const meeting = await planned(scene, [referral!]);
  expect(meeting).toMatchObject({ state: 'PLANNED', kind: 'INDIVIDUAL', seats: 1, seatsTaken: 1, at: thursday });
  expect(meeting.member.id).toBe(scene.provider.memberId);
  for (const as of [scene.coordinator, scene.provider])
    expect((await meetingsOf(referral!, as)).meetings).toMatchObject([{ state: 'INVITED', meeting: { id: meeting.id } }]);
  const stranger = await (await world.organisation()).member();
  expect((await stranger.get('query ($id: ID!) { meeting(id: $id) { id } }', { id: meeting.id })).meeting).toBeNull();
  const told = await world.rows(sql`select type, audience from event where facts->>'meeting' = ${meeting.id} or subject_id = ${meeting.id} order by pos`);
  expect(told.map(({ type }) => type)).toEqual(['meeting.scheduled', 'referral.meeting_planned']);
  expect(told[0].audience).toEqual([scene.receiver.id]);
  expect([...told[1].audience].sort()).toEqual([scene.receiver.id, scene.sender.id].sort());
}); // prettier-ignore

test('a sender of some of those invited sees how many come, and only its own people', async () => {
  const other = await Scene.open(world);
  const [own] = await some(1);
  const theirs = done(
    await other.coordinator.run(
      'referPerson',
      'NewReferral',
      { person: await other.person(), offer: scene.offer, send: true, personAgreement: { given: true, on: '2026-11-20', how: 'PHONE' } },
      'referral { id }',
    ),
  );
  const { id } = await planned(scene, [own!, theirs.id]);
  const ask = 'query ($id: ID!) { meeting(id: $id) { seatsTaken member { id } attendances { referral { id } } } }';
  const { meeting } = await scene.coordinator.get(ask, { id });
  expect(meeting).toEqual({ seatsTaken: 2, member: null, attendances: [{ referral: { id: own } }] });
}); // prettier-ignore

test('who receives plans; a sender, another provider and a fund that pays benefits do not', async () => {
  const [referral] = await some(1);
  const input = { offer: scene.offer, kind: 'INDIVIDUAL', way: 'PHONE', at: thursday, minutes: 45, referrals: [referral] };
  const other = await Scene.open(world);
  expect(code(await meet(scene.coordinator, 'scheduleMeeting', input))).toBe('NOT_ALLOWED');
  expect(refused(await meet(other.provider, 'scheduleMeeting', input))).toEqual(['NOT_FOUND', 'referrals.0']);
  const alone = { ...input, kind: 'COLLECTIVE', referrals: [] };
  expect(code(await meet(other.provider, 'scheduleMeeting', alone))).toBe('NOT_ALLOWED');
  await world.db.write(world.hub, (tx) =>
    tx.change(sql`update organisation set kind = 'BENEFITS_FUND' where id = ${scene.receiver.id}`, 1),
  );
  expect(code(await meet(scene.provider, 'scheduleMeeting', input))).toBe('NOT_ALLOWED');
  const tool = await other.receiver.tool(['referrals:read']);
  const asked = `mutation ($input: NewMeeting!) { scheduleMeeting(input: $input) { userErrors { code } } }`;
  expect((await tool.ask(asked, { input: alone })).errors?.[0]?.extensions.code).toBe('INSUFFICIENT_SCOPE');
}); // prettier-ignore

test.each([
  ['in the past', { at: '2026-11-23T07:59:00Z' }, 'INVALID_INPUT', 'at'],
  ['in four months', { at: '2027-03-23T09:00:00Z' }, 'INVALID_INPUT', 'at'],
  ['of one minute', { minutes: 1 }, 'INVALID_INPUT', 'minutes'],
  ['with one person and ten seats', { seats: 10 }, 'INVALID_INPUT', 'seats'],
  ['with several and one seat', { kind: 'COLLECTIVE', seats: 1 }, 'INVALID_INPUT', 'seats'],
  ['with nobody in particular', { referrals: [] }, 'INVALID_INPUT', 'referrals'],
  ['on no site', { way: 'ON_SITE' }, 'INVALID_INPUT', 'site'],
  ['on a site that is none', { way: 'ON_SITE', site: 'x' }, 'NOT_FOUND', 'site'],
  ['for no offer', { offer: null }, 'INVALID_INPUT', 'offer'],
])('no meeting %s', async (_, over, expected, field) => {
  const [referral] = await some(1);
  const input = { offer: scene.offer, kind: 'INDIVIDUAL', way: 'PHONE', at: thursday, minutes: 45, referrals: [referral] };
  expect(refused(await meet(scene.provider, 'scheduleMeeting', { ...input, ...over }))).toEqual([expected, field]);
}); // prettier-ignore

test('a referral has one meeting planned at a time, and none once it is closed', async () => {
  const [first, second] = await some(2);
  await planned(scene, [first!]);
  const again = { offer: scene.offer, kind: 'COLLECTIVE', way: 'PHONE', at: thursday, minutes: 45 };
  const both = await meet(scene.provider, 'scheduleMeeting', { ...again, referrals: [second, first] });
  expect(refused(both)).toEqual(['MEETING_PLANNED', 'referrals.1']);
  done(await scene.move(scene.provider, 'declineReferral', second!, { reason: 'NO_POSITION' }));
  const closed = await meet(scene.provider, 'scheduleMeeting', { ...again, referrals: [second] });
  expect(refused(closed)).toEqual(['WRONG_STATE', 'referrals.0']);
  const elsewhere = await Scene.open(world);
  const foreign = await meet(scene.provider, 'scheduleMeeting', { ...again, offer: elsewhere.offer, referrals: [] });
  expect(code(foreign)).toBe('NOT_ALLOWED');
}); // prettier-ignore

test('as many are invited as there are seats; the rest are told so', async () => {
  const { second, third, meeting } = await withOneSeat();
  const invite = (referrals: unknown[]) =>
    meet(scene.provider, 'inviteToMeeting', { meeting: meeting.id, referrals });
  expect(refused(await invite([second, third]))).toEqual(['NO_SEAT_LEFT', 'referrals']);
  expect((await invite([second])).meeting).toMatchObject({ seatsTaken: 2 });
  expect(code(await invite([third]))).toBe('NO_SEAT_LEFT');
});

test('twenty invited at once to five seats: exactly five have one, without a deadlock', async () => {
  const deadlocks = async () =>
    (await world.rows(sql`select deadlocks from pg_stat_database where datname = current_database()`))[0]
      .deadlocks;
  const before = await deadlocks();
  const referrals = await some(20);
  const { id } = await planned(scene, [], { kind: 'COLLECTIVE', seats: 5 });
  const answers = await Promise.all(
    referrals.map((each) => meet(scene.provider, 'inviteToMeeting', { meeting: id, referrals: [each] })),
  );
  const codes = answers.map(code);
  expect(codes.filter((each) => each === null)).toHaveLength(5);
  expect(codes.filter((each) => each === 'NO_SEAT_LEFT')).toHaveLength(15);
  // the same five, each put off, withdrawn and declined at once
  const [stored] = await world.rows(sql`select seats_taken from meeting where id = ${id}`);
  expect(stored.seats_taken).toBe(5);
  const invited = referrals.filter((_, at) => codes[at] === null);
  await Promise.all(
    invited.flatMap((each) => [
      record(id, [{ referral: each, outcome: 'RESCHEDULED' }]),
      scene.move(scene.coordinator, 'withdrawReferral', each, { reason: 'OTHER' }),
      scene.move(scene.provider, 'declineReferral', each, { reason: 'NO_POSITION' }),
    ]),
  );
  expect((await world.rows(sql`select seats_taken from meeting where id = ${id}`))[0].seats_taken).toBe(0);
  expect((await deadlocks()) - before).toBe(0);
}); // prettier-ignore

test('the clock stands still until the day of the meeting is over, and runs on by itself if nobody records it', async () => {
  const [referral] = await some(1);
  const before = (await meetingsOf(referral!)).deadline;
  const { id, version } = await planned(scene, [referral!]);
  const stopped = await meetingsOf(referral!);
  expect(stopped.stopped).toEqual([{ cause: 'MEETING', until: '2026-11-26T23:00:00.000Z' }]);
  expect(stopped.deadline > before).toBe(true);
  const moved = await meet(scene.provider, 'moveMeeting', { meeting: id, version, at: '2026-11-30T09:00:00Z' });
  expect(moved.meeting).toMatchObject({ at: '2026-11-30T09:00:00.000Z', seatsTaken: 1 });
  const later = await meetingsOf(referral!);
  expect(later.stopped).toEqual([{ cause: 'MEETING', until: '2026-11-30T23:00:00.000Z' }]);
  expect(later.deadline > stopped.deadline).toBe(true);
  const cancelled = await meet(scene.provider, 'cancelMeeting', { meeting: id, reason: 'STAFF_ABSENT' });
  expect(cancelled.meeting).toMatchObject({ state: 'CANCELLED', reason: 'STAFF_ABSENT', seatsTaken: 0 });
  expect(await meetingsOf(referral!)).toMatchObject({ deadline: before, meetings: [{ state: 'CANCELLED' }] });
}); // prettier-ignore

test('what is past and not recorded is listed as such, for who held it alone', async () => {
  const [referral] = await some(1);
  const { id } = await planned(scene, [referral!]);
  const toRecord = async (as = scene.provider) =>
    (await as.get('{ meetings(filter: { toRecord: true }) { nodes { id } } }')).meetings.nodes;
  expect(await toRecord()).toEqual([]);
  after(1);
  expect(await toRecord()).toEqual([{ id }]);
  expect(await toRecord(scene.coordinator)).toEqual([]);
  expect((await record(id, [{ referral, outcome: 'HELD' }])).userErrors).toEqual([]);
  expect(await toRecord()).toEqual([]);
});

test('each line is recorded by itself: held, not there, put off to another meeting, and what is refused', async () => {
  const [held, missed, late, gone] = await some(4);
  const { id } = await planned(scene, [held!, missed!, late!, gone!]);
  const next = await planned(scene, [], { kind: 'COLLECTIVE', at: '2026-12-03T09:00:00Z' });
  const early = await record(id, [{ referral: held, outcome: 'HELD' }]);
  expect(refused(early)).toEqual(['WRONG_STATE', 'lines.0.outcome']);
  done(await scene.move(scene.coordinator, 'withdrawReferral', gone!, { reason: 'PERSON_REFUSES' }));
  after(0.1);
  const payload = await record(id, [
    { referral: held, outcome: 'HELD' },
    { referral: gone, outcome: 'HELD' },
    { referral: missed, outcome: 'NO_SHOW' },
    { referral: late, outcome: 'RESCHEDULED', newMeeting: next.id },
    { referral: 'x', outcome: 'HELD' },
  ]);
  expect(payload.lines.map((line: any) => code(line))).toEqual([null, 'WRONG_STATE', null, null, 'NOT_FOUND']);
  expect(payload.lines.map((line: any) => line.id)).toEqual([held, gone, missed, late, 'x']);
  expect(payload.userErrors.map((error: any) => error.field.join('.'))).toEqual(['lines.1.outcome', 'lines.4.referral']);
  expect(payload.meeting).toMatchObject({ state: 'OVER', seatsTaken: 2 });
  const states = Object.fromEntries(payload.meeting.attendances.map((each: any) => [each.referral.id, each.state]));
  expect(states).toEqual({ [held!]: 'HELD', [missed!]: 'NO_SHOW', [late!]: 'RESCHEDULED', [gone!]: 'CANCELLED' });
  expect((await meetingsOf(late!)).meetings.map((each: any) => each.state)).toEqual(['RESCHEDULED', 'INVITED']);
}); // prettier-ignore

test('a no-show recorded by mistake is put right; that somebody was met is not unsaid', async () => {
  const [first] = await some(1);
  const { id } = await planned(scene, [first!]);
  after(1);
  expect(code(await record(id, [{ referral: first, outcome: 'NO_SHOW' }]))).toBeNull();
  expect(code(await record(id, [{ referral: first, outcome: 'NO_SHOW' }]))).toBe('WRONG_STATE');
  expect(code(await record(id, [{ referral: first, outcome: 'HELD' }]))).toBeNull();
  expect(code(await record(id, [{ referral: first, outcome: 'NO_SHOW' }]))).toBe('WRONG_STATE');
  const [second] = await some(1);
  const other = await planned(scene, [second!], { at: '2026-11-30T09:00:00Z' });
  after(5);
  await record(other.id, [{ referral: second, outcome: 'NO_SHOW' }]);
  after(40);
  expect(code(await record(other.id, [{ referral: second, outcome: 'HELD' }]))).toBe('TOO_LATE');
}); // prettier-ignore

test('no word of who came stands in the journal, and no list asks for it', async () => {
  const [first, second] = await some(2);
  const { id } = await planned(scene, [first!, second!]);
  after(1);
  await record(id, [{ referral: first, outcome: 'NO_SHOW' }, { referral: second, outcome: 'HELD' }]);
  const events = await world.rows(sql`select type || facts::text as said from event where facts->>'meeting' = ${id} or subject_id = ${id}`);
  expect(events.filter(({ said }) => /NO_SHOW|HELD/.test(said))).toEqual([]);
}); // prettier-ignore

test('with the referral goes its place at the meeting; what was for one person is off', async () => {
  const { first, meeting } = await withOneSeat();
  done(await scene.move(scene.coordinator, 'withdrawReferral', first!, { reason: 'PERSON_REFUSES' }));
  const seen = `query ($id: ID!) { meeting(id: $id) { state seatsTaken } }`;
  expect((await scene.provider.get(seen, { id: meeting.id })).meeting).toEqual({ state: 'PLANNED', seatsTaken: 0 });
  const vacancy = await scene.vacancy(2);
  const { id: referral } = await scene.accepted({ vacancy });
  const alone = await planned(scene, [referral]);
  await placed(scene.provider, 'startPlacement', { referral, startedOn: '2026-11-23', contract: cddi });
  expect((await scene.provider.get(seen, { id: alone.id })).meeting).toEqual({ state: 'CANCELLED', seatsTaken: 0 });
}); // prettier-ignore

test('a stale version, a meeting that has begun and one that is off refuse', async () => {
  const [first, second] = await some(2);
  const { id } = await planned(scene, [first!], { kind: 'COLLECTIVE' });
  const move = (over: object) => meet(scene.provider, 'moveMeeting', { meeting: id, ...over });
  expect(code(await move({ version: 9, minutes: 30 }))).toBe('STALE');
  expect(refused(await move({}))).toEqual(['INVALID_INPUT', 'at']);
  expect(code(await meet(scene.coordinator, 'moveMeeting', { meeting: id, minutes: 30 }))).toBe('NOT_ALLOWED');
  after(1);
  expect(code(await move({ minutes: 30 }))).toBe('TOO_LATE');
  expect(code(await meet(scene.provider, 'inviteToMeeting', { meeting: id, referrals: [second] }))).toBe('TOO_LATE');
  const cancel = () => meet(scene.provider, 'cancelMeeting', { meeting: id, reason: 'MISTAKE' });
  expect(code(await cancel())).toBeNull();
  expect(code(await cancel())).toBe('WRONG_STATE');
}); // prettier-ignore

test('a key repeated plans and records once; with other lines it is refused as a whole', async () => {
  const [first, second] = await some(2);
  const input = { offer: scene.offer, kind: 'COLLECTIVE', way: 'PHONE', at: thursday, minutes: 45, referrals: [first, second], idempotencyKey: 'once' };
  const [one, other] = await Promise.all([1, 2].map(() => meet(scene.provider, 'scheduleMeeting', input)));
  expect(other.meeting.id).toBe(one.meeting.id);
  after(1);
  const lines = [{ referral: first, outcome: 'NO_SHOW' }, { referral: second, outcome: 'HELD' }];
  const twice = [1, 2].map(() => record(one.meeting.id, lines, { idempotencyKey: 'sheet' }));
  for (const each of await Promise.all(twice)) expect(each.userErrors).toEqual([]);
  const changed = await record(one.meeting.id, [{ referral: first, outcome: 'HELD' }], { idempotencyKey: 'sheet' });
  expect(refused(changed)).toEqual(['IDEMPOTENCY_MISMATCH', 'idempotencyKey']);
}); // prettier-ignore
