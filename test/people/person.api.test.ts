import sql from 'sql-template-tag';
import { coordinator, followers, newPerson, registerPerson } from '../kit/people.ts';
import { type Asking, World, type Partner } from '../kit/world.ts';

const nantes = '244400404';

let world: World;
let council: Partner;
let plie: Partner;
let association: Partner;
beforeAll(async () => {
  world = await World.open();
  ({ council, plie, association } = await followers(world));
});
afterAll(() => world.close());

const whole = `id reference ageBand soughtKind version externalReference epci { code } commune { code }
  identity { lastName firstName birthDate } contact { phone commune { code } }
  profile { skills licences frenchLevel wishedTrades travel { mode maxKm } availability { timeBands }
    stated { line statedOn statedBy { id } } }
  needs { totalCount nodes { theme } } referent { organisation { id } member { id } since legalBasis }
  disclosure { category visible why until }`;
const see = async (asking: { get: Asking['get'] }, id: string) =>
  (await asking.get(`query ($id: ID!) { person(id: $id) { ${whole} } }`, { id })).person;
const run = (
  asking: Asking,
  mutation: string,
  type: string,
  input: object,
  selection = 'person { id version }',
) => asking.run(mutation, type, input, selection);
const codes = (payload: { userErrors: { code: string }[] }) => payload.userErrors.map((error) => error.code);

describe('registering a person', () => {
  test('opens them to the registrar and the council, each seeing why', async () => {
    const asking = await coordinator(plie);
    const { person, userErrors } = await asking.run(
      'registerPerson',
      'NewPerson',
      newPerson({
        contact: { phone: '06 12 34 56 78' },
        externalReference: 'PL-1',
        soughtKind: 'INSERTION_WORKSITE',
        profile: { skills: ['jardinage'], licences: [], travel: { mode: 'BUS', maxKm: 15 } },
      }),
      `person { ${whole} }`,
    );
    expect(userErrors).toEqual([]);
    expect(person).toMatchObject({
      reference: expect.stringMatching(/^P-/),
      ageBand: 'FROM_26_TO_39',
      soughtKind: 'INSERTION_WORKSITE',
      epci: { code: nantes },
      commune: { code: '44109' },
      identity: { firstName: 'Nadia', birthDate: '1990-05-17' },
      contact: { phone: '06 12 34 56 78', commune: { code: '44109' } },
      profile: {
        skills: ['jardinage'],
        licences: [],
        frenchLevel: null,
        travel: { mode: 'BUS', maxKm: 15 },
        availability: null,
      },
      needs: { totalCount: 0 },
      referent: null,
      externalReference: 'PL-1',
    });
    expect(person.profile.stated).toContainEqual({
      line: 'SKILLS',
      statedOn: '2026-11-23',
      statedBy: { id: plie.id },
    });
    expect(person.disclosure).toContainEqual({
      category: 'IDENTITY',
      visible: true,
      why: 'REGISTRAR',
      until: null,
    });
    expect(person.disclosure).toContainEqual({
      category: 'ENTITLEMENTS',
      visible: false,
      why: 'NOT_NEEDED',
      until: null,
    });
    const seen = await see(await coordinator(council), person.id);
    expect(seen).toMatchObject({ identity: { firstName: 'Nadia' }, externalReference: null });
    expect(seen.disclosure[0]).toMatchObject({ why: 'PROGRAMME' });
  });

  test('nobody else learns that the person exists', async () => {
    const { id } = await registerPerson(await coordinator(plie), { externalReference: 'PL-2' });
    const strangers = [
      await world.organisation({ kind: 'COMMUNE' }),
      await world.organisation({ kind: 'STATE' }),
      await world.organisation({ kind: 'BENEFITS_FUND' }),
      await world.organisation({ kind: 'ASSOCIATION' }),
    ];
    for (const partner of strangers) {
      const asking = await partner.member();
      const data = await asking.get(
        `query ($id: ID!) { person(id: $id) { id } own: person(externalReference: "PL-2") { id } node(id: $id) { id }
          people { totalCount nodes { id } } }`,
        { id },
      );
      expect(data).toEqual({ person: null, own: null, node: null, people: { totalCount: 0, nodes: [] } });
      const payload = await run(asking, 'updatePerson', 'PersonUpdate', { person: id, soughtKind: 'JOB' });
      expect(payload).toEqual({
        person: null,
        userErrors: [expect.objectContaining({ code: 'NOT_FOUND', field: ['person'] })],
      });
    }
  });

  test('is for coordinators of those who follow people: a commune by its CCAS alone', async () => {
    const ccas = await world.organisation({ kind: 'COMMUNE', remit: 'CCAS' });
    await registerPerson(await coordinator(ccas));
    for (const asking of [
      await coordinator(await world.organisation({ kind: 'COMMUNE' })),
      await coordinator(await world.organisation({ kind: 'BENEFITS_FUND' })),
      await coordinator(await world.organisation({ kind: 'STATE' })),
      await plie.member({ roles: ['READER'] }),
      await coordinator(plie, { people: 'NONE' }),
    ])
      expect(codes(await run(asking, 'registerPerson', 'NewPerson', newPerson()))).toEqual(['NOT_ALLOWED']);
  });

  test.each([
    [{ commune: '99999' }, 'UNKNOWN_COMMUNE', ['commune']],
    [{ legalBasis: 'CONSENT', referent: {} }, null, null],
    [{ identity: { lastName: ' ', firstName: 'A' } }, 'INVALID_INPUT', ['identity', 'lastName']],
    [
      { identity: { lastName: 'A', firstName: 'A', birthDate: '2030-01-01' } },
      'INVALID_INPUT',
      ['identity', 'birthDate'],
    ],
    [{ contact: { phone: 'appelez-moi' } }, 'INVALID_INPUT', ['contact', 'phone']],
    [{ contact: { email: 'nobody' } }, 'INVALID_INPUT', ['contact', 'email']],
    [{ contact: { address: 'n° 255081416802538' } }, 'INVALID_INPUT', ['contact', 'address']],
    [{ externalReference: '255081416802538' }, 'INVALID_INPUT', ['externalReference']],
    [{ profile: { wishedTrades: ['ZZZ'] } }, 'INVALID_INPUT', ['profile', 'wishedTrades', '0']],
    [{ referent: { organisation: 'org_unknown' } }, 'NOT_FOUND', ['referent', 'organisation']],
    [{ referent: { member: 'mem_unknown' } }, 'NOT_FOUND', ['referent', 'member']],
  ])('%j answers %s', async (over, code, field) => {
    const before = await world.rows(sql`select count(*) from person`);
    const payload = await run(await coordinator(plie), 'registerPerson', 'NewPerson', newPerson(over));
    if (code === null) return expect(payload.userErrors).toEqual([]);
    expect(payload).toEqual({ person: null, userErrors: [expect.objectContaining({ code, field })] });
    expect(await world.rows(sql`select count(*) from person`)).toEqual(before);
  });

  test('an association states the consent of the person; the council cannot', async () => {
    const register = async (of: Partner, legalBasis: string) =>
      codes(await run(await coordinator(of), 'registerPerson', 'NewPerson', newPerson({ legalBasis })));
    expect(await register(association, 'CONSENT')).toEqual([]);
    expect(await register(association, 'PUBLIC_INTEREST')).toEqual(['INVALID_INPUT']);
    expect(await register(council, 'CONSENT')).toEqual(['INVALID_INPUT']);
    expect(await register(council, 'LEGAL_OBLIGATION')).toEqual([]);
  });

  test('a number is used once in an organisation, and finds its person', async () => {
    const asking = await coordinator(plie);
    const { id } = await registerPerson(asking, { externalReference: 'PL-3' });
    const again = await run(asking, 'registerPerson', 'NewPerson', newPerson({ externalReference: 'PL-3' }));
    expect(again.userErrors).toMatchObject([{ code: 'ALREADY_EXISTS', field: ['externalReference'] }]);
    expect(await asking.get('{ person(externalReference: "PL-3") { id } }')).toEqual({ person: { id } });
    const other = await coordinator(association);
    await registerPerson(other, { externalReference: 'PL-3', legalBasis: 'CONSENT' });
  });

  test('the same key registers once, also twice at the same time', async () => {
    const asking = await coordinator(plie);
    const input = { ...newPerson(), idempotencyKey: 'register-1' };
    const answers = await Promise.all([1, 2, 3].map(() => run(asking, 'registerPerson', 'NewPerson', input)));
    expect(new Set(answers.map((answer) => answer.person.id)).size).toBe(1);
  });

  test('with a referent elsewhere closes to the registrar at once, without an error', async () => {
    const asking = await coordinator(plie);
    const payload = await run(
      asking,
      'registerPerson',
      'NewPerson',
      newPerson({
        referent: { organisation: association.id },
        legalBasis: 'CONSENT',
        identity: { lastName: 'Ailleurs', firstName: 'Zoé' },
      }),
    );
    expect(payload).toEqual({ person: null, userErrors: [] });
    const seen = await (
      await coordinator(association)
    ).get('{ people(filter: { text: "ailleurs" }) { nodes { referent { organisation { id } } } } }');
    expect(seen.people.nodes).toEqual([{ referent: { organisation: { id: association.id } } }]);
  });

  test('who sees a territory registers people who live there', async () => {
    const asking = await coordinator(council, { people: 'TERRITORY', territory: [nantes] });
    const { id } = await registerPerson(asking);
    expect(await see(asking, id)).not.toBeNull();
    const away = await run(asking, 'registerPerson', 'NewPerson', newPerson({ commune: '49007' }));
    expect(away.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['commune'] }]);
  });

  test('a tool without the scope is told so; with it, it acts as its member', async () => {
    const member = await coordinator(plie);
    const query = '{ people { totalCount } }';
    const deaf = await (await plie.tool(['offers:read'], member.memberId)).ask(query);
    expect(deaf.errors?.[0]?.extensions.code).toBe('INSUFFICIENT_SCOPE');
    const nobody = await (await plie.tool(['people:read'])).get(query);
    expect(nobody.people.totalCount).toBe(0);
    const tool = await plie.tool(['people:read', 'people:write'], member.memberId);
    const { id } = await registerPerson(tool);
    expect((await see(tool, id)).identity).not.toBeNull();
  });
});

describe('who sees a person within an organisation', () => {
  test('a portfolio is one’s own people, a territory its inhabitants, ALL everybody', async () => {
    const mine = await coordinator(plie, { people: 'PORTFOLIO' });
    const colleague = await coordinator(plie, { people: 'PORTFOLIO' });
    const inNantes = await coordinator(plie, { people: 'TERRITORY', territory: [nantes] });
    const elsewhere = await coordinator(plie, { people: 'TERRITORY', territory: ['200071678'] });
    const nobody = await coordinator(plie, { people: 'NONE' });
    const { id } = await registerPerson(mine);
    const sees = async (asking: Asking) => (await see(asking, id)) !== null;
    expect([await sees(mine), await sees(inNantes), await sees(await coordinator(plie))]).toEqual([
      true,
      true,
      true,
    ]);
    expect([await sees(colleague), await sees(elsewhere), await sees(nobody)]).toEqual([false, false, false]);
  });

  test('a person who moves leaves one territory for another', async () => {
    const inNantes = await coordinator(plie, { people: 'TERRITORY', territory: [nantes] });
    const { id } = await registerPerson(await coordinator(plie));
    expect(await see(inNantes, id)).not.toBeNull();
    const payload = await run(inNantes, 'updatePerson', 'PersonUpdate', { person: id, commune: '49007' });
    expect(payload).toEqual({ person: null, userErrors: [] });
    expect(await see(inNantes, id)).toBeNull();
    const [angers] = await world.rows(sql`select epci_code from commune where code = '49007'`);
    const there = await coordinator(plie, { people: 'TERRITORY', territory: [angers.epci_code] });
    expect(await see(there, id)).toMatchObject({ contact: { commune: { code: '49007' } } });
  });

  test('a small commune shows only in the contact', async () => {
    const [small] = await world.rows(
      sql`select code from commune where epci_code = ${nantes} and population <= 5000 limit 1`,
    );
    const asking = await coordinator(plie);
    const { id } = await registerPerson(asking, { commune: small.code });
    expect(await see(asking, id)).toMatchObject({
      commune: null,
      epci: { code: nantes },
      contact: { commune: { code: small.code } },
    });
    const inIt = 'query ($commune: ID!) { people(filter: { commune: $commune }) { nodes { id } } }';
    expect((await asking.get(inIt, { commune: small.code })).people.nodes).toContainEqual({ id });
    await world.db.write(world.hub, (tx) =>
      tx.change(
        sql`update person_access set valid_until = valid_from where person_id = ${id} and category = 'CONTACT'`,
      ),
    );
    expect((await asking.get(inIt, { commune: small.code })).people.nodes).not.toContainEqual({ id });
  });
});

describe('updating a person', () => {
  test('changes what is given, grows the version, refuses a stale one', async () => {
    const asking = await coordinator(plie);
    const { id } = await registerPerson(asking, {
      contact: { phone: '0612345678', email: 'n@test.example' },
    });
    const update = (over: object) => run(asking, 'updatePerson', 'PersonUpdate', { person: id, ...over });
    expect(
      await update({
        version: 1,
        identity: { firstName: 'Nadège', lastName: null },
        contact: { phone: null },
      }),
    ).toMatchObject({ person: { version: 2 }, userErrors: [] });
    const seen = await asking.get(
      'query ($id: ID!) { person(id: $id) { identity { firstName lastName birthDate } contact { phone email commune { code } } } }',
      { id },
    );
    expect(seen.person).toMatchObject({
      identity: { firstName: 'Nadège', lastName: expect.stringMatching(/^Durand/), birthDate: '1990-05-17' },
      contact: { phone: null, email: 'n@test.example', commune: { code: '44109' } },
    });
    expect(await update({ version: 1, soughtKind: 'JOB' })).toMatchObject({
      person: { version: 2 },
      userErrors: [{ code: 'STALE' }],
    });
  });

  test('a reader sees and may not', async () => {
    const { id } = await registerPerson(await coordinator(plie));
    const reader = await plie.member({ roles: ['READER'] });
    const payload = await run(reader, 'updatePerson', 'PersonUpdate', { person: id, soughtKind: 'JOB' });
    expect(payload).toMatchObject({ person: { id }, userErrors: [{ code: 'NOT_ALLOWED' }] });
  });

  test('what is said of the profile is noted line by line', async () => {
    const asking = await coordinator(plie);
    const { id } = await registerPerson(asking, { profile: { skills: ['taille'], frenchLevel: 'A2' } });
    const update = (profile: object, more: object = {}) =>
      run(asking, 'updateProfile', 'ProfileUpdate', { person: id, profile, ...more });
    expect(codes(await update({ skills: null, availability: { timeBands: ['MORNING'] } }))).toEqual([]);
    expect(codes(await update({ licences: ['B'] }, { statedOn: '2026-11-01' }))).toEqual([]);
    expect(codes(await update({ licences: ['B'] }, { statedOn: '2026-12-01' }))).toEqual(['INVALID_INPUT']);
    expect(codes(await update({ skills: ['255081416802538'] }))).toEqual(['INVALID_INPUT']);
    const { profile, version } = await see(asking, id);
    expect(version).toBe(3);
    expect(profile).toMatchObject({
      skills: [],
      frenchLevel: 'A2',
      licences: ['B'],
      availability: { timeBands: ['MORNING'] },
    });
    expect(profile.stated.map((line: { line: string }) => line.line).sort()).toEqual([
      'AVAILABILITY',
      'FRENCH_LEVEL',
      'LICENCES',
    ]);
  });
});

describe('needs', () => {
  const record = (asking: Asking, input: object) =>
    run(
      asking,
      'recordNeed',
      'NewNeed',
      input,
      'need { id theme detail openedOn closedOn version person { id } }',
    );
  const close = (asking: Asking, input: object) =>
    run(asking, 'closeNeed', 'NeedClosing', input, 'need { id closedOn closeReason version }');

  test('a need is noted, seen by who follows the person, and closed once', async () => {
    const asking = await coordinator(plie);
    const { id } = await registerPerson(asking);
    const { need } = await record(asking, { person: id, theme: 'MOBILITE', detail: 'sans permis' });
    expect(need).toMatchObject({ theme: 'MOBILITE', openedOn: '2026-11-23', closedOn: null, person: { id } });
    expect((await see(asking, id)).needs).toEqual({ totalCount: 1, nodes: [{ theme: 'MOBILITE' }] });
    expect(codes(await close(asking, { need: need.id, reason: 'MET', closedOn: '2026-11-22' }))).toEqual([
      'INVALID_INPUT',
    ]);
    expect(await close(asking, { need: need.id, reason: 'MET', version: 1 })).toMatchObject({
      need: { closedOn: '2026-11-23', closeReason: 'MET', version: 2 },
      userErrors: [],
    });
    expect(await close(asking, { need: need.id, reason: 'MET' })).toMatchObject({
      need: { version: 2 },
      userErrors: [{ code: 'WRONG_STATE' }],
    });
  });

  test('two at once close it once', async () => {
    const asking = await coordinator(plie);
    const { id } = await registerPerson(asking);
    const { need } = await record(asking, { person: id, theme: 'EMPLOI' });
    const both = await Promise.all([1, 2].map(() => close(asking, { need: need.id, reason: 'MET' })));
    expect(both.flatMap(codes)).toEqual(['WRONG_STATE']);
  });

  test('health has a theme and no detail; a stranger finds neither person nor need', async () => {
    const asking = await coordinator(plie);
    const { id } = await registerPerson(asking);
    expect(codes(await record(asking, { person: id, theme: 'SANTE' }))).toEqual([]);
    expect((await record(asking, { person: id, theme: 'SANTE', detail: 'dos' })).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['detail'] },
    ]);
    const { need } = await record(asking, { person: id, theme: 'LOGEMENT' });
    const stranger = await coordinator(association);
    expect(codes(await record(stranger, { person: id, theme: 'LOGEMENT' }))).toEqual(['NOT_FOUND']);
    expect(codes(await close(stranger, { need: need.id, reason: 'MET' }))).toEqual(['NOT_FOUND']);
    expect(await stranger.get('query ($id: ID!) { node(id: $id) { id } }', { id: need.id })).toEqual({
      node: null,
    });
  });
});

describe('finding people', () => {
  let asking: Asking;
  let partner: Partner;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    partner = await world.organisation({ kind: 'PLIE' });
    asking = await coordinator(partner);
    const add = async (name: string, firstName: string, over: object = {}) => {
      const identity = { lastName: name, firstName };
      ids[name] = (await registerPerson(asking, { identity, ...over })).id;
      world.clock.set(new Date(Date.parse(world.clock.now()) + 1000).toISOString());
    };
    await add('Lefèvre', 'Élodie', { soughtKind: 'JOB', referent: {} });
    await add('Benali', 'Karim', { commune: '49007' });
    await add('Adjani', 'Zoé', { soughtKind: 'MOBILITY' });
    const need = { person: ids['Benali'], theme: 'MOBILITE' };
    await run(asking, 'recordNeed', 'NewNeed', need, 'need { id }');
  });
  const names = async (filter: object, orderBy = 'NAME') => {
    const { people } = await asking.get(
      `query ($filter: PersonFilter, $orderBy: PersonOrder!) {
        people(filter: $filter, orderBy: $orderBy) { totalCount nodes { identity { lastName } } } }`,
      { filter, orderBy },
    );
    const found = people.nodes.map((node: any) => node.identity?.lastName ?? null);
    expect(people.totalCount).toBe(found.length);
    return found;
  };

  test.each([
    [{ text: 'lefevre' }, ['Lefèvre']],
    [{ text: 'elodi lefevre' }, ['Lefèvre']],
    [{ text: 'benalli' }, ['Benali']],
    [{ text: 'nobody' }, []],
    [{ epci: nantes }, ['Adjani', 'Lefèvre']],
    [{ commune: '49007' }, ['Benali']],
    [{ soughtKinds: ['JOB', 'MOBILITY'] }, ['Adjani', 'Lefèvre']],
    [{ needThemes: ['MOBILITE'] }, ['Benali']],
    [{ needThemes: ['LOGEMENT'] }, []],
    [{ mine: true }, ['Lefèvre']],
    [{ withReferent: true }, ['Lefèvre']],
    [{ withReferent: false }, ['Adjani', 'Benali']],
  ])('%j finds %j', async (filter, expected) => {
    expect(await names(filter)).toEqual(expected);
  });

  test('by member in charge, by reference, and in each order', async () => {
    expect(await names({ referent: asking.memberId })).toEqual(['Lefèvre']);
    const [{ reference }] = await world.rows(sql`select reference from person where id = ${ids['Benali']}`);
    expect(await names({ text: reference.toLowerCase() })).toEqual(['Benali']);
    expect(await names({}, 'ID')).toEqual(['Lefèvre', 'Benali', 'Adjani']);
    expect(await names({}, 'UPDATED')).toEqual(['Adjani', 'Benali', 'Lefèvre']);
  });

  test('neither search, filters, counts nor the order by name tell what is closed', async () => {
    const hidden = async (category: string, work: () => Promise<void>) => {
      const change = (until: string | null) =>
        world.db.write(world.hub, (tx) =>
          tx.change(
            sql`update person_access set valid_until = ${until}::timestamptz
            where person_id = ${ids['Benali']} and organisation_id = ${partner.id} and category = ${category}`,
            1,
          ),
        );
      await change(world.clock.now());
      await work();
      await change(null);
    };
    await hidden('IDENTITY', async () => {
      expect(await names({ text: 'benali' }, 'ID')).toEqual([]);
      expect(await names({}, 'NAME')).toEqual(['Adjani', 'Lefèvre']);
      expect(await names({}, 'ID')).toEqual(['Lefèvre', null, 'Adjani']);
    });
    await hidden('NEEDS', async () => {
      expect(await names({ needThemes: ['MOBILITE'] })).toEqual([]);
      expect((await see(asking, ids['Benali']!)).needs).toBeNull();
    });
    await hidden('PATHWAY', async () => expect(await names({ withReferent: false })).toEqual(['Adjani']));
    await hidden('PROFILE', async () => expect((await see(asking, ids['Benali']!)).profile).toBeNull());
    await hidden('CONTACT', async () => expect((await see(asking, ids['Benali']!)).contact).toBeNull());
    await hidden('CORE', async () => expect(await names({}, 'ID')).toEqual(['Lefèvre', 'Adjani']));
  });

  test('pages by name walk both ways, and a cursor belongs to its list', async () => {
    const page = (args: string) =>
      asking.ask(
        `{ people(orderBy: NAME, ${args}) { nodes { identity { lastName } } pageInfo { endCursor hasNextPage } } }`,
      );
    const first = (await page('first: 2')).data.people;
    expect(first.nodes.map((node: any) => node.identity.lastName)).toEqual(['Adjani', 'Benali']);
    const rest = (await page(`first: 2, after: "${first.pageInfo.endCursor}"`)).data.people;
    expect(rest).toMatchObject({
      nodes: [{ identity: { lastName: 'Lefèvre' } }],
      pageInfo: { hasNextPage: false },
    });
    const other = await asking.ask(
      `{ people(orderBy: ID, after: "${first.pageInfo.endCursor}") { nodes { id } } }`,
    );
    expect(other.errors?.[0]?.extensions.code).toBe('CURSOR_MISMATCH');
  });

  test('a page asks one statement per category, however many people it holds', async () => {
    const statements: string[] = [];
    world.db.onStatement = (text) => statements.push(text);
    await asking.get(`{ people(first: 3) { nodes { ${whole} } } }`);
    world.db.onStatement = () => {};
    // people, epci, communes, identity, contact, profile, referent, handle, disclosure, needs, their counts,
    // and the organisations and members they name
    expect(statements.length).toBeLessThanOrEqual(18);
    await asking.get(`{ people(first: 1) { nodes { ${whole} } } }`);
  });
});
