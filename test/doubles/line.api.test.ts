import sql from 'sql-template-tag';
import { sweepAccess } from '../../src/people/access.sweep.ts';
import { inLine } from '../../src/people/count.store.ts';
import type { Client } from '../kit/client.ts';
import { proposedLink, run } from '../kit/doubles.ts';
import { Scene } from '../kit/referrals.ts';
import { councilOf, World } from '../kit/world.ts';

/** All that moves about one person waits in one line, and links change one at a time: whatever moves, also at night. */

let world: World;
let scene: Scene;
let council: Client;

beforeAll(async () => {
  world = await World.open();
  council = await (await councilOf(world)).member();
  scene = await Scene.open(world);
});
afterAll(() => world.close());

async function statementsOf(act: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  world.db.onStatement = (text) => statements.push(text);
  await act().finally(() => (world.db.onStatement = () => {}));
  return statements;
}

test('the end of a right is not told while somebody moves the person by another of their records', async () => {
  const { older, newer, link } = await proposedLink(scene);
  await run(scene.coordinator, 'confirmPersonLink', { link });
  await world.db.write(world.hub, (tx) =>
    tx.change(sql`update person_access set valid_until = ${tx.now}
      where person_id = ${newer} and reason = 'SAME_PERSON' and category = 'NEEDS'`, 1)); // prettier-ignore
  await world.db.write(world.hub, async (tx) => {
    await inLine(tx, older);
    expect(await sweepAccess(world.db)).toEqual({ told: 0, failed: 0 });
  });
  expect(await sweepAccess(world.db)).toEqual({ told: 1, failed: 0 });
});

test('a new referent counts nobody again: a link confirmed at the same moment stays confirmed', async () => {
  const { older } = await proposedLink(scene);
  const other = await world.organisation({ kind: 'PLIE' });
  const input = { person: older, organisation: other.id, legalBasis: 'PUBLIC_INTEREST' };
  const statements = await statementsOf(() =>
    council.run('assignReferent', 'ReferentAssignment', input, 'person { id }'),
  );
  expect(statements.filter((text) => text.includes('insert into person_count'))).toEqual([]);
  expect(statements.some((text) => text.includes('update person_link'))).toBe(true);
});

test('an erasure, which parts links, waits its turn among them before the line of the person', async () => {
  const { older } = await proposedLink(scene);
  const [{ reference }] = await world.rows(sql`select reference from person where id = ${older}`);
  const input = { person: older, reason: 'PERSON_REQUEST', confirm: reference };
  const statements = await statementsOf(() =>
    council.run('erasePerson', 'PersonErasure', input, 'erasure { id }'),
  );
  const waits = statements.filter((text) => /passerelle links|stand_in_line/.test(text));
  expect(waits[0]).toContain('passerelle links');
});
