import sql from 'sql-template-tag';
import { newId } from '../../src/kernel/ids.ts';
import type { Client } from '../kit/client.ts';
import { meet, meetingOf, planned } from '../kit/meetings.ts';
import { registerPerson } from '../kit/people.ts';
import { cddi, placed } from '../kit/placements.ts';
import { done, Scene } from '../kit/referrals.ts';
import { World } from '../kit/world.ts';

/** docs/domain.md §7, stage by stage, party by party, category by category; written by hand, read through the API. */

let world: World;
let employer: Scene;
let association: Scene;
let council: Client;
beforeAll(async () => {
  world = await World.open();
  council = await (await world.organisation({ kind: 'COUNCIL' })).member({ people: 'ALL' });
  employer = await Scene.open(world);
  association = await Scene.open(world);
  await world.db.write(world.hub, (tx) =>
    tx.change(sql`update organisation set kind = 'ASSOCIATION' where id = ${association.receiver.id}`, 1),
  );
});
afterAll(() => world.close());

const publics = ['RSA', 'DETENTION_MJ', 'QPV', 'PI', 'CAP_BEP'];

/** Followed by who sends, with something in every category that the hub keeps. */
async function somebody(scene: Scene): Promise<string> {
  const profile = { skills: ['Jardinage'] };
  const contact = { phone: '02 40 00 11 22' };
  const { id: person } = await registerPerson(scene.coordinator, { referent: {}, profile, contact });
  await world.db.write(world.hub, async (tx) => {
    await tx.change(sql`insert into need (id, person_id, theme, opened_on, recorded_by, created_at, updated_at)
      values (${newId('Need')}, ${person}, 'MOBILITE', '2026-11-20', ${scene.sender.id}, ${tx.now}, ${tx.now})`);
    const [ids, codes] = [publics.map(() => newId('Situation')), publics];
    await tx.change(sql`insert into person_situation
        (id, person_id, public, stated_on, stated_by, created_at, updated_at)
      select id, ${person}, code, '2026-11-20', ${scene.sender.id}, ${tx.now}, ${tx.now}
      from unnest(${ids}::text[], ${codes}::text[]) given (id, code)`);
  });
  return person;
}

type Stage = (scene: Scene, person: string, over?: object) => Promise<unknown>;
const moved = (mutation: 'declineReferral' | 'acknowledgeReferral' | 'acceptReferral' | 'waitlistReferral', more: object = {}): Stage =>
  async (scene, person, over) => {
    const { id } = await scene.sent({ person, ...over });
    return done(await scene.move(scene.provider, mutation, id, more));
  }; // prettier-ignore
const sent: Stage = (scene, person, over) => scene.sent({ person, ...over });
const acknowledged = moved('acknowledgeReferral');
const careful =
  (stage: Stage, disclose: string): Stage =>
  (scene, person) =>
    stage(scene, person, { disclose });
const startedThere: Stage = async (scene, person) => {
  const { id } = await scene.accepted({ person, vacancy: await scene.vacancy(2) });
  return placed(scene.provider, 'startPlacement', { referral: id, startedOn: '2026-11-02', contract: cddi });
};
const endedThere: Stage = async (scene, person) => {
  const { id } = (await startedThere(scene, person)) as { id: string };
  return placed(scene.provider, 'endPlacement', { placement: id, endedOn: '2026-11-20', outcome: { kind: 'UNKNOWN' } });
}; // prettier-ignore

const metThere =
  (outcome: string): Stage =>
  async (scene, person, over) => {
    const { id: referral } = await scene.sent({ person, ...over });
    const { id, attendances } = await planned(scene, [referral]);
    expect(attendances).toMatchObject([{ throughSender: true }]);
    await world.db.write(world.hub, (tx) =>
      tx.change(sql`update meeting set at = ${tx.now} where id = ${id}`, 1),
    );
    meetingOf(await meet(scene.provider, 'recordMeeting', { meeting: id, lines: [{ referral, outcome }] }));
  };

const stages: Record<string, Stage> = {
  drafted: (scene, person) => scene.sent({ person, send: false }),
  sent,
  'sent with care (AT_MEETING)': careful(sent, 'AT_MEETING'),
  'sent with care (AT_ACCEPTANCE)': careful(sent, 'AT_ACCEPTANCE'),
  waitlisted: moved('waitlistReferral'),
  acknowledged,
  'acknowledged with care (AT_MEETING)': careful(acknowledged, 'AT_MEETING'),
  'acknowledged with care (AT_ACCEPTANCE)': careful(acknowledged, 'AT_ACCEPTANCE'),
  'met with care (AT_MEETING)': careful(metThere('HELD'), 'AT_MEETING'),
  'missed with care (AT_MEETING)': careful(metThere('NO_SHOW'), 'AT_MEETING'),
  'met with care (AT_ACCEPTANCE)': careful(metThere('HELD'), 'AT_ACCEPTANCE'),
  accepted: moved('acceptReferral'),
  'accepted with care': careful(moved('acceptReferral'), 'AT_ACCEPTANCE'),
  started: startedThere,
  ended: endedThere,
  declined: moved('declineReferral', { reason: 'NO_POSITION' }),
};

/** `+` open; `ack`, `met` and `acc` open later; `-` not needed; `law` closed by the law. Nothing: the person does not exist. */
const why: Record<string, string> = {
  NOT_NEEDED: '-', CLOSED_BY_LAW: 'law', AT_ACKNOWLEDGEMENT: 'ack', AT_MEETING: 'met', AT_ACCEPTANCE: 'acc',
}; // prettier-ignore

const whole = `query ($id: ID!) { person(id: $id) { reference ageBand commune { code } identity { lastName } contact { phone }
  needs { totalCount } profile { skills } referent { since } situations { nodes { public category } }
  disclosure { category visible why } } }`;

/** What the disclosure says, once the fields themselves have been found to say the same. */
async function seen(by: Client, id: string): Promise<string> {
  const { person } = await by.get(whole, { id });
  if (!person) return '';
  const situations = person.situations.nodes.map((each: { category: string }) => each.category).sort();
  const shown: Record<string, boolean> = {
    CORE: person.reference !== null,
    IDENTITY: person.identity !== null,
    CONTACT: person.contact !== null && situations.includes('CONTACT'),
    NEEDS: person.needs !== null && situations.includes('NEEDS'),
    PROFILE: person.profile !== null && situations.includes('PROFILE'),
    PATHWAY: person.referent !== null,
    ENTITLEMENTS: situations.includes('ENTITLEMENTS'),
    JUSTICE: situations.includes('JUSTICE'),
  };
  const told = Object.fromEntries(person.disclosure.map((each: any) => [each.category, each.visible]));
  expect(told).toEqual(shown);
  return person.disclosure.map((each: any) => (each.visible ? '+' : why[each.why])).join(' ');
}

//  CORE IDENTITY CONTACT NEEDS PROFILE PATHWAY ENTITLEMENTS JUSTICE
test.each([
  // stage                                    an employer                  an association that does not employ
  ['drafted',                                 '',                          ''],
  ['sent',                                    '+ ack ack - - - law law',   '+ ack ack - - - - -'],
  ['sent with care (AT_MEETING)',             '+ met met - - - law law',   '+ met met - - - - -'],
  ['sent with care (AT_ACCEPTANCE)',          '+ acc acc - - - law law',   '+ acc acc - - - - -'],
  ['waitlisted',                              '+ acc acc - - - law law',   '+ acc acc - - - - -'],
  ['acknowledged',                            '+ + + - - - law law',       '+ + + - - - - -'],
  ['acknowledged with care (AT_MEETING)',     '+ met met - - - law law',   '+ met met - - - - -'],
  ['met with care (AT_MEETING)',              '+ + + - - - law law',       '+ + + - - - - -'],
  ['missed with care (AT_MEETING)',           '+ met met - - - law law',   '+ met met - - - - -'],
  ['met with care (AT_ACCEPTANCE)',           '+ acc acc - - - law law',   '+ acc acc - - - - -'],
  ['acknowledged with care (AT_ACCEPTANCE)',  '+ acc acc - - - law law',   '+ acc acc - - - - -'],
  ['accepted',                                '+ + + - - - law law',       '+ + + - - - - -'],
  ['accepted with care',                      '+ + + - - - law law',       '+ + + - - - - -'],
  ['started',                                 '+ + + - - - law law',       '+ + + - - - - -'],
  ['ended',                                   '+ + + - - - law law',       '+ + + - - - - -'],
  ['declined',                                '',                          ''],
])('%s: an employer reads %j, an association %j', async (stage, byEmployer, byAssociation) => {
  for (const [scene, expected] of [[employer, byEmployer], [association, byAssociation]] as const) {
    const person = await somebody(scene);
    await stages[stage]!(scene, person);
    expect(await seen(scene.provider, person)).toBe(expected);
  }
}); // prettier-ignore

test('who follows the person as referent, and the council, read all of it', async () => {
  const person = await somebody(employer);
  for (const client of [employer.coordinator, council])
    expect(await seen(client, person)).toBe('+ + + + + + + +');
});

test('who registered a person without following them as referent reads neither income nor justice', async () => {
  const { id } = await registerPerson(employer.coordinator);
  expect(
    (await employer.coordinator.get(`query ($id: ID!) { person(id: $id) { disclosure { category visible why } } }`, { id }))
      .person.disclosure.slice(-2),
  ).toEqual([
    { category: 'ENTITLEMENTS', visible: false, why: 'NOT_NEEDED' },
    { category: 'JUSTICE', visible: false, why: 'NOT_NEEDED' },
  ]);
}); // prettier-ignore

test('a tool that acts for nobody opens no name: it may neither acknowledge nor accept', async () => {
  const person = await somebody(employer);
  const { id } = await employer.sent({ person });
  const tool = await employer.receiver.tool(['people:read', 'referrals:read', 'referrals:write']);
  for (const mutation of ['acknowledgeReferral', 'acceptReferral'] as const)
    expect((await employer.move(tool, mutation, id)).userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
  expect(await seen(employer.provider, person)).toBe('+ ack ack - - - law law');
});
