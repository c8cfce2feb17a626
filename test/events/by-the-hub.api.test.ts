import { sweepAgreements } from '../../src/agreements/agreement.sweep.ts';
import { sweepRetention } from '../../src/casefiles/retention.sweep.ts';
import { undoImport } from '../../src/imports/undo.ts';
import { sweepReviews } from '../../src/pathway/engagement.sweep.ts';
import { sweepPlacements } from '../../src/placements/placement.sweep.ts';
import { sweepReferrals } from '../../src/referrals/referral.sweep.ts';
import { sweepReminders } from '../../src/referrals/reminder.sweep.ts';
import { tableOf } from '../kit/agreements.ts';
import { byTheHub, examplesIn, expectShown, writeIfAsked } from '../kit/examples.ts';
import { readIn } from '../kit/flux.ts';
import { importing, service, structure } from '../kit/imports.ts';
import { planned } from '../kit/meetings.ts';
import { draftEngagement, orient, signEngagement } from '../kit/pathway.ts';
import { registerPerson } from '../kit/people.ts';
import { ended, placed, started } from '../kit/placements.ts';
import { done, Scene } from '../kit/referrals.ts';
import { endSharing, shared } from '../kit/sharing.ts';
import { councilOf, World } from '../kit/world.ts';

/** Events that no mutation is named after, once each: what files, time and somebody else's act bring about. */
let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const failed = (fault: unknown) => {
  throw fault;
};
const minute = async () => {
  await sweepReminders(world.db, failed);
  await sweepReferrals(world.db, failed);
  await sweepPlacements(world.db, failed);
};
const offerOf = ({ offer }: Scene) => ({ offer });

test('each of them is told as docs/events.md shows it', async () => {
  await files();
  await tableOf(world).signed();
  await catalogue();
  await sharing();
  await referrals();
  await placements();
  world.clock.set('2029-06-01T08:00:00.000Z');
  await sweepAgreements(world.db, failed);
  await sweepRetention(world.db, failed);

  const told = await examplesIn(world, byTheHub);
  writeIfAsked(told);
  expect(told.map(({ type }) => type).sort()).toEqual([...byTheHub].sort());
  expectShown(told);
});

async function files(): Promise<void> {
  const home = structure();
  const offered = service(home);
  await importing(world, [[home], [offered]]);
  const changed = {
    ...home,
    date_maj: '2026-11-01',
    nom: 'Les Ateliers de la Chézine',
    telephone: '0240000000',
  };
  const { batch } = await importing(world, [
    [changed],
    [{ ...offered, date_maj: '2026-11-01', nom: 'Autre' }],
  ]);
  await undoImport(world.db, batch!);
  const council = await (await councilOf(world)).member();
  await readIn(world, council, { on: '2026-09-30', households: [{}] });
  const leaving = { fund: 'MSA', number: '440', on: '2026-10-10' };
  await readIn(world, council, { on: '2026-10-31', households: [{ leaving }] });
}

async function catalogue(): Promise<void> {
  const { id } = await scene.sent();
  await scene.provider.run('suspendOffer', 'OfferSuspension', offerOf(scene), 'offer { id }');
  await scene.provider.run('publishOffer', 'OfferMove', offerOf(scene), 'offer { id }');
  const input = { ...offerOf(scene), places: 1, draft: true };
  await scene.provider.run('openVacancy', 'NewVacancy', input, 'vacancy { id }');
  const [closing] = [await scene.vacancy(1), await scene.vacancy(1)];
  done(await scene.move(scene.provider, 'bindReferral', id, { vacancy: closing }));
  await planned(scene, [id], { kind: 'COLLECTIVE', seats: 2 });
  const shut = { vacancy: closing, reason: 'SITE_CLOSED' };
  await scene.provider.run('closeVacancy', 'VacancyClosing', shut, 'vacancy { id }');
  done(await scene.move(scene.coordinator, 'withdrawReferral', id, { reason: 'OTHER' }));
}

async function sharing(): Promise<void> {
  const others = await world.organisation({ kind: 'ASSOCIATION' });
  const { id: person } = await registerPerson(scene.coordinator, { referent: {} });
  await shared(scene.coordinator, { person, organisation: scene.receiver.id });
  await endSharing(scene.coordinator, { person, organisation: scene.receiver.id, reason: 'PERSON_REQUEST' });
  await world.organisation({ kind: 'ASSOCIATION' });
  await shared(scene.coordinator, { person, organisationKind: 'ASSOCIATION' });
  await endSharing(scene.coordinator, { person, organisation: others.id, reason: 'PERSON_REQUEST' });
  const { id } = await registerPerson(scene.coordinator, { referent: {} });
  await scene.sent({ person: id });
  const manager = await (await councilOf(world)).member();
  const { id: oriented } = await registerPerson(scene.coordinator);
  const { pathway } = await orient(manager, {
    person: oriented,
    orientation: 'PROFESSIONAL',
    on: '2026-10-01',
  });
  const { engagement } = await draftEngagement(manager, { pathway: pathway.id, kind: 'ENGAGEMENT' });
  for (const by of ['PERSON', 'REFERENT'])
    await signEngagement(manager, { engagement: engagement.id, by, reviewOn: '2026-11-27' });
  await sweepReviews(world.db, failed);
  const to = await world.organisation({ kind: 'EMPLOYMENT_SERVICE' });
  for (const person of [id, oriented]) {
    const input = { person, organisation: to.id, legalBasis: 'PUBLIC_INTEREST' };
    const by = person === id ? scene.coordinator : manager;
    const { userErrors } = await by.run('assignReferent', 'ReferentAssignment', input, 'person { id }');
    expect(userErrors).toEqual([]);
  }
}

async function referrals(): Promise<void> {
  await scene.sent();
  await scene.accepted({ vacancy: await scene.vacancy(1) });
  await scene.waitlisted(await scene.vacancy(1));
  for (const day of ['2026-12-01', '2026-12-04', '2026-12-07', '2026-12-19', '2026-12-29']) {
    world.clock.set(`${day}T11:00:00.000Z`);
    await minute();
  }
  world.clock.set('2026-11-23T08:00:00.000Z');
}

async function placements(): Promise<void> {
  const { id } = await started(scene);
  const { episodes } = await placed(scene.provider, 'recordEpisode', { placement: id, kind: 'PMSMP', from: '2026-11-16' });
  await placed(scene.provider, 'endEpisode', { placement: id, episode: episodes[0].id, on: '2026-11-20' });
  const next = { ...offerOf(scene), places: 1, replacing: id };
  await scene.provider.run('openVacancy', 'NewVacancy', next, 'vacancy { id }');
  await ended(scene, { outcome: { kind: 'NOT_YET_KNOWN' } });
  for (const day of ['2026-12-21', '2027-01-20', '2027-02-19', '2027-03-06']) {
    world.clock.set(`${day}T11:00:00.000Z`);
    await minute();
  }
} // prettier-ignore
