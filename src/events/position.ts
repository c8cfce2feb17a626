import sql, { raw } from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';

/** A line of the journal, as those read it who carry it further in their own time. */
export interface FollowedLine<Type extends string = string> {
  id: string;
  tx: string;
  pos: string;
  type: Type;
  subjectType: string;
  subjectId: string;
  subjectVersion: number;
  personId: string | null;
  organisationId: string | null;
  actorKind: string;
  actorId: string | null;
  audience: string[];
  facts: { referral?: string };
  occurredAt: string;
}

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

  /** The next lines in order, those of no interest included: they are passed over once. */
  async next<Type extends string>(tx: Transaction, most: number): Promise<FollowedLine<Type>[]> {
    const at = await firstRow<{ tx: string; pos: string }>(
      tx,
      sql`select tx::text, pos::text from journal_position where name = ${this.name}`,
    );
    if (!at) return [];
    const rows = await tx.rows<FollowedLine<Type> & { belowHorizon: boolean }>(sql`
      select ${columns}, tx < pg_snapshot_xmin(pg_current_snapshot()) as "belowHorizon"
      from event where (tx, pos) > (${at.tx}::text::xid8, ${at.pos}::bigint)
      order by event.tx, event.pos limit ${most}`);
    const open = rows.findIndex(({ belowHorizon }) => !belowHorizon);
    return open === -1 ? rows : rows.slice(0, open);
  }

  async move(tx: Transaction, { tx: at, pos }: Pick<FollowedLine, 'tx' | 'pos'>): Promise<void> {
    await tx.change(
      sql`update journal_position set tx = ${at}::text::xid8, pos = ${pos}::bigint where name = ${this.name}`,
      1,
    );
  }
}

const columns = raw(`id, tx::text, pos::text, type, subject_type as "subjectType", subject_id as "subjectId",
  subject_version as "subjectVersion", person_id as "personId", organisation_id as "organisationId",
  actor_kind as "actorKind", actor_id as "actorId", audience, facts, occurred_at as "occurredAt"`);
