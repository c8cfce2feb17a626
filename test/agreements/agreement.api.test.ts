import sql from 'sql-template-tag';
import { AgreementKind } from '../../src/agreements/agreement.rules.ts';
import { sweepAgreements } from '../../src/agreements/agreement.sweep.ts';
import { beginNotices, followJournal } from '../../src/notices/follow.sweep.ts';
import { agree, agreed, draftOf, Table } from '../kit/agreements.ts';
import { faults, type Client } from '../kit/client.ts';
import { offerInTables } from '../kit/vacancies.ts';
import { councilOf, settled, World, type Asking } from '../kit/world.ts';

let world: World;
let table: Table;
let state: Asking;
let council: Asking;
let stranger: Asking;

beforeAll(async () => {
  world = await World.open();
  table = new Table(world);
  state = (await table.state).as;
  council = await (await councilOf(world)).member({ roles: ['READER'] });
  stranger = (await table.newSeat('ASSOCIATION')).as;
});
afterAll(() => world.close());

const kinds = Object.keys(AgreementKind) as AgreementKind[];
const read = async (as: Asking, id: string) =>
  (
    await as.get(`query ($id: ID!) { agreement(id: $id) { state terms { amounts { funder cents } } } }`, {
      id,
    })
  ).agreement;
const eventsOf = (id: string) =>
  world.rows(sql`select type, audience, facts from event where subject_id = ${id} order by pos`);

describe.each(kinds)('%s', (kind) => {
  test('is drafted for its lead alone, laid before its parties, and signed once', async () => {
    const { lead, provider, input } = await draftOf(table, kind);
    const draft = await agreed(lead.as, 'draftAgreement', input);
    expect(draft).toMatchObject({ state: 'DRAFT', version: 1, terms: { number: 1 } });
    expect(await read(provider.as, draft.id)).toBeNull();
    expect(await read(council, draft.id)).toEqual(kind === 'COUNCIL_GRANT' ? expect.anything() : null);

    await agreed(lead.as, 'submitAgreement', { agreement: draft.id });
    for (const each of [provider.as, council])
      expect((await read(each, draft.id)).terms.amounts).toEqual([{ funder: 'COUNCIL', cents: 1_250_050 }]);
    expect(await read(stranger, draft.id)).toBeNull();
    expect(await read(provider.as, draft.id)).toMatchObject({ state: 'SUBMITTED' });

    const signature = await agree(lead.as, 'signAgreement', { agreement: draft.id });
    if (kind === 'IAE_CONVENTION') return expect(faults(signature)).toEqual(['OPINION_REQUIRED']);
    expect(signature.agreement).toMatchObject({ state: 'SIGNED', signedOn: '2026-11-23' });
    expect(faults(await agree(lead.as, 'signAgreement', { agreement: draft.id }))).toEqual(['WRONG_STATE']);
    expect((await eventsOf(draft.id)).map(({ type }) => type)).toEqual([
      'agreement.drafted',
      'agreement.submitted',
      'agreement.signed',
    ]);
  });

  test('is no matter of whoever does not lead its kind', async () => {
    const { input } = await draftOf(table, kind);
    const others = [
      (await table.seat('ASSOCIATION')).as,
      (await table.seat('IAE_COUNCIL')).as,
      (await table.seat('STATE_SERVICE', 'HEALTH_AND_SOCIAL')).as,
      await (await table.state).partner.member({ roles: ['COORDINATOR', 'PROVIDER'] }),
    ];
    for (const each of others)
      expect(faults(await agree(each, 'draftAgreement', input))).toEqual(['NOT_ALLOWED']);
  });
});

test('a draft that covers many offers and names many parties takes as many statements as one that names two', async () => {
  const drafting = async (most: number) => {
    const provider = await table.newSeat('INSERTION_ENTERPRISE');
    const [offers, parties]: [string[], object[]] = [[], [{ organisation: provider.partner.id, role: 'PROVIDER' }]];
    for (let n = 0; n < most; n++) {
      offers.push(await offerInTables(provider.partner, { siaeKind: 'ACI' }));
      parties.push({ organisation: (await world.organisation({ kind: 'PLIE' })).id, role: 'PRESCRIBER' });
    }
    const input = await table.convention({ parties, terms: { to: '2026-12-31', offers } });
    let statements = 0;
    world.db.onStatement = () => void statements++;
    const { id } = await agreed(state, 'draftAgreement', input);
    await agreed(state, 'updateAgreement', { agreement: id, parties: parties.slice(0, -1) });
    world.db.onStatement = () => {};
    return statements;
  };
  const few = await drafting(2);
  expect(await drafting(6)).toBe(few);
}); // prettier-ignore

describe('the opinion of the IAE council', () => {
  test('comes between submission and signature; the council reads what it is asked about, not what it costs', async () => {
    const convention = await table.underOpinion();
    const { as } = await table.iaeCouncil;
    expect(await read(as, convention.id)).toEqual({ state: 'UNDER_OPINION', terms: { amounts: null } });
    expect(faults(await agree(state, 'signAgreement', { agreement: convention.id }))).toEqual([
      'OPINION_REQUIRED',
    ]);
    expect(
      faults(await agree(state, 'giveOpinion', { agreement: convention.id, opinion: 'FAVOURABLE' })),
    ).toEqual(['NOT_ALLOWED']);
    const opined = await agreed(as, 'giveOpinion', { agreement: convention.id, opinion: 'FAVOURABLE' });
    expect(opined).toMatchObject({
      state: 'UNDER_OPINION',
      opinion: 'FAVOURABLE',
      opinions: [{ reservations: [] }],
    });
    const again = { agreement: convention.id, opinion: 'UNFAVOURABLE' };
    expect(faults(await agree(as, 'giveOpinion', again))).toEqual(['WRONG_STATE']);
    const signed = await agreed(state, 'signAgreement', { agreement: convention.id, fundedFte: 10.5 });
    expect(signed).toMatchObject({ state: 'SIGNED', terms: { requestedFte: 12, fundedFte: 10.5 } });
  });

  test('given by two members at once counts once', async () => {
    const { id } = await table.underOpinion();
    const { partner } = await table.iaeCouncil;
    const members = await Promise.all([1, 2, 3].map(() => partner.member()));
    const answers = await Promise.all(
      members.map((each) => agree(each, 'giveOpinion', { agreement: id, opinion: 'FAVOURABLE' })),
    );
    expect(answers.map(faults).flat().sort()).toEqual(['WRONG_STATE', 'WRONG_STATE']);
    expect(await world.rows(sql`select from agreement_opinion where agreement_id = ${id}`)).toHaveLength(1);
  });

  test('with reservations is followed until each is met', async () => {
    const reservations = ['Renforcer l’encadrement technique', 'Présenter un budget équilibré'];
    const { id, opinions } = await table.opined({ opinion: 'WITH_RESERVATIONS', reservations });
    const [first, second] = opinions[0].reservations;
    expect([first, second]).toMatchObject([
      { reservation: reservations[0], state: 'OPEN' },
      { state: 'OPEN' },
    ]);
    await agreed(state, 'signAgreement', { agreement: id });
    const met = { reservation: first.id, state: 'MET', on: '2026-11-20' };
    const after = await agreed(state, 'followReservation', met);
    expect(after.opinions[0].reservations[0]).toMatchObject({ state: 'MET', metOn: '2026-11-20' });
    const open = { reservation: first.id, state: 'OPEN' };
    const { as } = await table.iaeCouncil;
    expect((await agreed(as, 'followReservation', open)).opinions[0].reservations[0]).toMatchObject({
      state: 'OPEN',
      metOn: null,
    });
    expect(faults(await agree(state, 'followReservation', { ...met, on: '2026-12-01' }))).toEqual([
      'INVALID_INPUT on',
    ]);
    expect(faults(await agree(stranger, 'followReservation', met))).toEqual(['NOT_FOUND reservation']);
    const provider = await table.newSeat('INSERTION_ENTERPRISE');
    expect(faults(await agree(provider.as, 'followReservation', met))).toEqual(['NOT_FOUND reservation']);
  });

  test('unfavourable asks of the State a reason to sign', async () => {
    const { id } = await table.opined({ opinion: 'UNFAVOURABLE' });
    expect(faults(await agree(state, 'signAgreement', { agreement: id }))).toEqual(['INVALID_INPUT reason']);
    const reason = 'Seule structure du bassin : la fermeture priverait 14 salariés.';
    expect(await agreed(state, 'signAgreement', { agreement: id, reason })).toMatchObject({
      state: 'SIGNED',
      signReason: reason,
    });
  });

  test('deferred waits for a later session', async () => {
    const { id } = await table.opined({ opinion: 'DEFERRED' });
    expect(faults(await agree(state, 'signAgreement', { agreement: id }))).toEqual(['OPINION_REQUIRED']);
    const asked = { agreement: id, council: (await table.iaeCouncil).partner.id };
    expect(faults(await agree(state, 'requestOpinion', { ...asked, sessionOn: table.today }))).toEqual([
      'INVALID_INPUT sessionOn',
    ]);
    await agreed(state, 'requestOpinion', { ...asked, sessionOn: '2026-11-24' });
    const opinion = { agreement: id, opinion: 'FAVOURABLE' };
    const { as } = await table.iaeCouncil;
    expect(faults(await agree(as, 'giveOpinion', opinion))).toEqual(['INVALID_INPUT agreement']);
    world.clock.set('2026-11-24T08:00:00.000Z');
    const { opinions } = await agreed(as, 'giveOpinion', opinion);
    expect(opinions.map((each: any) => each.opinion)).toEqual(['DEFERRED', 'FAVOURABLE']);
    expect((await agreed(state, 'signAgreement', { agreement: id })).state).toBe('SIGNED');
    world.clock.set('2026-11-23T08:00:00.000Z');
  });

  test('once asked of another council still tells the first what it is about, and never what it costs', async () => {
    const { id } = await table.underOpinion();
    const other = (await table.newSeat('IAE_COUNCIL')).partner.id;
    await agreed(state, 'requestOpinion', { agreement: id, council: other, sessionOn: table.today });
    const first = (await table.iaeCouncil).as;
    expect(await read(first, id)).toEqual({ state: 'UNDER_OPINION', terms: { amounts: null } });
    const behind = sql`select from agreement_money where agreement_id = ${id}`;
    expect(await world.db.as(await world.viewerOf(first)).rows(behind)).toEqual([]);
  });

  test('is asked of no other kind, of nobody else, for no day past', async () => {
    const { lead, input } = await draftOf(table, 'COUNCIL_GRANT');
    const { id } = await agreed(lead.as, 'draftAgreement', input);
    await agreed(lead.as, 'submitAgreement', { agreement: id });
    const iae = (await table.iaeCouncil).partner.id;
    const asked = { agreement: id, council: iae, sessionOn: '2026-12-01' };
    expect(faults(await agree(lead.as, 'requestOpinion', asked))).toEqual(['WRONG_STATE']);
    const convention = (await table.submitted()).id;
    const over = (more: object) =>
      agree(state, 'requestOpinion', { ...asked, agreement: convention, ...more });
    expect(faults(await over({ council: (await table.seat('PLIE')).partner.id }))).toEqual([
      'INVALID_INPUT council',
    ]);
    expect(faults(await over({ sessionOn: '2026-11-22' }))).toEqual(['INVALID_INPUT sessionOn']);
    const reservations = ['Une réserve'];
    const { as } = await table.iaeCouncil;
    await agreed(state, 'requestOpinion', { ...asked, agreement: convention, sessionOn: table.today });
    const give = (opinion: object) => agree(as, 'giveOpinion', { agreement: convention, ...opinion });
    expect(faults(await give({ opinion: 'FAVOURABLE', reservations }))).toEqual([
      'INVALID_INPUT reservations',
    ]);
    expect(faults(await give({ opinion: 'WITH_RESERVATIONS' }))).toEqual(['INVALID_INPUT reservations']);
  });
});

describe('a signature', () => {
  test('of two at once is given once', async () => {
    const { id } = await table.opined();
    const { partner } = await table.state;
    const members = await Promise.all([1, 2, 3].map(() => partner.member()));
    const answers = await Promise.all(members.map((each) => agree(each, 'signAgreement', { agreement: id })));
    expect(answers.map(faults).flat().sort()).toEqual(['WRONG_STATE', 'WRONG_STATE']);
    expect((await eventsOf(id)).filter(({ type }) => type === 'agreement.signed')).toHaveLength(1);
  });

  test('of a second convention for the same structure, kind and day is refused, before and in the database', async () => {
    const structure = await table.structure();
    const parties = [{ organisation: structure.partner.id, role: 'PROVIDER' }];
    const of = (from: string, to: string) => ({ parties, from, terms: { to, offers: [structure.offer] } });
    await table.signed(of('2026-01-01', '2026-06-30'));
    const after = await table.signed(of('2026-07-01', '2026-12-31'));
    expect(after.state).toBe('SIGNED');
    const overlapping = await table.opined({ opinion: 'FAVOURABLE' }, of('2026-06-30', '2026-12-31'));
    expect(faults(await agree(state, 'signAgreement', { agreement: overlapping.id }))).toEqual([
      'OVERLAPPING_AGREEMENT agreement',
    ]);
    const forced = world.db.write(world.hub, (tx) =>
      tx.change(sql`update agreement set state = 'SIGNED', signed_on = ${table.today} where id = ${overlapping.id}`),
    );
    await expect(forced).rejects.toMatchObject({ constraint: 'agreement_iae_once' });
    const twins = [await table.opined({ opinion: 'FAVOURABLE' }, of('2027-01-01', '2027-12-31')), await table.opined({ opinion: 'FAVOURABLE' }, of('2027-06-01', '2027-12-31'))];
    const answers = await Promise.all(twins.map(({ id }) => agree(state, 'signAgreement', { agreement: id })));
    expect(answers.map(faults).flat()).toEqual(['OVERLAPPING_AGREEMENT agreement']);
  }); // prettier-ignore

  test('without opinion, or against one without a reason, is refused by the database too', async () => {
    const { id } = await table.underOpinion();
    const forced = (opinion: string | null) =>
      world.db.write(world.hub, (tx) =>
        tx.change(
          sql`update agreement set state = 'SIGNED', signed_on = ${table.today}, opinion = ${opinion} where id = ${id}`,
        ),
      );
    await expect(forced(null)).rejects.toMatchObject({ constraint: 'agreement_opinion_first' });
    await expect(forced('DEFERRED')).rejects.toMatchObject({ constraint: 'agreement_opinion_first' });
    await expect(forced('UNFAVOURABLE')).rejects.toMatchObject({ constraint: 'agreement_against_opinion' });
  });

  test('is a member’s: no tool of the lead signs', async () => {
    const { partner, as } = await table.state;
    const { id } = await table.opined();
    const tool = await partner.tool(['agreements:read', 'agreements:write'], as.memberId);
    const query = `mutation ($input: AgreementSignature!) { signAgreement(input: $input) { agreement { state } userErrors { code } } }`;
    const { data } = await tool.ask(query, { input: { agreement: id } });
    expect(data.signAgreement).toEqual({
      agreement: { state: 'UNDER_OPINION' },
      userErrors: [{ code: 'NOT_ALLOWED' }],
    });
  });
});

test('an amendment is a new version: what was in force before stays readable', async () => {
  const { id, terms } = await table.signed();
  const offers = terms.offers.map((each: any) => each.id);
  const amendment = {
    agreement: id,
    inForceFrom: '2026-07-01',
    terms: { to: '2027-06-30', offers, fundedFte: 14 },
  };
  const amended = await agreed(state, 'amendAgreement', amendment);
  expect(amended).toMatchObject({
    to: '2027-06-30',
    version: 6,
    versions: [{ number: 1 }, { number: 2, inForceFrom: '2026-07-01' }],
  });
  const query = `query ($id: ID!) { agreement(id: $id) { before: terms(on: "2026-06-30") { number fundedFte to } after: terms(on: "2026-07-01") { number fundedFte } } }`;
  expect((await state.get(query, { id })).agreement).toEqual({
    before: { number: 1, fundedFte: 10, to: '2026-12-31' },
    after: { number: 2, fundedFte: 14 },
  });
  const refused = [
    [{ inForceFrom: '2026-07-01' }, 'INVALID_INPUT inForceFrom'],
    [{ inForceFrom: '2028-01-01' }, 'INVALID_INPUT inForceFrom'],
    [{ inForceFrom: '2026-09-01', signedOn: '2026-11-22' }, 'INVALID_INPUT signedOn'],
    [{ inForceFrom: '2026-09-01', version: 5 }, 'STALE version'],
  ] as const;
  for (const [over, fault] of refused)
    expect(faults(await agree(state, 'amendAgreement', { ...amendment, ...over }))).toEqual([fault]);
});

test('a draft says its parties and terms anew; a submitted one says no more', async () => {
  const draft = await table.drafted();
  const other = await table.structure();
  const terms = { to: '2026-11-30', offers: [other.offer], requestedFte: 5 };
  const update = { agreement: draft.id, terms };
  expect(faults(await agree(state, 'updateAgreement', update))).toEqual(['INVALID_INPUT terms.offers.0']);
  const parties = [{ organisation: other.partner.id, role: 'PROVIDER' }];
  expect(faults(await agree(state, 'updateAgreement', { agreement: draft.id, parties }))).toEqual([
    'INVALID_INPUT parties',
  ]);
  const updated = await agreed(state, 'updateAgreement', {
    ...update,
    parties,
    title: 'Autre titre',
    version: 1,
  });
  expect(updated).toMatchObject({
    title: 'Autre titre',
    to: '2026-11-30',
    provider: { id: other.partner.id },
    terms: { requestedFte: 5, offers: [{ id: other.offer }], amounts: [] },
  });
  await agreed(state, 'submitAgreement', { agreement: draft.id });
  expect(faults(await agree(state, 'updateAgreement', { agreement: draft.id, title: 'Encore' }))).toEqual([
    'WRONG_STATE',
  ]);
});

test('it is taken back by whoever provides or leads, refused by its lead, ended early, or over by itself', async () => {
  const structure = await table.structure();
  const parties = [{ organisation: structure.partner.id, role: 'PROVIDER' }];
  const of = { parties, terms: { to: '2026-12-31', offers: [structure.offer] } };
  const reason = 'PROJECT_CHANGED';
  const first = await table.submitted(of);
  expect(faults(await agree(structure.as, 'refuseAgreement', { agreement: first.id, reason }))).toEqual([
    'NOT_ALLOWED',
  ]);
  expect(
    await agreed(structure.as, 'withdrawAgreement', { agreement: first.id, reason }),
  ).toMatchObject({ state: 'WITHDRAWN', closedOn: '2026-11-23', closeReason: reason });
  const second = await table.underOpinion(of);
  expect(await agreed(state, 'refuseAgreement', { agreement: second.id, reason: 'NOT_ELIGIBLE' })).toMatchObject({ state: 'REFUSED' });
  const third = await table.signed(of);
  const end = { agreement: third.id, reason: 'MUTUAL_AGREEMENT' };
  for (const on of ['2026-11-24', '2025-12-31'])
    expect(faults(await agree(state, 'endAgreement', { ...end, on }))).toEqual(['INVALID_INPUT on']);
  expect(await agreed(state, 'endAgreement', { ...end, on: '2026-11-20' })).toMatchObject({ state: 'TERMINATED', to: '2026-11-20' });
  const fourth = await table.signed({ ...of, from: '2026-11-21' });
  expect(await sweepAgreements(world.db)).toMatchObject({ failed: 0 });
  expect((await read(state, fourth.id)).state).toBe('SIGNED');
  world.clock.set('2027-01-01T08:00:00.000Z');
  await sweepAgreements(world.db);
  const [last] = (await eventsOf(fourth.id)).slice(-1);
  expect(last).toMatchObject({ type: 'agreement.ended', facts: { state: 'ENDED' } });
  expect((await read(structure.as, fourth.id)).state).toBe('ENDED');
  world.clock.set('2026-11-23T08:00:00.000Z');
}); // prettier-ignore

test('a stranger finds it nowhere: not by id, in no list, along no edge, by no move', async () => {
  const { id, provider, terms } = await table.signed();
  const query = `query ($id: ID!, $provider: ID!, $offer: ID!) {
    node(id: $id) { id } agreements(filter: { organisation: $provider }) { totalCount nodes { id } }
    organisation(id: $provider) { agreements { totalCount nodes { id } } } offer(id: $offer) { agreements { totalCount nodes { id } } } }`;
  const variables = { id, provider: provider.id, offer: terms.offers[0].id };
  const nothing = { totalCount: 0, nodes: [] };
  const found = { totalCount: 1, nodes: [{ id }] };
  const seen = (list: object, node: object | null) => ({
    ...{ node, agreements: list, organisation: { agreements: list }, offer: { agreements: list } },
  });
  expect(await stranger.get(query, variables)).toEqual(seen(nothing, null));
  expect(await council.get(query, variables)).toEqual(seen(found, { id }));
  for (const move of ['submitAgreement', 'signAgreement'] as const)
    expect(faults(await agree(stranger, move, { agreement: id }))).toEqual(['NOT_FOUND agreement']);
  const { partner } = await table.state;
  const tool = await partner.tool(['offers:read'], (await table.state).as.memberId);
  expect((await tool.ask('query ($id: ID!) { agreement(id: $id) { id } }', { id })).errors?.[0]?.extensions.code).toBe('INSUFFICIENT_SCOPE');
  expect((await tool.get('query ($provider: ID!) { organisation(id: $provider) { agreements { totalCount } } }', { provider: provider.id })).organisation.agreements).toEqual({ totalCount: 0 });
}); // prettier-ignore

test('what happens to it is told to its readers, in ids and codes, and to no tool without the scope', async () => {
  const { events } = await state.get('{ events { checkpoint } }');
  await beginNotices(world.db);
  const { id, provider } = await table.opined();
  await settled(world);
  const query = `query ($after: String) { events(after: $after, types: ["agreement.*"], first: 100) { nodes { type subject { id } } } }`;
  const told = async (as: Client) =>
    (await as.get(query, { after: events.checkpoint })).events.nodes
      .filter(({ subject }: any) => subject.id === id)
      .map(({ type }: any) => type.slice('agreement.'.length));
  const all = ['drafted', 'submitted', 'opinion_requested', 'opinion_given'];
  expect(await told(state)).toEqual(all);
  expect(await told((await table.iaeCouncil).as)).toEqual(all.slice(2));
  expect(await told(council)).toEqual(all.slice(1));
  expect(await told(stranger)).toEqual([]);
  const { partner } = await table.state;
  expect(await told(await partner.tool(['events:read', 'offers:read'], state.memberId))).toEqual([]);
  await followJournal(world.db, { mails: false, digestHour: 8 });
  const notices = await world.rows(sql`select organisation_id as of, count(distinct event_id)::integer as steps from notice
    where kind = 'AGREEMENT' and subject_id = ${id} group by 1`);
  const steps = new Map(notices.map(({ of, steps }) => [of, steps]));
  // laid before the council by the State, and answered: each hears of what the other did, and the structure of all of it
  const heard = [partner.id, (await table.iaeCouncil).partner.id, provider.id].map((of) => steps.get(of));
  expect(heard).toEqual([1, 1, 3]);
  const [last] = (await eventsOf(id)).slice(-1);
  expect(last.facts).toEqual({ kind: 'IAE_CONVENTION', state: 'UNDER_OPINION', opinion: 'FAVOURABLE', session: '2026-11-23' });
  expect(last.audience).toContain(provider.id);
}); // prettier-ignore

test('whoever reads it may change nothing of its terms, parties and opinions, were every rule forgotten', async () => {
  const { id, provider } = await table.underOpinion();
  const viewer = { ...(await world.viewerOf(state)), organisation: provider.id };
  const refused = [
    sql`insert into agreement_opinion (id, agreement_id, organisation_id, session_on, opinion, given_at)
      values ('opi_x', ${id}, ${provider.id}, '2026-11-23', 'FAVOURABLE', now())`,
    sql`insert into agreement_party (agreement_id, organisation_id, role) values (${id}, ${provider.id}, 'FUNDER')`,
  ];
  for (const each of refused)
    await expect(world.db.write(viewer, (tx) => tx.change(each))).rejects.toMatchObject({ code: '42501' });
  const unseen = [
    sql`update agreement_terms set funded_fte = 100 where agreement_id = ${id}`,
    sql`update agreement_money set state_cents = 1 where agreement_id = ${id}`,
    sql`delete from agreement_party where agreement_id = ${id}`,
  ];
  for (const each of unseen) expect(await world.db.write(viewer, (tx) => tx.change(each))).toBe(0);
}); // prettier-ignore

test.each([
  [{ title: 'x' }, 'title'],
  [{ reference: '' }, 'reference'],
  [{ siaeKind: null }, 'siaeKind'],
  [{ parties: [] }, 'parties'],
  [{ terms: { to: '2025-12-31' } }, 'terms.to'],
  [{ terms: { to: '2037-01-01' } }, 'terms.to'],
  [{ terms: { to: '2026-12-31', fundedFte: -1 } }, 'terms.fundedFte'],
  [{ terms: { to: '2026-12-31', committedHours: 100 } }, 'terms.committedHours'],
  [{ terms: { to: '2026-12-31', amounts: [{ funder: 'STATE', cents: -1 }] } }, 'terms.amounts.0.cents'],
  [{ terms: { to: '2026-12-31', amounts: [{ funder: 'STATE', cents: 1 }, { funder: 'STATE', cents: 2 }] } }, 'terms.amounts.1.funder'],
])('a convention is refused %j', async (over, field) => {
  expect(faults(await agree(state, 'draftAgreement', await table.convention(over)))).toEqual([
    `INVALID_INPUT ${field}`,
  ]);
}); // prettier-ignore

test('each party is what it may be, and a renewal follows what it renews', async () => {
  const fund = (await table.seat('BENEFITS_FUND')).partner.id;
  const convention = await table.convention();
  const withParty = (organisation: string, role: string) => ({
    ...convention,
    parties: [...convention.parties, { organisation, role }],
  });
  expect(faults(await agree(state, 'draftAgreement', withParty(fund, 'FUNDER')))).toEqual([
    'INVALID_INPUT parties.1.organisation',
  ]);
  expect(faults(await agree(state, 'draftAgreement', withParty(fund, 'BUYER')))).toEqual([
    'INVALID_INPUT parties.1.role',
  ]);
  const before = await table.signed();
  const renewal = async (over: object) =>
    agree(
      state,
      'draftAgreement',
      await table.convention({ renews: before.id, from: '2027-01-01', terms: { to: '2027-12-31' }, ...over }),
    );
  expect(faults(await renewal({ from: '2026-12-31' }))).toEqual(['INVALID_INPUT from']);
  expect(faults(await renewal({}))).toEqual([]);
  expect(faults(await renewal({}))).toEqual(['ALREADY_EXISTS renews']);
  const unsigned = await table.submitted();
  expect(faults(await renewal({ renews: unsigned.id }))).toEqual(['INVALID_INPUT renews']);
});
