import sql, { raw, type Sql } from 'sql-template-tag';
import type { DemoKeys } from '../auth/demo-keys.ts';
import type { Database } from '../db/database.ts';
import { snake } from '../db/naming.ts';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import { recount } from '../indicators/figure.store.ts';
import { publishLast } from '../indicators/published.sweep.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { communes } from '../territory/commune.store.ts';
import type { Rows } from './ground.ts';
import { Random } from './random.ts';
import { Territory } from './territory.ts';
import { Timeline } from './timeline.ts';

/** Loire-Atlantique: its communes, EPCI and distances are real. */
export const demoDepartement = '44';

const viewer = hubViewer('demo');
const name = 'demo';
const seed = 'Passerelle 44';
const rowsAChunk = 1000;

/**
 * Loads the demo once; true when this call loaded something of it. Each chunk is one short transaction that first
 * claims its number: two hubs starting together share the chunks between them, and a hub killed in the middle goes
 * on where it was, since the same seed and the same day give the same rows. A database with partners of its own is
 * left alone.
 */
export async function loadDemo(db: Database, keys: DemoKeys): Promise<boolean> {
  const load = await begin(db);
  if (!load || load.finished || load.removed) return false;
  const chunks = chunksOf(await rowsOf(db, load.asOf, keys));
  let loaded = false;
  for (let nth = load.done; nth < chunks.length; nth++)
    loaded =
      (await db.write(viewer, (tx) => apply(tx, nth, chunks[nth]!, nth + 1 === chunks.length))) || loaded;
  return loaded;
}

interface Load {
  asOf: string;
  done: number;
  finished: boolean;
  removed: boolean;
}

function begin(db: Database): Promise<Load | null> {
  return db.write(viewer, async (tx) => {
    await tx.change(sql`insert into demo_load (name, loaded_as_of) select ${name}, ${tx.now}
      where not exists (select from organisation) on conflict do nothing`);
    return firstRow<Load>(
      tx,
      sql`select loaded_as_of as "asOf", chunks_done as done, finished_at is not null as finished,
          removed_at is not null as removed from demo_load where name = ${name}`,
    );
  });
}

/** All of it, the same each time: the same seed and day give the same rows. */
export async function rowsOf(db: Database, asOf: string, keys: DemoKeys): Promise<Rows> {
  const known = await db.as(viewer).rows<ConstructorParameters<typeof Territory>[0][number]>(
    sql`select ${communes.columns} from commune
      where departement_code = ${demoDepartement} and latitude is not null order by code`,
  );
  const random = new Random(seed);
  const { everything } = await import('./everything.ts'); // once in the life of a hub: not kept by all the others
  return everything(
    { random, time: new Timeline(asOf, random.stream('time')), territory: new Territory(known) },
    keys,
  );
}

type Chunk = (tx: Transaction) => Promise<void>;

function chunksOf(rows: Rows): Chunk[] {
  const chunks: Chunk[] = [];
  for (const [table, all] of Object.entries(rows))
    for (let from = 0; from < all.length; from += rowsAChunk) {
      const some = all.slice(from, from + rowsAChunk);
      chunks.push((tx) => insert(tx, table, some));
    }
  // what was sent elsewhere names its successor, once both are there
  chunks.push(async (tx) => {
    await tx.change(
      sql`update referral set next_id = next.id from referral next where next.previous_id = referral.id`,
    );
  });
  // counted once all is there, and the last month that closed published; the minutes do the others
  const of = [...rows.placement!, ...rows.pathway!] as { personId: string }[];
  const counted = [...new Set(of.map(({ personId }) => personId))];
  for (let from = 0; from < counted.length; from += rowsAChunk)
    chunks.push((tx) => recount(tx, counted.slice(from, from + rowsAChunk)));
  chunks.push(publishLast);
  return chunks;
}

async function apply(tx: Transaction, nth: number, chunk: Chunk, last: boolean): Promise<boolean> {
  const claimed = await tx.change(sql`update demo_load set chunks_done = ${nth + 1},
      finished_at = ${last ? tx.now : null} where name = ${name} and chunks_done = ${nth}`);
  if (claimed) await chunk(tx);
  return claimed === 1;
}

async function insert(tx: Transaction, table: string, rows: readonly object[]): Promise<void> {
  const names = new Map<string, string>();
  for (const row of rows)
    for (const property in row) if (!names.has(property)) names.set(property, snake(property));
  const columns = raw([...names.values()].join(', '));
  const given = JSON.stringify(rows.map((row) => renamed(row, names)));
  const inserting = sql`insert into ${raw(table)} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${raw(table)}, ${given}::jsonb)`;
  if (table === 'event') {
    await tx.rows(sql`select set_config('app.event_order', 'given', true)`); // one transaction: in the order written
    await tx.change(announced(inserting));
  } else if (table === 'person_access') await tx.change(unpacked(given, tx.now));
  else await tx.change(inserting, rows.length);
}

function renamed(row: object, names: ReadonlyMap<string, string>): object {
  return Object.fromEntries(Object.entries(row).map(([property, value]) => [names.get(property)!, value]));
}

/** A line of the journal stands in the index of each organisation that may learn of it. */
function announced(inserting: Sql): Sql {
  return sql`with line as (${inserting} order by occurred_at, id returning id, tx, pos, audience)
    insert into event_audience (organisation_id, tx, pos, event_id)
    select organisation, line.tx, line.pos, line.id from line, unnest(line.audience) organisation`;
}

/** Rights come with their categories in one text, and are one row each in their table; those that ended are no news. */
function unpacked(given: string, now: string): Sql {
  return sql`insert into person_access (person_id, organisation_id, category, reason, source_id, member_id, territory,
      legal_basis, valid_from, valid_until, ended_told)
    select person_id, organisation_id, each, reason, source_id, member_id, territory, legal_basis, valid_from, valid_until,
      coalesce(valid_until <= ${now}, false)
    from jsonb_populate_recordset(null::person_access, ${given}::jsonb), string_to_table(category, ',') each`;
}
