import sql from 'sql-template-tag';
import { faults } from '../kit/client.ts';
import { Scene } from '../kit/referrals.ts';
import { offerInTables, storedVacancy } from '../kit/vacancies.ts';
import { World } from '../kit/world.ts';

/** A workshop with its sessions, a cycle of one group, and vacancies on somebody else's ground. */
let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world, { kind: 'DIGITAL', exclusive: false });
});
afterAll(() => world.close());

const selection = `series { id title offer { id } organisation { id }
  vacancies { totalCount nodes { id title state places startsOn endsOn refillUntil sessions { on from to } series { id } } } }`;
const openSeries = (input: object, as: any = scene.provider) =>
  as.run(
    'openVacancySeries',
    'NewVacancySeries',
    { offer: scene.offer, title: 'Atelier CV', places: 8, ...input },
    selection,
  );
const closeSeries = (input: object, as: any = scene.provider) =>
  as.run('closeVacancySeries', 'VacancySeriesClosing', { reason: 'CANCELLED', ...input }, selection);
const open = (input: object, as: any = scene.provider) =>
  as.run(
    'openVacancy',
    'NewVacancy',
    { offer: scene.offer, ...input },
    'vacancy { id startsOn endsOn refillUntil sessions { on from to } host { id } }',
  );

describe('a series', () => {
  test('opens one vacancy a session, each with its own places, in the order of their days', async () => {
    const { series, userErrors } = await openSeries({
      weekly: { weekdays: ['TUESDAY'], from: '2026-12-01', until: '2026-12-22' },
      from: '14:00',
      to: '16:30',
    });
    expect(userErrors).toEqual([]);
    expect(series).toMatchObject({ title: 'Atelier CV', offer: { id: scene.offer }, organisation: { id: scene.receiver.id } });
    expect(series.vacancies.totalCount).toBe(4);
    const [first] = series.vacancies.nodes;
    expect(first).toMatchObject({ title: 'Atelier CV', state: 'OPEN', places: 8, startsOn: '2026-12-01', endsOn: '2026-12-01' });
    // nobody is called from the waiting list to a session that is over
    expect(first).toMatchObject({ refillUntil: '2026-12-01', series: { id: series.id } });
    expect(first.sessions).toEqual([{ on: '2026-12-01', from: '14:00', to: '16:30' }]);
    const events = await world.rows(sql`select type, audience from event where subject_id = ${first.id}`);
    expect(events).toEqual([{ type: 'vacancy.opened', audience: ['*'] }]);
    const reader = await (await world.organisation()).member({ roles: ['READER'] });
    const { vacancies } = await reader.get(
      'query ($id: ID!) { vacancies(filter: { series: $id }, orderBy: START) { nodes { startsOn } } }', { id: series.id });
    expect(vacancies.nodes.map((each: any) => each.startsOn)).toEqual(['2026-12-01', '2026-12-08', '2026-12-15', '2026-12-22']);
  }); // prettier-ignore

  test('by a weekly rule leaves out the days on which its house is closed; a date named is meant', async () => {
    const own = await Scene.open(world, { kind: 'DIGITAL', exclusive: false });
    const manager = await own.receiver.member();
    const closure = { from: '2026-12-07', to: '2026-12-13', reason: 'HOLIDAYS' };
    const declared = await manager.run('declareClosure', 'NewClosure', closure, 'closure { id }');
    expect(declared.userErrors).toEqual([]);
    const weekly = { weekdays: ['TUESDAY'], from: '2026-12-01', until: '2026-12-15' };
    const daysOf = ({ series }: any) => series.vacancies.nodes.map((each: any) => each.startsOn).sort();
    expect(daysOf(await openSeries({ offer: own.offer, weekly }, own.provider))).toEqual([
      '2026-12-01',
      '2026-12-15',
    ]);
    expect(daysOf(await openSeries({ offer: own.offer, dates: ['2026-12-08'] }, own.provider))).toEqual([
      '2026-12-08',
    ]);
  });

  test('is opened whole or not at all, and once for one key', async () => {
    const count = async () => (await world.rows(sql`select count(*)::int as n from vacancy where offer_id = ${scene.offer}`))[0].n;
    const before = await count();
    expect(faults(await openSeries({ dates: ['2026-12-03', '2026-12-03'] }))).toEqual(['INVALID_INPUT dates.1']);
    expect(faults(await openSeries({ dates: ['2026-12-03'], places: -1 }))).toEqual(['INVALID_INPUT places']);
    expect(faults(await openSeries({}))).toEqual(['INVALID_INPUT dates']);
    expect(await count()).toBe(before);
    const input = { dates: ['2026-12-10', '2026-12-03'], idempotencyKey: 'série de décembre' };
    const [one, other] = await Promise.all([openSeries(input), openSeries(input)]);
    expect([one.userErrors, other.series.id]).toEqual([[], one.series.id]);
    expect(await count()).toBe(before + 2);
  }); // prettier-ignore

  test('belongs to a published offer of one’s own; a colleague without the role may not', async () => {
    const dates = ['2026-12-03'];
    const draft = await offerInTables(scene.receiver, { state: 'DRAFT' });
    expect(faults(await openSeries({ dates, offer: draft }))).toEqual(['WRONG_STATE offer']);
    expect(faults(await openSeries({ dates }, await (await world.organisation()).member()))).toEqual([
      'NOT_ALLOWED',
    ]);
    const reader = await scene.receiver.member({ roles: ['READER'] });
    expect(faults(await openSeries({ dates }, reader))).toEqual(['NOT_ALLOWED']);
    const { series } = await openSeries({ dates });
    expect(faults(await closeSeries({ series: series.id }, reader))).toEqual(['NOT_ALLOWED']);
    expect(faults(await closeSeries({ series: 'ser_unknown' }))).toEqual(['NOT_FOUND series']);
  });

  test('what is left of it closes together, once each accepted person is decided', async () => {
    const { series } = await openSeries({ dates: ['2026-11-20', '2026-12-01', '2026-12-08', '2026-12-15'], places: 2 });
    const [past, first, second, last] = series.vacancies.nodes.map(({ id }: any) => id);
    const one = await scene.accepted({ vacancy: first });
    const other = await scene.accepted({ vacancy: second });
    const unanswered = await scene.sent({ vacancy: second });
    expect(faults(await closeSeries({ series: series.id }))).toEqual(['PLACES_IN_USE decisions']);
    const decisions = [
      { referral: one.id, decision: 'CANCEL', reason: 'FUNDING_ENDED' },
      { referral: other.id, decision: 'MOVE', vacancy: first },
    ];
    // where it closes too, nobody goes
    expect(faults(await closeSeries({ series: series.id, decisions }))).toEqual(['WRONG_STATE decisions.1.vacancy']);
    decisions[1]!.vacancy = past;
    expect(faults(await closeSeries({ series: series.id, decisions }))).toEqual([]);
    expect(await Promise.all([past, first, second, last].map(async (id) => (await storedVacancy(world, id)).state)))
      .toEqual(['OPEN', 'CLOSED', 'CLOSED', 'CLOSED']);
    const states = await world.rows(sql`select state, vacancy_id from referral where id = any(${[one.id, other.id, unanswered.id]}) order by id`);
    expect(states).toMatchObject([{ state: 'CANCELLED' }, { state: 'ACCEPTED', vacancy_id: past }, { state: 'SENT', vacancy_id: null }]);
    // again: nothing is left to close
    expect(faults(await closeSeries({ series: series.id }))).toEqual([]);
  }); // prettier-ignore

  test('of a closing and an acceptance at once, nobody is left with a place of a closed session', async () => {
    for (let round = 0; round < 3; round++) {
      const { series } = await openSeries({ dates: ['2026-12-01', '2026-12-08'] });
      const vacancy = series.vacancies.nodes[1].id;
      const { id } = await scene.sent({ vacancy });
      await Promise.all([
        closeSeries({ series: series.id }),
        scene.move(scene.provider, 'acceptReferral', id),
      ]);
      const { state, held } = await storedVacancy(world, vacancy);
      expect([state, held]).toEqual(held === 0 ? ['CLOSED', 0] : ['OPEN', 1]);
    }
  });
});

describe('a cycle that one group follows', () => {
  const sessions = [
    { on: '2027-01-18', from: '09:00', to: '12:00' },
    { on: '2027-01-11', from: '09:00', to: '12:00' },
  ];

  test('is one vacancy with its sessions, whose days they give', async () => {
    const { vacancy } = await open({ sessions, places: 10 });
    expect(vacancy).toMatchObject({
      startsOn: '2027-01-11',
      endsOn: '2027-01-18',
      refillUntil: '2027-01-18',
    });
    expect(vacancy.sessions).toEqual([sessions[1], sessions[0]]);
    expect(faults(await open({ sessions, startsOn: '2027-01-12' }))).toEqual(['INVALID_INPUT startsOn']);
    expect(faults(await open({ sessions: [sessions[0], sessions[0]] }))).toEqual(['INVALID_INPUT sessions']);
  });

  test('a session added moves its end and its refilling; none named, the days stay', async () => {
    const { vacancy } = await open({ sessions, places: 10 });
    const update = async (input: object) =>
      scene.provider.run('updateVacancy', 'VacancyUpdate', { vacancy: vacancy.id, ...input }, 'vacancy { startsOn endsOn refillUntil sessions { on } }');
    const longer = await update({ sessions: [...sessions, { on: '2027-03-01' }] });
    expect(longer.vacancy).toMatchObject({ startsOn: '2027-01-11', endsOn: '2027-03-01', refillUntil: '2027-02-11' });
    expect(faults(await update({ endsOn: '2027-03-02' }))).toEqual(['INVALID_INPUT endsOn']);
    expect((await update({ sessions: [], endsOn: '2027-03-02' })).vacancy).toMatchObject({ startsOn: '2027-01-11', endsOn: '2027-03-02', sessions: [] });
  }); // prettier-ignore
});

describe('on a site of another organisation', () => {
  test('the host finds it, live and in its list, with its counts and nobody in it', async () => {
    const town = await world.organisation({ kind: 'COMMUNE' });
    const mayor = await town.member();
    const { site } = await mayor.run('addSite', 'NewSite', { name: 'Quai', commune: '44143' }, 'site { id }');
    const { vacancy } = await open({ site: site.id, places: 2 });
    expect(vacancy.host).toEqual({ id: town.id });
    const { id } = await scene.accepted({ vacancy: vacancy.id });
    const asked = `query ($host: ID!) { organisation(id: $host) { hostedVacancies { totalCount nodes { id state held free
      referrals { totalCount } placements { totalCount } replacing { id } organisation { id } } } }
      vacancies(filter: { host: $host }) { totalCount } }`;
    const hosted = async (as: any = mayor) => await as.get(asked, { host: town.id });
    const nobody = { totalCount: 0 };
    expect(await hosted()).toEqual({
      organisation: { hostedVacancies: { totalCount: 1, nodes: [
        { id: vacancy.id, state: 'OPEN', held: 1, free: 1, referrals: nobody, placements: nobody, replacing: null, organisation: { id: scene.receiver.id } },
      ] } },
      vacancies: { totalCount: 1 },
    });
    expect((await mayor.get('query ($id: ID!) { referral(id: $id) { id } }', { id })).referral).toBeNull();
    // what is prepared there is nobody else's yet; what is over stays in the host's own list
    await open({ site: site.id, draft: true });
    const decisions = [{ referral: id, decision: 'CANCEL', reason: 'SITE_CLOSED' }];
    await scene.provider.run('closeVacancy', 'VacancyClosing', { vacancy: vacancy.id, reason: 'SITE_CLOSED', decisions }, 'vacancy { id }');
    expect((await hosted()).organisation.hostedVacancies.nodes).toMatchObject([{ id: vacancy.id, state: 'CLOSED', held: 0 }]);
    const stranger = await (await world.organisation()).member();
    expect((await hosted(stranger)).organisation.hostedVacancies.totalCount).toBe(0);
    // and once it happens elsewhere, it is no host of it
    const other = (await open({ site: site.id, places: 1 })).vacancy;
    await scene.provider.run('updateVacancy', 'VacancyUpdate', { vacancy: other.id, site: null }, 'vacancy { id }');
    expect((await hosted()).organisation.hostedVacancies.totalCount).toBe(1);
  }); // prettier-ignore
});
