import sql from 'sql-template-tag';
import { AccessReason } from '../../src/people/access.rules.ts';
import { openedTo } from '../../src/people/closed.rules.ts';
import { coordinator, followers, newPerson, registerPerson } from '../kit/people.ts';
import { type Asking, World, type Partner } from '../kit/world.ts';

let world: World;
let council: Partner;
let plie: Partner;
let association: Partner;
beforeAll(async () => {
  world = await World.open();
  ({ council, plie, association } = await followers(world));
});
afterAll(() => world.close());

const assign = (asking: Asking, input: object) =>
  asking.run(
    'assignReferent',
    'ReferentAssignment',
    { legalBasis: 'PUBLIC_INTEREST', ...input },
    'person { id version referent { organisation { id } member { id } } }',
  );
const sees = async (asking: Asking, id: string) =>
  (await asking.get('query ($id: ID!) { person(id: $id) { identity { lastName } } }', { id })).person;

describe('naming a referent', () => {
  test('moves the following: the former one and who registered see the person no more', async () => {
    const registrar = await coordinator(plie);
    const { id } = await registerPerson(registrar);
    const given = { person: id, organisation: association.id, legalBasis: 'CONSENT' };
    expect(await assign(registrar, given)).toEqual({ person: null, userErrors: [] });
    expect(await sees(registrar, id)).toBeNull();
    const follower = await coordinator(association);
    expect(await sees(follower, id)).not.toBeNull();

    const back = await assign(await coordinator(council), { person: id, organisation: plie.id });
    expect(back).toMatchObject({ person: { version: 3, referent: { organisation: { id: plie.id } } } });
    expect([await sees(registrar, id), await sees(follower, id)]).toEqual([expect.anything(), null]);
    const events = await world.rows(sql`select type, audience, facts from event where person_id = ${id}
      order by tx, pos`);
    expect(events.map((event) => event.type)).toEqual([
      'person.registered',
      'person.referent_assigned',
      'person.access_ended',
      'person.referent_assigned',
      'person.access_ended',
    ]);
    expect([...events[3].audience].sort()).toEqual([council.id, plie.id, association.id].sort());
    expect(events[3].facts).toEqual({ referent: plie.id });
    expect([events[2].audience, events[4].audience]).toEqual([[plie.id], [association.id]]);
  });

  test('puts the person in the portfolio of the member named', async () => {
    const registrar = await coordinator(plie, { people: 'PORTFOLIO' });
    const colleague = await coordinator(plie, { people: 'PORTFOLIO' });
    const { id } = await registerPerson(registrar);
    const { person } = await assign(registrar, { person: id, member: colleague.memberId });
    expect(person.referent).toEqual({ organisation: { id: plie.id }, member: { id: colleague.memberId } });
    expect(await sees(colleague, id)).not.toBeNull();
  });

  test('the same again changes nothing, a stale version refuses', async () => {
    const asking = await coordinator(plie);
    const { id } = await registerPerson(asking, { referent: {} });
    const count = () => world.rows(sql`select count(*)::int from event where person_id = ${id}`);
    const before = await count();
    expect(await assign(asking, { person: id })).toMatchObject({ person: { version: 1 }, userErrors: [] });
    expect(await count()).toEqual(before);
    expect((await assign(asking, { person: id, version: 9 })).userErrors).toMatchObject([{ code: 'STALE' }]);
  });

  test('is refused to who only sees, to strangers, and for who follows nobody', async () => {
    const asking = await coordinator(plie);
    const { id } = await registerPerson(asking, { referent: {} });
    const codes = async (who: Asking, input: object = {}) =>
      (await assign(who, { person: id, organisation: plie.id, ...input })).userErrors.map(
        (error: any) => error.code,
      );
    expect(await codes(await plie.member({ roles: ['READER'] }))).toEqual(['NOT_ALLOWED']);
    expect(await codes(await coordinator(association))).toEqual(['NOT_FOUND']);
    await world.db.write(world.hub, (tx) =>
      tx.change(sql`insert into person_access (person_id, organisation_id, category, reason, source_id, valid_from)
        values (${id}, ${association.id}, 'CORE', 'REFERRAL', 'ref_1', ${tx.now})`),
    );
    expect(await codes(await coordinator(association))).toEqual(['NOT_ALLOWED']);
    const commune = await world.organisation({ kind: 'COMMUNE' });
    expect(await codes(asking, { organisation: commune.id })).toEqual(['INVALID_INPUT']);
    expect(await codes(asking, { organisation: 'org_none' })).toEqual(['NOT_FOUND']);
    const stranger = await coordinator(association);
    expect(await codes(asking, { member: stranger.memberId })).toEqual(['NOT_FOUND']);
    expect(await codes(asking, { legalBasis: 'CONSENT' })).toEqual([]);
    expect(await codes(asking, { organisation: association.id })).toEqual(['INVALID_INPUT']);
  });

  test('two at once: one follows, and its rights are the ones that stand', async () => {
    const asking = await coordinator(council);
    const { id } = await registerPerson(await coordinator(plie));
    await Promise.all(
      [plie, association, plie].map((partner) => assign(asking, { person: id, organisation: partner.id })),
    );
    expect(
      await world.rows(sql`select 1 from referent where person_id = ${id} and until is null`),
    ).toHaveLength(1);
    await rightsEqualFacts();
  });
});

/** What the facts say should be open now, computed afresh from who registered, who follows, and the council. */
async function rightsOfFacts(): Promise<string[]> {
  const facts = await world.rows<{
    person: string; registrar: string; registrarKind: string; referent: string | null; referentKind: string;
  }>(sql`select person.id as person, registered_by as registrar, registering.kind as "registrarKind",
      referent.organisation_id as referent, following.kind as "referentKind",
      exists (select from referent earlier where earlier.person_id = person.id
        and earlier.organisation_id <> person.registered_by) as "handedOver"
    from person join organisation registering on registering.id = registered_by
    left join referent on referent.person_id = person.id and referent.until is null
    left join organisation following on following.id = referent.organisation_id`); // prettier-ignore
  const rights = (person: string, organisation: string, reason: keyof typeof AccessReason, kind: string) =>
    openedTo(reason, { kind, remit: null, employs: false }).map((category) =>
      [person, organisation, reason, category].join(' '),
    );
  return facts
    .flatMap((fact: any) => [
      ...rights(fact.person, council.id, 'PROGRAMME', 'COUNCIL'),
      ...(fact.handedOver ? [] : rights(fact.person, fact.registrar, 'REGISTRAR', fact.registrarKind)),
      ...(fact.referent ? rights(fact.person, fact.referent, 'REFERENT', fact.referentKind) : []),
    ])
    .sort();
}

async function rightsEqualFacts(): Promise<void> {
  const rows = await world.rows<{
    line: string;
  }>(sql`select concat_ws(' ', person_id, organisation_id, reason, category) as line
    from person_access where reason in ('REGISTRAR', 'REFERENT', 'PROGRAMME') and valid_until is null`);
  expect(rows.map((row) => row.line).sort()).toEqual(await rightsOfFacts());
}

test('the rights rebuilt from the facts are the rights in force', async () => {
  const asking = await coordinator(plie);
  await registerPerson(asking);
  await registerPerson(asking, { referent: {} });
  await registerPerson(await coordinator(council), { referent: { organisation: association.id } });
  const enterprise = await world.organisation({ kind: 'INSERTION_ENTERPRISE' });
  await registerPerson(await coordinator(enterprise), { referent: {}, legalBasis: 'CONSENT' });
  expect((await rightsOfFacts()).length).toBeGreaterThan(30);
  await rightsEqualFacts();
});

describe('the second wall alone', () => {
  const tables = ['person', 'person_identity', 'person_contact', 'person_profile', 'need', 'referent'];

  /** What PostgreSQL gives the hub's own role for a scope, with no scope in the SQL at all. */
  async function count(scope: string | null, table: string, id: string): Promise<number> {
    const client = await world.db.pool.connect();
    try {
      await client.query('begin');
      if (scope !== null) await client.query(`select set_config('app.scope', $1, true)`, [scope]);
      const column = table === 'person' ? 'id' : 'person_id';
      return (await client.query(`select from ${table} where ${column} = $1`, [id])).rowCount ?? 0;
    } finally {
      await client.query('rollback');
      client.release();
    }
  }

  test.each(tables)('holds %s by portfolio, territory and organisation', async (table) => {
    const asking = await coordinator(plie);
    const { id } = await registerPerson(asking, { referent: {} });
    const need = { person: id, theme: 'EMPLOI' };
    await asking.run('recordNeed', 'NewNeed', need, 'need { id }');
    const seen = (people: string, detail = '', organisation = plie.id) =>
      count([organisation, people, detail, 'people'].join('|'), table, id);
    expect(await seen('ALL')).toBe(1);
    expect(await seen('PORTFOLIO', asking.memberId)).toBe(1);
    expect(await seen('TERRITORY', '244400404,200071678')).toBe(1);
    expect(await seen('ALL', '', council.id)).toBe(1);
    expect(await seen('PORTFOLIO', 'mem_other')).toBe(0);
    expect(await seen('TERRITORY', '200071678')).toBe(0);
    expect(await seen('NONE')).toBe(0);
    expect(await seen('ALL', '', association.id)).toBe(0);
    expect([
      await count(null, table, id),
      await count('', table, id),
      await count('|ALL||', table, id),
    ]).toEqual([0, 0, 0]);
  });

  test('nobody writes what a referral only lets them read, nor gives themselves a right', async () => {
    const { id } = await registerPerson(await coordinator(plie));
    for (const category of ['CORE', 'IDENTITY'])
      await world.db.write(world.hub, (tx) =>
        tx.change(sql`insert into person_access (person_id, organisation_id, category, reason, source_id, valid_from)
          values (${id}, ${association.id}, ${category}, 'REFERRAL', 'ref_1', ${tx.now})`),
      );
    const client = await world.db.pool.connect();
    const attempt = (text: string) => client.query(text, [id]).then((result) => result.rowCount);
    try {
      await client.query(`begin; select set_config('app.scope', '${association.id}|ALL||people', true)`);
      expect(await attempt('select from person_identity where person_id = $1')).toBe(1);
      expect(await attempt(`update person_identity set first_name = 'X' where person_id = $1`)).toBe(0);
      expect(await attempt(`update person set sought_kind = 'JOB' where id = $1`)).toBe(0);
      await expect(
        attempt(`insert into person_access (person_id, organisation_id, category, reason, source_id, valid_from)
          values ($1, '${association.id}', 'NEEDS', 'REFERENT', 'x', now())`),
      ).rejects.toThrow('row-level security');
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});

test('a person registered twice by two partners stays unknown to each of them', async () => {
  const identity = { lastName: 'Homonyme', firstName: 'Marie', birthDate: '1985-01-01' };
  const first = await registerPerson(await coordinator(plie), { identity });
  const other = await coordinator(association);
  const payload = await other.run(
    'registerPerson',
    'NewPerson',
    newPerson({ identity, legalBasis: 'CONSENT' }),
    'person { id }',
  );
  expect(payload.userErrors).toEqual([]);
  expect(payload.person.id).not.toBe(first.id);
});
