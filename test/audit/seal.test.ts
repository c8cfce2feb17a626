import pg from 'pg';
import sql, { raw } from 'sql-template-tag';
import { SealKey, KnownKeys } from '../../src/audit/seal-key.ts';
import { dropping, sealing } from '../../src/audit/seal.sweep.ts';
import { dropText } from '../../src/audit/sealed-text.ts';
import { lastSegment } from '../../src/audit/segment.store.ts';
import { Verifier, type Anchor, type Finding } from '../../src/audit/verify.ts';
import { keyOfSecret } from '../../src/config/signing.ts';
import { newId } from '../../src/kernel/ids.ts';
import { urlsOf } from '../kit/cluster.ts';
import { asSuperuser } from '../kit/copy.ts';
import { World } from '../kit/world.ts';

/** What was sealed stays as it was, or is told; the tampering is done as the superuser, past every wall. */

let world: World;
const key = new SealKey(keyOfSecret(Buffer.from('seal')));
const seal = (with_ = key) => sealing(with_)(world.db);

beforeEach(async () => {
  await superuser(`set session_replication_role = replica; truncate access_log, access_segment, access_drop restart identity`);
}); // prettier-ignore
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

const superuser = (text: string) => asSuperuser(world.server.database, (client) => client.query(text));

const insertion = (at: string) => `insert into access_log
    (id, at, person_id, organisation_id, categories, reasons, outside, operation, request_id)
  values ('${newId('AccessLogEntry')}', '${at}', 'per_1', 'org_1', '{IDENTITY}', '{REFERENT}', false, 'person', 'req')`;

/** So many lines, sealed together. */
async function sealed(count: number, at = world.clock.now()) {
  await world.db.write(world.hub, async (tx) => {
    for (let n = 0; n < count; n++) await tx.change(sql`${raw(insertion(at))}`, 1);
  });
  return seal();
}

async function verified(keys = [key], anchor: Anchor | null = null) {
  const told: Finding[] = [];
  const known = new KnownKeys(keys.map(({ publicHalf }) => publicHalf));
  const reader = world.db.as(world.hub);
  const summary = await new Verifier(reader, { keys: known, anchor, onFinding: (each) => told.push(each) }).run();
  expect(summary.findings).toBe(told.length);
  const findings = told.map((each) => ['pos' in each ? each.pos : `#${each.segment}`, each.fault]);
  return { ...summary, findings };
} // prettier-ignore

test('lines are sealed once, in their order, each segment upon the one before', async () => {
  expect(await sealed(3)).toMatchObject({ segments: 1, lines: 3 });
  expect(await seal()).toMatchObject({ segments: 0, lines: 0 });
  expect(await sealed(2)).toMatchObject({ segments: 1, lines: 2 });
  await world.db.write(world.hub, (tx) => tx.change(sql`${raw(insertion(tx.now))}`));
  expect(await verified()).toMatchObject({ segments: 2, intact: 5, unsealed: 1, findings: [], remarks: [] });
});

test('more lines than a segment holds make several; an hour without a line is a segment without one', async () => {
  await superuser(`insert into access_log (id, at, person_id, organisation_id, categories, reasons, outside, operation, request_id)
    select 'log_' || n, now(), 'per_1', 'org_1', '{IDENTITY}', '{}', false, 'person', 'req' from generate_series(1, 5000) n`);
  expect(await seal()).toMatchObject({ segments: 2, lines: 5000 });
  expect(await seal()).toMatchObject({ segments: 0, lines: 0 });
  world.clock.set(new Date(Date.parse(world.clock.now()) + 3_600_000).toISOString());
  expect(await seal()).toMatchObject({ segments: 1, lines: 0 });
  expect(await verified()).toMatchObject({ segments: 3, intact: 5000, findings: [], remarks: [] });
});

test('a line still being written is waited for: a later one that was faster does not leave it outside', async () => {
  const slow = new pg.Client({ connectionString: urlsOf(world.server.database).hub });
  await slow.connect();
  await slow.query(`begin; set local app.scope = 'HUB'`);
  await slow.query(insertion(world.clock.now()));
  await world.db.write(world.hub, (tx) => tx.change(sql`${raw(insertion(tx.now))}`));
  const sealing = seal();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await world.rows(sql`select 1 from access_segment`)).toEqual([]);
  await slow.query('commit');
  expect(await sealing).toMatchObject({ segments: 1, lines: 2 });
  expect(await verified()).toMatchObject({ intact: 2, unsealed: 0, findings: [] });
  await slow.end();
});

test('several hubs seal at once without sealing twice', async () => {
  await world.db.write(world.hub, async (tx) => {
    for (let n = 0; n < 20; n++) await tx.change(sql`${raw(insertion(tx.now))}`, 1);
  });
  const sealers = await Promise.all(Array.from({ length: 5 }, () => seal()));
  expect(sealers.reduce((sum, { lines }) => sum + lines, 0)).toBe(20);
  expect(await verified()).toMatchObject({ segments: 1, intact: 20, findings: [] });
});

describe('is found:', () => {
  const copy = `(id, pos, at, person_id, organisation_id, categories, reasons, outside, operation, request_id)
    overriding system value select 'log_new', 9, at, person_id, organisation_id, categories, reasons, outside, operation, request_id`;
  test.each([
    ['an edited line', `update access_log set purpose = 'SUPERVISION' where pos = 2`, [[2, 'EDITED']]],
    ['a reader taken for another', `update access_log set organisation_id = 'org_2' where pos = 5`, [[5, 'EDITED']]],
    ['a time moved by a millisecond', `update access_log set at = at + interval '1 ms' where pos = 5`, [[5, 'EDITED']]],
    ['a deleted line', `delete from access_log where pos = 2`, [[2, 'DELETED']]],
    ['a line put in the place of another', `delete from access_log where pos = 5; insert into access_log ${copy.replace('9,', '5,')} from access_log where pos = 4`, [[5, 'EDITED']]],
    ['a line inserted where none was', `insert into access_log ${copy.replace('9,', '-1,')} from access_log where pos = 4`, [['#3', 'OUTSIDE']]],
    ['lines put in another order', `alter table access_log alter pos set generated by default; update access_log set pos = -pos where pos in (4, 6); update access_log set pos = 10 + pos where pos < 0`, [[4, 'REORDERED'], [6, 'REORDERED']]],
    ['all lines of a segment cut', `delete from access_log where pos between 4 and 6`, [['#2', 'CUT']]],
    ['a segment cut with its lines', `delete from access_log where pos between 4 and 6; delete from access_segment where number = 2`, [['#2', 'MISSING']]],
    ['a segment whose list follows an edited line', `update access_log set purpose = 'INCIDENT' where pos = 4; update access_segment set leaves[1] = '\\x00' where number = 2`, [['#2', 'LIST'], [4, 'EDITED']]],
    ['a root written anew', `update access_segment set root = previous where number = 2`, [['#2', 'SIGNATURE'], ['#2', 'LIST'], ['#3', 'CHAIN']]],
    ['segments in another order', `update access_segment set number = -number where number < 3; update access_segment set number = 3 + number where number < 0`, [['#1', 'CHAIN'], ['#1', 'SIGNATURE'], ['#2', 'CHAIN'], ['#2', 'SIGNATURE'], ['#3', 'CHAIN']]],
  ])('%s', async (_, tampering, expected) => {
    for (let n = 0; n < 3; n++) await sealed(3);
    await superuser(tampering);
    expect((await verified()).findings).toEqual(expected);
  }); // prettier-ignore

  test('an inserted line, though its position was free', async () => {
    await superuser(`select nextval('access_log_pos_seq')`);
    await sealed(2);
    expect(await verified()).toMatchObject({
      findings: [],
      remarks: [expect.stringContaining('1 positions')],
    });
    await superuser(`insert into access_log ${copy.replace('9,', '1,')} from access_log where pos = 2`);
    expect((await verified()).findings).toEqual([[1, 'INSERTED']]);
  });

  test('a tail cut with its segment, by a head that was noted', async () => {
    await sealed(2);
    await sealed(2);
    const { head } = await verified();
    expect((await verified([key], head)).findings).toEqual([]);
    await superuser('delete from access_log where pos > 2; delete from access_segment where number = 2');
    expect((await verified()).findings).toEqual([]);
    expect((await verified([key], head)).findings).toEqual([['#2', 'ANCHOR']]);
    // what is sealed after the cut takes the number, not the hash; the hour that is missing remains
    world.clock.advanceDays(1);
    await sealed(1);
    const later = await verified([key], head);
    expect(later.findings).toEqual([['#2', 'ANCHOR']]);
    expect(later.remarks).toEqual([expect.stringContaining('segments were cut there'), expect.stringContaining('2 positions')]);
  }); // prettier-ignore

  test('as a note alone: lines cut before they were sealed, and a tail cut with its seal', async () => {
    await sealed(2);
    await world.db.write(world.hub, (tx) => tx.change(sql`${raw(insertion(tx.now))}`));
    expect((await verified()).remarks).toEqual([]);
    await superuser('delete from access_log where pos = 3');
    const cut = expect.stringContaining('1 positions after the last segment');
    expect(await verified()).toMatchObject({ findings: [], remarks: [cut] });
    await sealed(2);
    await superuser('delete from access_log where pos > 2; delete from access_segment where number = 2');
    const tail = expect.stringContaining('3 positions after the last segment');
    expect(await verified()).toMatchObject({ findings: [], remarks: [tail] });
  });

  test('what the hub says of each sealing is the head to be noted', async () => {
    const { head } = await sealed(2);
    const { number, hash } = (await verified()).head!;
    expect(head).toBe(`${number}:${hash}`);
  });

  test('a seal of a key that is not known', async () => {
    const other = new SealKey(keyOfSecret(Buffer.from('other')));
    await sealed(2);
    await world.db.write(world.hub, (tx) => tx.change(sql`${raw(insertion(tx.now))}`));
    await seal(other);
    expect((await verified([key])).findings).toEqual([['#2', 'UNKNOWN_KEY']]);
    expect((await verified([key, other])).findings).toEqual([]);
    await superuser(`update access_segment set key_id = '${key.id}' where number = 2`);
    expect((await verified([key, other])).findings).toEqual([['#2', 'SIGNATURE']]);
  });
});

describe('retention', () => {
  const old = '2019-03-01T10:00:00.000Z';

  test('takes whole segments past three years, and says so under its seal: a cut does not pass for it', async () => {
    await sealed(2, old);
    await sealed(3);
    expect(await dropping(key)(world.db)).toBe(2);
    expect(await dropping(key)(world.db)).toBe(0);
    expect(await verified()).toMatchObject({ segments: 2, intact: 3, dropped: 2, findings: [] });
    await superuser('update access_drop set segment = 2; delete from access_log');
    expect((await verified()).findings).toEqual([['#1', 'CUT'], ['#2', 'DROP']]);
  }); // prettier-ignore

  test('counts only by a record that is signed, and of lines that were past it', async () => {
    const recorded = async (droppedAt: string, signed: boolean) => {
      const head = (await lastSegment(world.db.as(world.hub)))!;
      const drop = { segment: head.number, droppedAt, keyId: key.id };
      const signature = signed ? key.sign(dropText(drop, head)) : Buffer.from('nobody');
      await superuser(`insert into access_drop values (${head.number}, '${droppedAt}', '${key.id}', '\\x${signature.toString('hex')}');
        delete from access_log where pos > ${head.afterPos}`);
    };
    await sealed(2, old);
    await recorded('2026-11-23T08:00:00.000Z', true);
    expect(await verified()).toMatchObject({ dropped: 2, findings: [] });
    await sealed(2, old);
    await recorded('2026-11-23T08:00:00.000Z', false);
    expect((await verified()).findings).toEqual([['#2', 'DROP']]);
    await sealed(2);
    await recorded('2026-11-23T08:00:00.000Z', true);
    expect((await verified()).findings).toEqual([['#2', 'DROP'], ['#3', 'DROP']]);
  }); // prettier-ignore

  test('is no way for the hub’s role to delete what is younger, or was not recorded', async () => {
    await sealed(2);
    await sealed(2, old);
    const drop = (segment: number, recorded: boolean) =>
      world.db.write(world.hub, async (tx) => {
        await tx.rows(sql`select set_config('app.now', '2040-01-01T00:00:00Z', true)`);
        if (recorded) await tx.change(sql`insert into access_drop values (${segment}, ${tx.now}, 'key', '')`);
        await tx.rows(sql`select app.drop_access_lines(${segment})`);
      });
    await expect(drop(1, true)).rejects.toThrow('not past its retention');
    await expect(drop(2, false)).rejects.toThrow('not recorded');
    expect(await verified()).toMatchObject({ intact: 4, findings: [] });
  });

  test('does not take a young line that an old one was sealed with', async () => {
    await world.db.write(world.hub, async (tx) => {
      for (const at of [old, tx.now]) await tx.change(sql`${raw(insertion(at))}`);
    });
    await seal();
    expect(await dropping(key)(world.db)).toBe(0);
  });
});
