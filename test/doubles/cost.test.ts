import sql from 'sql-template-tag';
import { compare } from '../../src/doubles/compare.store.ts';
import { newId } from '../../src/kernel/ids.ts';
import { World } from '../kit/world.ts';

/** Whoever registers must not measure whether somebody is known: how long it takes is how much is read and written. */

let world: World;
beforeAll(async () => {
  world = await World.openDemo();
}, 60_000);
afterAll(() => world.close());

/** How many rows comparing this record with the two thousand of the demo reads and writes, by table. */
async function cost(identity: { lastName: string; firstName: string; birthDate: string }) {
  return world.db.write(world.hub, async (tx) => {
    const id = newId('Person');
    const { lastName, firstName, birthDate } = identity;
    await tx.change(sql`insert into person (id, reference, registered_by, created_at, updated_at)
      select ${id}, ${id}, id, ${tx.now}, ${tx.now} from organisation limit 1`);
    await tx.change(sql`insert into person_identity (person_id, last_name, first_name, birth_date)
      values (${id}, ${lastName}, ${firstName}, ${birthDate})`);
    const counted = () =>
      tx.rows<{ read: number; written: number }>(sql`
        select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as read, sum(n_tup_ins + n_tup_upd)::int as written
        from pg_stat_xact_user_tables`);
    const [before] = await counted();
    await compare(tx, id);
    const [after] = await counted();
    const [row] = await tx.rows<{ found: string | null }>(
      sql`select found_id as found from person_count where person_id = ${id}`,
    );
    return { found: row!.found, read: after!.read - before!.read, written: after!.written - before!.written };
  }); // prettier-ignore
}

test('finding somebody reads a few rows by their keys, as finding nobody does, and writes as many', async () => {
  const [somebody] =
    await world.rows(sql`select person_id, last_name as "lastName", first_name as "firstName",
    birth_date as "birthDate" from person_identity
    where last_name = 'Kaddour' and first_name = 'Nadia'`);
  const [met, unmet] = [await cost(somebody), await cost({ ...somebody, lastName: 'Inconnue' })];
  expect([met.found, unmet.found]).toEqual([somebody.person_id, null]);
  // tables of a few rows are read whole; none of those of people
  expect(met.written).toBe(unmet.written);
  expect(met.read).toBeLessThan(100);
  expect(unmet.read).toBeLessThan(100);
});
