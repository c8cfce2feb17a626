import sql from 'sql-template-tag';
import { agreed, alsoFollowedBy, done, refusal, Scene } from '../kit/referrals.ts';
import { storedVacancy } from '../kit/vacancies.ts';
import { World } from '../kit/world.ts';

let world: World;
let scene: Scene;
/** Its offer has no vacancies: nothing is counted. */
let service: Scene;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
  service = await Scene.open(world);
});
afterAll(() => world.close());

const personSelection = `query ($id: ID!) { referral(id: $id) { state person { id reference } } }`;
const seenBy = async (client: any, id: string) => (await client.get(personSelection, { id })).referral;
const rightsOf = async (organisation: string, source: string) =>
  (
    await world.rows<{ category: string }>(sql`select category from person_access
      where source_id = ${source} and organisation_id = ${organisation} and valid_until is null order by 1`)
  ).map((row) => row.category);

describe('referring a person', () => {
  test('a coordinator sends a person to an offer, and the provider sees it without the name', async () => {
    const referral = await scene.sent();
    expect(referral).toMatchObject({
      state: 'SENT',
      version: 1,
      deadline: '2026-12-07T23:00:00.000Z',
      sender: { id: scene.sender.id },
      receiver: { id: scene.receiver.id },
    });
    expect(await seenBy(scene.provider, referral.id)).toMatchObject({
      state: 'SENT',
      person: { id: /^per_/ },
    });
    expect(await rightsOf(scene.receiver.id, referral.id)).toEqual(['CORE']);
    const stranger = await (await world.organisation()).member();
    expect(await seenBy(stranger, referral.id)).toBeNull();
  });

  test('without the person’s agreement nothing is written', async () => {
    const person = await scene.person();
    for (const personAgreement of [null, { ...agreed, given: false }])
      expect(await scene.refer({ person, personAgreement })).toMatchObject({
        referral: null,
        userErrors: [{ code: 'AGREEMENT_MISSING', field: ['personAgreement'] }],
      });
    expect(await world.rows(sql`select 1 from referral where person_id = ${person}`)).toEqual([]);
    const future = await scene.refer({ person, personAgreement: { ...agreed, on: '2026-11-24' } });
    expect(future.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['personAgreement', 'on'] }]);
  });

  test('a draft is its sender’s alone until it is sent, and forever if it never is; it ends by itself after a month', async () => {
    const draft = done(await scene.refer({ send: false, personAgreement: null }));
    expect(draft).toMatchObject({ state: 'DRAFT', deadline: '2026-12-23T08:00:00.000Z' });
    expect(await seenBy(scene.provider, draft.id)).toBeNull();
    expect(refusal(await scene.move(scene.provider, 'acknowledgeReferral', draft.id))).toBe('NOT_FOUND');
    expect(refusal(await scene.move(scene.coordinator, 'sendReferral', draft.id))).toBe('AGREEMENT_MISSING');
    const input = { personAgreement: agreed, version: draft.version };
    expect(done(await scene.move(scene.coordinator, 'sendReferral', draft.id, input)).state).toBe('SENT');
    expect((await seenBy(scene.provider, draft.id)).state).toBe('SENT');

    const dropped = done(await scene.refer({ send: false }));
    done(await scene.move(scene.coordinator, 'withdrawReferral', dropped.id, { reason: 'MISTAKE' }));
    expect(await seenBy(scene.provider, dropped.id)).toBeNull();
  });

  test('only who follows the person refers them; who merely received them may not', async () => {
    const { id } = await scene.acknowledged();
    const [{ person_id: person }] = await world.rows(sql`select person_id from referral where id = ${id}`);
    const elsewhere = await Scene.open(world);
    const coordinator = await scene.receiver.member({ roles: ['COORDINATOR'] });
    const input = { person, offer: elsewhere.offer };
    expect(refusal(await scene.refer(input, coordinator))).toBe('NOT_ALLOWED');
    expect(refusal(await scene.refer(input, elsewhere.coordinator))).toBe('NOT_FOUND');
    const reader = await scene.sender.member({ roles: ['READER'] });
    expect(refusal(await scene.refer(input, reader))).toBe('NOT_ALLOWED');
  });

  test('unknown, unpublished and closed destinations are refused by field', async () => {
    const other = await Scene.open(world);
    const vacancy = await other.vacancy(1);
    const closed = await other.vacancy(1);
    await world.db.pool.query(`update vacancy set state = 'CLOSED' where id = $1`, [closed]);
    const draft = await Scene.open(world, { state: 'SUSPENDED' });
    const answers = await Promise.all([
      scene.refer({ offer: 'off_01h455vb4pex5vsknk084sn02q' }),
      scene.refer({ offer: 'nonsense' }),
      scene.refer({ offer: null }),
      scene.refer({ offer: scene.offer, vacancy }),
      scene.refer({ vacancy: closed }),
      scene.refer({ offer: draft.offer }),
      scene.refer({ person: scene.sender.id }),
    ]);
    expect(answers.map(({ userErrors: [error] }) => [error.code, error.field.join('.')])).toEqual([
      ['NOT_FOUND', 'offer'],
      ['NOT_FOUND', 'offer'],
      ['INVALID_INPUT', 'offer'],
      ['INVALID_INPUT', 'vacancy'],
      ['WRONG_STATE', 'vacancy'],
      ['WRONG_STATE', 'offer'],
      ['NOT_FOUND', 'person'],
    ]);
  });

  test('two senders, one person, one vacancy: the second learns only that there is one already', async () => {
    const vacancy = await scene.vacancy(3);
    const person = await scene.person();
    const council = await world.organisation({ kind: 'COUNCIL' });
    await alsoFollowedBy(council, person);
    const agent = await council.member({ roles: ['COORDINATOR'] });
    const [one, two] = await Promise.all([
      scene.refer({ person, vacancy }),
      scene.refer({ person, vacancy }, agent),
    ]);
    const [won, lost] = one.referral ? [one, two] : [two, one];
    expect(won.userErrors).toEqual([]);
    expect(lost).toEqual({
      referral: null,
      userErrors: [{ code: 'ALREADY_REFERRED', message: expect.any(String), field: ['vacancy'] }],
    });
    expect(JSON.stringify(lost)).not.toMatch(/ref_|org_|2026/);
    // a withdrawn one may be sent again
    const winner = one.referral ? scene.coordinator : agent;
    done(await scene.move(winner, 'withdrawReferral', won.referral.id, { reason: 'PERSON_REFUSES' }));
    expect((await scene.refer({ person, vacancy })).userErrors).toEqual([]);
  });

  test('the same key sends once, with one event; another input is refused', async () => {
    const person = await scene.person();
    const input = { person, idempotencyKey: 'demo-1' };
    const [first, again] = await Promise.all([scene.refer(input), scene.refer(input)]);
    expect(again.referral.id).toBe(first.referral.id);
    const events = await world.rows(sql`select type from event where subject_id = ${first.referral.id}`);
    expect(events).toEqual([{ type: 'referral.sent' }]);
    expect(refusal(await scene.refer({ ...input, send: false }))).toBe('IDEMPOTENCY_MISMATCH');
  });

  test('a sender’s own number is unique, and finds the referral', async () => {
    const referral = await scene.sent({ externalReference: 'PLIE-77' });
    expect(refusal(await scene.refer({ externalReference: 'PLIE-77' }))).toBe('ALREADY_EXISTS');
    const { referrals } = await scene.coordinator.get(
      `{ referrals(filter: { externalReference: "PLIE-77" }) { nodes { id } } }`,
    );
    expect(referrals.nodes).toEqual([{ id: referral.id }]);
  });

  test('a tool without the scope is refused at the door', async () => {
    const tool = await scene.sender.tool(['referrals:read', 'people:read']);
    const person = await scene.person();
    const answer = await tool.ask(
      `mutation ($input: NewReferral!) { referPerson(input: $input) { userErrors { code } } }`,
      { input: { person, offer: scene.offer } },
    );
    expect(answer.errors?.[0]?.extensions.code).toBe('INSUFFICIENT_SCOPE');
  });
});

describe('disclosure', () => {
  test('the name opens when a member takes charge, and closes with the referral', async () => {
    const { id } = await scene.acknowledged();
    expect(await rightsOf(scene.receiver.id, id)).toEqual(['CONTACT', 'CORE', 'IDENTITY']);
    expect(await rightsOf(scene.sender.id, id)).toEqual(['CONTACT', 'CORE', 'IDENTITY']);
    done(await scene.move(scene.provider, 'declineReferral', id, { reason: 'NO_POSITION' }));
    expect(await rightsOf(scene.receiver.id, id)).toEqual([]);
    expect(await rightsOf(scene.sender.id, id)).toEqual([]);
    expect(await seenBy(scene.provider, id)).toEqual({ state: 'DECLINED', person: null });
    expect((await seenBy(scene.coordinator, id)).person).not.toBeNull();
  });

  test('a sender may wait until the acceptance', async () => {
    const { id } = await service.acknowledged({ disclose: 'AT_ACCEPTANCE' });
    expect(await rightsOf(service.receiver.id, id)).toEqual(['CORE']);
    done(await service.move(service.provider, 'acceptReferral', id));
    expect(await rightsOf(service.receiver.id, id)).toEqual(['CONTACT', 'CORE', 'IDENTITY']);
  });

  test('a tool that acts for nobody cannot take charge; for a named member it can', async () => {
    const { id } = await scene.sent();
    const scopes = ['referrals:read', 'referrals:write', 'people:read'] as const;
    const nobody = await scene.receiver.tool([...scopes]);
    expect(refusal(await scene.move(nobody, 'acknowledgeReferral', id))).toBe('NOT_ALLOWED');
    const tool = await scene.receiver.tool([...scopes, 'offers:read'], scene.provider.memberId);
    expect(done(await scene.move(tool, 'acknowledgeReferral', id)).state).toBe('ACKNOWLEDGED');
  });

  test('the receiver knows whom to speak to at the sender’s, and nobody else there', async () => {
    const { id } = await scene.sent();
    const query = `query ($id: ID!) { referral(id: $id) { senderContact { id email } } }`;
    const { referral } = await scene.provider.get(query, { id });
    expect(referral.senderContact).toMatchObject({ id: scene.coordinator.memberId, email: /@/ });
  });
});

describe('accepting', () => {
  test('a counted vacancy holds a place; the last one fills it; then none is left', async () => {
    const vacancy = await scene.vacancy(1);
    const [one, two] = await scene.manySent(2, vacancy);
    expect(done(await scene.move(scene.provider, 'acceptReferral', one.id)).state).toBe('ACCEPTED');
    expect(await storedVacancy(world, vacancy)).toMatchObject({ held: 1, free: 0, state: 'FILLED' });
    const full = await scene.move(scene.provider, 'acceptReferral', two.id);
    expect(full).toMatchObject({ referral: { state: 'SENT' }, userErrors: [{ code: 'NO_PLACE_LEFT' }] });
  });

  test('an offer that has vacancies asks which one; one without needs none', async () => {
    const counted = await Scene.open(world);
    const vacancy = await counted.vacancy(2);
    const { id } = await counted.sent();
    expect(refusal(await scene.move(counted.provider, 'acceptReferral', id))).toBe('VACANCY_REQUIRED');
    done(await counted.move(counted.provider, 'bindReferral', id, { vacancy }));
    expect(done(await counted.move(counted.provider, 'acceptReferral', id)).vacancy.id).toBe(vacancy);

    const uncounted = await Scene.open(world);
    expect((await uncounted.accepted()).state).toBe('ACCEPTED');
    const dropIn = await uncounted.vacancy(null);
    const held = await uncounted.accepted({ vacancy: dropIn });
    expect(await storedVacancy(world, dropIn)).toMatchObject({ held: 0, state: 'OPEN' });
    done(await uncounted.move(uncounted.provider, 'cancelAcceptance', held.id, { reason: 'MISTAKE' }));
  });

  test('the sender may not answer, nor the provider withdraw; both are told what they may do', async () => {
    const { id } = await service.sent();
    const manager = await service.sender.member();
    expect(refusal(await service.move(manager, 'acceptReferral', id))).toBe('NOT_ALLOWED');
    const boss = await service.receiver.member();
    const input = { reason: 'MISTAKE' };
    expect(refusal(await service.move(boss, 'withdrawReferral', id, input))).toBe('NOT_ALLOWED');
    const reader = await service.receiver.member({ roles: ['READER'] });
    expect(refusal(await service.move(reader, 'acceptReferral', id))).toBe('NOT_ALLOWED');
    const stranger = await (await world.organisation()).member();
    expect(refusal(await service.move(stranger, 'acceptReferral', id))).toBe('NOT_FOUND');

    const query = `query ($id: ID!) { referral(id: $id) { availableMoves { move allowed whyNot } } }`;
    const movesOf = async (client: any) =>
      (await client.get(query, { id })).referral.availableMoves
        .filter((each: any) => each.allowed)
        .map((each: any) => each.move);
    expect(await movesOf(service.provider)).toEqual(['ACKNOWLEDGE', 'BIND', 'ACCEPT', 'WAITLIST', 'DECLINE']);
    expect(await movesOf(service.coordinator)).toEqual(['BIND', 'WITHDRAW', 'REROUTE']);
    expect(await movesOf(reader)).toEqual([]);
  });

  test('a stale version is refused and shows the referral as it is', async () => {
    const { id, version } = await scene.acknowledged();
    const stale = await scene.move(scene.provider, 'acceptReferral', id, { version: version - 1 });
    expect(stale).toMatchObject({ referral: { version }, userErrors: [{ code: 'STALE' }] });
  });

  test('two answers at once: one moves, the other finds it moved', async () => {
    const { id } = await service.sent();
    const both = await Promise.all([
      service.move(service.provider, 'acceptReferral', id),
      service.move(service.provider, 'declineReferral', id, { reason: 'OTHER' }),
    ]);
    expect(both.map(refusal).filter(Boolean)).toEqual(['WRONG_STATE']);
    const lines = await world.rows(sql`select move from referral_move where referral_id = ${id} order by id`);
    expect(lines).toHaveLength(2);
  });
});

describe('cancelling', () => {
  test('the person’s no cancels at once and frees the place', async () => {
    const vacancy = await scene.vacancy(1);
    const { id } = await scene.accepted({ vacancy });
    const input = { reason: 'PERSON_REFUSES' };
    const cancelled = done(await scene.move(scene.coordinator, 'requestReferralCancellation', id, input));
    expect(cancelled).toMatchObject({ state: 'CANCELLED', reason: 'PERSON_REFUSES', deadline: null });
    expect(await storedVacancy(world, vacancy)).toMatchObject({ held: 0, state: 'OPEN' });
  });

  test('another reason asks the provider, who confirms, while the place stays held', async () => {
    const vacancy = await scene.vacancy(1);
    const { id } = await scene.accepted({ vacancy });
    const input = { reason: 'SITUATION_CHANGED' };
    const asked = done(await scene.move(scene.coordinator, 'requestReferralCancellation', id, input));
    expect(asked).toMatchObject({ state: 'CANCELLATION_REQUESTED', deadline: '2026-11-25T23:00:00.000Z' });
    expect((await storedVacancy(world, vacancy)).held).toBe(1);
    const confirmed = done(await scene.move(scene.provider, 'confirmReferralCancellation', id));
    expect(confirmed).toMatchObject({ state: 'CANCELLED', reason: 'SITUATION_CHANGED' });
    expect((await storedVacancy(world, vacancy)).held).toBe(0);
  });

  test('a sender that changes its mind keeps the acceptance and its hold', async () => {
    const { id, deadline } = await scene.accepted({ vacancy: await scene.vacancy(1, '2026-12-01') });
    expect(deadline).toBe('2026-12-08T23:00:00.000Z');
    const input = { reason: 'OTHER' };
    done(await scene.move(scene.coordinator, 'requestReferralCancellation', id, input));
    const kept = done(await scene.move(scene.coordinator, 'keepReferral', id));
    expect(kept).toMatchObject({ state: 'ACCEPTED', reason: null, deadline });
    expect(refusal(await scene.move(scene.coordinator, 'keepReferral', id))).toBe('WRONG_STATE');
  });

  test('the provider cancels its own acceptance, and no other reason than its own is accepted', async () => {
    const { id } = await scene.accepted({ vacancy: await scene.vacancy(1) });
    const answer = await scene.provider.ask(
      `mutation { cancelAcceptance(input: { referral: "${id}", reason: NOT_MOBILE }) { userErrors { code } } }`,
    );
    expect(answer.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    const input = { reason: 'DID_NOT_START' };
    expect(done(await scene.move(scene.provider, 'cancelAcceptance', id, input)).reason).toBe(
      'DID_NOT_START',
    );
    expect(refusal(await scene.move(scene.provider, 'cancelAcceptance', id, input))).toBe('WRONG_STATE');
  });
});

describe('rerouting', () => {
  test('a live referral becomes REROUTED and points to the new one', async () => {
    const { id } = await scene.acknowledged();
    const other = await Scene.open(world);
    const missing = await scene.move(scene.coordinator, 'rerouteReferral', id, { offer: other.offer });
    expect(refusal(missing)).toBe('AGREEMENT_MISSING');
    const input = { offer: other.offer, personAgreement: agreed };
    const next = done(await scene.move(scene.coordinator, 'rerouteReferral', id, input));
    expect(next).toMatchObject({ state: 'SENT', receiver: { id: other.receiver.id }, previous: { id } });
    const query = `query ($id: ID!) { referral(id: $id) { state next { id } person { id } } }`;
    // the former provider learns that it went elsewhere, not where
    expect((await scene.provider.get(query, { id })).referral).toEqual({
      state: 'REROUTED',
      next: null,
      person: null,
    });
    expect((await other.provider.get(query, { id: next.id })).referral.state).toBe('SENT');
  });

  test('a declined one stays declined, so that the refusal stays counted; the agreement to the provider holds', async () => {
    const { id } = await scene.sent();
    done(await scene.move(scene.provider, 'declineReferral', id, { reason: 'NO_POSITION' }));
    const vacancy = await scene.vacancy(1);
    const next = done(await scene.move(scene.coordinator, 'rerouteReferral', id, { vacancy }));
    expect(next).toMatchObject({ state: 'SENT', previous: { id }, vacancy: { id: vacancy } });
    const [before] = await world.rows(sql`select state, reason, next_id from referral where id = ${id}`);
    expect(before).toEqual({ state: 'DECLINED', reason: 'NO_POSITION', next_id: next.id });
    expect(refusal(await scene.move(scene.coordinator, 'rerouteReferral', id, { vacancy }))).toBe(
      'WRONG_STATE',
    );
    expect(refusal(await scene.move(scene.provider, 'rerouteReferral', id, { vacancy }))).toBe('NOT_ALLOWED');
  });
});

test('notes are read by both parties, at most 500 characters, and never reach the journal', async () => {
  const { id } = await scene.sent();
  const note = { category: 'PRACTICAL', text: 'Rendez-vous à 9 h au dépôt' };
  done(await scene.move(scene.coordinator, 'addReferralNote', id, note));
  done(await scene.move(scene.provider, 'addReferralNote', id, { category: 'FOLLOW_UP', text: 'Entendu' }));
  const long = await scene.move(scene.provider, 'addReferralNote', id, { ...note, text: 'é'.repeat(501) });
  expect(long.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['text'] }]);
  const reader = await scene.sender.member({ roles: ['READER'] });
  expect(refusal(await scene.move(reader, 'addReferralNote', id, note))).toBe('NOT_ALLOWED');
  const query = `query ($id: ID!) { referral(id: $id) { notes { category text organisationId } } }`;
  for (const client of [scene.coordinator, scene.provider])
    expect((await client.get(query, { id })).referral.notes).toEqual([
      { ...note, organisationId: scene.sender.id },
      { category: 'FOLLOW_UP', text: 'Entendu', organisationId: scene.receiver.id },
    ]);
  const [journal] =
    await world.rows(sql`select count(*)::int as lines, bool_or(event::text like '%dépôt%') as told
    from event where subject_id = ${id} and type = 'referral.noted'`);
  expect(journal).toEqual({ lines: 2, told: false });
});

test('the history tells every move, who made it, and whether it was late', async () => {
  const { id } = await scene.acknowledged();
  world.clock.advanceDays(15);
  try {
    done(await scene.move(scene.provider, 'waitlistReferral', id));
    done(await scene.move(scene.coordinator, 'withdrawReferral', id, { reason: 'BETTER_PROPOSAL' }));
    const query = `query ($id: ID!) { referral(id: $id) { history { move fromState toState reason late organisationId } } }`;
    const { referral } = await scene.provider.get(query, { id });
    expect(referral.history.map(Object.values)).toEqual([
      ['SEND', 'DRAFT', 'SENT', null, false, scene.sender.id],
      ['ACKNOWLEDGE', 'SENT', 'ACKNOWLEDGED', null, false, scene.receiver.id],
      ['WAITLIST', 'ACKNOWLEDGED', 'WAITLISTED', null, true, scene.receiver.id],
      ['WITHDRAW', 'WAITLISTED', 'WITHDRAWN', 'BETTER_PROPOSAL', false, scene.sender.id],
    ]);
  } finally {
    world.clock.advanceDays(-15);
  }
});

test('a draft is withdrawn without any agreement, and its receiver never learns of it', async () => {
  const { id } = await scene.sent({ send: false, personAgreement: null });
  expect(done(await scene.move(scene.coordinator, 'withdrawReferral', id, { reason: 'MISTAKE' })).state).toBe('WITHDRAWN');
  expect((await scene.provider.get('query ($id: ID!) { referral(id: $id) { id } }', { id })).referral).toBeNull();
  const audience = await world.rows(sql`select audience from event where subject_id = ${id} and ${scene.receiver.id} = any(audience)`);
  expect(audience).toEqual([]);
}); // prettier-ignore
