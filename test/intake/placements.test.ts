import sql from 'sql-template-tag';
import { hoursSheet } from '../../src/intake/hours.sheet.ts';
import { peopleSheet } from '../../src/intake/people.sheet.ts';
import { placementsSheet } from '../../src/intake/placements.sheet.ts';
import { undoIntake } from '../../src/intake/undo.ts';
import { importingAs, shortly, viewerOf } from '../kit/intake.ts';
import { done, Scene } from '../kit/referrals.ts';
import { started } from '../kit/placements.ts';
import { type Asking, World } from '../kit/world.ts';

/** A provider's starts and hours, from its spreadsheet. */

let world: World;
let scene: Scene;
/** Registers people, publishes and records: the small association of a village does all three. */
let manager: Asking;
beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world, { kind: 'INSERTION_WORKSITE', exclusive: true });
  manager = await scene.receiver.member();
});
afterAll(() => world.close());

const people = (content: string) =>
  importingAs(world, manager, { kind: peopleSheet, content, defaults: { legalBasis: 'CONSENT' } });
const placements = (content: string, options: object = {}, as: Pick<Asking, 'memberId'> = manager) =>
  importingAs(world, as, { kind: placementsSheet, content, ...options });
const hours = (content: string, options: object = {}, as: Pick<Asking, 'memberId'> = manager) =>
  importingAs(world, as, { kind: hoursSheet, content, ...options });
const undo = async (batch: string | null) =>
  undoIntake(world.db, (await viewerOf(world, manager.memberId))!, batch!);
const direct =
  'numero;personne;poste;debut;contrat;fin_de_contrat;heures_par_semaine;origine;accord_le;accord_comment;fin;motif_de_fin;suite;suite_contrat\n';
const read = async (reference: string) =>
  (
    await manager.get(
      `query ($r: String) { referral(externalReference: $r) { state origin placement { id state startedOn endedOn
        contracts { kind from to weeklyHours } hours { month worked } outcome { kind contract } } } }`,
      { r: reference },
    )
  ).referral;

test('who came by themselves: recorded under the provider’s own number, once', async () => {
  const vacancy = await scene.vacancy(2);
  await people('numero;nom;prenom\nSA-1;Le Gall;Rozenn\nSA-2;Abgrall;Tanguy\n');
  const file =
    direct +
    `C-1;SA-1;${vacancy};02/11/2026;FIXED_TERM_I;22/05/2027;26,5;spontaneous;02/11/2026;in_person;;;;\n` +
    `C-2;SA-2;${vacancy};02/11/2026;FIXED_TERM_I;22/05/2027;26;SPONTANEOUS;;;;;;\n` +
    `C-3;SA-9;${vacancy};02/11/2026;FIXED_TERM_I;22/05/2027;26;SPONTANEOUS;02/11/2026;PHONE;;;;\n`;
  const rehearsed = await placements(file, { dryRun: true });
  expect(await read('C-1')).toBeNull();
  const { verdicts } = await placements(file);
  expect(verdicts).toEqual(rehearsed.verdicts);
  expect(shortly(verdicts)).toEqual([
    '2 CREATED',
    '3 REFUSED INVALID_INPUT.REQUIRED (accord_le)',
    '4 REFUSED NOT_FOUND (personne)',
  ]);
  expect(await read('C-1')).toMatchObject({
    ...{ state: 'PLACED', origin: 'SPONTANEOUS' },
    placement: { startedOn: '2026-11-02', contracts: [{ kind: 'FIXED_TERM_I', from: '2026-11-02', to: '2027-05-22', weeklyHours: 26.5 }] }, // prettier-ignore
  });
  expect(shortly((await placements(file)).verdicts)[0]).toBe('2 UNCHANGED');
});

test('whom a partner referred: by the referral, or by the person and the place; by hand before or not', async () => {
  const vacancy = await scene.vacancy(3);
  const [one, two] = [await scene.accepted({ vacancy }), await scene.accepted({ vacancy })];
  const byHand = await started(scene, { vacancy, startedOn: '2026-11-02' });
  const [{ person }] = await world.rows(sql`select person_id as person from referral where id = ${two.id}`);
  const [{ known }] = await world.rows(sql`select person_id as known from placement where id = ${byHand.id}`);
  const file =
    'reference,referral,person,vacancy,started_on,contract_kind,contract_to,weekly_hours\n' +
    `R-1,${one.id},,,2026-11-16,FIXED_TERM_I,2027-05-22,26\n` +
    `R-2,,${person},${vacancy},2026-11-16,FIXED_TERM_I,2027-05-22,26\n` +
    `R-3,,${known},${vacancy},2026-11-02,FIXED_TERM_I,2027-05-22,26\n` +
    `R-4,${two.id},,,2026-11-17,,,\n` +
    `R-5,${byHand.referral.id},,,2026-11-02,FIXED_TERM_I,2027-05-21,26\n`;
  expect(shortly((await placements(file)).verdicts)).toEqual([
    '2 CREATED',
    '3 CREATED',
    '4 UNCHANGED',
    '5 REFUSED INVALID_INPUT.RECORDED_OTHERWISE (debut)',
    '6 REFUSED INVALID_INPUT.RECORDED_OTHERWISE (contrat)',
  ]);
});

test('an end and what came next, with the start or later; a member without the right records nothing', async () => {
  const vacancy = await scene.vacancy(2);
  await people('numero;nom;prenom\nEN-1;Nom;Un\n');
  const row = (end: string) => `${direct}E-1;EN-1;${vacancy};01/09/2026;FIXED_TERM_I;28/02/2027;26;ALREADY_THERE;01/09/2026;WRITTEN;${end}\n`; // prettier-ignore
  const reader = await scene.receiver.member({ roles: ['READER'] });
  expect(shortly((await placements(row(';;;'), {}, reader)).verdicts)[0]).toMatch(/^2 REFUSED/);
  const start = await placements(row(';;;'));
  expect(shortly(start.verdicts)).toEqual(['2 CREATED']);
  const ending = await placements(row('20/11/2026;hired_elsewhere;job;permanent'));
  expect(shortly(ending.verdicts)).toEqual(['2 CHANGED']);
  expect(shortly((await placements(row('20/11/2026;hired_elsewhere;job;permanent'))).verdicts)).toEqual(['2 UNCHANGED']); // prettier-ignore
  expect(shortly((await placements(row('19/11/2026;hired_elsewhere;job;permanent'))).verdicts)).toEqual(['2 REFUSED INVALID_INPUT.RECORDED_OTHERWISE (fin)']); // prettier-ignore
  expect((await read('E-1')).placement).toMatchObject({ endedOn: '2026-11-20', outcome: { kind: 'JOB', contract: 'PERMANENT' } }); // prettier-ignore
  const { kept } = await undo(start.batch);
  expect(kept.map(({ reason }) => reason)).toEqual(['its end was recorded, and stays']);
});

describe('hours', () => {
  test('month by month, corrected by the next file, the same ones unchanged', async () => {
    const { id } = await started(scene, { startedOn: '2026-09-07' });
    const first = await hours(`parcours;mois;heures\n${id};09/2026;98,5\n${id};2026-10;104\n${id};2026-12;1\n${id};2026-09;1000\nnobody;2026-09;1\n`); // prettier-ignore
    expect(shortly(first.verdicts)).toEqual([
      '2 CREATED',
      '3 CREATED',
      '4 REFUSED INVALID_INPUT.FUTURE (mois)',
      '5 REFUSED INVALID_INPUT.RANGE (heures)',
      '6 REFUSED NOT_FOUND (parcours)',
    ]);
    const second = await hours(`parcours;mois;heures\n${id};09/2026;98,5\n${id};2026-10;100\n`);
    expect(shortly(second.verdicts)).toEqual(['2 UNCHANGED', '3 CHANGED']);
    expect(shortly((await hours(`parcours;mois;heures\n${id};09/2026;1\n`, {}, scene.coordinator)).verdicts)).toEqual(['2 REFUSED NOT_ALLOWED']); // prettier-ignore

    const known = async () => {
      const { placement } = await manager.get(`query ($id: ID!) { placement(id: $id) { hours { month worked } } }`, { id }); // prettier-ignore
      return placement.hours.map(({ month, worked }: any) => [month, worked]);
    };
    world.clock.advanceDays(1);
    expect(await undo(second.batch)).toEqual({ removed: 0, restored: 1, kept: [] });
    expect(await known()).toEqual([['2026-09-01', 98.5], ['2026-10-01', 104]]); // prettier-ignore
    // given back, it is known since another moment: the file that told it first no longer stands there
    expect(await undo(first.batch)).toEqual({ removed: 1, restored: 0, kept: [{ subject: id, reason: 'changed since' }] }); // prettier-ignore
    expect(await known()).toEqual([['2026-10-01', 104]]);
  });
});

test('starts are undone as the mistakes they were: the place is free again, and so is the number', async () => {
  const vacancy = await scene.vacancy(2);
  await people('numero;nom;prenom\nUN-1;Nom;Un\n');
  const referral = await scene.accepted({ vacancy });
  const file =
    `numero;orientation;personne;poste;debut;contrat;fin_de_contrat;origine;accord_le;accord_comment\n` +
    `U-1;;UN-1;${vacancy};16/11/2026;FIXED_TERM_I;22/05/2027;SPONTANEOUS;16/11/2026;PHONE\n` +
    `U-2;${referral.id};;;16/11/2026;FIXED_TERM_I;22/05/2027;;;\n`;
  const first = await placements(file);
  const told = await hours('parcours;mois;heures\nU-1;2026-11;21\n');
  expect(await undo(first.batch)).toMatchObject({
    removed: 1,
    kept: [{ reason: 'something hangs on it already' }],
  });
  expect(await undo(told.batch)).toMatchObject({ removed: 1, kept: [] });
  expect(await undo(first.batch)).toMatchObject({ removed: 1, kept: [] });
  const [{ taken, held }] = await world.rows(sql`select taken, held from vacancy where id = ${vacancy}`);
  expect([taken, held]).toEqual([0, 1]);
  expect(await read('U-1')).toBeNull();
  const [{ state }] = await world.rows(sql`select state from import_batch where id = ${first.batch}`);
  expect(state).toBe('UNDONE');
  expect(shortly((await placements(file)).verdicts)).toEqual(['2 CREATED', '3 CREATED']);
  done(
    await scene.move(scene.coordinator, 'addReferralNote', referral.id, {
      category: 'PRACTICAL',
      text: 'Vestiaire',
    }),
  );
});
