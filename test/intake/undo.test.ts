import sql from 'sql-template-tag';
import { peopleSheet } from '../../src/intake/people.sheet.ts';
import { ofFollowing, ofRegistration } from '../../src/intake/person.undo.ts';
import { undoIntake } from '../../src/intake/undo.ts';
import { importingAs, shortly, viewerOf } from '../kit/intake.ts';
import { coordinator, followers } from '../kit/people.ts';
import { type Asking, World, type Partner } from '../kit/world.ts';

/** Undoing a file of people keeps no word of anybody: what was there before stands with the person, or nowhere. */

let world: World;
let plie: Partner;
let association: Partner;
let asking: Asking;
beforeAll(async () => {
  world = await World.open();
  ({ plie, association } = await followers(world));
  asking = await coordinator(plie);
});
afterAll(() => world.close());

const importing = (content: string) =>
  importingAs(world, asking, { kind: peopleSheet, content, defaults: { legalBasis: 'PUBLIC_INTEREST' } });
const undo = async (batch: string | null, as: Asking = asking) =>
  undoIntake(world.db, (await viewerOf(world, as.memberId))!, batch!);
const found = async (reference: string) =>
  (
    await asking.get(
      `query ($r: String) { person(externalReference: $r) { id soughtKind identity { lastName birthDate }
        contact { phone commune { code } } numbers { franceTravail } needs { nodes { theme closeReason } } } }`,
      { r: reference },
    )
  ).person;
const heading =
  'numero;nom;prenom;date_de_naissance;telephone;commune_insee;besoins;identifiant_france_travail\n';

test('whom the file registered is anonymous again, and the number is free', async () => {
  const file = `${heading}UN-1;Salaün;Riwan;1990-05-17;0612345678;44109;MOBILITE;1234567A\nUN-2;Tréguer;Gaëlle;;;;;\n`;
  const { batch } = await importing(file);
  const { id } = await found('UN-1');
  expect(await undo(batch)).toEqual({ removed: 2, restored: 0, kept: [] });
  expect(await found('UN-1')).toBeNull();
  const left =
    await world.rows(sql`select (select erased_at is not null from person where id = ${id}) as erased,
    (select count(*)::int from person_identity where person_id = ${id}) as names,
    (select reason from erasure where person_id = ${id}) as reason`);
  expect(left).toEqual([{ erased: true, names: 0, reason: 'MISTAKE' }]);
  const events = await world.rows(
    sql`select actor_kind, caused_by from event where subject_id = ${id} and type = 'person.erased'`,
  );
  expect(events).toEqual([{ actor_kind: 'HUB', caused_by: 'import.undone' }]);
  expect(shortly((await importing(file)).verdicts)).toEqual(['2 CREATED', '3 CREATED']);
});

test('what the file changed is given back from what is kept with the person, file by file, the last first or not', async () => {
  const row = (cells: string) => `${heading}CH-1;${cells}\n`;
  const first = await importing(row('Salaün;Riwan;1990-05-17;0612345678;44109;;1234567A'));
  world.clock.advanceDays(1);
  const second = await importing(row('Salaün-Le Bec;Riwan;1990-05-18;0698765432;44143;MOBILITE;7654321B'));
  world.clock.advanceDays(1);
  const third = await importing(row('Le Bec;Riwan;1990-05-18;0698765432;44143;MOBILITE;7654321B'));
  // an older one waits for the one that changed the same since: the need it noted is its own
  expect(await undo(second.batch)).toMatchObject({ removed: 1, kept: [{ reason: 'changed since' }] });
  expect(await undo(third.batch)).toEqual({ removed: 0, restored: 1, kept: [] });
  expect((await found('CH-1')).identity.lastName).toBe('Salaün-Le Bec');
  expect(await undo(second.batch)).toEqual({ removed: 0, restored: 1, kept: [] });
  expect(await found('CH-1')).toMatchObject({
    ...{ identity: { lastName: 'Salaün', birthDate: '1990-05-17' }, numbers: { franceTravail: '1234567A' } },
    contact: { phone: '0612345678', commune: { code: '44109' } },
    needs: { nodes: [{ theme: 'MOBILITE', closeReason: 'MISTAKE' }] },
  });
  expect(await undo(first.batch)).toMatchObject({ removed: 1, kept: [] });
  const states = await world.rows(
    sql`select distinct state from import_batch where id in (${first.batch}, ${second.batch})`,
  );
  expect(states).toEqual([{ state: 'UNDONE' }]);
});

test('what somebody changed since, built upon, or was handed over stays, and says why', async () => {
  const { batch } = await importing(
    `${heading}KE-1;Nom;Un;;;;;\nKE-2;Nom;Deux;;;;;\nKE-3;Nom;Trois;;;;;\nKE-4;Nom;Quatre;;;;;\n`,
  );
  const ids = await Promise.all(['KE-1', 'KE-2', 'KE-3'].map(async (each) => (await found(each)).id));
  await asking.run('updatePerson', 'PersonUpdate', { person: ids[0], soughtKind: 'JOB' }, '__typename');
  await asking.run('recordSituation', 'NewSituation', { person: ids[1], public: 'PM' }, '__typename');
  const elsewhere = { person: ids[2], organisation: association.id, legalBasis: 'CONSENT' };
  const { userErrors } = await asking.run('assignReferent', 'ReferentAssignment', elsewhere, '__typename');
  expect(userErrors).toEqual([]);
  const { removed, kept } = await undo(batch);
  expect(removed).toBe(1);
  expect(kept).toEqual([
    { subject: ids[2], reason: 'no longer open to this member' },
    { subject: ids[1], reason: 'something hangs on it already' },
    { subject: ids[0], reason: 'changed since' },
  ]);
});

test('whoever undoes it needs the rights of who imported it', async () => {
  const { batch } = await importing(`${heading}RI-1;Nom;Un;;;;;\n`);
  const reader = await plie.member({ roles: ['READER'] });
  expect(await undo(batch, reader)).toMatchObject({ removed: 0, kept: [{ reason: 'this member may not' }] });
  const stranger = await coordinator(await world.organisation({ kind: 'PLIE' }));
  expect(await undo(batch, stranger)).toMatchObject({
    removed: 0,
    kept: [{ reason: 'no longer open to this member' }],
  });
  expect(await undo(batch)).toMatchObject({ removed: 1, kept: [] });
});

test('the notebook holds ids, versions and instants, and is read by the hub alone', async () => {
  await importing(`${heading}NO-1;Kerdoncuff;Nolwenn;1990-05-17;0612345678;44109;;\n`);
  const lines = JSON.stringify(await world.rows(sql`select to_jsonb(line) as line from intake_change line`));
  for (const word of ['Kerdoncuff', 'Nolwenn', '1990-05-17', '0612345678', 'NO-1'])
    expect(lines).not.toContain(word);
  const viewer = (await viewerOf(world, asking.memberId))!;
  expect(
    await world.db.as(viewer).rows(sql`select 1 from intake_change union all select 1 from intake`),
  ).toEqual([]);
});

test('a table that hangs on a person goes with a registration taken back, or keeps it from being taken back', async () => {
  const rows = await world.rows(sql`select distinct conrelid::regclass::text as name from pg_constraint
    where confrelid = 'person'::regclass and contype = 'f' order by 1`);
  const judged = [...ofRegistration, ...ofFollowing, 'need'];
  expect(rows.map(({ name }) => name).filter((name) => !judged.includes(name))).toEqual([]);
});
