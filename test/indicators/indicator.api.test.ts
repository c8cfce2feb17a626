import sql from 'sql-template-tag';
import { newId } from '../../src/kernel/ids.ts';
import { rightsTold } from '../../src/entitlements/entitlement.facts.ts';
import { Past, type StayOf } from '../kit/figures.ts';
import { Scene } from '../kit/referrals.ts';
import { placed, started, toJob } from '../kit/placements.ts';
import { councilOf, World, type Asking } from '../kit/world.ts';
import { offerInTables } from '../kit/vacancies.ts';

/** A programme small enough to be counted by pencil; each person is one question of docs/domain.md §12. */
let world: World;
let past: Past;
let council: Asking;

beforeAll(async () => {
  world = await World.open();
  past = await Past.open(world);
  council = await (await councilOf(world)).member();
});
afterAll(() => world.close());

const whole = 'value of unit territory additive ruleVersion target from to asOf definition';
const ask = (name: string, more: object = {}, selection = whole, as: Asking = council) =>
  as.get(
    `query ($period: IndicatorPeriod!, $asOf: DateTime, $by: [IndicatorDimension!]!, $filter: IndicatorFilter) {
      indicator(name: ${name}, period: $period, asOf: $asOf, groupBy: $by, filter: $filter) { ${selection} groups { keys { dimension code label } value of } } }`,
    { period: { year: 2026 }, by: [], ...more },
  ).then(({ indicator }) => indicator); // prettier-ignore
const groups = (figure: { groups: { keys: { code: string }[]; value: number }[] }) =>
  Object.fromEntries(figure.groups.map(({ keys, value }) => [keys.map(({ code }) => code).join(' '), value]));

const refused = (asking: Promise<unknown>, code: string) => expect(asking).rejects.toThrow(code);

const taking = async (more: object = {}) => (await ask('BENEFICIARIES_IN_ACTION', more)).value as number;
const lasting = async (more: object = {}) => {
  const { value, of } = await ask('DURABLE_JOB_OR_QUALIFYING_TRAINING', more);
  return `${value} of ${of}`;
};

/** Both indicators before and after, as what this added: `+1 in action, +1 of +1`. */
async function adds(arrange: () => Promise<unknown>, more: object = {}) {
  const figures = async () => [await taking(more), ...(await lasting(more)).split(' of ').map(Number)];
  const before = await figures();
  await arrange();
  const [action, success, ended] = (await figures()).map((value, at) => value! - before[at]!);
  return `${action} in action, ${success} of ${ended}`;
}

const cdi: StayOf['outcome'] = { kind: 'JOB', contract: 'PERMANENT', from: '2026-06-08' };
const stay = { from: '2026-02-02', to: '2026-05-31' };
const beneficiary = async (right = '2025-01-01', over: Parameters<Past['right']>[2] = {}) => {
  const person = await past.person();
  await past.right(person, right, over);
  return person;
};

describe('who is a beneficiary, on the day the placement began', () => {
  const began = (right: string, over: Parameters<Past['right']>[2] = {}) =>
    adds(async () => past.stay(await beneficiary(right, over), { from: '2026-02-02' }));
  test.each([
    ['whose right opened that very day', '2026-02-02', {}, 1],
    ['whose right opened the day after', '2026-02-03', {}, 0],
    ['whose right ended with the day before', '2025-01-01', { until: '2026-02-02' }, 0],
    ['whose right ended with that day, by the job itself', '2025-01-01', { until: '2026-02-03' }, 1],
    ['whose payment is suspended', '2025-01-01', { state: 'SUSPENDED' }, 1],
    ['who only applied', '2025-01-01', { state: 'REQUESTED' }, 0],
    ['who was refused', '2025-01-01', { state: 'REFUSED' }, 0],
    ['the spouse', '2025-01-01', { role: 'SPOUSE' }, 1],
  ])('%s', async (_, from, over, counted) => {
    expect(await began(from, over)).toBe(`${counted} in action, 0 of 0`);
  });

  test('whose pathway began while the right was open, and the placement after', async () => {
    const person = await beneficiary('2025-01-01', { until: '2026-01-01' });
    await past.pathway(person, '2025-06-01');
    expect(await adds(() => past.stay(person, { from: '2026-02-02' }))).toBe('1 in action, 0 of 0');
  });
});

test('a person counts once, in two placements and under two records; entries count each', async () => {
  const entries = async () => (await ask('ENTRIES_IN_ACTION')).value;
  const before = await entries();
  expect(await adds(async () => {
    const [one, other] = [await beneficiary(), await beneficiary()];
    for (const person of [one, other]) await past.stay(person, stay);
    await past.stay(one, { from: '2026-03-01', to: '2026-03-02' });
    await past.write(sql`insert into person_count (person_id, same_as, counted_as) values (${one}, ${one}, ${one})`);
    await past.write(sql`insert into person_count (person_id, same_as, counted_as) values (${other}, ${other}, ${one})`);
    await past.counted(one, other);
  })).toBe('1 in action, 0 of 1');
  expect(await entries()).toBe(before + 3);
}); // prettier-ignore

test('an information session of a day is no action, and takes up no path', async () => {
  const session = await offerInTables(past.receiver, { countsAsAction: false });
  const person = await beneficiary();
  expect(await adds(() => past.stay(person, { from: '2026-02-02', to: '2026-02-02', offer: session }))).toBe('0 in action, 0 of 0');
  expect(await adds(() => past.stay(person, { ...stay, outcome: cdi }))).toBe('1 in action, 1 of 1');
  expect(await adds(() => past.stay(person, { from: '2026-06-02', to: '2026-06-02', offer: session }))).toBe('0 in action, 0 of 0');
}); // prettier-ignore

test('an offer that is no action any more takes its people out at once; a new title counts nobody anew', async () => {
  const offer = await offerInTables(past.receiver);
  await past.stay(await beneficiary(), { ...stay, offer });
  const provider = await past.receiver.member({ roles: ['MANAGER'] });
  const says = async (more: object) => {
    let counted = false;
    world.db.onStatement = (text) => void (counted ||= text.includes('figure_stay'));
    const { userErrors } = await provider.run('updateOffer', 'OfferUpdate', { offer, ...more }, 'offer { id }');
    world.db.onStatement = () => {};
    expect(userErrors).toEqual([]);
    return counted;
  };
  const before = await taking();
  expect(await says({ countsAsAction: false })).toBe(true);
  expect(await taking()).toBe(before - 1);
  expect(await says({ title: 'Entretien des haies' })).toBe(false);
}); // prettier-ignore

describe('how a path ended', () => {
  const ended = (outcome: NonNullable<StayOf['outcome']>) =>
    adds(async () => past.stay(await beneficiary(), { ...stay, outcome }));
  test.each([
    ['in a job of exactly six months', { kind: 'JOB', contract: 'FIXED_TERM', from: '2026-06-01', to: '2026-11-30' }, 1],
    ['in a job of a day less', { kind: 'JOB', contract: 'FIXED_TERM', from: '2026-06-01', to: '2026-11-29' }, 0],
    ['in a permanent job begun 90 days later', { kind: 'JOB', contract: 'PERMANENT', from: '2026-08-29' }, 1],
    ['in one begun 91 days later', { kind: 'JOB', contract: 'PERMANENT', from: '2026-08-30' }, 0],
    ['in a qualifying training', { kind: 'TRAINING', certification: 'RNCP', from: '2026-06-01' }, 1],
    ['in a pre-qualifying one', { kind: 'TRAINING', certification: 'PRE_QUALIFYING', from: '2026-06-01' }, 0],
    ['in another insertion structure', { kind: 'OTHER_SIAE', contract: 'FIXED_TERM_I' }, 0],
    ['in what nobody knows yet', { kind: 'NOT_YET_KNOWN' }, 0],
  ])('%s', async (_, outcome, success) => {
    expect(await ended(outcome)).toBe(`1 in action, ${success} of 1`);
  }); // prettier-ignore

  test('taken up again within 45 days it has not ended; on the 46th it had', async () => {
    const [soon, late] = [await beneficiary(), await beneficiary()];
    for (const person of [soon, late]) await past.stay(person, { ...stay, outcome: cdi });
    expect(await adds(() => past.stay(soon, { from: '2026-07-15' }))).toBe('0 in action, -1 of -1');
    expect(await adds(() => past.stay(late, { from: '2026-07-16' }))).toBe('0 in action, 0 of 0');
  });

  test('with the pathway, where there is one: not with each placement of it', async () => {
    const person = await beneficiary();
    await past.pathway(person, '2026-01-15');
    expect(await adds(() => past.stay(person, { ...stay, outcome: cdi }))).toBe('1 in action, 0 of 0');
    await past.write(
      sql`update pathway set ended_on = '2026-07-31', end_reason = 'DURABLE_JOB' where person_id = ${person}`,
    );
    expect(await adds(() => past.counted(person))).toBe('0 in action, 1 of 1');
  });

  test('by what came last: a success that another placement of the path followed is none', async () => {
    const person = await beneficiary();
    await past.stay(person, {
      from: '2026-01-05',
      to: '2026-01-30',
      outcome: { ...cdi, from: '2026-02-02' },
    });
    expect(await adds(() => past.stay(person, { from: '2026-03-01', to: '2026-05-31' }))).toBe(
      '0 in action, -1 of 0',
    );
  });

  test('after the right was closed: the success stays (Marc)', async () => {
    const marc = await beneficiary('2025-01-01', { until: '2026-04-01' });
    expect(await adds(() => past.stay(marc, { ...stay, outcome: cdi }))).toBe('1 in action, 1 of 1');
  });
});

test('a right told late counts from the day it is told; a figure of before stays as it was', async () => {
  const person = await past.person();
  await past.stay(person, stay);
  const before = { asOf: world.clock.now(), count: await taking() };
  world.clock.set('2026-11-24T08:00:00.000Z');
  await past.right(person, '2025-01-01');
  expect(await taking()).toBe(before.count + 1);
  expect(await taking({ asOf: before.asOf })).toBe(before.count);
  await refused(ask('BENEFICIARIES_IN_ACTION', { asOf: '2026-11-24T08:00:01.000Z' }), 'INVALID_INPUT');
});

test('a file of the funds counts whom it tells of anew, within its own step', async () => {
  const person = await past.person();
  await past.stay(person, stay);
  const before = await taking();
  await past.right(person, '2025-01-01', { told: false });
  expect(await taking()).toBe(before);
  await world.db.write(world.hub, (tx) => tx.say(rightsTold, { people: [person] }));
  expect(await taking()).toBe(before + 1);
});

test('a correction moves the figure from that moment on; asked as of before, it is as it was known', async () => {
  const scene = await Scene.open(world);
  const person = await scene.person();
  await past.right(person, '2025-01-01');
  const { id } = await started(scene, { startedOn: '2026-11-02', person });
  await placed(scene.provider, 'endPlacement', { placement: id, endedOn: '2026-11-20', outcome: { kind: 'UNEMPLOYED' } });
  const known = { lasting: await lasting(), taking: await taking({ period: { month: '2026-10-05' } }), asOf: world.clock.now() };
  world.clock.set('2026-11-24T09:00:00.000Z');
  await placed(scene.provider, 'correctPlacement', { placement: id, reason: 'NOW_KNOWN', outcome: toJob, startedOn: '2026-10-31' });
  const [success, of] = known.lasting.split(' of ').map(Number);
  expect(await lasting()).toBe(`${success! + 1} of ${of}`);
  expect(await taking({ period: { month: '2026-10-05' } })).toBe(known.taking + 1);
  expect(await lasting({ asOf: known.asOf })).toBe(known.lasting);
  expect(await taking({ period: { month: '2026-10-05' }, asOf: known.asOf })).toBe(known.taking);
}); // prettier-ignore

test('by month and where people live, groups say what the facts say, and the whole is counted, not added up', async () => {
  await past.stay(await beneficiary(), { from: '2026-01-31', to: '2026-03-01' });
  const elsewhere = await past.person('244400610');
  await past.right(elsewhere, '2025-01-01');
  await past.stay(elsewhere, { from: '2025-12-31' });
  const by = ['MONTH', 'HOME_EPCI'];
  const figure = await ask('BENEFICIARIES_IN_ACTION', { by });
  expect(figure.groups[0].keys[1]).toEqual({
    dimension: 'HOME_EPCI',
    code: '244400404',
    label: 'Nantes Métropole',
  });
  expect(groups(figure)['2026-01-01 244400610']).toBe(1);
  // the same, person by person: a filter that keeps everybody is not asked of what is kept month by month
  const onebyone = await ask('BENEFICIARIES_IN_ACTION', { by, filter: { offerKind: 'INSERTION_WORKSITE' } });
  expect(groups(figure)).toEqual(groups(onebyone));
  expect(figure.value).toBe(await taking());
  expect(figure.additive).toBe(false);
});

test('a figure says what it is', async () => {
  const french = await (await councilOf(world)).member({ language: 'fr' });
  const { definition, ...figure } = await ask('DURABLE_JOB_OR_QUALIFYING_TRAINING', {}, whole, french);
  expect(definition).toMatch(/^Bénéficiaires dont le parcours s’est terminé/);
  expect(figure).toMatchObject({ unit: 'PERSON', territory: 'HOME', additive: false, ruleVersion: 'PDI_2007 v1', from: '2026-01-01', to: '2026-11-24', target: null, groups: [] });
  const input = { title: 'PDI', fromYear: 2026, untilYear: 2030, inForceFrom: '2026-11-24', targets: [{ indicator: 'BENEFICIARIES_IN_ACTION', year: 2026, value: 1200 }], axes: [{ code: 'A', title: 'Un parcours', objectives: [{ code: 'A1', title: 'Lever', purposes: ['SOCIAL'] }] }] };
  await council.run('adoptProgramme', 'NewProgramme', input, 'programme { id }');
  expect((await ask('BENEFICIARIES_IN_ACTION')).target).toBe(1200);
  expect((await ask('BENEFICIARIES_IN_ACTION', { period: { month: '2026-03-01' } })).target).toBeNull();
}); // prettier-ignore

test('told apart by domain, the whole is what it is undivided: an offer of two domains counts once, one of none too', async () => {
  const [two, none] = [await offerInTables(past.receiver, { domains: ['GREEN_SPACES', 'WASTE'] }), await offerInTables(past.receiver)];
  const person = await beneficiary();
  for (const offer of [two, none]) await past.stay(person, { from: '2026-09-01', to: '2026-09-02', offer });
  const ofPerson = { period: { month: '2026-09-01' }, by: ['CONTRIBUTION_DOMAIN'] };
  const entries = await ask('ENTRIES_IN_ACTION', ofPerson);
  expect(groups(entries)).toEqual({ GREEN_SPACES: 1, WASTE: 1, '': 1 });
  expect(entries.value).toBe(2);
  const alone = await beneficiary();
  await past.stay(alone, { from: '2026-09-01', to: '2026-09-02', offer: none });
  expect((await ask('BENEFICIARIES_IN_ACTION', ofPerson)).value).toBe(await taking({ period: ofPerson.period }));
}); // prettier-ignore

test('an engagement counts as signed in time with its last signature, once the hub knows of it', async () => {
  const period = { month: '2025-03-01' };
  const inTime = async (more: object = {}) => {
    const { value, of } = await ask('ENGAGEMENTS_SIGNED_IN_TIME', { period, ...more });
    return `${value} of ${of}`;
  };
  const signed = async (on: string, { recorded = on, ended = null as string | null } = {}) => {
    const pathway = await past.pathway(await past.person(), '2025-02-10', null, '2025-03-10');
    await past.write(sql`insert into engagement (id, person_id, pathway_id, kind, state, drafted_by, goals, activities, person_signed_on,
        referent_signed_on, signed_on, signed_at, ended_on, end_reason, created_at, updated_at)
      select ${newId('Engagement')}, person_id, id, 'ENGAGEMENT', ${ended ? 'ENDED' : 'SIGNED'}, decided_by, '{}', '[]', '2025-02-12', ${on}, ${on}, ${recorded}::date,
        ${ended && on}, ${ended}, created_at, created_at from pathway where id = ${pathway}`);
  };
  await past.pathway(await past.person(), '2025-02-10', null, '2025-03-10'); // never signed
  await past.pathway(await past.person(), '2025-02-10', '2025-03-09', '2025-03-10'); // over before it was due
  expect(await inTime()).toBe('0 of 1');
  await signed('2025-03-10');
  await signed('2025-03-11');
  await signed('2025-03-01', { ended: 'MISTAKE' });
  await signed('2025-03-05', { recorded: '2025-06-01' });
  expect(await inTime()).toBe('2 of 5');
  expect(await inTime({ asOf: '2025-05-31T00:00:00Z' })).toBe('1 of 5');
  expect(await inTime({ by: ['HOME_EPCI'] })).toBe('2 of 5');
  await refused(ask('ENGAGEMENTS_SIGNED_IN_TIME', {}, whole, await past.receiver.member()), 'NOT_ALLOWED');
}); // prettier-ignore

test('hours are given to the host of a place, and as of a past moment are what its contract then said', async () => {
  const host = await world.organisation({ kind: 'COMMUNE' });
  const [offer, vacancy] = [await offerInTables(past.receiver), newId('Vacancy')];
  await past.write(sql`insert into vacancy (id, offer_id, organisation_id, host_id, state, places, taken, starts_on, opened_at, created_at, updated_at)
    values (${vacancy}, ${offer}, ${past.receiver.id}, ${host.id}, 'OPEN', 4, 1, '2025-01-06', '2024-12-01', '2024-12-01', '2024-12-01')`);
  const placement = await past.stay(await past.person(), { from: '2025-01-01', offer, vacancy });
  const contract = newId('Contract');
  await past.write(sql`insert into contract (id, placement_id, kind, from_day, to_day, weekly_hours, created_at) values (${contract}, ${placement}, 'FIXED_TERM_I', '2025-01-01', '2025-01-14', 28, '2025-01-01')`);
  await past.write(sql`insert into contract_correction (placement_id, contract_id, kind, from_day, to_day, weekly_hours, known_until, corrected_because)
    values (${placement}, ${contract}, 'FIXED_TERM_I', '2025-01-01', '2025-01-07', 35, '2025-02-01', 'TYPING_ERROR')`);
  const year = { period: { year: 2025 } };
  const hosted = { ...year, by: ['HOST'] };
  expect(groups(await ask('HOURS_CONTRIBUTED', hosted))).toEqual({ [host.id]: 56 });
  expect(groups(await ask('HOURS_CONTRIBUTED', { ...hosted, asOf: '2025-01-31T00:00:00Z' }))).toEqual({ [host.id]: 35 });
  // as long as its end is not known, a placement goes on
  await past.write(sql`insert into outcome (placement_id, kind, ended_on, end_reason, known_from) values (${placement}, 'UNEMPLOYED', '2025-01-10', 'COMPLETED', '2025-03-01')`);
  expect((await ask('HOURS_CONTRIBUTED', hosted)).value).toBe(40);
  expect((await ask('HOURS_CONTRIBUTED', { ...hosted, asOf: '2025-02-15T00:00:00Z' })).value).toBe(56);
  const member = await host.member();
  expect((await ask('HOURS_CONTRIBUTED', { ...year, filter: { host: host.id } }, whole, member)).value).toBe(40);
  await refused(ask('HOURS_CONTRIBUTED', { ...year, filter: { host: past.receiver.id } }, whole, member), 'NOT_ALLOWED');
  await refused(ask('ENTRIES_IN_ACTION', { ...year, filter: { host: host.id } }), 'INVALID_INPUT');

  const places = async (more: object = {}) => {
    const { value, of } = await ask('PLACES_FILLED', { ...hosted, ...more });
    return `${value} of ${of}`;
  };
  const before = world.clock.now();
  expect(await places()).toBe('1 of 4');
  world.clock.advanceDays(1);
  await past.write(sql`update vacancy set taken = 3 where id = ${vacancy}`);
  expect([await places(), await places({ asOf: before }), await places({ asOf: '2024-12-31T00:00:00Z' })]).toEqual(['3 of 4', '1 of 4', 'null of null']);
}); // prettier-ignore

test('the people behind a figure are those the viewer may see', async () => {
  const by = await ask('BENEFICIARIES_IN_ACTION', { filter: { homeEpci: '244400610' } }, 'value people(first: 5) { totalCount nodes { reference } }');
  expect(by).toMatchObject({ value: 1, people: { totalCount: 0 } });
  const scene = await Scene.open(world);
  const { id } = (await council.run('registerPerson', 'NewPerson', { identity: { lastName: 'K.', firstName: 'Nadia' }, commune: '44109', legalBasis: 'PUBLIC_INTEREST' }, 'person { id }')).person;
  await past.right(id, '2026-11-01');
  await past.stay(id, { from: '2026-11-20' });
  const seen = await ask('BENEFICIARIES_IN_ACTION', { filter: { provider: past.receiver.id } }, 'people(first: 5) { totalCount nodes { id } }');
  expect(seen.people).toMatchObject({ totalCount: 1, nodes: [{ id }] });
  await refused(ask('HOURS_CONTRIBUTED', {}, 'people(first: 5) { totalCount }'), 'INVALID_INPUT');
  void scene;
}); // prettier-ignore

test('who is not the council asks what says nothing of people, of its own', async () => {
  const provider = await past.receiver.member();
  const own = { filter: { provider: past.receiver.id } };
  expect(await ask('HOURS_CONTRIBUTED', own, whole, provider)).toMatchObject({ unit: 'HOUR', additive: true });
  await refused(ask('HOURS_CONTRIBUTED', {}, whole, provider), 'NOT_ALLOWED');
  await refused(ask('BENEFICIARIES_IN_ACTION', own, whole, provider), 'NOT_ALLOWED');
  // a place is offered by its provider: nobody sends it
  await refused(ask('PLACES_FILLED', { filter: { sender: past.receiver.id } }, whole, provider), 'INVALID_INPUT');
  await refused(ask('BENEFICIARIES_IN_ACTION', {}, whole, await (await world.organisation({ kind: 'STATE' })).member()), 'NOT_ALLOWED');
}); // prettier-ignore

test.each([
  { period: {} },
  { period: { year: 2026, month: '2026-01-01' } },
  { period: { from: '2026-02-01', to: '2026-01-01' } },
  { period: { from: '2010-02-01', to: '2026-01-01' } },
  { by: ['OUTCOME_CLASS'] },
  { by: ['MONTH', 'MONTH'] },
])('%j is refused', async (more: object) => {
  const { errors } = await council.ask(
    `query ($period: IndicatorPeriod!, $by: [IndicatorDimension!]!) {
    indicator(name: BENEFICIARIES_IN_ACTION, period: $period, groupBy: $by) { value } }`,
    { period: { year: 2026 }, by: [], ...more },
  );
  expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
});
