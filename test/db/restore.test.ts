import { asSuperuser, contentsOf, dumpAndRestore } from '../kit/copy.ts';
import { demoTemplate } from '../kit/demo.ts';
import { cloneTemplate, withAdmin } from '../kit/hub.ts';

test('a dump of the demo restores to the same rows, generated columns and identities included', async () => {
  const original = await cloneTemplate(await demoTemplate());
  const restored = await cloneTemplate();
  try {
    await dumpAndRestore(original, restored);

    const before = await contentsOf(original);
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
    for (const each of [original, restored])
      await withAdmin((admin) => admin.query(`drop database ${each} with (force)`));
  }
}, 120_000);
