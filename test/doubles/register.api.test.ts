import sql from 'sql-template-tag';
import type { Client } from '../kit/client.ts';
import { asSuperuser, tablesOf } from '../kit/copy.ts';
import { counts, registering, run, somebody, sweep } from '../kit/doubles.ts';
import { newPerson, registerPerson } from '../kit/people.ts';
import type { Scene } from '../kit/referrals.ts';
import type { Partner, World } from '../kit/world.ts';

/** A partner cannot see that a person already exists, and makes no second one: docs/domain.md §2. */

let world: World;
let scene: Scene;
let council: Client;
let partner: Partner;
let registrar: Client;

beforeAll(async () => {
  ({ world, scene, council, partner, registrar } = await registering());
});
afterAll(() => world.close());

const known = async (over: object) => (await registerPerson(scene.coordinator, { referent: {}, ...over })).id;
const linkOf = async (person: string) => {
  await sweep(world);
  const rows = await world.rows(sql`select id, into_id as into, ground from person_link where person_id = ${person}`);
  return rows.map(({ into, ground }) => ({ into, ground }));
}; // prettier-ignore

test('a record erased before the minute is over is linked to nobody', async () => {
  const identity = somebody();
  await known({ identity });
  const { id, reference } = await registerPerson(registrar, { identity });
  const input = { person: id, reason: 'PERSON_REQUEST', confirm: reference };
  const { userErrors } = await council.run('erasePerson', 'PersonErasure', input, '__typename');
  expect(userErrors).toEqual([]);
  expect(await linkOf(id)).toEqual([]);
  expect(await counts(world, id)).toEqual([[id, id]]);
});

describe('what is taken for the same person', () => {
  const one = (over: object) => ({
    lastName: 'Le Goff',
    firstName: 'Marie-Claire',
    birthDate: '1984-11-08',
    ...over,
  });
  test.each([
    ['written without accents, hyphens, case', { lastName: 'LE GOFF', firstName: 'marie claire' }],
    ['the particle joined to the name', { lastName: 'Legoff' }],
    ['first names in another order, or one of them more', { firstName: 'Claire Marie Anne' }],
    ['one of the first names alone', { firstName: 'Marie' }],
    ['her name at birth where the other has her usual name', { lastName: 'Morel', birthName: 'Le Goff' }],
    ['a double name of which it is one half', { lastName: 'Morel-Le Goff' }],
  ])('%s', async (_, written) => {
    const birthDate = somebody().birthDate;
    const older = await known({ identity: one({ birthDate }) });
    const { id } = await registerPerson(registrar, { identity: one({ ...written, birthDate }) });
    expect(await linkOf(id)).toEqual([{ into: older, ground: 'NAME_AND_BIRTH_DATE' }]);
  });

  test.each([
    ['« de la Tour » and « Delatour »', 'de la Tour', 'Delatour', true],
    ['« de la Tour » and « La Tour »', 'de la Tour', 'La Tour', true],
    ['« d’Alembert » and « DALEMBERT »', 'd’Alembert', 'DALEMBERT', true],
    ['« Œuvrard » and « OEUVRARD »', 'Œuvrard', 'OEUVRARD', true],
    ['« Коваленко » and « Шевченко »', 'Коваленко', 'Шевченко', false],
  ])('%s', async (_, here, there, alike) => {
    const { birthDate } = somebody();
    await known({ identity: one({ lastName: here, birthDate }) });
    const { id } = await registerPerson(registrar, { identity: one({ lastName: there, birthDate }) });
    expect(await linkOf(id)).toHaveLength(alike ? 1 : 0);
  });

  test.each([
    ['another birth date', { birthDate: '1984-11-09' }],
    ['no birth date', { birthDate: null }],
    ['another first name', { firstName: 'Anne-Sophie' }],
    ['another name', { lastName: 'Le Gall' }],
    ['no letter in the first name', { firstName: '-' }],
  ])('not with %s', async (_, written) => {
    const { birthDate } = somebody();
    await known({ identity: one({ birthDate }) });
    const { id } = await registerPerson(registrar, { identity: one({ birthDate, ...written }) });
    expect(await linkOf(id)).toEqual([]);
    expect(await counts(world, id)).toEqual([[id, id]]);
  });

  test('the same number, however the names are written; two numbers tell homonyms apart', async () => {
    const identity = somebody();
    const older = await known({ identity, numbers: { franceTravail: '1234567A' } });
    const misspelt = { ...identity, lastName: 'Querdoncuf', birthDate: '1990-01-01' };
    const byNumber = await registerPerson(registrar, { identity: misspelt, numbers: { franceTravail: '1234567 a' } });
    expect(await linkOf(byNumber.id)).toEqual([{ into: older, ground: 'NUMBER' }]);
    const homonym = await registerPerson(registrar, { identity, numbers: { franceTravail: '7654321B' } });
    expect(await linkOf(homonym.id)).toEqual([]);
  }); // prettier-ignore

  test('a record completed later is compared again', async () => {
    const identity = somebody();
    const older = await known({ identity });
    const { id } = await registerPerson(registrar, { identity: { ...identity, birthDate: null } });
    expect(await linkOf(id)).toEqual([]);
    const { birthDate } = identity;
    await registrar.run('updatePerson', 'PersonUpdate', { person: id, identity: { birthDate } }, 'person { id }');
    expect(await linkOf(id)).toEqual([{ into: older, ground: 'NAME_AND_BIRTH_DATE' }]);
  }); // prettier-ignore
});

test('from the first instant it is not counted a second time, and nothing else changes', async () => {
  const identity = somebody();
  const older = await known({ identity });
  const { id } = await registerPerson(registrar, { identity });
  expect(await counts(world, older, id)).toEqual([[older, older], [id, older]]); // prettier-ignore
  await sweep(world);
  expect(await counts(world, older, id)).toEqual([[older, older], [id, older]]); // prettier-ignore
  const answer = await scene.refer({ person: id, send: false }, registrar);
  expect(answer.userErrors).toEqual([]);
});

test('two partners who register one person at once make one link', async () => {
  const identities = Array.from({ length: 6 }, somebody);
  const others = await Promise.all(identities.map(async () =>
    (await world.organisation({ kind: 'PLIE' })).member({ roles: ['COORDINATOR'] }))); // prettier-ignore
  const pairs = await Promise.all(
    identities.map((identity, nth) =>
      Promise.all([registrar, others[nth]!].map((by) => registerPerson(by, { identity }))),
    ),
  );
  for (const pair of pairs) {
    const ids = pair.map(({ id }) => id);
    const counted = await counts(world, ...ids);
    expect(new Set(counted.map(([, as]) => as)).size).toBe(1);
    await sweep(world);
    const rows = await world.rows(sql`select 1 from person_link where person_id = any(${ids}) or into_id = any(${ids})`);
    expect(rows).toHaveLength(1);
  }
}); // prettier-ignore

/** What a registration costs and writes: how many statements, and how many rows in which table. */
async function weighed(input: object) {
  const statements: string[] = [];
  const before = await sizes();
  world.db.onStatement = (text) => void statements.push(text);
  const answer = await registrar.run('registerPerson', 'NewPerson', input, 'person { id version disclosure { category visible why until } externalReference links { id } }'); // prettier-ignore
  world.db.onStatement = () => {};
  const after = await sizes();
  const written = Object.keys(after).filter((table) => after[table] !== before[table]);
  return {
    id: answer.person?.id as string,
    answer: JSON.stringify(answer).replaceAll(answer.person?.id, 'per'),
    statements,
    written: written.map((table) => [table, after[table]! - before[table]!]),
  };
}

const sizes = () =>
  asSuperuser(world.server.database, async (client) => {
    const all = (await tablesOf(client)).map((table) => `select '${table}' as name, count(*)::int as n from ${table}`);
    const { rows } = await client.query<{ name: string; n: number }>(all.join(' union all '));
    return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
  }); // prettier-ignore

test('registering somebody known takes the same statements, writes as many rows and answers the same as somebody new', async () => {
  const numbers = { franceTravail: '12345678901' };
  const [met, other] = [somebody(), somebody()];
  await known({ identity: met, numbers });
  const again = await weighed(newPerson({ identity: met, numbers, externalReference: 'A' }));
  const fresh = await weighed(
    newPerson({ identity: other, numbers: { franceTravail: '12345678902' }, externalReference: 'B' }),
  );
  expect(again.statements).toEqual(fresh.statements);
  expect(again.written).toEqual(fresh.written);
  expect(again.written).toContainEqual(['person_count', 1]);
  expect(again.answer.replace('"A"', '"B"')).toBe(fresh.answer);
  expect(await linkOf(again.id)).toHaveLength(1);
  expect(await linkOf(fresh.id)).toHaveLength(0);
  // its own number is refused to a second record of its own, whomever it is about
  const codes = [];
  for (const identity of [met, somebody()]) {
    const { userErrors } = await registrar.run('registerPerson', 'NewPerson', newPerson({ identity, externalReference: 'A' }), 'person { id }'); // prettier-ignore
    codes.push(userErrors.map(({ code, field, message }: any) => [code, field, message]));
  }
  expect(codes[0]).toEqual(codes[1]);
});

test('by no path does who registered learn that the person was known, before a decision or after', async () => {
  const [met, fresh] = [somebody(), somebody()];
  const older = await known({ identity: met });
  const mine = [await registerPerson(registrar, { identity: met }), await registerPerson(registrar, { identity: fresh })]; // prettier-ignore
  const tool = await partner.tool(['people:read', 'people:write', 'referrals:read'], (registrar as any).memberId);
  const live = registrar.subscribe('subscription { referralUpdated { event { type } } }');
  await sweep(world);
  const [{ id: link }] = (await world.rows(sql`select id from person_link where person_id = ${mine[0]!.id}`)) as [any];
  const said = async (client: Client, { id }: { id: string }) => {
    const read = `query ($id: ID!, $link: ID!, $text: String!) { person(id: $id) { id reference version updatedAt identity { lastName birthDate }
      numbers { franceTravail } contact { phone } disclosure { category visible why until } links { id } referrals { totalCount } placements { totalCount } referent { since } }
      personLink(id: $link) { id } node(id: $link) { id } personLinks { totalCount nodes { id } } people { totalCount }
      ofPerson: personLinks(filter: { person: $id }) { totalCount } toDecide: personLinks(filter: { toDecide: true }) { totalCount }
      named: people(filter: { text: $text }) { totalCount } }`;
    const identity = id === mine[0]!.id ? met : fresh;
    const data = JSON.stringify(await client.get(read, { id, link, text: identity.lastName }));
    const own = [id, identity.lastName, identity.birthDate, id === mine[0]!.id ? mine[0]!.reference : mine[1]!.reference];
    return own.reduce((text, value) => text.replaceAll(value, '…'), data).replace(/"updatedAt":"[^"]+"/, '');
  };
  const events = async () => {
    const lines = await world.db.as({ ...world.hub, kind: 'MEMBER', organisation: partner.id }).rows<any>(
      sql`select type from event where person_id = any(${[older, ...mine.map(({ id }) => id)]})`);
    return lines.map(({ type }) => type).toSorted();
  };
  const check = async () => {
    for (const client of [registrar, tool]) expect(await said(client, mine[0]!)).toBe(await said(client, mine[1]!));
    expect(await events()).toEqual(['person.registered', 'person.registered']);
    for (const mutation of ['confirmPersonLink', 'refusePersonLink', 'unmergePeople'] as const)
      expect((await run(registrar, mutation, { link })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const into = await run(registrar, 'mergePeople', { person: mine[0]!.id, into: older });
    expect(into.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['into'] }]);
  };
  await check();
  expect((await run(scene.coordinator, 'confirmPersonLink', { link })).userErrors).toEqual([]);
  await check();
  expect((await run(council, 'unmergePeople', { link })).userErrors).toEqual([]);
  await check();
  expect(live.received).toEqual([]);
}); // prettier-ignore

test('a number is read by who follows the person, and refused when it is none', async () => {
  const numbers = { franceTravail: '123 4567 b', passIae: '9999 9213 9048' };
  const { id } = await registerPerson(registrar, { identity: somebody(), numbers });
  const read = async (client: Client) =>
    (await client.get('query ($id: ID!) { person(id: $id) { numbers { franceTravail passIae } } }', { id })).person;
  const kept = { franceTravail: '1234567B', passIae: '999992139048' };
  expect(await read(registrar)).toEqual({ numbers: kept });
  expect(await read(council)).toEqual({ numbers: kept });
  const { id: referral } = (await scene.refer({ person: id }, registrar)).referral;
  await scene.move(scene.provider, 'acknowledgeReferral', referral);
  expect(await read(scene.provider)).toEqual({ numbers: null });
  const change = async (to: object) =>
    (await registrar.run('updatePerson', 'PersonUpdate', { person: id, numbers: to }, 'person { numbers { franceTravail passIae } }')); // prettier-ignore
  expect((await change({ passIae: null })).person.numbers).toEqual({ ...kept, passIae: null });
  for (const [to, field] of [[{ franceTravail: '12' }, 'franceTravail'], [{ passIae: 'A' }, 'passIae']] as const)
    expect((await change(to)).userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['numbers', field] }]);
}); // prettier-ignore
