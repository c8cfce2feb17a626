import sql from 'sql-template-tag';
import type { RuleLine } from '../../src/placements/rule-version.rules.ts';
import { adoptVersion, newestVersion } from '../../src/placements/rule-version.store.ts';
import { urlsOf } from '../kit/cluster.ts';
import { placed, serviceStarted, started } from '../kit/placements.ts';
import { Scene } from '../kit/referrals.ts';
import { World } from '../kit/world.ts';

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const classes = 'classes { ruleSet version class rule label why }';
const read = async (id: string) =>
  (
    await scene.provider.get(`query ($id: ID!) { placement(id: $id) { outcome { kind ${classes} } } }`, {
      id,
    })
  ).placement.outcome;
const byRuleSet = (lines: { ruleSet: string; class: string; rule: string }[]) =>
  Object.fromEntries(lines.map((line) => [line.ruleSet, `${line.class} ${line.rule}`])); // prettier-ignore

let placement: string;
/** The same end told anew: what each rule set makes of it. */
async function classesOf(outcome: object) {
  await placed(scene.provider, 'correctPlacement', { placement, reason: 'AFTER_CHECK', outcome });
  return byRuleSet((await read(placement)).classes);
}

const cdd = (from: string, to: string | null, weeklyHours: number | null = 35) => ({ kind: 'JOB', contract: 'FIXED_TERM', from, to, weeklyHours }); // prettier-ignore

describe('a placement of more than three months that ended on the 20th of November', () => {
  beforeAll(async () => {
    placement = (await started(scene, { startedOn: '2026-11-02' })).id;
    // a start may be told a month late at most: this one is moved in its table
    await world.db.write(world.hub, (tx) => tx.change(sql`update placement set started_on = '2026-01-05' where id = ${placement}`, 1)); // prettier-ignore
    await placed(scene.provider, 'endPlacement', { placement, endedOn: '2026-11-20', outcome: { kind: 'NOT_YET_KNOWN' } });
  }); // prettier-ignore

  test('nothing is known yet: each rule set waits, and says for what', async () => {
    const { classes: lines } = await read(placement);
    expect(byRuleSet(lines)).toEqual({ PDI_2007: 'PENDING NOT_KNOWN_YET', IAE_2013: 'PENDING NOT_KNOWN_YET', PLIE: 'PENDING NOT_KNOWN_YET' });
    expect(lines[1]).toMatchObject({ version: 1, label: 'Pending', why: 'what came after is not known yet' });
    const french = await scene.receiver.member({ roles: ['PROVIDER'], language: 'fr' });
    const told = await french.get(`query ($id: ID!) { placement(id: $id) { outcome { ${classes} } } }`, { id: placement });
    expect(told.placement.outcome.classes[1]).toMatchObject({ label: 'En attente', why: 'la suite n’est pas encore connue' });
  }); // prettier-ignore

  test.each([
    [{ kind: 'JOB', contract: 'PERMANENT', weeklyHours: 35, from: '2026-11-23' }, 'DURABLE_JOB PERMANENT', 'DURABLE_JOB PERMANENT', 'PENDING SIX_MONTHS_NOT_REACHED'],
    [{ kind: 'JOB', contract: 'PERMANENT', weeklyHours: 17, from: '2026-11-23' }, 'DURABLE_JOB PERMANENT', 'DURABLE_JOB PERMANENT', 'OTHER_EXIT UNDER_HALF_TIME'],
    [cdd('2026-12-01', '2027-05-30'), 'TRANSITIONAL_JOB UNDER_SIX_MONTHS', 'TRANSITIONAL_JOB SIX_MONTHS_OR_LESS', 'OTHER_EXIT UNDER_SIX_MONTHS'],
    // exactly six months: enough for the programme, not for the convention, which wants more
    [cdd('2026-12-01', '2027-05-31'), 'DURABLE_JOB SIX_MONTHS', 'TRANSITIONAL_JOB SIX_MONTHS_OR_LESS', 'PENDING SIX_MONTHS_NOT_REACHED'],
    [cdd('2026-12-01', '2027-06-01'), 'DURABLE_JOB SIX_MONTHS', 'DURABLE_JOB OVER_SIX_MONTHS', 'PENDING SIX_MONTHS_NOT_REACHED'],
    [cdd('2026-12-01', null), 'PENDING LENGTH_NOT_TOLD', 'PENDING LENGTH_NOT_TOLD', 'PENDING SIX_MONTHS_NOT_REACHED'],
    [{ kind: 'SUBSIDISED_JOB', contract: 'FIXED_TERM', from: '2026-12-01', to: '2027-11-30' }, 'TRANSITIONAL_JOB UNDER_SIX_MONTHS', 'TRANSITIONAL_JOB SIX_MONTHS_OR_LESS', 'PENDING SIX_MONTHS_NOT_REACHED'],
    [{ kind: 'CIVIL_SERVICE' }, 'DURABLE_JOB ESTABLISHED', 'DURABLE_JOB ESTABLISHED', 'PENDING SIX_MONTHS_NOT_REACHED'],
    [{ kind: 'BUSINESS_CREATION' }, 'DURABLE_JOB ESTABLISHED', 'DURABLE_JOB ESTABLISHED', 'POSITIVE_EXIT BUSINESS_CREATION'],
    [{ kind: 'TRAINING', certification: 'RNCP' }, 'QUALIFYING_TRAINING QUALIFYING', 'POSITIVE_EXIT TRAINING', 'PENDING NOT_VALIDATED_YET'],
    [{ kind: 'TRAINING', certification: 'PRE_QUALIFYING' }, 'CONTINUES PRE_QUALIFYING', 'POSITIVE_EXIT TRAINING', 'CONTINUES PRE_QUALIFYING'],
    [{ kind: 'TRAINING', certification: 'NONE' }, 'OTHER_EXIT OTHER', 'OTHER_EXIT OTHER', 'OTHER_EXIT OTHER'],
    [{ kind: 'OTHER_SIAE', contract: 'FIXED_TERM_I' }, 'CONTINUES PATH_GOES_ON', 'POSITIVE_EXIT OTHER_SIAE', 'CONTINUES PATH_GOES_ON'],
    [{ kind: 'UNEMPLOYED' }, 'OTHER_EXIT OTHER', 'OTHER_EXIT OTHER', 'OTHER_EXIT OTHER'],
    [{ kind: 'UNKNOWN' }, 'OTHER_EXIT NEVER_TOLD', 'OTHER_EXIT NEVER_TOLD', 'OTHER_EXIT NEVER_TOLD'],
  ])('%j', async (outcome, pdi, iae, plie) => {
    expect(await classesOf(outcome)).toEqual({ PDI_2007: pdi, IAE_2013: iae, PLIE: plie });
  }); // prettier-ignore

  test('what was known before keeps its own classes', async () => {
    const history = `query ($id: ID!) { placement(id: $id) { outcomeHistory { ${classes} } } }`;
    const { outcomeHistory } = (await scene.provider.get(history, { id: placement })).placement;
    expect(byRuleSet(outcomeHistory[0].classes)['PDI_2007']).toBe('PENDING NOT_KNOWN_YET');
    expect(byRuleSet(outcomeHistory[1].classes)['PDI_2007']).toBe('DURABLE_JOB PERMANENT');
  });

  test('the PLIE counts a job once six months have passed in it, unless a follow-up found otherwise', async () => {
    await classesOf({ kind: 'JOB', contract: 'PERMANENT', weeklyHours: 35, from: '2026-11-23' });
    world.clock.set('2027-05-22T10:00:00.000Z');
    expect(byRuleSet((await read(placement)).classes)['PLIE']).toBe('PENDING SIX_MONTHS_NOT_REACHED');
    world.clock.set('2027-05-23T10:00:00.000Z');
    expect(byRuleSet((await read(placement)).classes)['PLIE']).toBe('POSITIVE_EXIT SIX_MONTHS');
    await placed(scene.provider, 'recordFollowUp', {
      placement,
      months: 3,
      situation: 'UNEMPLOYED',
      on: '2027-02-22',
    });
    expect(byRuleSet((await read(placement)).classes)['PLIE']).toBe('OTHER_EXIT LEFT_BEFORE_SIX_MONTHS');
    world.clock.set('2026-11-23T08:00:00.000Z');
  });
});

test('an exit after a stay too short for its structure is withdrawn by the convention alone', async () => {
  const short = (await serviceStarted(scene)).id;
  const siae = async (kind: string | null) => {
    await world.db.write(world.hub, (tx) => tx.change(sql`update offer set siae_kind = ${kind} where id = (select offer_id from placement where id = ${short})`, 1));
    return byRuleSet((await read(short)).classes);
  };
  const stay = (from: string) => world.db.write(world.hub, (tx) => tx.change(sql`update placement set started_on = ${from} where id = ${short}`, 1));
  await placed(scene.provider, 'endPlacement', { placement: short, endedOn: '2026-11-20', outcome: { kind: 'UNEMPLOYED' } });
  expect(await siae('EI')).toMatchObject({ IAE_2013: 'WITHDRAWN STAY_UNDER_3_MONTHS', PDI_2007: 'OTHER_EXIT OTHER' });
  expect(await siae('EITI')).toMatchObject({ IAE_2013: 'OTHER_EXIT OTHER' });
  // exactly three months are not more than three
  await stay('2026-08-21');
  expect(await siae('ACI')).toMatchObject({ IAE_2013: 'WITHDRAWN STAY_UNDER_3_MONTHS' });
  await stay('2026-08-20');
  expect(await siae('ACI')).toMatchObject({ IAE_2013: 'OTHER_EXIT OTHER' });
  // an AI counts hours; where none were recorded, nobody can say
  expect(await siae('AI')).toMatchObject({ IAE_2013: 'OTHER_EXIT OTHER' });
  await placed(scene.provider, 'recordHours', { placement: short, month: '2026-11-01', worked: 149.5 });
  expect(await siae('AI')).toMatchObject({ IAE_2013: 'WITHDRAWN STAY_UNDER_150_HOURS' });
  await placed(scene.provider, 'recordHours', { placement: short, month: '2026-11-01', worked: 150 });
  expect(await siae('AI')).toMatchObject({ IAE_2013: 'OTHER_EXIT OTHER' });
}); // prettier-ignore

test('anybody reads the rules, those in force on a day', async () => {
  const on = async (day: string) =>
    (await scene.coordinator.get(`query ($on: Date) { outcomeRuleSets(on: $on) { name version from until source rules { code class label why kinds lastsMonths bound } } }`, { on: day })).outcomeRuleSets;
  expect((await on('2026-11-23')).map((each: { name: string }) => each.name)).toEqual(['IAE_2013', 'PDI_2007', 'PLIE']);
  const [, pdi] = await on('2026-11-23');
  expect(pdi.rules.find((each: { code: string }) => each.code === 'SIX_MONTHS')).toMatchObject({ class: 'DURABLE_JOB', lastsMonths: 6, bound: 'AT_LEAST' });
  expect((await on('2010-01-01')).map((each: { name: string }) => each.name)).toEqual(['PDI_2007', 'PLIE']);
}); // prettier-ignore

const wrongs = (rules: readonly Partial<RuleLine>[]): [object, string][] => [
  [{ ruleSet: 'RULES_2030' }, 'ruleSet: one of PDI_2007'],
  [{ from: '2026-11-23' }, 'from: after today (2026-11-23)'],
  [{ from: 'tomorrow' }, 'from: its first day'],
  [{ source: ' ' }, 'source: the text it follows'],
  [{ rules: [] }, 'rules: its lines'],
  [{ rules: rules.slice(0, -1) }, 'rules: the last line asks nothing'],
  [{ rules: [rules.at(-1), { ...rules.at(-1), code: 'REST' }] }, 'rules: what stands behind'],
  [{ rules: [{ ...rules[0], kinds: ['HOLIDAY'] }, ...rules.slice(1)] }, 'rules.0.kinds: of '],
  [{ rules: [{ ...rules[0], hoursUnder: 3 }, ...rules.slice(1)] }, 'rules.0.hoursUnder: no such thing'],
  [{ rules: [{ ...rules[0], class: 'GOOD' }, ...rules.slice(1)] }, 'rules.0.class: one of'],
  [{ rules: [{ ...rules[0], bound: 'AT_LEAST' }, ...rules.slice(1)] }, 'rules.0.bound: one of'],
  [{ rules: [{ ...rules[0], stayHours: -1 }, ...rules.slice(1)] }, 'rules.0.stayHours: a number above 0'],
];

test('a version is adopted from a day to come, ends where the next begins, and each outcome is classed by that of its own day', async () => {
  const { owner } = urlsOf(world.server.database);
  const before = (await newestVersion(owner, 'PDI_2007'))!;
  const rules = before.rules.map((line) => (line.code === 'SIX_MONTHS' ? { ...line, lastsMonths: 9 } : line));
  const next = { ...before, from: '2026-12-01', source: 'Nine months from now on', rules };
  const adopt = (more: object, dryRun = false) => adoptVersion(owner, { ...next, ...more }, { today: '2026-11-23', dryRun });
  for (const [wrong, fault] of wrongs(rules)) expect((await adopt(wrong)).faults).toEqual([expect.stringContaining(fault)]);
  expect(await adopt({}, true)).toEqual({ faults: [], version: 2 });
  expect((await newestVersion(owner, 'PDI_2007'))!.from).toBe('2007-01-01');
  // two operators at once: the second comes after the first, and no day has two versions
  const both = await Promise.all([adopt({}), adopt({})]);
  expect(both.map(({ faults }) => faults.length).sort()).toEqual([0, 1]);
  expect(await newestVersion(owner, 'PDI_2007')).toEqual(next);
  expect(await classesOf(cdd('2026-11-30', '2027-05-31'))).toMatchObject({ PDI_2007: 'DURABLE_JOB SIX_MONTHS' });
  expect(await classesOf(cdd('2026-12-01', '2027-08-30'))).toMatchObject({ PDI_2007: 'TRANSITIONAL_JOB UNDER_SIX_MONTHS' });
  expect(await classesOf(cdd('2026-12-01', '2027-08-31'))).toMatchObject({ PDI_2007: 'DURABLE_JOB SIX_MONTHS' });
  const versions = (await read(placement)).classes.map((each: { version: number }) => each.version);
  expect(versions).toEqual([1, 2, 1]);
}); // prettier-ignore
