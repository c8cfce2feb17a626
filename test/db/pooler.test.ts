import type pg from 'pg';
import { readSettings } from '../../src/config/settings.ts';
import { Database } from '../../src/db/database.ts';
import { readCount } from '../../src/db/list.ts';
import { hubPool, refuseUnset } from '../../src/db/open.ts';
import { referralList } from '../../src/referrals/referral.store.ts';
import { urlsOf } from '../kit/cluster.ts';
import { cloneTemplate, withAdmin } from '../kit/hub.ts';
import { done, Scene } from '../kit/referrals.ts';
import { World } from '../kit/world.ts';

/**
 * Behind a pooler that gives each transaction another connection: here each is really another one, opened without any
 * setting and closed after one use. What leaned on a session would find nothing there; notices are heard elsewhere.
 */
let database: string;
let world: World;
let ear: pg.Pool;

beforeAll(async () => {
  database = await cloneTemplate();
  const { hub, owner } = urlsOf(database);
  const bare = hubPool(hub, { pooled: true, prepared: false });
  await expect(refuseUnset(bare)).rejects.toThrow(
    /alter role passerelle_hub set search_path = 'public'; .*statement_timeout = '15s'/,
  );
  await bare.end();
  await withAdmin(async (admin) => {
    for (const [name, value] of [
      ['search_path', 'public'],
      ['statement_timeout', '15s'],
      ['idle_in_transaction_session_timeout', '30s'],
      ['pg_trgm.strict_word_similarity_threshold', '0.4'],
    ] as const)
      await admin.query(`alter role passerelle_hub in database ${database} set ${name} = '${value}'`);
  });
  const pool = hubPool(hub, { pooled: true, prepared: false, maxUses: 1 });
  await expect(refuseUnset(pool)).resolves.toBeUndefined();
  ear = hubPool(owner, { max: 1 });
  world = await World.open({ pool, listener: ear });
});
afterAll(async () => {
  await world.close();
  await ear.end();
  await withAdmin((admin) => admin.query(`drop database ${database} with (force)`));
});

test('the main job goes through, is told live, and each partner sees its own', async () => {
  const scene = await Scene.open(world);
  const told = scene.coordinator.subscribe('subscription { referralUpdated { event { type } } }');
  const { id } = await scene.acknowledged();
  done(await scene.move(scene.provider, 'acceptReferral', id));
  expect((await told.until(3)).length).toBeGreaterThanOrEqual(3);
  const stranger = await (await world.organisation()).member();
  const listed = async (client: typeof stranger) =>
    (await client.get('{ referrals { totalCount nodes { id } } }')).referrals;
  expect(await listed(scene.provider)).toEqual({ totalCount: 1, nodes: [{ id }] });
  expect(await listed(stranger)).toEqual({ totalCount: 0, nodes: [] });
});

test('a notice of another process is heard past the pooler, where the ear is', async () => {
  const { rows } = await withAdmin((admin) =>
    admin.query(`select usename from pg_stat_activity where datname = $1 and query like 'listen %'`, [
      database,
    ]),
  );
  expect(rows).toEqual([{ usename: 'passerelle_owner' }]);
});

test('a connection used again carries neither viewer nor extent over, nor a prepared statement', async () => {
  const scene = await Scene.open(world);
  await scene.acknowledged();
  const one = hubPool(urlsOf(database).hub, { pooled: true, prepared: false, max: 1 });
  const db = new Database({ pool: one, clock: world.clock });
  const listing = referralList(world.hub, {}, 'NEWEST');
  expect(await readCount(db.as(world.hub), listing)).toBeGreaterThan(0);
  const { rows } = await one.query(`select current_setting('app.scope', true) as scope,
    current_setting('app.extent', true) as extent, (select count(*)::int from pg_prepared_statements) as prepared,
    (select count(*)::int from referral) as seen`);
  await one.end();
  expect(rows).toEqual([{ scope: '', extent: '', prepared: 0, seen: 0 }]);
});

test('the owner’s address goes past the pooler; then the hub needs an address of its own', () => {
  const direct = 'postgres://owner:x@db:5432/passerelle';
  const hub = 'postgres://hub:x@pooler:6432/passerelle';
  expect(() => readSettings({ DATABASE_DIRECT_URL: direct })).toThrow(
    /DATABASE_HUB_URL: required with DATABASE_DIRECT_URL/,
  );
  expect(readSettings({ DATABASE_DIRECT_URL: direct, DATABASE_HUB_URL: hub })).toMatchObject({
    DATABASE_HUB_URL: hub,
  });
});
