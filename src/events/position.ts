import sql from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import { linesOfAll } from './journal.store.ts';
import type { JournalLine } from './line.ts';
import type { Position } from './place.ts';

/**
 * How far one of the hub's own readers has come in the journal: kept in the transaction of what it made of what it read, so
 * that a process killed in between has done both or neither.
 */
export class JournalPosition {
  constructor(private readonly name: string) {}

  /** From now on what happens is read; what happened before is not, nor what an earlier hub has read. */
  async beginAtHorizon(tx: Transaction): Promise<void> {
    await tx.change(sql`insert into journal_position (name, tx, pos)
      select ${this.name}, (pg_snapshot_xmin(pg_current_snapshot())::text::numeric - 1)::text::xid8, 9223372036854775807
      where not exists (select from journal_position where name = ${this.name}) on conflict do nothing`);
  }

  /** Passes over what is of interest to nobody. */
  async moveToHorizon(tx: Transaction): Promise<void> {
    await tx.change(sql`update journal_position set tx = last.tx, pos = last.pos
      from (select tx, pos from event where tx < pg_snapshot_xmin(pg_current_snapshot())
        order by tx desc, pos desc limit 1) last
      where name = ${this.name} and (journal_position.tx, journal_position.pos) < (last.tx, last.pos)`);
  }

  /** Nobody else reads meanwhile. A lock that needs no number of a transaction: reading must not hold the journal back. */
  async onlyReader(tx: Transaction): Promise<boolean> {
    const lock = sql`select pg_try_advisory_xact_lock(hashtextextended('passerelle.' || ${this.name}, 0)) as got`;
    return (await firstRow<{ got: boolean }>(tx, lock))!.got;
  }

  /** The next settled lines in order, those of no interest included: they are passed over once. */
  async next(tx: Transaction, most: number): Promise<JournalLine[]> {
    const at = await firstRow<{ tx: string; pos: string }>(
      tx,
      sql`select tx::text, pos::text from journal_position where name = ${this.name}`,
    );
    if (!at) return [];
    const { lines, horizon } = await linesOfAll(tx, { tx: BigInt(at.tx), pos: BigInt(at.pos) }, most);
    const open = lines.findIndex((line) => line.tx >= horizon);
    return open === -1 ? lines : lines.slice(0, open);
  }

  async move(tx: Transaction, { tx: at, pos }: Position): Promise<void> {
    await tx.change(
      sql`update journal_position set tx = ${String(at)}::text::xid8, pos = ${String(pos)}::bigint where name = ${this.name}`,
      1,
    );
  }
}
