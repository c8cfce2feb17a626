import sql from 'sql-template-tag';
import { eraseAgain } from '../../src/casefiles/replay.actions.ts';
import { sweepRetention } from '../../src/casefiles/retention.sweep.ts';
import { foundIn } from '../kit/casefiles.ts';
import type { Client } from '../kit/client.ts';
import { counts, proposedLink, run, somebody, sweep } from '../kit/doubles.ts';
import { registerPerson } from '../kit/people.ts';
import { started } from '../kit/placements.ts';
import { refusal, Scene } from '../kit/referrals.ts';
import { openTo } from '../kit/sharing.ts';
import { councilOf, World } from '../kit/world.ts';

/** Somebody with two records is one person: their rights are about both. */
let world: World;
let scene: Scene;
let council: Client;
beforeAll(async () => {
  world = await World.open();
  council = await (await councilOf(world)).member();
  scene = await Scene.open(world);
});
afterAll(() => world.close());

async function erase(person: string) {
  const [{ reference }] = await world.rows<any>(sql`select reference from person where id = ${person}`);
  const input = { person, reason: 'PERSON_REQUEST', confirm: reference };
  return council.run('erasePerson', 'PersonErasure', input, 'erasure { id }');
}

async function joined(identity = somebody()) {
  const doubles = await proposedLink(scene, undefined, identity);
  await run(scene.coordinator, 'confirmPersonLink', { link: doubles.link });
  return { ...doubles, identity };
}

test('joined records leave together, in the figures as one person', async () => {
  const { older, newer, identity } = await joined();
  const before = await counts(world, older, newer);
  const { caseFile } = await council.run('exportPerson', 'PersonExport', { person: newer, requestedOn: '2026-11-23' }, 'caseFile { json }');
  expect(JSON.parse(caseFile.json).identity).toHaveLength(2);
  expect(refusal(await erase(newer))).toBeNull();
  expect(await foundIn(world.server.database, [identity.lastName])).toEqual([]);
  expect(await world.rows(sql`select person_id from erasure where person_id in (${older}, ${newer})`)).toHaveLength(2);
  expect(await counts(world, older, newer)).toEqual(before);
}); // prettier-ignore

test('a placement of either record keeps both', async () => {
  const { older, newer } = await joined();
  await started(scene, { person: older });
  expect(refusal(await erase(newer))).toBe('WRONG_STATE');
});

test('a record that only looked alike stays; the question is dropped, and so is what it opened', async () => {
  const { older, newer, link } = await proposedLink(scene);
  expect(refusal(await erase(older))).toBeNull();
  await sweep(world);
  const rows = await world.rows(sql`select state from person_link where id = ${link}`);
  expect(rows).toEqual([{ state: 'REFUSED' }]);
  const running = sql`select 1 from person_access where source_id = ${link} and valid_until is null`;
  expect(await world.rows(running)).toEqual([]);
  expect(await counts(world, newer)).toEqual([[newer, newer]]);
  const { person } = await council.get(`query ($id: ID!) { person(id: $id) { identity { lastName } } }`, {
    id: newer,
  });
  expect(person.identity.lastName).toMatch(/^Kerdoncuff/);
});

/** A database brought back may know records as joined that were parted before one of them was erased. */
describe('erased alone of two that were joined', () => {
  const alone = (person: string) =>
    eraseAgain(world.db, [{ person, at: world.clock.now(), reason: 'PERSON_REQUEST' }]);
  const seen = (person: string) =>
    world.rows(sql`select organisation_id from person_access
      where person_id = ${person} and reason = 'SAME_PERSON' and valid_until is null`);

  test('the record that gave its referent the sight of the other takes it away', async () => {
    const { older, newer } = await joined();
    expect(await openTo(scene.coordinator, newer)).toMatchObject({ IDENTITY: 'SAME_PERSON' });
    await alone(older);
    expect(await seen(newer)).toEqual([]);
    expect(await openTo(scene.coordinator, newer)).toBeNull();
  });

  test('the other is not opened again, and hinders no new referent of the one that is left', async () => {
    const { older, newer } = await joined();
    await alone(newer);
    expect(await seen(newer)).toEqual([]);
    const { memberId: member } = await scene.sender.member({ roles: ['COORDINATOR'] });
    const input = { person: older, member, legalBasis: 'PUBLIC_INTEREST' };
    const named = await scene.coordinator.run('assignReferent', 'ReferentAssignment', input, 'person { id }');
    expect(refusal(named)).toBeNull();
    expect(await seen(newer)).toEqual([]);
  });
});

test('who may no longer see the person is told so live, once, then nothing', async () => {
  const { id } = await registerPerson(scene.coordinator);
  const live = await world.listening(scene.provider, `subscription ($p: ID) { referralUpdated(person: $p) {
    event { type } referral { state person { id } } accessEnded { person } } }`, { p: id });
  const { id: referral } = await scene.acknowledged({ person: id });
  await live.until(2);
  const note = { category: 'OTHER', text: 'Libre le matin' };
  await Promise.all([erase(id), scene.move(scene.coordinator, 'addReferralNote', referral, note)]);
  const ends = () => live.received.map((each) => each.referralUpdated.accessEnded).filter((each) => each);
  while (ends().length === 0) await live.until(live.received.length + 1);
  expect(refusal(await scene.move(scene.coordinator, 'addReferralNote', referral, note))).toBe('WRONG_STATE');
  expect(ends()).toEqual([{ person: id }]);
  const shown = live.received.map((each) => each.referralUpdated.referral).filter((each) => each);
  expect(shown.at(-1)).toEqual({ state: 'WITHDRAWN', person: null });
}); // prettier-ignore

test('the clock of retention is the person’s, not the record’s', async () => {
  const { older, newer } = await joined();
  world.clock.advanceDays(720);
  await scene.coordinator.run('recordNeed', 'NewNeed', { person: older, theme: 'MOBILITE' }, '__typename');
  world.clock.advanceDays(60);
  await sweepRetention(world.db);
  const notices = await world.rows(
    sql`select 1 from retention_notice where person_id in (${older}, ${newer})`,
  );
  expect(notices).toEqual([]);
});

test('a notice says when its own record was last touched, never when another organisation saw the person last', async () => {
  const registrar = await (await world.organisation({ kind: 'PLIE' })).member({ roles: ['COORDINATOR'] });
  const { older, newer, link } = await proposedLink(scene, registrar);
  await run(scene.coordinator, 'confirmPersonLink', { link });
  const [{ own }] = await world.rows<any>(sql`select updated_at as own from person where id = ${older}`);
  world.clock.advanceDays(100);
  await registrar.run('recordNeed', 'NewNeed', { person: newer, theme: 'MOBILITE' }, '__typename');
  world.clock.advanceDays(740);
  await sweepRetention(world.db);
  const { retentionNotices } = await scene.coordinator.get('{ retentionNotices { nodes { lastContactAt person { id } } } }');
  expect(retentionNotices.nodes).toContainEqual({ person: { id: older }, lastContactAt: own });
}); // prettier-ignore

describe('who hands the file over', () => {
  const file = (as: Client, person: string) =>
    as.run('exportPerson', 'PersonExport', { person, requestedOn: '2026-11-23' }, 'caseFile { json page }');
  const lines = (person: string) =>
    world.rows(sql`select 1 from access_log where person_id = ${person} and operation = 'exportPerson'`);

  test('is nobody to whom the law closes part of it: an employer is not given what it may not read', async () => {
    const employer = await (await world.organisation({ kind: 'INSERTION_ENTERPRISE' })).member();
    const { id: person } = await registerPerson(employer, { referent: {}, legalBasis: 'CONSENT' });
    await council.run('recordSituation', 'NewSituation', { person, public: 'DETENTION_MJ' }, '__typename');
    expect(refusal(await file(employer, person))).toBe('NOT_ALLOWED');
    expect(JSON.parse((await file(council, person)).caseFile.json).situations).toHaveLength(1);
  });

  test('is nobody who only registered the person', async () => {
    const { id } = await registerPerson(scene.coordinator);
    expect(refusal(await file(scene.coordinator, id))).toBe('NOT_ALLOWED');
  });

  test('does not learn by it that there is another record; the council has both, and a line of each', async () => {
    const registrar = await (await world.organisation({ kind: 'PLIE' })).member({ roles: ['COORDINATOR'] });
    const { older, newer, link } = await proposedLink(scene, registrar);
    await scene.coordinator.get('query ($link: ID!) { personLink(id: $link) { person { identity { lastName } } } }', { link });
    await run(scene.coordinator, 'confirmPersonLink', { link });
    const input = { person: newer, legalBasis: 'PUBLIC_INTEREST' };
    await registrar.run('assignReferent', 'ReferentAssignment', input, 'person { id }');
    const { json, page } = (await file(registrar, newer)).caseFile;
    expect(json + page).not.toMatch(new RegExp(`LINK|SAME_PERSON|link_|lnk_|doubl|${older}|${scene.sender.name}`));
    expect([await lines(newer), await lines(older)].map(({ length }) => length)).toEqual([1, 0]);
    expect(JSON.parse((await file(council, newer)).caseFile.json)).toMatchObject({ record: [{}, {}], links: [{ id: link }] });
    expect([await lines(newer), await lines(older)].map(({ length }) => length)).toEqual([2, 1]);
  });
}); // prettier-ignore
