import sql from 'sql-template-tag';
import fc from 'fast-check';
import type { PersonUpsert } from '../../src/people/person.inputs.ts';
import { upsertPerson } from '../../src/people/upsert.actions.ts';
import { differing, restating } from '../../src/people/upsert.rules.ts';
import { coordinator, followers, newPerson } from '../kit/people.ts';
import { shared } from '../kit/sharing.ts';
import { type Asking, World, type Partner } from '../kit/world.ts';

/** A partner's software names a person by its own number, as often as it likes. */

let world: World;
let council: Partner;
let plie: Partner;
let association: Partner;
let asking: Asking;
beforeAll(async () => {
  world = await World.open();
  ({ council, plie, association } = await followers(world));
  asking = await coordinator(plie);
});
afterAll(() => world.close());

const selection = `person { id version externalReference soughtKind identity { lastName birthName birthDate }
  contact { phone email commune { code } } numbers { franceTravail }
  profile { skills licences frenchLevel stated { line statedOn } }
  rectifications { nodes { category because former { field value } } } referent { organisation { id } } }`;
const upsert = (input: object, as: Asking = asking) =>
  as.run('upsertPerson', 'PersonUpsert', newPerson(input), selection);
const told = async (person: string) =>
  (await world.rows(sql`select type from event where person_id = ${person} order by id`)).map(
    ({ type }) => type,
  );
const identity = { lastName: 'Le Bihan', firstName: 'Yann', birthDate: '1987-03-02' };
let serial = 0;
const number = () => `LOG-${++serial}`;

test('the first time the person is registered, under the number', async () => {
  const externalReference = number();
  const { person, userErrors } = await upsert({ externalReference, identity, referent: {} });
  expect(userErrors).toEqual([]);
  expect(person).toMatchObject({
    version: 1,
    externalReference,
    referent: { organisation: { id: plie.id } },
  });
  const { found } = await asking.get(`query ($r: String) { found: person(externalReference: $r) { id } }`, {
    r: externalReference,
  });
  expect(found).toEqual({ id: person.id });
});

test('the same again changes nothing, keeps the days, and tells nobody', async () => {
  const input = {
    ...{
      externalReference: number(),
      identity,
      soughtKind: 'JOB',
      contact: { phone: '0612345678', email: null },
    },
    numbers: { franceTravail: '1234567 a' },
    profile: {
      skills: ['taille'],
      licences: [],
      availability: { away: [{ from: '2026-12-24', to: '2026-12-31' }] },
    },
  };
  const { person } = await upsert(input);
  const events = await told(person.id);
  world.clock.advanceDays(2);
  expect((await upsert(input)).person).toEqual(person);
  expect(await told(person.id)).toEqual(events);
});

test('what differs is changed and kept as replaced; what is not given stays, null clears', async () => {
  const externalReference = number();
  const first = await upsert({
    ...{ externalReference, identity, contact: { phone: '0612345678', email: 'yann@exemple.test' } },
    profile: { skills: ['taille'], frenchLevel: 'B1' },
  });
  const { person, userErrors } = await upsert({
    ...{ externalReference, identity: { ...identity, birthName: 'Kervella' }, contact: { email: null } },
    ...{ commune: '44143', soughtKind: 'JOB', profile: { licences: [] } },
  });
  expect(userErrors).toEqual([]);
  expect(person).toMatchObject({
    ...{ id: first.person.id, soughtKind: 'JOB', identity: { lastName: 'Le Bihan', birthName: 'Kervella' } },
    contact: { phone: '0612345678', email: null, commune: { code: '44143' } },
    profile: { skills: ['taille'], licences: [], frenchLevel: 'B1' },
  });
  const former = person.rectifications.nodes.flatMap((node: any) =>
    node.former.map(({ field, value }: any) => [node.category, node.because, field, value]),
  );
  expect(former).toEqual(
    expect.arrayContaining([
      ['IDENTITY', 'CHANGED', 'birthName', null],
      ['CONTACT', 'CHANGED', 'email', 'yann@exemple.test'],
      ['CONTACT', 'CHANGED', 'communeCode', '44109'],
    ]),
  );
  expect(await told(person.id)).toEqual(['person.registered', 'person.updated', 'person.profile_updated']);
});

test('who follows the person is said once: a later upsert hands nobody over', async () => {
  const externalReference = number();
  const { person } = await upsert({ externalReference, referent: {} });
  const stranger = await coordinator(await world.organisation({ kind: 'PLIE' }));
  const elsewhere = { referent: { organisation: association.id, member: null }, identity };
  const again = await upsert({ externalReference, ...elsewhere });
  expect(again.person).toMatchObject({ id: person.id, referent: { organisation: { id: plie.id } } });
  // the number is its organisation's own: with another partner it is somebody else's
  expect((await upsert({ externalReference }, stranger)).person.id).not.toBe(person.id);
});

test('twenty at once under one number make one person', async () => {
  const externalReference = number();
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      upsert({ externalReference, identity, soughtKind: at % 2 ? 'JOB' : null }),
    ),
  );
  expect(all.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  expect(new Set(all.map(({ person }) => person.id)).size).toBe(1);
  const rows = await world.rows(
    sql`select person_id from person_handle where external_reference = ${externalReference}`,
  );
  expect(rows).toHaveLength(1);
});

test('who waited for the one that registered the person stands before its rights began, and is run again', async () => {
  const input = { ...newPerson({ identity }), externalReference: number() } as PersonUpsert;
  const registered: string[] = [];
  const waited = await world.db.write(await world.viewerOf(asking), async (tx) => {
    if (!registered.length) {
      world.clock.advanceDays(1);
      registered.push((await upsert(input)).person.id);
    }
    return upsertPerson(tx, input);
  });
  expect(waited).toEqual({ id: registered[0], outcome: 'UNCHANGED' });
});

test('a colleague to whom the person is not open is told of nobody, and changes nothing', async () => {
  const externalReference = number();
  const { person } = await upsert({ externalReference, identity });
  const colleague = await coordinator(plie, { people: 'PORTFOLIO' });
  const refused = await upsert(
    { externalReference, identity: { ...identity, lastName: 'Autre' } },
    colleague,
  );
  expect(refused).toMatchObject({
    person: null,
    userErrors: [{ code: 'NOT_FOUND', field: ['externalReference'] }],
  });
  const [{ last_name: name }] = await world.rows(
    sql`select last_name from person_identity where person_id = ${person.id}`,
  );
  expect(name).toBe('Le Bihan');
});

test.each([
  ['a reader', async () => plie.member({ roles: ['READER'] }), {}, 'NOT_ALLOWED'],
  ['a town hall', async () => coordinator(await world.organisation({ kind: 'COMMUNE' })), {}, 'NOT_ALLOWED'],
  ['a NIR as a number', async () => asking, { externalReference: '255081416802538' }, 'INVALID_INPUT'],
  [
    'a NIR in an address',
    async () => asking,
    { contact: { address: '2 55 08 14 168 025 38' } },
    'INVALID_INPUT',
  ],
  ['an empty number', async () => asking, { externalReference: '' }, 'INVALID_INPUT'],
  ['a commune that is none', async () => asking, { commune: '99999' }, 'UNKNOWN_COMMUNE'],
])('%s is refused', async (_, as, over, code) => {
  const { person, userErrors } = await upsert({ externalReference: number(), ...over }, await as());
  expect([person, userErrors.map((error: { code: string }) => error.code)]).toEqual([null, [code]]);
});

test('who was erased leaves the number free', async () => {
  const externalReference = number();
  const { person } = await upsert({ externalReference, identity });
  const [{ reference }] = await world.rows(sql`select reference from person where id = ${person.id}`);
  const by = await council.member();
  const input = { person: person.id, reason: 'MISTAKE', confirm: reference };
  expect((await by.run('erasePerson', 'PersonErasure', input, '__typename')).userErrors).toEqual([]);
  const again = await upsert({ externalReference, identity });
  expect(again.userErrors).toEqual([]);
  expect(again.person.id).not.toBe(person.id);
});

describe('what differs', () => {
  const known = fc.record({ phone: fc.option(fc.string()), email: fc.option(fc.string()) });
  test('nothing, of what is known already', () => {
    fc.assert(fc.property(known, (contact) => differing(contact, { ...contact }) === undefined));
  });
  test('whatever says something else, and null where something is known', () => {
    expect(differing({ phone: '1' }, { phone: null })).toEqual({ phone: null });
    expect(differing(null, { phone: null })).toBeUndefined();
    expect(differing(null, { phone: '1', email: undefined })).toEqual({ phone: '1', email: undefined });
  });
  test('a line stated as empty is another than one not stated', () => {
    const columns = ({ licences }: object & { licences?: unknown }) => ({ licences });
    expect(restating(null, { licences: [] }, columns)).toEqual({ licences: [] });
    const stated = { stated: { LICENCES: { on: '2026-11-01', by: 'org' } }, licences: [] };
    expect(restating(stated, { licences: [] }, columns)).toBeUndefined();
    expect(restating(stated, { licences: null }, columns)).toEqual({ licences: null });
  });
});

test('a grant that begins another day is no reason to wait', async () => {
  const externalReference = number();
  const { person } = await upsert({ externalReference, identity, referent: {} });
  await shared(asking, { person: person.id, organisation: association.id, from: '2026-12-15' });
  const again = await upsert({ externalReference, identity, soughtKind: 'JOB' });
  expect(again).toMatchObject({ userErrors: [], person: { id: person.id, soughtKind: 'JOB' } });
});
