import sql from 'sql-template-tag';
import { rightOn } from '../../src/entitlements/entitlement.store.ts';
import { hubViewer } from '../../src/kernel/viewer.ts';
import type { Client } from '../kit/client.ts';
import { sweep } from '../kit/doubles.ts';
import { entitled, type PeriodOf } from '../kit/entitlements.ts';
import { coordinator, followers, registerPerson } from '../kit/people.ts';
import { World } from '../kit/world.ts';

/** Who has a right to a minimum income on a day, and who may read of it. */
let world: World;
let council: Client;
let plie: Client;
let association: Client;

beforeAll(async () => {
  world = await World.open();
  const partners = await followers(world);
  council = await coordinator(partners.council);
  plie = await coordinator(partners.plie);
  association = await coordinator(partners.association);
});
afterAll(() => world.close());

async function hadRight(person: string, day: string, asOf?: string): Promise<boolean> {
  const at = asOf ? sql`${asOf}::timestamptz` : undefined;
  const [row] = await world.db
    .as(hubViewer('test'))
    .rows<{ had: boolean }>(sql`select ${rightOn(sql`${person}`, sql`${day}::date`, at)} as had`);
  return row!.had;
}

async function withRight(...periods: PeriodOf[]): Promise<string> {
  const { id } = await registerPerson(council);
  await entitled(world, { person: id, periods });
  return id;
}

test('a right counts from its first day until the day before it is at an end', async () => {
  const person = await withRight(
    { state: 'OPEN', from: '2026-02-01', until: '2026-06-01' },
    { state: 'CLOSED', from: '2026-06-01' },
  );
  expect(await hadRight(person, '2026-01-31')).toBe(false);
  expect(await hadRight(person, '2026-02-01')).toBe(true);
  expect(await hadRight(person, '2026-05-31')).toBe(true);
  expect(await hadRight(person, '2026-06-01')).toBe(false);
});

test.each([
  ['OPEN', true],
  ['SUSPENDED', true],
  ['REQUESTED', false],
  ['REFUSED', false],
  ['CLOSED', false],
])('%s on that day: a beneficiary, %s', async (state, expected) => {
  expect(await hadRight(await withRight({ state, from: '2026-02-01' }), '2026-03-01')).toBe(expected);
});

test('the spouse of who applied is a beneficiary too', async () => {
  const { id } = await registerPerson(council);
  await entitled(world, { person: id, role: 'SPOUSE' });
  expect(await hadRight(id, '2026-03-01')).toBe(true);
});

test('what was believed at an instant is told as it was then, and what is known today as it is', async () => {
  const learnt = { knownFrom: '2026-03-05T06:00:00Z', knownUntil: '2026-05-05T06:00:00Z' };
  const person = await withRight(
    { state: 'OPEN', from: '2026-02-01', ...learnt },
    { state: 'OPEN', from: '2026-02-01', until: '2026-04-01', knownFrom: learnt.knownUntil },
    { state: 'CLOSED', from: '2026-04-01', knownFrom: learnt.knownUntil },
  );
  expect(await hadRight(person, '2026-04-10', '2026-03-01T00:00:00Z')).toBe(false);
  expect(await hadRight(person, '2026-04-10', '2026-04-20T00:00:00Z')).toBe(true);
  expect(await hadRight(person, '2026-04-10')).toBe(false);
  expect(await hadRight(person, '2026-03-10')).toBe(true);
});

test('a right noted in one record of a person is the person’s, whichever record is asked of', async () => {
  const identity = { lastName: 'Guivarch', firstName: 'Ronan', birthDate: '1988-01-02' };
  const { id: first } = await registerPerson(council, { identity });
  const { id: second } = await registerPerson(plie, { identity });
  await sweep(world);
  await entitled(world, { person: first });
  expect(await hadRight(second, '2026-03-01')).toBe(true);
  const stranger = await registerPerson(plie);
  expect(await hadRight(stranger.id, '2026-03-01')).toBe(false);
});

describe('who reads it', () => {
  const asked = (
    person: string,
  ) => `{ person(id: "${person}") { entitlements { nodes { id benefit role organism
    periods { state from until reason } corrected { state knownUntil } person { id } } } } }`;

  test('the council and the referent read it; who only registered the person does not', async () => {
    const { id } = await registerPerson(plie);
    await entitled(world, { person: id });
    const right = {
      ...{ benefit: 'RSA', role: 'ALLOCATAIRE', organism: 'CAF 441', person: { id }, corrected: [] },
      periods: [{ state: 'OPEN', from: '2026-01-01', until: null, reason: null }],
    };
    const read = async (by: Client) => (await by.get(asked(id))).person?.entitlements.nodes;
    expect(await read(council)).toEqual([expect.objectContaining(right)]);
    expect(await read(plie)).toEqual([]);
    const referent = { person: id, legalBasis: 'PUBLIC_INTEREST' };
    await plie.run('assignReferent', 'ReferentAssignment', referent, 'person { id }');
    expect(await read(plie)).toEqual([expect.objectContaining(right)]);
    expect(await read(association)).toBeUndefined();
  });

  test('by its own id it is nobody’s who may not see it', async () => {
    const { id } = await registerPerson(plie);
    const entitlement = await entitled(world, { person: id });
    const node = `{ node(id: "${entitlement}") { id } }`;
    expect((await council.get(node)).node).toEqual({ id: entitlement });
    expect((await plie.get(node)).node).toBeNull();
  });
});

test('nobody but the hub writes a right, whatever they follow', async () => {
  const { id } = await registerPerson(council);
  const insert = sql`insert into entitlement (id, person_id, benefit, role, organism, created_at, updated_at)
    values ('ent_01h455vb4pex5vsknk084sn02q', ${id}, 'RSA', 'ALLOCATAIRE', 'CAF 441', now(), now())`;
  const viewer = await world.viewerOf(council);
  await expect(world.db.write(viewer, (tx) => tx.change(insert))).rejects.toThrow(/row-level security/);
});
