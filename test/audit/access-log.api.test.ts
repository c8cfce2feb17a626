import sql from 'sql-template-tag';
import type { Client } from '../kit/client.ts';
import { asSuperuser } from '../kit/copy.ts';
import { registerPerson } from '../kit/people.ts';
import { done, Scene } from '../kit/referrals.ts';
import { RawSocket } from '../kit/socket.ts';
import { eventually, World, type Partner } from '../kit/world.ts';

/** Each disclosure leaves a line, written before the answer leaves the hub: no line, no data; no data, no line. */

let world: World;
let scene: Scene;
let council: Partner;

beforeAll(async () => {
  world = await World.open();
  council = await world.organisation({ kind: 'COUNCIL' });
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const linesOf = (person: string) =>
  world.rows(sql`select organisation_id as organisation, member_id as member, client_id is not null as tool,
      categories, reasons, operation, purpose, outside, request_id as request
    from access_log where person_id = ${person} order by pos`);
const everyLine = async () => (await world.rows(sql`select count(*) as n from access_log`))[0].n as number;

/** A person with something in each category, and no line about them yet but that of the registration. */
async function known(as = scene.coordinator) {
  const { id } = await registerPerson(as, { contact: { phone: '02 40 00 11 22' } });
  await as.run('recordNeed', 'NewNeed', { person: id, theme: 'MOBILITE' }, '__typename');
  await as.run('updateProfile', 'ProfileUpdate', { person: id, profile: { skills: ['Soudure'] } }, '__typename');
  return id;
} // prettier-ignore

const whole = `{ reference identity { lastName } contact { phone } profile { skills } needs { nodes { theme } }
  referent { since } disclosure { category } }`;
const ask = `query ($id: ID!) { person(id: $id) ${whole} }`;

test('what is opened of a person is one line: who, when, what, by which right, by which request', async () => {
  const person = await known();
  const before = (await linesOf(person)).length;
  const response = await scene.coordinator.post(
    {
      query: `query Marie { one: person(id: "${person}") ${whole} again: person(id: "${person}") ${whole} }`,
    },
    { 'x-request-id': 'req-1' },
  );
  expect(((await response.json()) as any).data.one.identity.lastName).toMatch(/Durand/);
  expect((await linesOf(person)).slice(before)).toEqual([
    {
      organisation: scene.sender.id,
      member: scene.coordinator.memberId,
      tool: false,
      categories: ['CONTACT', 'IDENTITY', 'NEEDS', 'PROFILE'],
      reasons: ['REGISTRAR'],
      operation: 'person',
      purpose: null,
      outside: false,
      request: 'req-1',
    },
  ]);
});

test('however many people a request opens, it costs one statement more', async () => {
  for (let n = 0; n < 3; n++) await known();
  const statements = async (selection: string) => {
    const texts: string[] = [];
    world.db.onStatement = (text) => void texts.push(text);
    await scene.coordinator.get(`{ people(first: 3) { nodes { ${selection} } } }`);
    world.db.onStatement = () => {};
    return texts;
  };
  expect((await statements('reference')).filter((text) => text.includes('access_log'))).toEqual([]);
  const texts = await statements('identity { lastName } contact { phone }');
  expect(texts.filter((text) => text.includes('access_log'))).toHaveLength(1);
  expect(texts).toHaveLength(4);
});

test('what is not open, or not there, discloses nothing', async () => {
  const person = await known();
  const { id } = await scene.sent({ person });
  const before = await everyLine();
  const read = `query ($id: ID!) { referral(id: $id) { person ${whole} } }`;
  expect((await scene.provider.get(read, { id })).referral.person).toMatchObject({ identity: null, needs: null });
  await scene.provider.get(`{ people(orderBy: NAME) { nodes { id } totalCount } }`);
  await (await (await world.organisation()).member()).get(ask, { id: person });
  await scene.coordinator.get(`{ people { totalCount } vacancies { nodes { id } } }`);
  expect(await everyLine()).toBe(before);
}); // prettier-ignore

test.each([
  ['in the order of names', 'orderBy: NAME', ['IDENTITY']],
  ['by a name', 'filter: { text: "Quimper" }', ['IDENTITY']],
  ['by a need', 'filter: { needThemes: [MOBILITE] }', ['NEEDS']],
  ['by the exact commune', 'filter: { commune: "44109" }', ['CONTACT']],
  ['by having a referent', 'filter: { withReferent: false }', ['PATHWAY']],
])('a list of people %s tells as much as the field it looked at', async (_, asked, categories) => {
  const here = await Scene.open(world);
  const person = await known(here.coordinator);
  const identity = { lastName: 'Quimper' };
  await here.coordinator.run('updatePerson', 'PersonUpdate', { person, identity }, '__typename');
  const before = (await linesOf(person)).length;
  const { people } = await here.coordinator.get(`{ people(${asked}) { nodes { id } } }`);
  expect(people.nodes).toEqual([{ id: person }]);
  expect((await linesOf(person)).slice(before)).toMatchObject([{ categories, operation: 'people' }]);
});

test('a mutation’s answer that shows the person is a disclosure too, for the right it is shown by', async () => {
  const person = await known();
  const { id } = await scene.sent({ person });
  const before = (await linesOf(person)).length;
  const { referral } = await scene.provider.run(
    ...(['acknowledgeReferral', 'ReferralAcknowledgement', { referral: id }] as const),
    'referral { person { identity { lastName } contact { phone } } }',
  );
  expect(referral.person.identity.lastName).toMatch(/Durand/);
  expect((await linesOf(person)).slice(before)).toMatchObject([
    {
      organisation: scene.receiver.id,
      member: scene.provider.memberId,
      categories: ['CONTACT', 'IDENTITY'],
      reasons: ['REFERRAL'],
      operation: 'acknowledgeReferral',
    },
  ]);
});

test('two mutations in one request: what the second closed was open when the first showed it', async () => {
  const person = await known();
  const other = await world.organisation();
  const before = (await linesOf(person)).length;
  const { second } = await scene.coordinator.get(
    `mutation ($profile: ProfileUpdate!, $referent: ReferentAssignment!) {
       first: updateProfile(input: $profile) { person { identity { lastName } } }
       second: assignReferent(input: $referent) { person { id } userErrors { code } } }`,
    {
      profile: { person, profile: { skills: [] } },
      referent: { person, organisation: other.id, legalBasis: 'CONSENT' },
    },
  );
  expect(second).toEqual({ person: null, userErrors: [] });
  expect((await linesOf(person)).slice(before)).toMatchObject([
    { categories: ['IDENTITY'], reasons: ['REGISTRAR'], operation: 'updateProfile, assignReferent' },
  ]);
});

test('a tool is named with the member it acts for', async () => {
  const person = await known();
  const tool = await scene.sender.tool(['people:read'], scene.coordinator.memberId);
  await tool.get(ask, { id: person });
  expect((await linesOf(person)).at(-1)).toMatchObject({ tool: true, member: scene.coordinator.memberId });
});

test('whoever sees a portfolio reads within it; who sees all says for which purpose they read outside theirs', async () => {
  const person = await known();
  const supervisor = await council.member();
  const read = (headers: Record<string, string>) =>
    supervisor.post({ query: ask, variables: { id: person } }, headers);
  await read({ 'x-purpose': 'SUPERVISION' });
  await read({});
  const misspelled = await read({ 'x-purpose': 'SUPERVISON' });
  expect(misspelled.status).toBe(400);
  expect(JSON.parse(await misspelled.text()).errors[0]).toMatchObject({
    extensions: { code: 'BAD_REQUEST' },
    message: expect.stringMatching(/SUPERVISION/),
  });
  await scene.coordinator.get(ask, { id: person });
  const lines = (await linesOf(person)).slice(-3);
  expect(lines.map(({ purpose, outside, reasons }) => [purpose, outside, reasons])).toEqual([
    ['SUPERVISION', true, ['PROGRAMME']],
    [null, true, ['PROGRAMME']],
    [null, false, ['REGISTRAR']],
  ]);
});

describe('where a purpose is required', () => {
  let strict: World;
  let person: string;
  let supervisor: Client & { memberId: string };
  beforeAll(async () => {
    strict = await World.open({ purposeRequired: true });
    const home = await strict.organisation({ kind: 'COUNCIL' });
    supervisor = await home.member();
    const here = await Scene.open(strict);
    person = (await registerPerson(here.coordinator)).id;
  });
  afterAll(() => strict.close());
  const log = async () => (await strict.rows(sql`select purpose from access_log where outside order by pos`)).map(({ purpose }) => purpose);

  test('a council’s member who sees everybody reads nothing outside their portfolio without one', async () => {
    const asked = { query: ask, variables: { id: person } };
    const refused = await supervisor.post(asked);
    expect(refused.status).toBe(400);
    expect(await refused.text()).not.toMatch('Durand');
    expect((await supervisor.ask(ask, { id: person })).errors?.[0]?.extensions.code).toBe('PURPOSE_REQUIRED');
    expect(await log()).toEqual([]);
    const answered = await supervisor.post(asked, { 'x-purpose': 'INCIDENT' });
    expect(await answered.text()).toMatch('Durand');
    expect(await log()).toEqual(['INCIDENT']);
  });

  test('one’s own portfolio and what discloses nothing need none', async () => {
    const own = (await registerPerson(supervisor)).id;
    expect((await supervisor.get(ask, { id: own })).person.identity.lastName).toMatch(/Durand/);
    await supervisor.get(`{ people { totalCount nodes { reference } } }`);
    const input = { person, contact: { phone: '02 40 11 22 33' } };
    const { userErrors } = await supervisor.run('updatePerson', 'PersonUpdate', input, 'person { reference }');
    expect(userErrors).toEqual([]);
    expect(await log()).toEqual(['INCIDENT']);
  });

  test('a mutation whose answer tells of somebody outside it is refused before anything is written', async () => {
    const update = `mutation ($input: PersonUpdate!) { updatePerson(input: $input) { userErrors { code } person {
      contact { phone } } } }`;
    const variables = { input: { person, contact: { phone: '02 40 99 99 99' }, idempotencyKey: 'said-why' } };
    const written = () => strict.rows(sql`select phone, (select count(*)::int from event where person_id = ${person}) as events
      from person_contact where person_id = ${person}`);
    const before = await written();
    const refused = await supervisor.post({ query: update, variables });
    expect([refused.status, JSON.parse(await refused.text()).errors[0].extensions.code]).toEqual([400, 'PURPOSE_REQUIRED']);
    // nor where others may stand in a list it goes through, whoever they are
    const others = update.replace('contact { phone }', 'referrals { nodes { person { identity { lastName } } } }');
    expect((await supervisor.ask(others, variables)).errors?.[0]?.extensions.code).toBe('PURPOSE_REQUIRED');
    expect(await written()).toEqual(before);
    const answered = await supervisor.post({ query: update, variables }, { 'x-purpose': 'DATA_QUALITY' });
    expect(await answered.text()).toMatch('02 40 99 99 99');
    // the same key writes nothing again, and tells no more without a purpose
    expect((await supervisor.ask(update, variables)).errors?.[0]?.extensions.code).toBe('PURPOSE_REQUIRED');
    expect(await log()).toEqual(['INCIDENT', 'DATA_QUALITY']);
  });

  test('a mutation about somebody of one’s own portfolio needs none, whatever its answer tells of them', async () => {
    const own = (await registerPerson(supervisor)).id;
    const input = { person: own, contact: { phone: '02 40 77 77 77' } };
    const answer = await supervisor.ask(`mutation ($input: PersonUpdate!) { updatePerson(input: $input) {
      userErrors { code } person { contact { phone } } } }`, { input });
    expect(answer).toMatchObject({ data: { updatePerson: { userErrors: [], person: { contact: { phone: '02 40 77 77 77' } } } } });
  });
}); // prettier-ignore

describe('Person.accessLog', () => {
  const log = `query ($id: ID!, $first: Int, $after: String) { person(id: $id) { accessLog(first: $first, after: $after) {
    totalCount pageInfo { endCursor } nodes { id at categories why operation outside purpose member tool organisation { id } } } } }`;
  const read = async (client: Client, id: string, page = {}) =>
    (await client.get(log, { id, ...page })).person?.accessLog ?? null;

  test('tells who follows the person who looked, the latest first; reading it leaves no line', async () => {
    const person = await known();
    const { id } = await scene.acknowledged({ person });
    await scene.provider.get(`{ referral(id: "${id}") { person { identity { lastName } } } }`);
    const tool = await scene.sender.tool(['people:read'], scene.coordinator.memberId);
    await tool.get(`{ person(id: "${person}") { needs { totalCount nodes { id } } } }`);
    const before = await everyLine();
    const { nodes, totalCount } = await read(scene.coordinator, person);
    expect(nodes.slice(0, 2)).toMatchObject([
      { categories: ['NEEDS'], why: ['REGISTRAR'], tool: 'tool', organisation: { id: scene.sender.id } },
      {
        ...{
          categories: ['IDENTITY'],
          why: ['REFERRAL'],
          operation: 'referral',
          outside: false,
          purpose: null,
        },
        ...{ member: expect.stringMatching(/^Member/), tool: null, organisation: { id: scene.receiver.id } },
      },
    ]);
    expect(nodes).toHaveLength(totalCount);
    const first = await read(scene.coordinator, person, { first: 2 });
    const rest = await read(scene.coordinator, person, { after: first.pageInfo.endCursor });
    expect([...first.nodes, ...rest.nodes]).toEqual(nodes);
    expect(await read(await council.member(), person)).toMatchObject({ totalCount });
    expect(await everyLine()).toBe(before);
  });

  test('is closed to who received the person, to who registered and handed over, and to everybody else', async () => {
    const person = await known();
    await scene.acknowledged({ person });
    await scene.coordinator.get(ask, { id: person });
    const other = await world.organisation();
    const supervisor = await council.member();
    const referent = { person, organisation: other.id, legalBasis: 'PUBLIC_INTEREST' };
    expect(await read(scene.provider, person)).toBeNull();
    await supervisor.run('assignReferent', 'ReferentAssignment', referent, '__typename');
    expect(await read(scene.coordinator, person)).toBeNull();
    expect(await read(await (await world.organisation({ kind: 'COMMUNE' })).member(), person)).toBeNull();
    expect((await read(await other.member(), person)).totalCount).toBeGreaterThan(0);
    expect((await read(supervisor, person)).totalCount).toBeGreaterThan(0);
  });

  test('names a social partner whose name would say too much to itself and to the council alone', async () => {
    const discreet = await world.organisation({ kind: 'PLIE' });
    await asSuperuser(world.server.database, (owner) =>
      owner.query('update organisation set sensitive = true where id = $1', [discreet.id]),
    );
    const worker = await discreet.member();
    const person = await known(worker);
    const supervisor = await council.member();
    await worker.get(ask, { id: person });
    const last = async (client: Client) => (await read(client, person, { first: 1 })).nodes[0];
    const named = { organisation: { id: discreet.id }, member: expect.stringMatching(/^Member/) };
    expect(await last(worker)).toMatchObject(named);
    expect(await last(supervisor)).toMatchObject(named);
    const referent = { person, organisation: scene.sender.id, legalBasis: 'PUBLIC_INTEREST' };
    await worker.run('assignReferent', 'ReferentAssignment', referent, '__typename');
    expect(await last(scene.coordinator)).toMatchObject({
      why: ['REGISTRAR'],
      organisation: null,
      member: null,
    });
  });
});

describe('over a socket', () => {
  const name = 'person { identity { lastName } }';

  test('a question and its line, with the purpose the socket was opened for', async () => {
    const person = await known();
    const socket = await RawSocket.open(scene.coordinator.url);
    const authorization = `Bearer ${scene.coordinator.token}`;
    socket.send({ type: 'connection_init', payload: { authorization, purpose: 'PERSON_REQUEST' } });
    await socket.next('connection_ack');
    socket.subscribe('1', ask, { id: person });
    expect((await socket.answer('1')).payload.data.person.identity.lastName).toMatch(/Durand/);
    expect((await linesOf(person)).at(-1)).toMatchObject({ operation: 'person', purpose: 'PERSON_REQUEST' });
    socket.close();
  });

  test('opened with a purpose that is none, it answers each question so', async () => {
    const socket = await RawSocket.open(scene.coordinator.url);
    const authorization = `Bearer ${scene.coordinator.token}`;
    socket.send({ type: 'connection_init', payload: { authorization, purpose: 'person_request' } });
    await socket.next('connection_ack');
    socket.subscribe('1', ask, { id: await known() });
    expect((await socket.answer('1')).payload).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
    socket.close();
  });

  test('each message of a subscription that shows the person writes its own line', async () => {
    const person = await known();
    const { id } = await scene.sent({ person });
    const before = (await linesOf(person)).length;
    const socket = await RawSocket.as(scene.coordinator);
    await subscribed(socket, '1', `subscription ($person: ID) { referralUpdated(person: $person, states: [ACKNOWLEDGED, ACCEPTED]) { referral { state ${name} } } }`, { person });
    done(await scene.move(scene.provider, 'acknowledgeReferral', id));
    await socket.answer('1');
    done(await scene.move(scene.provider, 'acceptReferral', id));
    await until(() => socket.received.filter(({ type }) => type === 'next').length === 2);
    expect((await linesOf(person)).slice(before)).toMatchObject([
      { operation: 'referralUpdated', categories: ['IDENTITY'] },
      { operation: 'referralUpdated', categories: ['IDENTITY'] },
    ]);
    socket.close();
  }); // prettier-ignore
});

describe('what cannot be logged is not shown', () => {
  const grant = (what: string) =>
    asSuperuser(world.server.database, (owner) => owner.query(`${what} insert on access_log ${what === 'grant' ? 'to' : 'from'} passerelle_hub`));
  beforeAll(() => grant('revoke'));
  afterAll(() => grant('grant'));

  const secret = 'Kerguelen';
  const hidden = async () => {
    await grant('grant');
    const { id } = await registerPerson(scene.coordinator, { identity: { lastName: secret, firstName: 'Anna' } });
    await grant('revoke');
    return id;
  };

  test('over HTTP', async () => {
    const response = await scene.coordinator.post({ query: ask, variables: { id: await hidden() } });
    const body = await response.text();
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(body).not.toContain(secret);
    expect(JSON.parse(body)).toEqual({
      errors: [{ message: expect.stringContaining('access log'), extensions: { code: 'UNAVAILABLE' } }],
    });
    // what discloses nothing is answered all the same
    expect(await scene.coordinator.get('{ vacancies { totalCount } }')).toBeTruthy();
  });

  test('by a mutation, though what it changed stays changed', async () => {
    const person = await hidden();
    const input = { person, contact: { phone: '02 40 99 88 77' } };
    const query = 'mutation ($input: PersonUpdate!) { updatePerson(input: $input) { person { identity { lastName } contact { phone } } } }';
    const body = await (await scene.coordinator.post({ query, variables: { input } })).text();
    expect(body).not.toMatch(`${secret}|99 88`);
    expect(await world.rows(sql`select phone from person_contact where person_id = ${person}`)).toEqual([{ phone: '02 40 99 88 77' }]);
  });

  test('over a socket, to a question or in a message', async () => {
    const person = await hidden();
    const { id } = await scene.sent({ person });
    const socket = await RawSocket.as(scene.coordinator);
    await subscribed(socket, 'live', `subscription ($person: ID) { referralUpdated(person: $person) { referral { person { identity { lastName } } } } }`, { person });
    socket.subscribe('asked', ask, { id: person });
    expect((await socket.answer('asked')).payload).toEqual({ errors: [expect.objectContaining({ extensions: { code: 'UNAVAILABLE' } })] });
    done(await scene.move(scene.provider, 'acknowledgeReferral', id));
    // it ends there: the client comes back with its last cursor
    expect((await socket.answer('live')).payload).toEqual([expect.objectContaining({ extensions: { code: 'UNAVAILABLE' } })]);
    expect(JSON.stringify(socket.received)).not.toContain(secret);
    socket.close();
  });
}); // prettier-ignore

/** The hub has read past what was committed: a subscription begun now misses nothing that follows. */
/** Subscribes, and waits until the hub has taken it up. */
async function subscribed(socket: RawSocket, id: string, query: string, variables: object): Promise<void> {
  const before = world.server.listening;
  socket.subscribe(id, query, variables);
  await eventually(() => world.server.listening > before);
}

async function until(holds: () => boolean): Promise<void> {
  for (let n = 0; n < 200 && !holds(); n++) await new Promise((resolve) => setTimeout(resolve, 20));
}
