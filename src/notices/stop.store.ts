import sql from 'sql-template-tag';
import { firstRow, type Reader } from '../db/reader.ts';
import { everyone, insertInto, nobody, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { NoticeStopRow } from './stop.row.ts';

const stops = table('notice_stop', NoticeStopRow, (viewer) => (viewer.kind === 'HUB' ? everyone() : nobody));

/** One for a message: sent again, it carries a new one, and the former stops nothing. */
export async function saveStop(tx: Transaction, row: NoticeStopRow): Promise<void> {
  await tx.change(
    sql`${insertInto(stops, row)} on conflict (notice_id) do update set token_hash = ${row.tokenHash}`,
    1,
  );
}

/** The notice it was sent with, while it was not used. */
export async function liveStop(reader: Reader, tokenHash: string): Promise<string | null> {
  const row = await firstRow<NoticeStopRow>(
    reader,
    sql`select ${stops.columns} from notice_stop where token_hash = ${tokenHash} and used_at is null`,
  );
  return row?.noticeId ?? null;
}

/** Uses it up; false when somebody was faster. */
export async function useStop(tx: Transaction, tokenHash: string): Promise<boolean> {
  const changed = await tx.change(sql`update notice_stop set used_at = ${tx.now}
    where token_hash = ${tokenHash} and used_at is null`);
  return changed === 1;
}
