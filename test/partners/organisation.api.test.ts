import { World, siret, type Partner, type Asking } from '../kit/world.ts';

let world: World;
let council: Partner;

beforeAll(async () => {
  world = await World.open();
  council = await world.organisation({ kind: 'COUNCIL', name: 'Département de Test' });
});
afterAll(() => world.close());

const selection = 'organisation { id name siret version }';

describe('registering a partner', () => {
  const partner = (over: object = {}) => ({
    kind: 'ASSOCIATION',
    name: 'Les Berges Vives',
    siret: siret(700 + world.next()),
    ...over,
  });

  test('a manager of the council registers one, and everybody finds it by its SIRET', async () => {
    const manager = await council.member();
    const input = partner({ commune: '44109', accreditations: [{ kind: 'ACI', from: '2024-01-01' }] });
    const { organisation, userErrors } = await manager.run(
      'registerOrganisation',
      'NewOrganisation',
      input,
      selection,
    );
    expect(userErrors).toEqual([]);

    const other = await (await world.organisation()).member({ roles: ['READER'] });
    const data = await other.get(
      'query ($siret: String!) { organisation(siret: $siret) { id name commune { name epci { name } } accreditations { kind } } }',
      { siret: input.siret },
    );
    expect(data.organisation).toMatchObject({
      id: organisation.id,
      commune: { name: 'Nantes' },
      accreditations: [{ kind: 'ACI' }],
    });
  });

  test('an association may not', async () => {
    const manager = await (await world.organisation()).member();
    const { organisation, userErrors } = await manager.run(
      'registerOrganisation',
      'NewOrganisation',
      partner(),
      selection,
    );
    expect(organisation).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
  });

  test('a wrong SIRET, an unknown commune and a NUL character are refused by field, in the language asked', async () => {
    const manager = await council.member({ language: 'fr' });
    const refusals = await Promise.all(
      [{ siret: '12345678901234' }, { commune: '99999' }, { name: 'A\u0000B' }].map((over) =>
        manager.run('registerOrganisation', 'NewOrganisation', partner(over), selection),
      ),
    );
    expect(refusals.map(({ userErrors }) => [userErrors[0].code, userErrors[0].field])).toEqual([
      ['INVALID_INPUT', ['siret']],
      ['UNKNOWN_COMMUNE', ['commune']],
      ['INVALID_INPUT', ['name']],
    ]);
    expect(refusals[0].userErrors[0].message).toMatch(/quatorze chiffres/);
  });

  test('the same SIRET twice is refused, and of two at once exactly one is written', async () => {
    const manager = await council.member();
    const input = partner();
    const both = await Promise.all(
      [1, 2].map(() => manager.run('registerOrganisation', 'NewOrganisation', input, selection)),
    );
    expect(both.flatMap(({ userErrors }) => userErrors.map((error: { code: string }) => error.code))).toEqual(
      ['ALREADY_EXISTS'],
    );
  });

  test('the same idempotency key acts once, and refuses another input', async () => {
    const manager = await council.member();
    const input = partner({ idempotencyKey: 'key-1' });
    const [first, again] = await Promise.all(
      [1, 2].map(() => manager.run('registerOrganisation', 'NewOrganisation', input, selection)),
    );
    expect(again.organisation.id).toBe(first.organisation.id);
    const other = await manager.run(
      'registerOrganisation',
      'NewOrganisation',
      { ...input, name: 'Autre nom' },
      selection,
    );
    expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_MISMATCH' }]);
  });
});

describe('changing one’s own organisation', () => {
  const update = (client: Asking, input: object) =>
    client.run('updateOrganisation', 'OrganisationUpdate', input, selection);

  test('its manager does, and the version grows', async () => {
    const partner = await world.organisation();
    const payload = await update(await partner.member(), {
      organisation: partner.id,
      version: 1,
      phone: '+33240000000',
    });
    expect(payload).toMatchObject({ organisation: { version: 2 }, userErrors: [] });
  });

  test('a reader of it may not, nor a manager of another; an unknown id does not exist', async () => {
    const partner = await world.organisation();
    const reader = await partner.member({ roles: ['READER'] });
    const stranger = await (await world.organisation()).member();
    const input = { organisation: partner.id, phone: '1' };
    expect((await update(reader, input)).userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
    expect((await update(stranger, input)).userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
    expect((await update(stranger, { ...input, organisation: 'org_unknown' })).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  });

  test('a stale version refuses and shows the organisation as it now is', async () => {
    const partner = await world.organisation();
    const manager = await partner.member();
    await update(manager, { organisation: partner.id, phone: '0240000001', version: 1 });
    const payload = await update(manager, { organisation: partner.id, phone: '0240000002', version: 1 });
    expect(payload).toMatchObject({ organisation: { version: 2 }, userErrors: [{ code: 'STALE' }] });
  });
});

test('a list of partners walks both ways, each once, while others arrive', async () => {
  const reader = await council.member({ roles: ['READER'] });
  for (let n = 0; n < 7; n++) await world.organisation({ kind: 'COMPANY', name: `Compagnie ${n}` });
  const query = `query ($first: Int, $after: String, $last: Int, $before: String) {
    organisations(filter: { kinds: [COMPANY] }, first: $first, after: $after, last: $last, before: $before) {
      totalCount nodes { name } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const seen: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const answer: any = await reader.get(query, { first: 3, after });
    const page = answer.organisations;
    seen.push(...page.nodes.map((node: { name: string }) => node.name));
    if (seen.length === 3) await world.organisation({ kind: 'COMPANY', name: 'Compagnie 00' });
    [after, more] = [page.pageInfo.endCursor, page.pageInfo.hasNextPage];
  }
  expect(seen).toEqual(['0', '1', '2', '3', '4', '5', '6'].map((n) => `Compagnie ${n}`));
  const { organisations: back } = await reader.get(query, { last: 2 });
  expect(back.nodes.map((node: { name: string }) => node.name)).toEqual(['Compagnie 5', 'Compagnie 6']);
  expect(back.totalCount).toBe(8);
});
