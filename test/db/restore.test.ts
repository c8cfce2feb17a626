import { loadDemo } from '../../src/demo/demo.ts';
import { asSuperuser, contentsOf, dumpAndRestore } from '../kit/copy.ts';
import { cloneTemplate, TestHub, testKeys, withAdmin } from '../kit/hub.ts';

test('a dump of the demo restores to the same rows, generated columns and identities included', async () => {
  const hub = await TestHub.open();
  const restored = await cloneTemplate();
  try {
    await loadDemo(hub.hub.db, testKeys);
    await dumpAndRestore(hub.database, restored);

    const before = await contentsOf(hub.database);
    expect(await contentsOf(restored)).toEqual(before);
    expect(before.referral!.rows).toBe(6000);

    const next = await asSuperuser(restored, async (client) => {
      const { rows } = await client.query<{ next: number; most: number }>(
        `select nextval(pg_get_serial_sequence('person_access', 'id'))::integer as next, max(id)::integer as most from person_access`,
      );
      return rows[0]!;
    });
    expect(next.next).toBeGreaterThan(next.most);
  } finally {
    await hub.close();
    await withAdmin((admin) => admin.query(`drop database ${restored} with (force)`));
  }
}, 120_000);
