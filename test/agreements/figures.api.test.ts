import sql from 'sql-template-tag';
import { Past } from '../kit/figures.ts';
import { Random } from '../../src/demo/random.ts';
import { newId } from '../../src/kernel/ids.ts';
import { plusDays } from '../../src/placements/placement.rules.ts';
import { agree, agreed, protocol, tableOf, type Table } from '../kit/agreements.ts';
import { faults } from '../kit/client.ts';
import { asSuperuser } from '../kit/copy.ts';
import { placed, started } from '../kit/placements.ts';
import { Scene } from '../kit/referrals.ts';
import { offerInTables } from '../kit/vacancies.ts';
import { councilOf, World, type Asking } from '../kit/world.ts';

/** A small programme computed by pencil: one structure, two placements, from October to the 23rd of November. */
let world: World;
let scene: Scene;
let table: Table;
let state: Asking;
let convention: string;

const figures = `from to fundedFte occupiedFte placementsWithoutHours declaredHours annualHours declaredFte occupiedPlaces`;
const realised = async (as: Asking, id: string, span: object = {}) =>
  (
    await as.get(
      `query ($id: ID!, $from: Date, $to: Date) { agreement(id: $id) { realised(from: $from, to: $to) { ${figures} } } }`,
      { id, ...span },
    )
  ).agreement?.realised;
const contract = (from: string, to: string, weeklyHours: number) => ({
  kind: 'FIXED_TERM_I',
  from,
  to,
  weeklyHours,
});

async function starts(startedOn: string, of: object, offer = scene.offer) {
  const referral = await scene.accepted(
    offer === scene.offer ? { vacancy: await scene.vacancy(1) } : { offer },
  );
  const input = { referral: referral.id, startedOn, contract: of };
  return (await placed(scene.provider, 'startPlacement', input)).id as string;
}

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world, { siaeKind: 'ACI' });
  table = tableOf(world);
  state = (await table.state).as;
  await councilOf(world);
  const provider = scene.provider;
  // from the middle of October at 26 hours, renewed at 30, away for seven days of November
  const first = await starts('2026-10-15', contract('2026-10-15', '2026-10-31', 26));
  await placed(provider, 'renewContract', {
    placement: first,
    contract: contract('2026-11-01', '2027-01-31', 30),
  });
  await placed(provider, 'suspendPlacement', { placement: first, kind: 'SICK_LEAVE', from: '2026-11-09' });
  await placed(provider, 'resumePlacement', { placement: first, on: '2026-11-16' });
  // nine days at 35 hours
  const second = await starts('2026-11-02', contract('2026-11-02', '2027-01-31', 35));
  await placed(provider, 'endPlacement', {
    placement: second,
    endedOn: '2026-11-10',
    outcome: { kind: 'UNEMPLOYED' },
  });
  // elsewhere: covered by nothing
  await starts('2026-10-01', contract('2026-10-01', '2027-01-31', 35), await offerInTables(scene.receiver));
  for (const [placement, month, worked] of [
    [first, '2026-10-01', 60],
    [first, '2026-11-01', 50],
    [second, '2026-11-01', 40],
  ])
    await placed(provider, 'recordHours', { placement, month, worked });
  const parties = [{ organisation: scene.receiver.id, role: 'PROVIDER' }];
  const terms = { to: '2026-12-31', offers: [scene.offer], fundedFte: 2 };
  const { id } = await table.opined({ opinion: 'FAVOURABLE' }, { parties, from: '2026-10-01', terms });
  await agreed(state, 'signAgreement', { agreement: id });
  await agreed(state, 'amendAgreement', {
    agreement: id,
    inForceFrom: '2026-11-01',
    terms: { ...terms, fundedFte: 3 },
  });
  convention = id;
});
afterAll(() => world.close());

test('realised against funded, by pencil: a start in the middle of a month, a renewal, a suspension, an end, an amendment', async () => {
  // 54 days. First: 17 × 26/35 + (23 − 7) × 30/35 = 26.34; second: 9 × 35/35 = 9. Funded: 31 × 2 + 23 × 3 = 131.
  expect(await realised(state, convention)).toEqual({
    ...{
      from: '2026-10-01',
      to: '2026-11-23',
      fundedFte: 2.43,
      occupiedFte: 0.65,
      placementsWithoutHours: 0,
    },
    ...{ declaredHours: 150, annualHours: 1820, declaredFte: 0.49, occupiedPlaces: 1 },
  });
  // October: 17 × 26/35 = 12.63 of 31 days
  expect(await realised(state, convention, { to: '2026-10-31' })).toMatchObject({
    ...{ from: '2026-10-01', to: '2026-10-31', fundedFte: 2, occupiedFte: 0.41 },
    ...{ declaredHours: 60, declaredFte: 0.4, occupiedPlaces: 1 },
  });
  // the day on which work is taken up again counts, those away do not
  const day = async (on: string) =>
    (await realised(state, convention, { from: on, to: on })).occupiedFte as number;
  expect([await day('2026-11-08'), await day('2026-11-09'), await day('2026-11-10')]).toEqual([1.86, 1, 1]);
  expect([await day('2026-11-15'), await day('2026-11-16')]).toEqual([0, 0.86]);
  expect(await realised(state, convention, { from: '2026-11-24' })).toBeNull();
});

test('of random contracts, suspensions and amendments, occupied and funded are what counting day by day gives', async () => {
  const structure = await table.structure();
  const parties = [{ organisation: structure.partner.id, role: 'PROVIDER' }];
  const random = new Random('day by day');
  const day = (offset: number) => plusDays('2026-01-01', offset);
  const histories = Array.from({ length: 30 }, () => historyOf(random, day));
  await asSuperuser(world.server.database, async (client) => {
    // these placements are of nobody: what they hang on does not matter here
    await client.query(`set session_replication_role = replica`);
    for (const { placement, contracts, away } of histories) {
      await client.query(
        `insert into placement (id, referral_id, person_id, offer_id, sender_id, receiver_id, state, origin, exclusive, takes_place,
           started_on, ended_on, created_at, updated_at)
         values ($1, $1, $1, $2, $1, $1, $3, 'REFERRAL', false, true, $4, $5, now(), now())`,
        [placement.id, structure.offer, placement.ended ? 'ENDED' : 'STARTED', placement.started, placement.ended],
      );
      for (const [at, { from, to, hours }] of contracts.entries())
        await client.query(
          `insert into contract (id, placement_id, kind, from_day, to_day, weekly_hours, created_at)
           values ($1, $2, 'FIXED_TERM_I', $3, $4, $5, now())`,
          [`${placement.id}/${at}`, placement.id, from, to, hours],
        );
      for (const [at, { from, to }] of away.entries())
        await client.query(
          `insert into episode (id, placement_id, kind, from_day, to_day, suspends, created_at)
           values ($1, $2, 'LEAVE', $3, $4, true, now())`,
          [`${placement.id}/${at}`, placement.id, from, to],
        );
    }
  });
  const terms = (fundedFte: number) => ({ to: '2026-12-31', offers: [structure.offer], fundedFte });
  const { id } = await table.opined({ opinion: 'FAVOURABLE' }, { parties, terms: terms(8) });
  await agreed(state, 'signAgreement', { agreement: id });
  const amendments = [[day(70), 9.5], [day(200), 4]] as const;
  for (const [inForceFrom, fte] of amendments)
    await agreed(state, 'amendAgreement', { agreement: id, inForceFrom, terms: terms(fte) });
  for (let n = 0; n < 12; n++) {
    const first = random.int(0, 320);
    const last = random.int(first, 326);
    const days = Array.from({ length: last - first + 1 }, (_, at) => day(first + at));
    const per = (of: (on: string) => number) => days.reduce((sum, on) => sum + of(on), 0) / days.length;
    const occupied = per((on) => histories.reduce((sum, each) => sum + hoursOn(each, on) / 35, 0));
    const funded = per((on) => amendments.findLast(([from]) => from <= on)?.[1] ?? 8);
    const told = await realised(state, id, { from: day(first), to: day(last) });
    expect(Math.abs(told.occupiedFte - occupied)).toBeLessThan(0.0051);
    expect(Math.abs(told.fundedFte - funded)).toBeLessThan(0.0051);
  }
}); // prettier-ignore

interface History {
  placement: { id: string; started: string; ended: string | null };
  contracts: { from: string; to: string | null; hours: number | null }[];
  away: { from: string; to: string | null }[];
}

/** Up to three contracts one after the other, the last maybe open, and up to two suspensions apart. */
function historyOf(random: Random, day: (offset: number) => string): History {
  const started = random.int(-60, 300);
  const ended = random.chance(0.5) ? started + random.int(0, 200) : null;
  const contracts: History['contracts'] = [];
  for (let from = started + random.int(0, 3), left = random.int(1, 3); left > 0; left--) {
    const to = left === 1 && random.chance(0.3) ? null : from + random.int(0, 90);
    const hours = random.chance(0.1) ? null : random.int(8, 39);
    contracts.push({ from: day(from), to: to === null ? null : day(to), hours });
    from = (to ?? 0) + 1 + random.int(0, 5);
  }
  const first = started + random.int(0, 40);
  const back = first + random.int(0, 20);
  const again = back + random.int(0, 30);
  const away = [
    { from: day(first), to: day(back) },
    { from: day(again), to: random.chance(0.4) ? null : day(again + random.int(0, 15)) },
  ];
  return {
    placement: { id: newId('Placement'), started: day(started), ended: ended === null ? null : day(ended) },
    contracts,
    away: away.slice(0, random.int(0, 2)),
  };
}

/** Weekly hours on one day: of the contract that runs then, none while away; the day of return is worked. */
function hoursOn({ placement, contracts, away }: History, on: string): number {
  if (on < placement.started || (placement.ended !== null && on > placement.ended)) return 0;
  if (away.some(({ from, to }) => on >= from && (to === null || on < to))) return 0;
  const running = contracts.find(({ from, to }) => on >= from && (to === null || on <= to));
  return running?.hours ?? 0;
}

test('whoever reads the agreement reads what it achieves, whether or not it sees a placement; nobody else', async () => {
  const council = await (await councilOf(world)).member({ roles: ['READER'], people: 'NONE' });
  for (const each of [scene.provider, council, (await table.iaeCouncil).as])
    expect((await realised(each, convention)).occupiedFte).toBe(0.65);
  const stranger = (await table.newSeat('STATE')).as;
  expect(await realised(stranger, convention)).toBeUndefined();
  const rows = await world.db
    .as(await world.viewerOf(stranger))
    .rows(sql`select * from app.agreement_figures(${[convention]}::text[], '{null}'::date[], '{null}'::date[], true)`);
  expect(rows).toEqual([]);
}); // prettier-ignore

test('a list of agreements with their figures takes as many statements for many as for one', async () => {
  const count = async () => {
    let statements = 0;
    world.db.onStatement = () => void statements++;
    const { agreements } = await scene.provider.get(
      `{ agreements { nodes { id realised { ${figures} } terms { fundedFte amounts { cents } offers { id } } parties { organisation { id } } } } }`,
    );
    world.db.onStatement = () => {};
    return [agreements.nodes.length, statements] as const;
  };
  const [, before] = await count();
  const parties = [{ organisation: scene.receiver.id, role: 'PROVIDER' }];
  for (const from of ['2025-01-01', '2024-01-01'])
    await table.signed({ parties, from, terms: { to: from.replace('01-01', '12-31'), offers: [scene.offer] } });
  expect(await count()).toEqual([3, before]);
}); // prettier-ignore

test('a session’s working paper: what each structure asks for and did in the year before, and no person', async () => {
  const parties = [{ organisation: scene.receiver.id, role: 'PROVIDER' }];
  const terms = { to: '2027-12-31', offers: [scene.offer], requestedFte: 4 };
  const { id } = await table.opined({ opinion: 'DEFERRED' }, { parties, from: '2027-01-01', terms });
  const query = `{ iaeSession(on: "2026-11-23") { on dossiers { agreement { id } siae { id } siaeKind requestedFte opinion
    realised { from to fundedFte occupiedFte declaredHours } exits { ended examined dynamic ruleVersion classes { code count } } } } }`;
  const { iaeSession } = await (await table.iaeCouncil).as.get(query);
  const dossier = iaeSession.dossiers.find((each: any) => each.agreement.id === id);
  // the day before the session is the 22nd: 365 days, 15 of them renewed; funded 31 × 2 + 22 × 3 of the running convention, and that of 2025 (10 from 23 November to its end: 39 days)
  expect(dossier).toEqual({
    ...{ agreement: { id }, siae: { id: scene.receiver.id }, siaeKind: 'ACI', requestedFte: 4, opinion: 'DEFERRED' },
    realised: { from: '2025-11-23', to: '2026-11-22', fundedFte: 1.42, occupiedFte: 0.09, declaredHours: 150 },
    exits: { ended: 1, examined: null, dynamic: null, ruleVersion: 'IAE_2013 v1', classes: expect.arrayContaining([{ code: 'OTHER_EXIT', count: null }]) },
  });
  expect((await (await table.newSeat('ASSOCIATION')).as.get(query)).iaeSession.dossiers).toEqual([]);
}); // prettier-ignore

test('exits are classed by the rules of their day: six months to the day is no durable job, and who stayed too short is withdrawn', async () => {
  const past = await Past.open(world);
  const offer = await offerInTables(past.receiver, { siaeKind: 'ACI' });
  const six = { kind: 'JOB', contract: 'FIXED_TERM', from: '2026-09-01', to: '2027-02-28' };
  for (let n = 0; n < 5; n++) await past.stay(await past.person(), { offer, from: '2026-02-01', to: '2026-08-31', outcome: six });
  for (let n = 0; n < 6; n++) await past.stay(await past.person(), { offer, from: '2026-08-15', to: '2026-08-31', outcome: six });
  const parties = [{ organisation: past.receiver.id, role: 'PROVIDER' }];
  const terms = { to: '2027-12-31', offers: [offer], requestedFte: 4 };
  const { id } = await table.opined({ opinion: 'DEFERRED' }, { parties, from: '2027-01-01', terms });
  const query = `{ iaeSession(on: "2026-11-23") { dossiers { agreement { id } exits { ended examined dynamic classes { code count } } } } }`;
  const { iaeSession } = await (await table.iaeCouncil).as.get(query);
  const { exits } = iaeSession.dossiers.find(({ agreement }: any) => agreement.id === id);
  expect(exits).toMatchObject({ ended: 11, examined: 5, dynamic: 5 });
  expect(exits.classes.filter(({ count }: any) => count)).toEqual([{ code: 'TRANSITIONAL_JOB', count: 5 }, { code: 'WITHDRAWN', count: 6 }]);
  // the hub's own role learns of no outcome so
  const asked = sql`select * from app.agreement_exit_outcomes(${[id]}::text[], '{2025-11-23}'::date[], '{2026-11-22}'::date[], false)`;
  await expect(world.db.as(world.hub).rows(asked)).rejects.toThrow('permission denied');
}); // prettier-ignore

test('what each funder pays is told with its share of what was realised, to who is in it; a body that gives opinions is told nothing', async () => {
  const past = await Past.open(world);
  const offer = await offerInTables(past.receiver, { siaeKind: 'ACI' });
  const placement = await past.stay(await past.person(), { offer, from: '2025-01-01', to: '2025-12-31' });
  await past.write(sql`insert into contract (id, placement_id, kind, from_day, to_day, weekly_hours, created_at)
    values (${newId('Contract')}, ${placement}, 'FIXED_TERM_I', '2025-01-01', '2025-12-31', 35, '2025-01-01')`);
  const amounts = [{ funder: 'STATE', cents: 75_000 }, { funder: 'COMMUNE', cents: 25_000 }];
  const parties = [{ organisation: past.receiver.id, role: 'PROVIDER' }];
  await table.signed({ parties, from: '2025-07-01', terms: { to: '2026-06-30', offers: [offer], requestedFte: 10, amounts } });
  const ask = async (as: Asking, year = 2025) =>
    (await as.get(`{ fundingByFunder(year: ${year}) { funder agreements cents fundedFte occupiedFte declaredHours } }`)).fundingByFunder;
  // 184 of 365 days, one post occupied and ten funded on each of them
  const of = (share: number) => ({ agreements: 1, cents: Math.round((100_000 * share * 184) / 365), fundedFte: Math.round((1000 * share * 184) / 365) / 100, occupiedFte: Math.round((100 * share * 184) / 365) / 100, declaredHours: 0 });
  const provider = await past.receiver.member();
  const expected = [{ funder: 'STATE', ...of(0.75) }, { funder: 'COMMUNE', ...of(0.25) }];
  expect(await ask(provider)).toEqual(expected);
  expect(await ask(provider, 2024)).toEqual([]);
  const council = await (await councilOf(world)).member();
  expect((await ask(council)).find(({ funder }: any) => funder === 'COMMUNE')).toEqual(expected[1]);
  for (const none of [(await table.iaeCouncil).as, (await table.newSeat('COMMUNE')).as, (await table.newSeat('BENEFITS_FUND')).as, (await table.newSeat('STATE')).as])
    expect(await ask(none)).toEqual([]);
  await expect(ask(provider, 2027)).rejects.toThrow('INVALID_INPUT');
  await expect(ask(provider, 1999)).rejects.toThrow('INVALID_INPUT');
}); // prettier-ignore

test('until its session is held, a dossier tells who left until the end of the last month', async () => {
  const parties = [{ organisation: scene.receiver.id, role: 'PROVIDER' }];
  const { id } = await table.submitted({ parties, from: '2028-01-01', terms: { to: '2028-12-31', offers: [scene.offer] } });
  const council = await table.iaeCouncil;
  await agreed(state, 'requestOpinion', { agreement: id, council: council.partner.id, sessionOn: '2026-12-10' });
  const query = `{ iaeSession(on: "2026-12-10") { dossiers { agreement { id } exits { ended } } } }`;
  const left = async () => {
    const { iaeSession } = await council.as.get(query);
    return iaeSession.dossiers.find(({ agreement }: any) => agreement.id === id).exits.ended;
  };
  // one of two left on the 10th of November
  expect(await left()).toBe(0);
  world.clock.set('2026-12-01T08:00:00.000Z');
  expect(await left()).toBe(1);
  world.clock.set('2026-11-23T08:00:00.000Z');
}); // prettier-ignore

test('a social clause tells hours committed and hours realised in what it covers', async () => {
  const lead = await table.seat('COUNCIL_SERVICE', 'DEVELOPMENT');
  const buyer = await table.seat('COUNCIL_SERVICE', 'BUILDINGS');
  const vacancy = await scene.vacancy(1);
  const referral = await scene.accepted({ vacancy });
  const start = { referral: referral.id, startedOn: '2026-11-02', contract: contract('2026-11-02', '2027-01-31', 35) };
  const { id: placement } = await placed(scene.provider, 'startPlacement', start);
  await placed(scene.provider, 'recordHours', { placement, month: '2026-11-01', worked: 77.5 });
  const { id } = await agreed(lead.as, 'draftAgreement', {
    ...{ kind: 'SOCIAL_CLAUSE', title: 'Collège de Rezé', from: '2026-09-01' },
    parties: [{ organisation: buyer.partner.id, role: 'BUYER' }, { organisation: scene.receiver.id, role: 'PROVIDER' }],
    terms: { to: '2027-12-31', vacancies: [vacancy], committedHours: 3000, contractReference: '2026-14', lots: ['Lot 2'] },
  });
  await agreed(lead.as, 'submitAgreement', { agreement: id });
  expect(await realised(lead.as, id)).toBeNull();
  await agreed(lead.as, 'signAgreement', { agreement: id });
  for (const each of [lead.as, buyer.as, scene.provider])
    expect(await realised(each, id)).toMatchObject({ declaredHours: 77.5, annualHours: null, declaredFte: null });
  const query = `query ($id: ID!) { agreement(id: $id) { terms { committedHours contractReference lots vacancies { id } } } }`;
  expect((await buyer.as.get(query, { id })).agreement.terms).toEqual({
    ...{ committedHours: 3000, contractReference: '2026-14', lots: ['Lot 2'], vacancies: [{ id: vacancy }] },
  });
}); // prettier-ignore

test('participants of a PLIE’s protocol, for its parties: who it sent, with what is not known counted as that', async () => {
  const plie = await scene.sender.member();
  const funder = (await table.seat('STATE')).partner;
  const input = { ...protocol, parties: [{ organisation: funder.id, role: 'FUNDER' }] };
  const { id } = await agreed(plie, 'draftAgreement', input);
  await agreed(plie, 'submitAgreement', { agreement: id });
  expect(faults(await agree(plie, 'signAgreement', { agreement: id }))).toEqual([]);
  const people: string[] = [];
  for (let n = 0; n < 5; n++) {
    const person = await scene.person();
    people.push(person);
    await started(scene, { vacancy: await scene.vacancy(1), startedOn: '2026-10-05', person });
  }
  await world.db.write(world.hub, async (tx) => {
    await tx.change(sql`update person set birth_year = 1990 where id = any(${people})`, 5);
    for (const person of people)
      await tx.change(sql`insert into person_situation (id, person_id, public, stated_on, stated_by, created_at, updated_at)
        values (${person.replace('per_', 'sit_')}, ${person}, 'RSA', '2026-09-01', ${scene.sender.id}, ${tx.now}, ${tx.now})`, 1);
  });
  const query = `query ($id: ID!) { agreement(id: $id) { participants { entered exited age { code count }
    status { code count } income { code count } exits { code count } } } }`;
  const read = async (as: Asking) => (await as.get(query, { id })).agreement?.participants;
  // with the first and the third placement of October: those of November come with the end of the month
  const told = {
    ...{ entered: 7, exited: 0 },
    age: expect.arrayContaining([{ code: 'FROM_30_TO_54', count: null }, { code: 'UNKNOWN', count: null }, { code: 'UNDER_18', count: null }]),
    status: [{ code: 'LONG_TERM_UNEMPLOYED', count: 0 }, { code: 'UNKNOWN', count: 7 }],
    income: [{ code: 'MINIMUM_INCOME', count: null }, { code: 'UNKNOWN', count: null }],
  };
  expect(await read(plie)).toMatchObject(told);
  expect(await read(await funder.member({ roles: ['READER'] }))).toMatchObject(told);
  // the council reads the agreement, and is no party to it
  expect(await read(await (await councilOf(world)).member())).toBeNull();
  expect(await read(scene.provider)).toBeUndefined();
  world.clock.set('2026-12-01T08:00:00.000Z');
  expect(await read(plie)).toMatchObject({ entered: 9, exited: 1, exits: expect.arrayContaining([{ code: 'JOB_SEEKING', count: null }]) });
  world.clock.set('2026-11-23T08:00:00.000Z');
}); // prettier-ignore
