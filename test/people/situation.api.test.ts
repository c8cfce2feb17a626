import { pino } from 'pino';
import sql from 'sql-template-tag';
import { hubPool } from '../../src/db/open.ts';
import { assembleHub } from '../../src/server/hub.ts';
import { openDoor } from '../../src/server/http.ts';
import { scopeKey, scopes, hubViewer, type Viewer } from '../../src/kernel/viewer.ts';
import { Client } from '../kit/client.ts';
import { urlsOf } from '../kit/cluster.ts';
import { testKeys } from '../kit/hub.ts';
import { coordinator, registerPerson } from '../kit/people.ts';
import { Scene } from '../kit/referrals.ts';
import { World, type Partner } from '../kit/world.ts';

/** A hub that keeps health data, and a second door over the same database that does not. */
let world: World;
let closeTheOther: () => Promise<void>;
let withoutUrl: string;
let council: Partner;
let plie: Partner;
beforeAll(async () => {
  world = await World.open({ health: true });
  const pool = hubPool(urlsOf(world.server.database).hub, { max: 3 });
  const hub = await assembleHub({ pool, clock: world.clock, issuers: [testKeys.issuer], log: pino({ level: 'silent' }) });
  const without = await openDoor(hub);
  closeTheOther = async () => {
    await without.close();
    await hub.feed.stop();
    await pool.end();
  };
  withoutUrl = await without.app.listen({ port: 0, host: '127.0.0.1' });
  council = await world.organisation({ kind: 'COUNCIL' });
  plie = await world.organisation({ kind: 'PLIE' });
}); // prettier-ignore
afterAll(async () => {
  await closeTheOther();
  await world.close();
});

/** The same member at the door of the hub that keeps no health data. */
const atTheOther = ({ token }: Client) => new Client(withoutUrl, token);
const followed = async (by: Client, over: object = {}) =>
  (await registerPerson(by, { referent: {}, ...over })).id;
const selection = 'situation { id public category statedOn until version person { id } statedBy { id } }';
const record = (by: Client, person: string, code: string, more: object = {}) =>
  by.run('recordSituation', 'NewSituation', { person, public: code, ...more }, selection);
const end = (by: Client, situation: string, more: object = {}) =>
  by.run('endSituation', 'SituationEnd', { situation, ...more }, selection);
const stated = async (by: Client, person: string, ...of: string[]) => {
  for (const code of of) expect((await record(by, person, code)).userErrors).toEqual([]);
};
/** The publics somebody reads of a person; null where the person does not exist for them. */
const reads = async (by: Client, id: string): Promise<string[] | null> => {
  const read = `query ($id: ID!) { person(id: $id) { situations { totalCount nodes { public } } } }`;
  const { person } = await by.get(read, { id });
  if (!person) return null;
  const codes = person.situations.nodes.map((node: { public: string }) => node.public);
  expect(person.situations.totalCount).toBe(codes.length);
  return codes.sort();
};
const refused = (payload: any) =>
  payload.userErrors.map(({ code, field }: any) => [code, ...(field ?? [])].join(' '));

describe('a situation', () => {
  test('is stated by the referent, read with who stated it, and ended once', async () => {
    const asking = await coordinator(plie);
    const person = await followed(asking);
    const { situation } = await record(asking, person, 'RSA', { statedOn: '2026-11-02' });
    expect(situation).toMatchObject({
      ...{ public: 'RSA', category: 'ENTITLEMENTS', statedOn: '2026-11-02', until: null, version: 1 },
      ...{ person: { id: person }, statedBy: { id: plie.id } },
    });
    expect(refused(await end(asking, situation.id, { until: '2026-11-01' }))).toEqual([
      'INVALID_INPUT until',
    ]);
    expect(refused(await end(asking, situation.id, { until: '2026-11-24' }))).toEqual([
      'INVALID_INPUT until',
    ]);
    expect(refused(await end(asking, situation.id, { version: 2 }))).toEqual(['STALE version']);
    expect(await end(asking, situation.id, { version: 1 })).toMatchObject({
      ...{ situation: { until: '2026-11-23', version: 2 }, userErrors: [] },
    });
    expect(refused(await end(asking, situation.id))).toEqual(['WRONG_STATE']);
    expect((await record(asking, person, 'RSA')).userErrors).toEqual([]);
  });

  test('is stated once while it lasts, also by two at once and by a repeated command', async () => {
    const asking = await coordinator(plie);
    const person = await followed(asking);
    const both = await Promise.all([1, 2].map(() => record(asking, person, 'DELD')));
    expect(both.flatMap(refused)).toEqual(['ALREADY_EXISTS public']);
    const key = { idempotencyKey: 'PM once' };
    const first = await record(asking, person, 'PM', key);
    expect((await record(asking, person, 'PM', key)).situation).toEqual(first.situation);
    const ending = { until: '2026-11-23', idempotencyKey: 'PM ended' };
    const ended = await end(asking, first.situation.id, ending);
    expect(await end(asking, first.situation.id, ending)).toEqual(ended);
    const again = await record(asking, person, 'PM');
    const atOnce = await Promise.all([1, 2].map(() => end(asking, again.situation.id)));
    expect(atOnce.flatMap(refused)).toEqual(['WRONG_STATE']);
  });

  test('does not exist for a stranger, and is not moved by who only received the person', async () => {
    const scene = await Scene.open(world);
    const person = await followed(scene.coordinator);
    const { situation } = await record(scene.coordinator, person, 'QPV');
    const stranger = await coordinator(await world.organisation());
    expect(refused(await record(stranger, person, 'QPV'))).toEqual(['NOT_FOUND person']);
    expect(refused(await end(stranger, situation.id))).toEqual(['NOT_FOUND situation']);
    await scene.acknowledged({ person });
    expect(await reads(scene.provider, person)).toEqual(['QPV']);
    expect(refused(await record(scene.provider, person, 'ZRR'))).toEqual(['NOT_ALLOWED']);
    expect(refused(await end(scene.provider, situation.id))).toEqual(['NOT_ALLOWED']);
  });

  test('does not name a social partner that stated it to anybody but itself', async () => {
    const scene = await Scene.open(world);
    await world.db.write(world.hub, (tx) =>
      tx.change(sql`update organisation set sensitive = true where id = ${scene.sender.id}`, 1),
    );
    const person = await followed(scene.coordinator);
    await stated(scene.coordinator, person, 'QPV');
    await scene.acknowledged({ person });
    const by = async (client: Client) =>
      (
        await client.get(
          `query ($id: ID!) { person(id: $id) { situations { nodes { statedBy { id } } } } }`,
          { id: person },
        )
      ).person.situations.nodes[0].statedBy;
    expect(await by(scene.coordinator)).toEqual({ id: scene.sender.id });
    expect(await by(scene.provider)).toBeNull();
  });

  test('is told to who may read it, by an event that does not say which', async () => {
    const asking = await coordinator(plie);
    const person = await followed(asking);
    await stated(asking, person, 'REF_DA', 'PM');
    const rows = await world.rows(sql`select type, audience, facts from event
      where person_id = ${person} and subject_type = 'Situation' order by id`);
    const told = {
      type: 'situation.recorded',
      audience: expect.arrayContaining([plie.id, council.id]),
      facts: {},
    };
    expect(rows).toEqual([told, told]);
  });
});

describe('the category decides', () => {
  const all = ['ASE', 'CAP_BEP', 'DETENTION_MJ', 'PM', 'PSH_PR', 'QPV', 'REF_DA', 'RSA', 'TH'];

  test('referent and council read all of it; who only registered what is neither income, health nor justice', async () => {
    const asking = await coordinator(plie);
    const person = await followed(asking);
    await stated(asking, person, ...all);
    expect(await reads(asking, person)).toEqual(all);
    expect(await reads(await council.member({ people: 'ALL' }), person)).toEqual(all);
    expect(await reads(await plie.member({ people: 'PORTFOLIO' }), person)).toBeNull();

    const { id } = await registerPerson(asking);
    for (const code of ['RSA', 'TH', 'DETENTION_MJ', 'ASE', 'REF_DA', 'PSH_PR'])
      expect([code, refused(await record(asking, id, code))]).toEqual([code, ['NOT_ALLOWED public']]);
    await stated(asking, id, 'CAP_BEP', 'PM', 'QPV');
    await stated(await council.member({ people: 'ALL' }), id, 'RSA', 'TH', 'REF_DA');
    expect(await reads(asking, id)).toEqual(['CAP_BEP', 'PM', 'QPV']);
  });

  test('an employer who is the referent neither reads nor states what the law closes to employers', async () => {
    const employer = await world.organisation({ kind: 'ASSOCIATION' });
    await world.db.write(world.hub, (tx) =>
      tx.change(sql`insert into accreditation (organisation_id, kind, from_day) values (${employer.id}, 'ACI', '2020-01-01')`),
    );
    const asking = await coordinator(employer);
    const person = await followed(asking, { legalBasis: 'CONSENT' });
    expect(refused(await record(asking, person, 'TH'))).toEqual(['NOT_ALLOWED public']);
    await stated(await council.member({ people: 'ALL' }), person, ...all);
    expect(await reads(asking, person)).toEqual(['CAP_BEP', 'PM', 'QPV']);
  }); // prettier-ignore

  test('a referral opens what comes with the contact; asylum and homelessness stay shut beside it', async () => {
    const scene = await Scene.open(world);
    const person = await followed(scene.coordinator);
    await stated(scene.coordinator, person, ...all);
    const { id } = await scene.sent({ person });
    expect(await reads(scene.provider, person)).toEqual([]);
    await scene.move(scene.provider, 'acknowledgeReferral', id);
    expect(await reads(scene.provider, person)).toEqual(['QPV']);
  });
});

describe('without health data (HEALTH_DATA=off)', () => {
  test('disability is not stated, what was kept before is read by nobody, and the category is not there', async () => {
    const asking = await coordinator(plie);
    const person = await followed(asking);
    await stated(asking, person, 'TH', 'RSA');
    const other = atTheOther(asking);
    for (const code of ['TH', 'AAH']) {
      const { userErrors } = await record(other, person, code);
      expect(userErrors).toEqual([
        { code: 'INVALID_INPUT', field: ['public'], message: 'This hub keeps no health data.' },
      ]);
    }
    expect(await reads(other, person)).toEqual(['RSA']);
    const node = `query ($id: ID!) { node(id: $id) { id } }`;
    const [{ id }] = (await world.rows(
      sql`select id from person_situation where person_id = ${person} and public = 'TH'`,
    )) as [{ id: string }];
    expect(await asking.get(node, { id })).toEqual({ node: { id } });
    expect(await other.get(node, { id })).toEqual({ node: null });
    expect(refused(await end(other, id))).toEqual(['NOT_FOUND situation']);
    const categories = async (by: Client) =>
      (await by.get(`query ($id: ID!) { person(id: $id) { disclosure { category } } }`, { id: person })).person
        .disclosure.map((each: { category: string }) => each.category); // prettier-ignore
    expect(await categories(asking)).toContain('HEALTH');
    expect(await categories(other)).not.toContain('HEALTH');
  });

  test('the second wall holds it alone: no row of health for whom the setting does not open it', async () => {
    const asking = await coordinator(plie);
    const person = await followed(asking);
    await stated(asking, person, 'TH', 'RSA');
    const viewer: Viewer = { ...hubViewer(''), kind: 'MEMBER', organisation: plie.id, scopes, people: 'ALL' };
    const seen = async (of: Viewer) => {
      const client = await world.db.pool.connect();
      try {
        await client.query('begin');
        await client.query(`select set_config('app.scope', $1, true), set_config('app.now', $2, true)`, [scopeKey(of), world.clock.now()]);
        const { rows } = await client.query<{ public: string }>('select public from person_situation where person_id = $1', [person]);
        return rows.map((row) => row.public).sort();
      } finally {
        await client.query('rollback');
        client.release();
      }
    };
    expect(await seen({ ...viewer, health: true })).toEqual(['RSA', 'TH']);
    expect(await seen(viewer)).toEqual(['RSA']);
    expect(await seen({ ...viewer, organisation: (await world.organisation()).id, health: true })).toEqual([]);
  }); // prettier-ignore
});
