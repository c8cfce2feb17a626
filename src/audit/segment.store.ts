import sql from 'sql-template-tag';
import { firstRow, type Reader } from '../db/reader.ts';
import { columnsOf, insertInto, nobody, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { AccessLogRow } from './access-log.row.ts';
import type { Sealed } from './sealed-text.ts';
import { SegmentDropRow, SegmentRow } from './segment.row.ts';

const hubOnly = (viewer: Viewer) => (viewer.kind === 'HUB' ? sql`true` : nobody);
const segments = table('access_segment', SegmentRow, hubOnly);
const drops = table('access_drop', SegmentDropRow, hubOnly);

const lineColumns = columnsOf(AccessLogRow, 'access_log');
const head = sql`${columnsOf(SegmentRow, 'access_segment', ['positions', 'leaves'])},
  cardinality(access_segment.positions) as lines`;

/** A segment without its list of lines. */
export type SegmentHead = Sealed & Pick<SegmentRow, 'signature'>;
export type WholeSegment = SegmentHead & Pick<SegmentRow, 'positions' | 'leaves'>;

// the trigger of the table holds the same, shared, while a line is written
const writing = sql`pg_advisory_xact_lock(7201991)`;
const sealingOne = sql`pg_advisory_xact_lock(7201992)`;

/** The last position below which nothing is still being written. In two statements: the second sees what the first waited for. */
export async function settledPosition(tx: Transaction): Promise<number> {
  await tx.rows(sql`select set_config('lock_timeout', '5s', true)`);
  await tx.rows(sql`select ${writing}`);
  const row = await firstRow<{ pos: number }>(tx, sql`select coalesce(max(pos), 0) as pos from access_log`);
  return row!.pos;
}

/** The last segment, for whoever seals the next one: one at a time. */
export async function lockLastSegment(tx: Transaction): Promise<SegmentHead | null> {
  await tx.rows(sql`select ${sealingOne}`);
  return lastSegment(tx);
}

export function lastSegment(reader: Reader): Promise<SegmentHead | null> {
  return firstRow(reader, sql`select ${head} from access_segment order by number desc limit 1`);
}

export function linesBetween(reader: Reader, after: number, to: number, most: number | null = null) {
  return reader.rows<AccessLogRow>(sql`select ${lineColumns} from access_log
    where pos > ${after} and pos <= ${to} order by pos limit ${most}`);
}

/** The next segments after this number, whole. */
export async function segmentsAfter(reader: Reader, number: number, most: number): Promise<WholeSegment[]> {
  const rows = await reader.rows<WholeSegment>(sql`select ${head}, positions, leaves from access_segment
    where number > ${number} order by number limit ${most}`);
  return rows.map((row) => ({ ...row, positions: row.positions.map(Number) }));
}

/** Lines that stand outside every segment: before the first position, or not sealed yet; and how far positions were given out. */
export async function unsealed(reader: Reader, afterPos: number) {
  const row = await firstRow<{
    before: string[] | null;
    count: number;
    oldest: string | null;
    given: number;
  }>(
    reader,
    sql`select array_agg(id) filter (where pos <= 0) as before, count(*) filter (where pos > 0) as count,
      min(at) filter (where pos > 0) as oldest,
      (select case when is_called then last_value else 0 end from access_log_pos_seq) as given
      from access_log where pos > ${afterPos} or pos <= 0`,
  );
  return row!;
}

export async function saveSegment(tx: Transaction, row: SegmentRow): Promise<void> {
  await tx.change(insertInto(segments, row), 1);
}

export function dropOf(reader: Reader, segment: number): Promise<SegmentDropRow | null> {
  return firstRow(reader, sql`select ${drops.columns} from access_drop where segment = ${segment}`);
}

/** Segments whose lines are past their retention, by PostgreSQL's clock, and still there. */
export function segmentsToDrop(reader: Reader, most: number): Promise<SegmentHead[]> {
  return reader.rows(sql`select ${head} from access_segment
    where newest_at < now() - app.access_kept()
      and not exists (select from access_drop where access_drop.segment = access_segment.number)
    order by number limit ${most}`);
}

/** PostgreSQL's clock, by which lines are dropped: what is signed of a drop must not be told by another. */
export async function databaseClock(reader: Reader): Promise<string> {
  const query = sql`select date_trunc('milliseconds', now()) as now`;
  return (await firstRow<{ now: string }>(reader, query))!.now;
}

/** Whether lines of then might be gone at that time: the question that PostgreSQL asks before it drops them. */
export async function wasPastRetention(reader: Reader, newestAt: string, at: string): Promise<boolean> {
  const query = sql`select ${newestAt}::timestamptz < ${at}::timestamptz - app.access_kept() as past`;
  return (await firstRow<{ past: boolean }>(reader, query))!.past;
}

/** Records the drop, then drops: both or neither. Answers how many lines went. */
export async function saveDrop(tx: Transaction, row: SegmentDropRow): Promise<number> {
  await tx.change(insertInto(drops, row), 1);
  const gone = await firstRow<{ gone: number }>(
    tx,
    sql`select app.drop_access_lines(${row.segment}) as gone`,
  );
  return gone!.gone;
}
