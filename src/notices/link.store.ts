import sql from 'sql-template-tag';
import { firstRow, type Reader } from '../db/reader.ts';
import { assignments, everyone, insertInto, nobody, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { NoticeLinkRow } from './link.row.ts';

const links = table('notice_link', NoticeLinkRow, (viewer) => (viewer.kind === 'HUB' ? everyone() : nobody));

/** One link for a notice: a message sent again carries a new one, and the former opens nothing any more. */
export async function saveLink(tx: Transaction, row: Partial<NoticeLinkRow>): Promise<void> {
  const { noticeId: _, ...again } = row;
  await tx.change(sql`${insertInto(links, row)} on conflict (notice_id) do update set ${assignments(again)}`, 1);
} // prettier-ignore

/** A link that may still be used, as far as it tells itself. */
export function liveLink(reader: Reader, tokenHash: string): Promise<NoticeLinkRow | null> {
  return firstRow(
    reader,
    sql`select ${links.columns} from notice_link
      where token_hash = ${tokenHash} and used_at is null and expires_at > ${reader.now}`,
  );
}

const mostTries = 5;
const mostCodes = 3;

/** Puts a new code in place of the former; false when that was asked too often. */
export async function saveCode(tx: Transaction, tokenHash: string, codeHash: string, until: string): Promise<boolean> {
  const changed = await tx.change(sql`update notice_link
    set code_hash = ${codeHash}, code_expires_at = ${until}, code_tries = 0, codes_sent = codes_sent + 1
    where token_hash = ${tokenHash} and codes_sent < ${mostCodes}`);
  return changed === 1;
} // prettier-ignore

/** Counts a try before it is judged, so that many at once are not one; null when there is nothing left to try. */
export async function countTry(tx: Transaction, tokenHash: string): Promise<string | null> {
  const row = await firstRow<{ hash: string }>(
    tx,
    sql`update notice_link set code_tries = code_tries + 1
      where token_hash = ${tokenHash} and code_tries < ${mostTries} and code_expires_at > ${tx.now}
      returning code_hash as hash`,
  );
  return row?.hash ?? null;
}

/** Uses it up; false when somebody was faster. */
export async function useLink(tx: Transaction, tokenHash: string): Promise<boolean> {
  const changed = await tx.change(sql`update notice_link set used_at = ${tx.now}
    where token_hash = ${tokenHash} and used_at is null and expires_at > ${tx.now}`);
  return changed === 1;
}
