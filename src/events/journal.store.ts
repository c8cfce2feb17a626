import sql, { raw, type Sql } from 'sql-template-tag';
import { firstRow, type Reader } from '../db/reader.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { JournalLine, Passage } from './line.ts';
import { everyPartner } from './journal.ts';
import { below, furthest, type Position } from './place.ts';

const columns = raw(`event.id, event.tx, event.pos, event.type,
  event.subject_type as "subjectType", event.subject_id as "subjectId", event.subject_version as "subjectVersion",
  event.person_id as "personId", event.organisation_id as "organisationId", event.actor_kind as "actorKind",
  event.actor_id as "actorId", event.caused_by as "causedBy", event.audience, event.facts,
  event.occurred_at as "occurredAt"`);
const horizon = sql`(select pg_snapshot_xmin(pg_current_snapshot()) as horizon)`;

type Stored = Omit<JournalLine, 'tx' | 'pos'> & { tx: string; pos: number };
/** A line, or nothing but the horizon where no line follows. */
type Read = (Stored | { id: null }) & { horizon: string };

interface Lines {
  lines: JournalLine[];
  /** Below this transaction nothing is still being written. */
  horizon: bigint;
}

/** Which journal this is, what seals its cursors, and how far it is settled. */
export async function journalNow(reader: Reader): Promise<{ epoch: string; key: Buffer; horizon: bigint }> {
  const row = await firstRow<{ epoch: string; key: Buffer; horizon: string }>(
    reader,
    sql`select app.journal_epoch() as epoch, journal.key, here.horizon::text
      from journal cross join ${horizon} here`,
  );
  return { epoch: row!.epoch, key: row!.key, horizon: BigInt(row!.horizon) };
}

/** For the hub: whatever follows, what is not settled yet included. */
export async function linesOfAll(reader: Reader, after: Position, most: number): Promise<Lines> {
  return linesIn(
    reader,
    sql`select event.tx, event.pos from event where ${follows(sql`event`, after)}
    order by event.tx, event.pos limit ${most}`,
  );
}

/** What follows and is settled of what a partner's organisation may learn of. RESYNC_REQUIRED where some is forgotten. */
export async function passageFor(reader: Reader, after: Position, most: number): Promise<Passage> {
  const index = (organisation: string) => sql`(select tx, pos from event_audience
    where organisation_id = ${organisation} and ${follows(sql`event_audience`, after)}
      and tx < pg_snapshot_xmin(pg_current_snapshot())
    order by event_audience.tx, event_audience.pos limit ${most})`;
  const { lines, horizon } = await linesIn(
    reader,
    sql`select tx, pos from (
      ${index(reader.viewer.organisation)} union ${index(everyPartner)}) heard
    where ${kept(after)} order by heard.tx, heard.pos limit ${most}`,
  );
  if (lines.length === 0 && !(await keeps(reader, after))) throw new Refusal('RESYNC_REQUIRED', {}, 'after');
  return { lines, upTo: lines.length < most ? furthest(below(horizon), after) : lines.at(-1)! };
}

const mostRecalled = 500;

/** The subjects of one kind, or of any, that a line's person has had in what this organisation was told before it. */
export async function toldBefore(
  reader: Reader,
  { tx, pos, personId }: JournalLine,
  subject: string | undefined,
): Promise<string[]> {
  const { organisation } = reader.viewer;
  const rows = await reader.rows<{ id: string }>(sql`select distinct event.subject_id as id from event
    where event.person_id = ${personId} and ${subject === undefined ? sql`true` : sql`event.subject_type = ${subject}`}
      and (event.tx, event.pos) < (${String(tx)}::text::xid8, ${String(pos)}::bigint)
      and event.audience && array[${organisation}, ${everyPartner}] order by 1 limit ${mostRecalled}`);
  return rows.map((row) => row.id);
}

/** Whether all that follows a position is still kept. */
export async function keeps(reader: Reader, after: Position): Promise<boolean> {
  return (await firstRow<{ kept: boolean }>(reader, sql`select ${kept(after)} as kept`))!.kept;
}

function kept({ tx, pos }: Position): Sql {
  return sql`app.journal_keeps(${String(tx)}::text::xid8, ${String(pos)}::bigint)`;
}

function follows(table: Sql, { tx, pos }: Position): Sql {
  return sql`(${table}.tx, ${table}.pos) > (${String(tx)}::text::xid8, ${String(pos)}::bigint)`;
}

/** The lines at these places, with the horizon of the very snapshot they were read in. */
async function linesIn(reader: Reader, places: Sql): Promise<Lines> {
  const rows =
    await reader.rows<Read>(sql`select here.horizon::text, line.* from ${horizon} here left join lateral (
      select ${columns} from (${places}) place join event on event.tx = place.tx and event.pos = place.pos)
    line on true order by line.tx, line.pos`);
  return {
    horizon: BigInt(rows[0]!.horizon),
    lines: rows.flatMap((row) => (row.id === null ? [] : [lineOf(row)])),
  };
}

function lineOf({ horizon: _, ...line }: Stored & { horizon: string }): JournalLine {
  return { ...line, tx: BigInt(line.tx), pos: BigInt(line.pos) };
}
