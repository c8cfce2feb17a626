import sql from 'sql-template-tag';
import { Column, Entity, PrimaryColumn } from '../../src/db/columns.ts';
import { Narrowing } from '../../src/db/narrowing.ts';
import { declared, everyone, table } from '../../src/db/table.ts';

/** What an operation looks at in rows is all that is read of them; what was left out is missed, never taken for nothing. */
@Entity('boat')
class BoatRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  name: string;

  @Column('text')
  port: string;

  @Column('text')
  personId: string;
}

const boats = table('boat', BoatRow, everyone, { category: 'IDENTITY', of: 'personId' });
const row = () => ({ id: 'a', name: 'Abeille', port: 'Nantes', personId: 'p' }) as BoatRow;
declared.delete('boat'); // no table of the hub: who walks those is not to meet it

const named = (narrowing: Narrowing) => narrowing.look().columns(boats).text;

/** Looks at a row as an answer does that is given. */
function answered(narrowing: Narrowing, at: (boat: BoatRow) => unknown): boolean {
  const look = narrowing.look();
  look.columns(boats);
  at(look.rows(boats, [row()])[0]!);
  if (!look.missed) look.done();
  return !look.missed;
}

test('whole rows are read until an answer was given, then what it looked at, and always of whom it tells', () => {
  const narrowing = new Narrowing();
  expect(named(narrowing)).toBe(boats.columns.text);
  answered(narrowing, ({ name }) => name);
  expect(named(narrowing)).toBe('boat.id as "id", boat.name as "name", boat.person_id as "$IDENTITY"');
});

test.each<[string, (boat: BoatRow) => unknown]>([
  ['reads it', ({ port }) => port],
  ['asks whether it is there', (boat) => 'port' in boat],
  ['copies the row', (boat) => ({ ...boat })],
])('who %s, which was left out, misses it once', (_, at) => {
  const narrowing = new Narrowing();
  answered(narrowing, ({ name }) => name);
  expect(answered(narrowing, at)).toBe(false);
  expect(answered(narrowing, at)).toBe(true);
  expect(named(narrowing)).toContain('"port"');
  expect(named(narrowing)).toContain('"name"');
});

test('a row that is only there is read by one column', () => {
  @Entity('berth')
  class BerthRow {
    @PrimaryColumn('text')
    port: string;

    @Column('integer')
    places: number;
  }
  const berths = table('berth', BerthRow, everyone);
  const narrowing = new Narrowing();
  const look = narrowing.look();
  look.columns(berths);
  look.done();
  expect(narrowing.look().columns(berths).text).toBe('berth.port as "port"');
});

test('an answer under way reads as it began, whatever others learn meanwhile', () => {
  const narrowing = new Narrowing();
  const slow = narrowing.look();
  expect(slow.columns(boats)).toBe(boats.columns);
  answered(narrowing, ({ name }) => name);
  expect(slow.columns(boats)).toBe(boats.columns);
  expect(slow.rows(boats, [row()])[0]!.port).toBe('Nantes');
  expect(slow.missed).toBe(false);
});

test('a table that is declared without its parts is read whole', () => {
  const { some: _, ...plain } = boats;
  const look = new Narrowing().look();
  const first = look.rows({ ...plain, columns: sql`boat.*` }, [row()]);
  expect(first[0]!.name).toBe('Abeille');
  look.done();
  expect(look.missed).toBe(false);
});
