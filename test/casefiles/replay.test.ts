import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { eraseAgain } from '../../src/casefiles/replay.actions.ts';
import { lineOf } from '../../src/casefiles/tombstone.rules.ts';
import {
  followErasures,
  keepTombstones,
  readTombstones,
  tombstoneSweep,
} from '../../src/casefiles/tombstone.sweep.ts';
import { Database } from '../../src/db/database.ts';
import { hubPool } from '../../src/db/open.ts';
import { newId } from '../../src/kernel/ids.ts';
import { reactions } from '../../src/server/reactions.ts';
import { erasedPerson, foundIn, knownPerson, secrets, type KnownPerson } from '../kit/casefiles.ts';
import { urlsOf } from '../kit/cluster.ts';
import { contentsOf, dumpAndRestore } from '../kit/copy.ts';
import { cloneTemplate, withAdmin } from '../kit/hub.ts';
import { registerPerson } from '../kit/people.ts';
import { started } from '../kit/placements.ts';
import { Scene } from '../kit/referrals.ts';
import { councilOf, eventually, World } from '../kit/world.ts';

/** A backup brought back after an erasure: the tombstones, kept apart, erase again; nobody returns. */
let world: World;
let known: KnownPerson;
let placedPerson: string;
let restored: string;
let pool: pg.Pool;
let db: Database;
const folder = mkdtempSync(join(tmpdir(), 'passerelle-tombstones-'));
const file = join(folder, 'kept', 'tombstones');

beforeAll(async () => {
  world = await World.open();
  const council = await (await councilOf(world)).member();
  const scene = await Scene.open(world);
  known = await knownPerson(scene);
  const working = await registerPerson(scene.coordinator);
  placedPerson = working.id;
  const placement = await started(scene, { person: placedPerson });
  restored = await cloneTemplate();
  await dumpAndRestore(world.server.database, restored);
  const ending = { placement: placement.id, endedOn: '2026-11-20', outcome: { kind: 'UNKNOWN' } };
  await scene.provider.run('endPlacement', 'PlacementEnd', ending, '__typename');
  for (const { id, reference } of [known, working]) {
    const input = { person: id, reason: 'PERSON_REQUEST', confirm: reference };
    const { userErrors } = await council.run('erasePerson', 'PersonErasure', input, 'userErrors { code }');
    expect(userErrors).toEqual([]);
  }
  pool = hubPool(urlsOf(restored).hub, { max: 2 });
  db = new Database({ pool, clock: world.clock, reactions: reactions() });
});
afterAll(async () => {
  await pool.end();
  await withAdmin((admin) => admin.query(`drop database ${restored} with (force)`));
  rmSync(folder, { recursive: true });
  await world.close();
});

test('each erasure is kept in a file beside the database, once, after a line cut short too', async () => {
  const sweep = tombstoneSweep(file);
  expect([await sweep(world.db), await sweep(world.db)]).toEqual([{ kept: 2 }, { kept: 0 }]);
  const text = readFileSync(file, 'utf8');
  expect(secrets.filter((word) => text.includes(word))).toEqual([]);
  expect(text).not.toContain(known.reference);
  const [first, second] = text.trim().split('\n');
  writeFileSync(file, `${first}\n${second!.slice(0, 40)}`);
  expect(readTombstones(file)).toMatchObject({ damaged: 1, tombstones: { length: 1 } });
  expect(await keepTombstones(world.db, file)).toBe(1);
  expect(readTombstones(file)).toMatchObject({ damaged: 1, tombstones: { length: 2 } });
});

test('a restored backup brings the person back, and the tombstones erase them again, running placement or not', async () => {
  expect((await foundIn(restored, secrets)).length).toBeGreaterThanOrEqual(secrets.length);
  const { tombstones } = readTombstones(file);
  const stranger = { ...tombstones[0]!, person: newId('Person') };
  const both = await Promise.all([1, 2].map(() => eraseAgain(db, [...tombstones, stranger])));
  expect(both.map(({ erased }) => erased).reduce((one, other) => one + other)).toBe(2);
  expect(both.map(({ unknown }) => unknown)).toEqual([1, 1]);
  expect(await foundIn(restored, [...secrets, known.reference])).toEqual([]);
  expect(await eraseAgain(db, tombstones)).toEqual({ erased: 0, already: 2, unknown: 0 });
});

test('what a restored and replayed database says of who was erased is what the other says', async () => {
  const rights = async (database: string) => (await contentsOf(database)).person_identity;
  expect(await rights(restored)).toEqual(await rights(world.server.database));
  const lines = readTombstones(file).tombstones.map(lineOf).sort();
  rmSync(file);
  await keepTombstones(db, file);
  expect(readTombstones(file).tombstones.map(lineOf).sort()).toEqual(lines);
});

test('an erasure stands in the file as soon as it is committed, not a minute later', async () => {
  const other = join(folder, 'at-once');
  const fail = (error: unknown) => {
    throw error as Error;
  };
  const stop = followErasures(world.db, world.server.hub.feed, { file: other, onFault: fail });
  const person = await erasedPerson(await Scene.open(world));
  await eventually(() => readTombstones(other).tombstones.some((each) => each.person === person));
  await stop();
});
