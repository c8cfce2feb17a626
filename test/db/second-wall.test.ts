import pg from 'pg';
import { newId } from '../../src/kernel/ids.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import { hubViewer, scopeKey, scopes, type Viewer } from '../../src/kernel/viewer.ts';
import { Category } from '../../src/people/access.rules.ts';
import { isGuarded, SharingPurpose } from '../../src/sharing/grant.rules.ts';
import { urlsOf } from '../kit/cluster.ts';
import { proposedLink } from '../kit/doubles.ts';
import { registerPerson } from '../kit/people.ts';
import { breakGlass, shared } from '../kit/sharing.ts';
import { done, Scene } from '../kit/referrals.ts';
import { started } from '../kit/placements.ts';
import { councilOf, World } from '../kit/world.ts';
import sql, { raw } from 'sql-template-tag';

/** The second wall by itself: statements no slice would send, as the hub's role and in a partner's name. */

let world: World;
let scene: Scene;
let hub: pg.Client;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
  hub = new pg.Client({ connectionString: urlsOf(world.server.database).hub });
  await hub.connect();
});
afterAll(async () => {
  await hub.end();
  await world.close();
});

const viewerOf = (organisation: string): Viewer => ({
  ...hubViewer('never'),
  ...{ kind: 'MEMBER', organisation, scopes, people: 'ALL', cause: null },
});

/** How many rows a statement changed or found in this partner's name, or the code of its refusal; undone at once. */
async function as(organisation: string, text: string, values: unknown[] = []): Promise<number | string> {
  await hub.query('begin');
  try {
    await hub.query(`select set_config('app.scope', $1, true), set_config('app.now', $2, true)`, [
      scopeKey(viewerOf(organisation)),
      world.clock.now(),
    ]);
    return (await hub.query(text, values)).rowCount ?? 0;
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await hub.query('rollback');
  }
}

const forbidden = '42501';

test.each([
  ['sender_id', 'a referral’s sender'],
  ['receiver_id', 'its receiver'],
  ['person_id', 'its person'],
  ['sender_member_id', 'the contact shown of its sender'],
  ['disclose', 'its discretion'],
])('who receives a referral cannot change %s: %s', async (column) => {
  const { id } = await scene.acknowledged();
  const set = (name: string) =>
    as(scene.receiver.id, `update referral set ${name} = ${name} where id = $1`, [id]);
  expect(await set(column)).toBe(forbidden);
  expect(await set('state')).toBe(1);
});

test('nobody refers a person they do not follow, nor in another’s name, nor to who does not offer', async () => {
  const { id } = await scene.acknowledged();
  const other = await world.organisation();
  const copy = (sender: string, receiver: string, person = 'person_id') => `insert into referral
      (id, person_id, offer_id, sender_id, receiver_id, state, origin, disclose, created_at, updated_at)
    select '${newId('Referral')}', ${person}, offer_id, '${sender}', '${receiver}', 'DRAFT', origin, disclose, created_at, updated_at
    from referral where id = '${id}'`;
  expect(await as(scene.sender.id, copy(scene.sender.id, scene.receiver.id))).toBe(1);
  expect(await as(scene.sender.id, copy(scene.sender.id, other.id))).toBe(forbidden);
  expect(await as(scene.receiver.id, copy(scene.sender.id, scene.receiver.id))).toBe(forbidden);
  expect(await as(scene.receiver.id, copy(scene.receiver.id, scene.receiver.id))).toBe(forbidden);
});

test('a line of history or a note is written by a party, in its own name, about the referral’s own person', async () => {
  const { id } = await scene.acknowledged();
  const stranger = await world.organisation();
  const elsewhere = await Scene.open(world);
  const move = (organisation: string, person = 'person_id') => `insert into referral_move
      (id, referral_id, person_id, sender_id, receiver_id, move, to_state, actor_kind, organisation_id, at)
    values ('${newId('ReferralMove')}', '${id}', ${person}, '${scene.sender.id}', '${scene.receiver.id}', 'accept',
      'ACCEPTED', 'MEMBER', '${organisation}', now())`;
  const [{ person_id: person }] = (await world.rows(
    sql`select person_id from referral where id = ${id}`,
  )) as [any];
  const own = `'${person}'`;
  expect(await as(scene.receiver.id, move(scene.receiver.id, own))).toBe(1);
  expect(await as(scene.receiver.id, move(scene.sender.id, own))).toBe(forbidden);
  expect(await as(stranger.id, move(stranger.id, own))).toBe(forbidden);
  expect(await as(scene.receiver.id, move(scene.receiver.id, `'${await elsewhere.person()}'`))).toBe(
    forbidden,
  );
});

test('a placement starts from a referral one received; its contracts and outcomes are its receiver’s to write', async () => {
  const placement = await started(scene);
  const copy = `insert into placement (id, referral_id, person_id, offer_id, sender_id, receiver_id, state, origin,
      exclusive, takes_place, started_on, created_at, updated_at)
    select '${newId('Placement')}', referral_id, person_id, offer_id, sender_id, receiver_id, 'UNDONE', origin, exclusive,
      false, started_on, created_at, updated_at from placement where id = $1`;
  expect(await as(scene.receiver.id, copy, [placement.id])).toBe(1);
  expect(await as(scene.sender.id, copy, [placement.id])).toBe(forbidden);
  const contract = `insert into contract (id, placement_id, kind, from_day, created_at)
    values ('${newId('Contract')}', $1, 'PERMANENT', '2026-11-23', now())`;
  expect(await as(scene.receiver.id, contract, [placement.id])).toBe(1);
  expect(await as(scene.sender.id, contract, [placement.id])).toBe(forbidden);
  const rewrite = `update outcome set kind = 'JOB' where placement_id = $1`;
  expect(await as(scene.receiver.id, rewrite, [placement.id])).toBe(forbidden);
});

test('the journal is written in one’s own name alone', async () => {
  const line = (
    organisation: string,
  ) => `insert into event (id, type, subject_type, subject_id, subject_version,
      organisation_id, actor_kind, audience, facts, occurred_at)
    values ('${newId('Event')}', 'offer.updated', 'Offer', 'x', 1, '${organisation}', 'MEMBER', '{*}', '{}', now())`;
  expect(await as(scene.sender.id, line(scene.sender.id))).toBe(1);
  expect(await as(scene.sender.id, line(scene.receiver.id))).toBe(forbidden);
});

test('the access log is written in one’s own name, read by who follows the person, changed by nobody', async () => {
  const { id } = await scene.acknowledged();
  const [{ person_id: person }] = (await world.rows(sql`select person_id from referral where id = ${id}`)) as [any];
  const line = (organisation: string) => `insert into access_log
      (id, at, person_id, organisation_id, categories, reasons, outside, operation, request_id)
    values ('${newId('AccessLogEntry')}', now(), '${person}', '${organisation}', '{IDENTITY}', '{}', false, 'person', 'x')`;
  expect(await as(scene.receiver.id, line(scene.receiver.id))).toBe(1);
  expect(await as(scene.receiver.id, line(scene.sender.id))).toBe(forbidden);
  await scene.coordinator.get(`{ person(id: "${person}") { identity { lastName } referent { since } } }`);
  await world.db.write(world.hub, (tx) => tx.change(sql`${raw(line(scene.receiver.id))}`, 1));
  const read = (organisation: string) => as(organisation, 'select 1 from access_log where person_id = $1', [person]);
  expect([await read(scene.sender.id), await read(scene.receiver.id)]).toEqual([1, 0]);
  for (const text of ['update access_log set purpose = null', 'delete from access_log', 'truncate access_log',
    'update access_segment set root = root', 'delete from access_segment', 'delete from access_drop', 'alter table access_log disable trigger all'])
    expect([text, await as(scene.sender.id, text)]).toEqual([text, forbidden]);
  expect(await as(scene.sender.id, 'select 1 from access_segment')).toBe(0);
}); // prettier-ignore

test('free text is walled by itself: neither council nor a stranger finds a note; nor the receiver, once it declined', async () => {
  const council = await councilOf(world);
  const { id } = await scene.acknowledged();
  await scene.move(scene.coordinator, 'addReferralNote', id, { category: 'OTHER', text: 'Libre le matin' });
  const found = (organisation: string) =>
    as(organisation, 'select 1 from referral_note where referral_id = $1', [id]);
  expect(await found(scene.receiver.id)).toBe(1);
  expect(await found(council.id)).toBe(0);
  done(await scene.move(scene.provider, 'declineReferral', id, { reason: 'NO_POSITION' }));
  expect(await found(scene.receiver.id)).toBe(0);
  expect(await found(scene.sender.id)).toBe(1);
});

test('nobody gives themselves a right, and none is moved to another person or category', async () => {
  const person = await scene.person();
  const give = `insert into person_access (person_id, organisation_id, category, reason, source_id, valid_from)
    values ($1, $2, 'IDENTITY', 'REFERENT', $1, now())`;
  expect(await as(scene.receiver.id, give, [person, scene.receiver.id])).toBe(forbidden);
  expect(await as(scene.sender.id, 'update person_access set category = category')).toBe(forbidden);
  expect(await as(scene.sender.id, 'update person_access set valid_until = null')).toBe(0);
});

test('a link between records is hidden from who registered one, and re-pointed by nobody; counts are the hub’s alone', async () => {
  const registrar = await world.organisation({ kind: 'PLIE' });
  const { older, newer, link } = await proposedLink(scene, await registrar.member({ roles: ['COORDINATOR'] }));
  const found = (by: string, table: string) => as(by, `select 1 from ${table} where $1 in (person_id, into_id)`, [newer]);
  expect([await found(registrar.id, 'person_link'), await found(scene.sender.id, 'person_link')]).toEqual([0, 1]);
  const steps = 'select 1 from person_link_step where link_id = $1';
  expect([await as(registrar.id, steps, [link]), await as(scene.sender.id, steps, [link])]).toEqual([0, 1]);
  const decide = `update person_link set state = 'CONFIRMED', decided_at = now() where id = $1`;
  expect([await as(registrar.id, decide, [link]), await as(scene.sender.id, decide, [link])]).toEqual([0, 1]);
  for (const column of ['person_id', 'into_id', 'ground'])
    expect(await as(scene.sender.id, `update person_link set ${column} = ${column}`)).toBe(forbidden);
  expect(await as(scene.sender.id, `update person_link_step set reason = 'OTHER'`)).toBe(forbidden);
  const join = `insert into person_link (id, person_id, into_id, state, ground, decided_at, created_at, updated_at)
    values ('lnk_x', $1, $2, 'CONFIRMED', 'BY_HAND', now(), now(), now())`;
  for (const pair of [[older, newer], [newer, older]]) expect(await as(registrar.id, join, pair)).toBe(forbidden);
  for (const by of [registrar.id, scene.sender.id]) {
    expect(await as(by, 'select 1 from person_count')).toBe(0);
    expect(await as(by, 'update person_count set due = false')).toBe(0);
    expect(await as(by, 'insert into person_count (person_id, same_as, counted_as) values ($1, $1, $1)', [newer])).toBe(forbidden);
    expect(await as(by, 'select app.lines_of(array[$1])', [newer])).toBe(forbidden);
  }
}); // prettier-ignore

test('what a grant is for and what an emergency was told with are hidden from an employer that follows the person', async () => {
  const county = await councilOf(world);
  const council = await county.member();
  const employer = await world.organisation({ kind: 'INSERTION_ENTERPRISE' });
  const probation = await world.organisation({ kind: 'ASSOCIATION' });
  const { id: person } = await registerPerson(await employer.member(), { referent: {}, legalBasis: 'CONSENT' });
  const given = { person, organisation: probation.id, legalBasis: 'PUBLIC_INTEREST' };
  await shared(council, { ...given, purpose: 'LEAVING_PRISON', categories: ['JUSTICE'] });
  await shared(council, { ...given, purpose: 'HEALTH_PATHWAY', categories: [] });
  await shared(council, { ...given, purpose: 'HOUSING', categories: ['NEEDS'] });
  await breakGlass(scene.coordinator, { person, reason: 'VITAL_EMERGENCY' });
  for (const [by, seen] of [[employer.id, [1, 1, 0]], [probation.id, [3, 0, 0]], [county.id, [3, 1, 1]], [scene.sender.id, [0, 1, 1]]] as const)
    for (const [at, table] of ['sharing_grant', 'broken_glass', 'broken_glass_detail'].entries())
      expect([by, table, await as(by, `select 1 from ${table} where person_id = $1`, [person])]).toEqual([by, table, seen[at]]);
}); // prettier-ignore

test('what the database calls guarded is what the rules call so, of every purpose and category', async () => {
  const judged = Object.keys(SharingPurpose).flatMap((purpose) =>
    Object.keys(Category).map((category) => ({ purpose, categories: ['CORE', category] as Category[] })),
  );
  const { rows } = await hub.query(`select pg_get_expr(adbin, adrelid) as rule from pg_attrdef
    join pg_attribute on attrelid = adrelid and attnum = adnum where adrelid = 'sharing_grant'::regclass and attname = 'guarded'`);
  const asked = await hub.query(`select ${rows[0].rule} as guarded
    from jsonb_to_recordset($1) as given (purpose text, categories text[])`, [JSON.stringify(judged)]);
  expect(asked.rows.map(({ guarded }) => guarded)).toEqual(judged.map((each) => isGuarded(each as never)));
}); // prettier-ignore

test('a refusal caught within a step of the hub leaves the transaction to who asked', async () => {
  const person = await scene.person();
  const seen = await world.db.write(viewerOf(scene.receiver.id), async (tx) => {
    await tx
      .asHub('test', () => {
        throw new Refusal('NOT_FOUND');
      })
      .catch(() => {});
    expect(tx.viewer.organisation).toBe(scene.receiver.id);
    return tx.rows(sql`select 1 from person where id = ${person}`);
  });
  expect(seen).toEqual([]);
});

test('definer functions look nowhere but in the schemas they name', async () => {
  const { rows } = await hub.query<{ name: string; config: string[] | null; open: boolean }>(`
    select proname as name, proconfig as config, has_function_privilege('public', oid, 'execute') as open
    from pg_proc where prosecdef and pronamespace = 'app'::regnamespace order by 1`);
  expect(rows.map(({ name }) => name)).toEqual([
    'access_readers',
    'agreement_exit_outcomes',
    'agreement_figures',
    'agreement_participants',
    'answers_of_offers',
    'answers_of_organisations',
    'drop_access_lines',
    'erase_person',
    'event_turn',
    'forget_deliveries',
    'forget_events',
    'forget_notices',
    'forget_sharing',
    'forget_vain_sentences',
    'journal_epoch',
    'journal_keeps',
    'keep_places',
    'lines_of',
    'people_named',
    'people_wishing',
    'sender_contact',
    'stand_in_line',
    'viewer_of_calendar',
    'viewer_of_client',
    'viewer_of_key',
    'viewer_of_member',
    'waiting_rank',
    'work_constraints',
  ]);
  for (const { config, open } of rows) {
    expect(config).toEqual(['search_path=pg_catalog, public, pg_temp']);
    expect(open).toBe(false);
  }
});
