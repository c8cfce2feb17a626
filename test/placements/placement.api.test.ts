import sql from 'sql-template-tag';
import type { Client } from '../kit/client.ts';
import { cddi, ended, place, placed, started, startOf, toJob } from '../kit/placements.ts';
import { alsoFollowedBy, done, Scene } from '../kit/referrals.ts';
import { storedVacancy } from '../kit/vacancies.ts';
import { World } from '../kit/world.ts';

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterEach(() => world.clock.set('2026-11-23T08:00:00.000Z'));
afterAll(() => world.close());

const refusal = (payload: any) =>
  payload.userErrors[0] && [payload.userErrors[0].code, payload.userErrors[0].field?.join('.') ?? null];
const codes = (payloads: any[]) => payloads.map((payload) => payload.userErrors[0]?.code ?? 'DONE').sort();

const eventsOf = (placement: string) =>
  world.rows<{ type: string; audience: string[]; subject_version: number; person_id: string; facts: object }>(
    sql`select type, audience, subject_version, person_id, facts from event
      where subject_id = ${placement} order by tx, pos`,
  );

const rightsOf = (source: string) =>
  world.rows<{ organisation_id: string; category: string; valid_until: string | null }>(
    sql`select organisation_id, category, valid_until from person_access where source_id = ${source}
      order by organisation_id, category`,
  );

async function stranger(kind: 'COMMUNE' | 'INSERTION_ENTERPRISE' = 'COMMUNE'): Promise<Client> {
  return (await world.organisation({ kind })).member();
}

describe('starting', () => {
  test('an accepted referral becomes a placement: its place is taken, the parties see the person by it', async () => {
    const vacancy = await scene.vacancy(2);
    const referral = await scene.accepted({ vacancy });
    const { placement, userErrors } = await startOf(scene, referral.id, { version: referral.version });
    expect(userErrors).toEqual([]);
    expect(placement).toMatchObject({
      state: 'STARTED',
      startedOn: '2026-11-23',
      endedOn: null,
      exclusive: true,
      takesPlace: true,
      referral: { id: referral.id, state: 'PLACED' },
      vacancy: { id: vacancy, free: 1, taken: 1, held: 0 },
      contracts: [
        { kind: 'FIXED_TERM_I', from: '2026-11-23', to: '2027-05-22', weeklyHours: 26, renews: null },
      ],
      outcome: null,
      followUps: [],
    });
    const rights = await rightsOf(placement.id);
    expect(rights.map(({ organisation_id, category }) => [organisation_id, category])).toEqual(
      [scene.sender.id, scene.receiver.id]
        .sort()
        .flatMap((organisation) =>
          ['CONTACT', 'CORE', 'IDENTITY'].map((category) => [organisation, category]),
        ),
    );
    const [event] = await eventsOf(placement.id);
    expect(event).toMatchObject({ type: 'placement.started', subject_version: 1 });
    expect([...event!.audience].sort()).toEqual([scene.sender.id, scene.receiver.id].sort());
    expect(JSON.stringify(event!.facts)).not.toMatch(/2026|P-TEST/);
  });

  test('the person’s rights come from the placement now, no longer from the referral', async () => {
    const placement = await started(scene);
    const open = (await rightsOf(placement.referral.id)).filter((right) => right.valid_until === null);
    expect(open).toEqual([]);
  });

  test('the sender may not, a stranger does not find it, an unaccepted one is in the wrong state', async () => {
    const { id } = await scene.accepted({ vacancy: await scene.vacancy(1) });
    const input = { referral: id, startedOn: '2026-11-23', contract: cddi };
    expect(refusal(await place(scene.coordinator, 'startPlacement', input))).toEqual(['NOT_ALLOWED', null]);
    const reader = await scene.receiver.member({ roles: ['READER'] });
    expect(refusal(await place(reader, 'startPlacement', input))).toEqual(['NOT_ALLOWED', null]);
    for (const other of [await stranger(), await stranger('INSERTION_ENTERPRISE')])
      expect(refusal(await place(other, 'startPlacement', input))).toEqual(['NOT_FOUND', 'referral']);
    const sent = await scene.sent();
    expect(refusal(await startOf(scene, sent.id))).toEqual(['WRONG_STATE', null]);
    expect(refusal(await startOf(scene, 'ref_unknown'))).toEqual(['NOT_FOUND', 'referral']);
  });

  test('what is wrong with the day or the contract is said by field, and nothing is written', async () => {
    const { id } = await scene.accepted({ vacancy: await scene.vacancy(1) });
    const wrong = [
      [{ startedOn: '2026-11-24' }, 'startedOn'],
      [{ startedOn: '2024-11-24' }, 'startedOn'],
      [{ contract: null }, 'contract'],
      [{ contract: { ...cddi, to: null } }, 'contract.to'],
      [{ contract: { ...cddi, to: '2026-11-22' } }, 'contract.to'],
      [{ contract: { ...cddi, from: '2026-11-20' } }, 'contract.from'],
      [{ contract: { ...cddi, weeklyHours: 61 } }, 'contract.weeklyHours'],
    ] as const;
    for (const [over, field] of wrong)
      expect(refusal(await startOf(scene, id, over))).toEqual(['INVALID_INPUT', field]);
    expect(refusal(await startOf(scene, id, { version: 1 }))).toEqual(['STALE', 'version']);
    const written = await world.rows(sql`select 1 from placement where referral_id = ${id}`);
    expect(written).toEqual([]);
    expect(refusal(await startOf(scene, id))).toBeUndefined();
  });

  test('of two starts at once exactly one is written; the same key starts once and answers the same', async () => {
    const vacancy = await scene.vacancy(2);
    const { id } = await scene.accepted({ vacancy });
    expect(codes(await Promise.all([1, 2, 3].map(() => startOf(scene, id))))).toEqual([
      'DONE',
      'WRONG_STATE',
      'WRONG_STATE',
    ]);
    const other = await scene.accepted({ vacancy });
    const twice = await Promise.all(
      [1, 2].map(() => startOf(scene, other.id, { idempotencyKey: 'start-once' })),
    );
    expect(codes(twice)).toEqual(['DONE', 'DONE']);
    expect(twice[0].placement.id).toBe(twice[1].placement.id);
    expect(await storedVacancy(world, vacancy)).toMatchObject({ taken: 2, held: 0, free: 0 });
  });

  test('the person’s other live referrals to exclusive offers close, without telling where', async () => {
    const person = await scene.person();
    const [elsewhere, service] = [await Scene.open(world), await Scene.open(world, { exclusive: false })];
    const held = await elsewhere.vacancy(1);
    await alsoFollowedBy(elsewhere.sender, person);
    await alsoFollowedBy(service.sender, person);
    const accepted = await elsewhere.accepted({ person, vacancy: held });
    const beside = await service.sent({ person });
    const placement = await started(scene, { person });

    const rows = await world.rows<{ id: string; state: string; reason: string }>(
      sql`select id, state, reason from referral where person_id = ${person}`,
    );
    expect(Object.fromEntries(rows.map((row) => [row.id, [row.state, row.reason]]))).toEqual({
      [accepted.id]: ['CANCELLED', 'STARTED_ELSEWHERE'],
      [beside.id]: ['SENT', null],
      [placement.referral.id]: ['PLACED', null],
    });
    expect(await storedVacancy(world, held)).toMatchObject({ held: 0, free: 1, state: 'OPEN' });
    const [told] = await world.rows<{ audience: string[]; facts: object }>(
      sql`select audience, facts from event where subject_id = ${accepted.id} order by tx desc, pos desc limit 1`,
    );
    expect(told!.audience).toContain(elsewhere.receiver.id);
    expect(JSON.stringify(told)).not.toContain(scene.receiver.id);
    const nobody = await elsewhere.provider.get('query ($id: ID!) { placement(id: $id) { id } }', {
      id: placement.id,
    });
    expect(nobody.placement).toBeNull();
  });

  test('a second exclusive placement at the same time asks for a reason; the other one is not shown', async () => {
    const person = await scene.person();
    const elsewhere = await Scene.open(world);
    await alsoFollowedBy(elsewhere.sender, person);
    await started(elsewhere, { person });
    const { id } = await scene.accepted({ person, vacancy: await scene.vacancy(1) });
    expect(refusal(await startOf(scene, id))).toEqual(['OVERLAPPING_PLACEMENT', 'overlapReason']);
    const { placement } = await startOf(scene, id, { overlapReason: 'SEVERAL_EMPLOYERS' });
    expect(placement).toMatchObject({ state: 'STARTED', overlapReason: 'SEVERAL_EMPLOYERS' });
  });

  test('two exclusive starts of one person at once: one waits for the other, and then has to say why', async () => {
    const person = await scene.person();
    const elsewhere = await Scene.open(world);
    await alsoFollowedBy(elsewhere.sender, person);
    const here = await scene.accepted({ person, vacancy: await scene.vacancy(1) });
    const there = await elsewhere.accepted({ person, vacancy: await elsewhere.vacancy(1) });
    const both = await Promise.all([startOf(scene, here.id), startOf(elsewhere, there.id)]);
    expect(codes(both)).toEqual(['DONE', 'WRONG_STATE']);
  });

  test('a service without contract and without places starts too', async () => {
    const workshop = await Scene.open(world, { kind: 'MOBILITY', exclusive: false });
    const { id } = await workshop.accepted();
    const placement = await placed(workshop.provider, 'startPlacement', {
      referral: id,
      startedOn: '2026-11-20',
    });
    expect(placement).toMatchObject({ takesPlace: false, vacancy: null, contracts: [], exclusive: false });
  });
});

describe('undoing a start', () => {
  test('the referral is accepted again, its place held again, and the name still open by the referral', async () => {
    const placement = await started(scene);
    const undone = await placed(scene.provider, 'undoStart', { placement: placement.id });
    expect(undone).toMatchObject({
      state: 'UNDONE',
      takesPlace: false,
      referral: { state: 'ACCEPTED' },
      vacancy: { held: 1, taken: 0 },
    });
    expect((await rightsOf(placement.id)).every((right) => right.valid_until !== null)).toBe(true);
    const open = (await rightsOf(placement.referral.id)).filter((right) => right.valid_until === null);
    expect(open).toHaveLength(6);
    const again = await startOf(scene, placement.referral.id);
    expect(again).toMatchObject({ userErrors: [], placement: { vacancy: { held: 0, taken: 1 } } });
    const { referral } = await scene.coordinator.get(
      'query ($id: ID!) { referral(id: $id) { placement { id } person { id placements { totalCount } } } }',
      { id: placement.referral.id },
    );
    expect(referral).toMatchObject({
      placement: { id: again.placement.id },
      person: { placements: { totalCount: 1 } },
    });
  });

  test('a cancellation asked afterwards and taken back leaves the hold that began with the undoing, not with the acceptance', async () => {
    const { placement } = await startOf(scene, (await scene.accepted({ vacancy: await scene.vacancy(1) })).id);
    const id = placement.referral.id;
    const held = () => scene.coordinator.get('query ($id: ID!) { referral(id: $id) { state deadline } }', { id });
    world.clock.advanceDays(14);
    await placed(scene.provider, 'undoStart', { placement: placement.id });
    const { referral } = await held();
    expect(referral).toEqual({ state: 'ACCEPTED', deadline: '2027-01-06T23:00:00.000Z' });
    const { version } = done(await scene.move(scene.coordinator, 'requestReferralCancellation', id, { reason: 'OTHER' }));
    done(await scene.move(scene.coordinator, 'keepReferral', id, { version }));
    expect((await held()).referral).toEqual(referral);
  }); // prettier-ignore

  test('not by the sender, not by a stranger, not twice, not after 15 days', async () => {
    const { id } = await started(scene);
    const undo = (as: Client, placement = id) => place(as, 'undoStart', { placement });
    expect(refusal(await undo(scene.coordinator))).toEqual(['NOT_ALLOWED', null]);
    expect(refusal(await undo(await stranger()))).toEqual(['NOT_FOUND', 'placement']);
    const late = await started(scene);
    world.clock.advanceDays(16);
    expect(refusal(await undo(scene.provider, late.id))).toEqual(['TOO_LATE', null]);
    world.clock.set('2026-11-23T08:00:00.000Z');
    expect(codes(await Promise.all([1, 2].map(() => undo(scene.provider))))).toEqual(['DONE', 'WRONG_STATE']);
  });
});

describe('suspending and resuming', () => {
  test('the place stays taken meanwhile, and the interruption keeps its days', async () => {
    const { id } = await started(scene);
    const suspended = await placed(scene.provider, 'suspendPlacement', {
      placement: id,
      version: 1,
      kind: 'TRIAL_PERIOD',
      from: '2026-11-16',
      expectedTo: '2026-12-15',
    });
    expect(suspended).toMatchObject({
      state: 'SUSPENDED',
      version: 2,
      takesPlace: true,
      vacancy: { taken: 1 },
    });
    const resumed = await placed(scene.provider, 'resumePlacement', { placement: id, on: '2026-11-20' });
    expect(resumed).toMatchObject({
      state: 'STARTED',
      episodes: [
        {
          kind: 'TRIAL_PERIOD',
          from: '2026-11-16',
          expectedTo: '2026-12-15',
          to: '2026-11-20',
          suspends: true,
        },
      ],
    });
    expect((await eventsOf(id)).map((event) => event.type)).toEqual([
      'placement.started',
      'placement.suspended',
      'placement.resumed',
    ]);
  });

  test('who may not, wrong states, wrong days, and two at once', async () => {
    const { id: placement } = await started(scene);
    const input = { placement, kind: 'SICK_LEAVE', from: '2026-11-20' };
    const suspend = (as: Client, over = {}) => place(as, 'suspendPlacement', { ...input, ...over });
    expect(refusal(await suspend(scene.coordinator))).toEqual(['NOT_ALLOWED', null]);
    expect(refusal(await suspend(await stranger()))).toEqual(['NOT_FOUND', 'placement']);
    expect(refusal(await place(scene.provider, 'resumePlacement', { placement }))).toEqual([
      'WRONG_STATE',
      null,
    ]);
    expect(refusal(await suspend(scene.provider, { from: '2026-11-01' }))).toEqual(['INVALID_INPUT', 'from']);
    expect(refusal(await suspend(scene.provider, { version: 9 }))).toEqual(['STALE', 'version']);
    expect(codes(await Promise.all([1, 2].map(() => suspend(scene.provider))))).toEqual([
      'DONE',
      'WRONG_STATE',
    ]);
    const resume = { placement, on: '2026-11-19', idempotencyKey: 'resume' };
    expect(refusal(await place(scene.provider, 'resumePlacement', resume))).toEqual(['INVALID_INPUT', 'on']);
    const repeated = { placement, idempotencyKey: 'resume-2' };
    for (let n = 0; n < 2; n++)
      expect((await place(scene.provider, 'resumePlacement', repeated)).userErrors).toEqual([]);
    expect(refusal(await suspend(scene.provider))).toEqual(['INVALID_INPUT', 'from']);
  });
});

describe('renewing the contract', () => {
  test('a renewal follows the last contract and names it', async () => {
    const { id, contracts } = await started(scene);
    const contract = { kind: 'FIXED_TERM_I', to: '2027-11-22', weeklyHours: 30 };
    const renewed = await placed(scene.provider, 'renewContract', { placement: id, contract });
    expect(renewed.contractEndsOn).toBe('2027-11-22');
    expect(renewed.contracts).toMatchObject([
      { id: contracts[0].id },
      { from: '2027-05-23', to: '2027-11-22', renews: contracts[0].id },
    ]);
  });

  test('no overlap; not by the sender or a stranger; of two at once one; not once ended', async () => {
    const { id: placement } = await started(scene);
    const renew = (as: Client, over: object = {}) =>
      place(as, 'renewContract', { placement, contract: { ...cddi, to: '2027-11-22', ...over }, version: 1 });
    expect(refusal(await renew(scene.coordinator))).toEqual(['NOT_ALLOWED', null]);
    expect(refusal(await renew(await stranger()))).toEqual(['NOT_FOUND', 'placement']);
    expect(refusal(await renew(scene.provider, { from: '2027-05-22' }))).toEqual([
      'INVALID_INPUT',
      'contract.from',
    ]);
    expect(codes(await Promise.all([1, 2].map(() => renew(scene.provider))))).toEqual(['DONE', 'STALE']);
    const over = await ended(scene);
    const late = await place(scene.provider, 'renewContract', { placement: over.id, contract: cddi });
    expect(refusal(late)).toEqual(['WRONG_STATE', null]);
  });
});

describe('ending', () => {
  test('the referral is closed, the outcome known, three follow-ups due, the name open for a while', async () => {
    const { id, referral } = await started(scene);
    const end = { placement: id, endedOn: '2026-11-20', endReason: 'HIRED_ELSEWHERE', outcome: toJob };
    const placement = await placed(scene.provider, 'endPlacement', end);
    expect(placement).toMatchObject({
      state: 'ENDED',
      endedOn: '2026-11-20',
      endReason: 'HIRED_ELSEWHERE',
      referral: { state: 'CLOSED' },
      outcome: { ...toJob, to: null, certification: null, knownUntil: null, correctedBecause: null },
      followUps: [
        { months: 1, dueOn: '2026-12-20', situation: null },
        { months: 3, dueOn: '2027-02-20' },
        { months: 6, dueOn: '2027-05-20' },
      ],
    });
    const until = Object.fromEntries(
      (await rightsOf(id)).map(({ organisation_id, valid_until }) => [organisation_id, valid_until]),
    );
    expect(until).toEqual({
      [scene.sender.id]: '2027-06-23T23:00:00.000Z',
      [scene.receiver.id]: '2026-12-20T23:00:00.000Z',
    });
    const personOf = async (as: Client) =>
      (await as.get('query ($id: ID!) { placement(id: $id) { state person { id } } }', { id })).placement;
    expect((await personOf(scene.provider)).person).not.toBeNull();
    world.clock.advanceDays(31);
    expect(await personOf(scene.provider)).toEqual({ state: 'ENDED', person: null });
    expect((await personOf(scene.coordinator)).person).not.toBeNull();
    const [closed] = await world.rows(sql`select actor_kind, caused_by from event
      where subject_id = ${referral.id} and type = 'referral.closed'`);
    expect(closed).toMatchObject({ actor_kind: 'HUB', caused_by: 'placement.ended' });
  });

  test('before refillUntil its place is free again; from that day on it stays used', async () => {
    for (const [endedOn, places] of [
      ['2026-11-12', { taken: 0, free: 1 }],
      ['2026-11-13', { taken: 1, free: 0 }],
    ] as const) {
      const vacancy = await scene.vacancy(1);
      await world.db.write((await import('../../src/kernel/viewer.ts')).hubViewer('test'), (tx) =>
        tx.change(sql`update vacancy set refill_until = '2026-11-13' where id = ${vacancy}`, 1),
      );
      const placement = await ended(scene, { vacancy, endedOn });
      expect(placement).toMatchObject({ takesPlace: places.taken === 1, vacancy: places });
    }
  });

  test('the place freed is reserved for the first of the waiting list', async () => {
    const vacancy = await scene.vacancy(1);
    const { id } = await started(scene, { vacancy });
    const waiting = await scene.waitlisted(vacancy);
    await placed(scene.provider, 'endPlacement', { placement: id, endedOn: '2026-11-20', outcome: toJob });
    const [row] = await world.rows(sql`select holds_place, state from referral where id = ${waiting.id}`);
    expect(row).toEqual({ holds_place: true, state: 'WAITLISTED' });
    expect(await storedVacancy(world, vacancy)).toMatchObject({ taken: 0, held: 1, state: 'FILLED' });
  });

  test('a suspended one ends too, and its interruption with it', async () => {
    const { id: placement } = await started(scene);
    const suspension = { placement, kind: 'TRIAL_PERIOD', from: '2026-11-16' };
    await placed(scene.provider, 'suspendPlacement', suspension);
    const end = { placement, endedOn: '2026-11-15', outcome: toJob };
    expect(refusal(await place(scene.provider, 'endPlacement', end))).toEqual(['INVALID_INPUT', 'endedOn']);
    const over = await placed(scene.provider, 'endPlacement', { ...end, endedOn: '2026-11-20' });
    expect(over).toMatchObject({ state: 'ENDED', episodes: [{ to: '2026-11-20' }] });
  });

  test('who may not, what is missing, and two at once', async () => {
    const { id: placement } = await started(scene);
    const input = { placement, endedOn: '2026-11-20', outcome: toJob };
    const end = (as: Client, over = {}) => place(as, 'endPlacement', { ...input, ...over });
    expect(refusal(await end(scene.coordinator))).toEqual(['NOT_ALLOWED', null]);
    expect(refusal(await end(await stranger()))).toEqual(['NOT_FOUND', 'placement']);
    expect(refusal(await end(scene.provider, { endedOn: '2026-11-01' }))).toEqual([
      'INVALID_INPUT',
      'endedOn',
    ]);
    expect(refusal(await end(scene.provider, { outcome: { kind: 'JOB' } }))).toEqual([
      'INVALID_INPUT',
      'outcome.contract',
    ]);
    expect(refusal(await end(scene.provider, { outcome: { kind: 'TRAINING' } }))).toEqual([
      'INVALID_INPUT',
      'outcome.certification',
    ]);
    expect(codes(await Promise.all([1, 2].map(() => end(scene.provider))))).toEqual(['DONE', 'WRONG_STATE']);
    const rows = await world.rows(sql`select 1 from outcome where placement_id = ${placement}`);
    expect(rows).toHaveLength(1);
  });
});

describe('correcting', () => {
  test('what was true and when it was known are both kept', async () => {
    const { id } = await ended(scene, { outcome: { kind: 'NOT_YET_KNOWN' } });
    world.clock.advanceDays(30);
    const placement = await placed(scene.provider, 'correctPlacement', {
      placement: id,
      reason: 'NOW_KNOWN',
      endedOn: '2026-11-19',
      outcome: { kind: 'TRAINING', certification: 'RNCP', from: '2026-12-01' },
    });
    expect(placement).toMatchObject({
      endedOn: '2026-11-19',
      outcome: { kind: 'TRAINING', certification: 'RNCP', endedOn: '2026-11-19' },
      outcomeHistory: [
        { kind: 'NOT_YET_KNOWN', endedOn: '2026-11-20', knownUntil: '2026-12-23T08:00:00.000Z' },
        { kind: 'TRAINING', knownFrom: '2026-12-23T08:00:00.000Z', correctedBecause: 'NOW_KNOWN' },
      ],
      followUps: [{ dueOn: '2026-12-19' }, { dueOn: '2027-02-19' }, { dueOn: '2027-05-19' }],
    });
  });

  test('the first day too, and the contract that began with it', async () => {
    const { id } = await started(scene);
    const input = { placement: id, reason: 'TYPING_ERROR', startedOn: '2026-11-09' };
    expect(await placed(scene.provider, 'correctPlacement', input)).toMatchObject({
      startedOn: '2026-11-09',
      contracts: [{ from: '2026-11-09' }],
      startCorrections: [{ startedOn: '2026-11-02', correctedBecause: 'TYPING_ERROR' }],
      outcomeHistory: [],
    });
  });

  test('who may not, what does not fit, and two at once', async () => {
    const { id: placement } = await started(scene);
    const input = { placement, reason: 'OTHER', startedOn: '2026-11-09' };
    const correct = (as: Client, over = {}) => place(as, 'correctPlacement', { ...input, ...over });
    expect(refusal(await correct(scene.coordinator))).toEqual(['NOT_ALLOWED', null]);
    expect(refusal(await correct(await stranger()))).toEqual(['NOT_FOUND', 'placement']);
    expect(refusal(await correct(scene.provider, { outcome: toJob }))).toEqual(['WRONG_STATE', null]);
    expect(refusal(await correct(scene.provider, { startedOn: null }))).toEqual([
      'INVALID_INPUT',
      'placement',
    ]);
    expect(refusal(await correct(scene.provider, { startedOn: '2026-11-24' }))).toEqual([
      'INVALID_INPUT',
      'startedOn',
    ]);
    expect(codes(await Promise.all([1, 2].map(() => correct(scene.provider, { version: 1 }))))).toEqual([
      'DONE',
      'STALE',
    ]);
    const over = await ended(scene);
    const reversed = { placement: over.id, reason: 'OTHER', startedOn: '2026-11-21' };
    expect(refusal(await place(scene.provider, 'correctPlacement', reversed))).toEqual([
      'INVALID_INPUT',
      'endedOn',
    ]);
  });
});

describe('following up', () => {
  test('by the sender; the last one closes the name', async () => {
    const { id } = await ended(scene);
    world.clock.set('2026-12-21T08:00:00.000Z');
    const input = { placement: id, months: 1, situation: 'SAME_JOB', on: '2026-12-20' };
    const placement = await placed(scene.coordinator, 'recordFollowUp', input);
    expect(placement.followUps[0]).toMatchObject({
      situation: 'SAME_JOB',
      on: '2026-12-20',
      recordedAt: '2026-12-21T08:00:00.000Z',
      by: { id: scene.sender.id },
    });
    world.clock.set('2027-05-21T08:00:00.000Z');
    await placed(scene.coordinator, 'recordFollowUp', { ...input, months: 6, on: '2027-05-20' });
    const open = (await rightsOf(id)).filter((right) => right.valid_until! > '2027-05-21T08:00:00.000Z');
    expect(open).toEqual([]);
  });

  test('by the receiver, or whoever follows the pathway; not by a stranger, nor by a reader', async () => {
    const council = await world.organisation({ kind: 'COUNCIL' });
    const placement = await ended(scene);
    const { id } = placement;
    const [{ person_id: person }] = (await world.rows<{ person_id: string }>(
      sql`select person_id from placement where id = ${id}`,
    )) as [{ person_id: string }];
    await alsoFollowedBy(council, person);
    world.clock.set('2027-06-01T08:00:00.000Z');
    const record = (as: Client, months: number, over = {}) =>
      place(as, 'recordFollowUp', {
        placement: id,
        months,
        situation: 'UNEMPLOYED',
        on: '2027-05-25',
        ...over,
      });
    expect(refusal(await record(await stranger(), 1))).toEqual(['NOT_FOUND', 'placement']);
    const reader = await scene.receiver.member({ roles: ['READER'] });
    expect(refusal(await record(reader, 1))).toEqual(['NOT_ALLOWED', null]);
    expect(refusal(await record(scene.provider, 1))).toBeUndefined();
    expect(refusal(await record(await council.member({ roles: ['COORDINATOR'] }), 3))).toBeUndefined();
    expect(refusal(await record(scene.provider, 2))).toEqual(['INVALID_INPUT', 'months']);
    expect(refusal(await record(scene.provider, 6, { on: '2026-11-19' }))).toEqual(['INVALID_INPUT', 'on']);
    expect(refusal(await record(scene.provider, 6, { on: '2027-06-02' }))).toEqual(['INVALID_INPUT', 'on']);
    expect(codes(await Promise.all([1, 2].map(() => record(scene.provider, 6))))).toEqual([
      'ALREADY_EXISTS',
      'DONE',
    ]);
    const audience = (await eventsOf(id)).at(-1)!.audience;
    expect([...audience].sort()).toEqual([scene.sender.id, scene.receiver.id, council.id].sort());
  });

  test('not before the end; who could not be reached may be reached later', async () => {
    const { id } = await started(scene);
    const input = { placement: id, months: 1, situation: 'UNREACHABLE', on: '2026-11-22' };
    expect(refusal(await place(scene.provider, 'recordFollowUp', input))).toEqual(['WRONG_STATE', null]);
    await placed(scene.provider, 'endPlacement', { placement: id, endedOn: '2026-11-20', outcome: toJob });
    await placed(scene.provider, 'recordFollowUp', input);
    await placed(scene.provider, 'recordFollowUp', { ...input, situation: 'OTHER_JOB' });
    expect(refusal(await place(scene.provider, 'recordFollowUp', input))).toEqual([
      'ALREADY_EXISTS',
      'months',
    ]);
  });
});

describe('a tool', () => {
  test('reads with referrals:read, and moves only with referrals:write', async () => {
    const { id } = await started(scene);
    const query = 'query ($id: ID!) { placement(id: $id) { id } placements { totalCount } }';
    const blind = await scene.receiver.tool(['offers:read']);
    expect((await blind.ask(query, { id })).errors?.[0]?.extensions.code).toBe('INSUFFICIENT_SCOPE');
    const node = await blind.get('query ($id: ID!) { node(id: $id) { id } }', { id });
    expect(node.node).toBeNull();
    const reader = await scene.receiver.tool(['referrals:read']);
    expect((await reader.get(query, { id })).placement).toEqual({ id });
    const move = await reader.ask(
      'mutation ($id: ID!) { resumePlacement(input: { placement: $id }) { userErrors { code } } }',
      { id },
    );
    expect(move.errors?.[0]?.extensions.code).toBe('INSUFFICIENT_SCOPE');
  });
});

test('whatever the move, the same key acts once: one version, one event, the same answer', async () => {
  const { id: placement } = await started(scene);
  const twice = async (mutation: Parameters<typeof place>[1], input: object) => {
    const keyed = { placement, ...input, idempotencyKey: `${mutation}-${placement}` };
    const answers = await Promise.all([1, 2].map(() => place(scene.provider, mutation, keyed)));
    expect(answers.map((answer) => refusal(answer))).toEqual([undefined, undefined]);
    return answers[0].placement;
  };
  await twice('suspendPlacement', { kind: 'FAMILY_LEAVE', from: '2026-11-20' });
  await twice('resumePlacement', {});
  await twice('renewContract', { contract: { ...cddi, to: '2027-11-22' } });
  await twice('endPlacement', { endedOn: '2026-11-22', outcome: { kind: 'NOT_YET_KNOWN' } });
  await twice('correctPlacement', { reason: 'NOW_KNOWN', outcome: toJob });
  const last = await twice('recordFollowUp', { months: 1, situation: 'SAME_JOB', on: '2026-11-23' });
  expect(last).toMatchObject({ version: 7, contracts: [{}, {}], episodes: [{}], outcomeHistory: [{}, {}] });
  expect((await eventsOf(placement)).map((event) => [event.type, event.subject_version])).toEqual([
    ['placement.started', 1],
    ['placement.suspended', 2],
    ['placement.resumed', 3],
    ['placement.contract_renewed', 4],
    ['placement.ended', 5],
    ['placement.corrected', 6],
    ['placement.followed_up', 7],
  ]);
});
