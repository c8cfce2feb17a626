import sql, { join, raw } from 'sql-template-tag';
import { erase } from '../../casefiles/erasure.actions.ts';
import type { Database } from '../../db/database.ts';
import { insertMany } from '../../db/many.ts';
import { firstRow } from '../../db/reader.ts';
import { assignments } from '../../db/table.ts';
import type { Transaction } from '../../db/transaction.ts';
import { oneAtATime } from '../../doubles/link.store.ts';
import { rightsTold } from '../../entitlements/entitlement.facts.ts';
import type { EntitlementPeriodRow, EntitlementRow } from '../../entitlements/entitlement.row.ts';
import { periods } from '../../entitlements/entitlement.store.ts';
import type { EntitlementChangeRow } from '../../entitlements/import.row.ts';
import { entitlementChanges } from '../../entitlements/import.store.ts';
import { record } from '../../events/journal.ts';
import { takeTurn } from '../../imports/batch.ts';
import { newId } from '../../kernel/ids.ts';
import { hubViewer } from '../../kernel/viewer.ts';
import { audienceOf } from '../../people/access.ts';
import { inLine } from '../../people/count.store.ts';
import { ofFollowing } from '../person.undo.ts';
import { keepCouncilAccess } from './leaving.ts';

export interface FluxUndone {
  /** Whom the file registered and nobody worked with: anonymous again. */
  removed: number;
  restored: number;
  /** A later file has told more of them: take that one back first. */
  kept: string[];
}

/**
 * Takes a fund's file back right by right, each in a transaction of its own: what was believed before it is believed again from
 * now on, and what it told stays as what was believed for a while. What a later file told more of is left.
 */
export async function undoFlux(db: Database, batch: string): Promise<FluxUndone> {
  const undone: FluxUndone = { removed: 0, restored: 0, kept: [] };
  for (let last: EntitlementChangeRow | undefined; ;) {
    const changes = await changesAfter(db, batch, last);
    if (!changes.length) break;
    for (const change of changes) await settle(db, change, undone);
    last = changes.at(-1);
  }
  await finish(db, batch);
  return undone;
}

const undoing = hubViewer('import.undone');

async function settle(db: Database, change: EntitlementChangeRow, undone: FluxUndone): Promise<void> {
  const outcome = await db.write(undoing, (tx) => takeBack(tx, change));
  if (outcome === 'KEPT') undone.kept.push(change.entitlementId);
  else undone[outcome === 'REMOVED' ? 'removed' : 'restored']++;
}

async function takeBack(tx: Transaction, change: EntitlementChangeRow) {
  const { batchId: batch, entitlementId: id, personId: person } = change;
  await takeTurn(tx);
  await oneAtATime(tx); // an erasure parts links
  await inLine(tx, person);
  if (await toldSince(tx, change)) return 'KEPT';
  await tx.change(sql`update entitlement_period set known_until = ${tx.now}, ended_by_batch_id = ${batch}
    where entitlement_id = ${id} and import_batch_id = ${batch} and known_until is null`);
  await believeAgain(tx, change);
  const version = await giveBack(tx, change);
  if (change.leftOn !== null) await keepCouncilAccess(tx, [person], (await councilOf(tx, batch))!);
  await tx.change(sql`update entitlement_change set undone_at = ${tx.now}
    where batch_id = ${batch} and entitlement_id = ${id}`, 1); // prettier-ignore
  const subject = { type: 'Entitlement', id, version };
  await record(tx, { type: 'entitlement.changed', subject, person, audience: await audienceOf(tx, person, 'ENTITLEMENTS') }); // prettier-ignore
  await tx.say(rightsTold, { people: [person] });
  if (!change.registered || (await isUsed(tx, person))) return 'RESTORED';
  await erase(tx, person, 'MISTAKE');
  return 'REMOVED';
}

/** What a later file did, or whose record is nobody's any more. */
async function toldSince(tx: Transaction, { batchId, entitlementId }: EntitlementChangeRow): Promise<boolean> {
  const query = sql`select (exists (select from entitlement_change later where later.entitlement_id = ${entitlementId}
      and later.batch_id > ${batchId} and later.undone_at is null)
    or exists (select from entitlement join person on person.id = entitlement.person_id
      where entitlement.id = ${entitlementId} and person.erased_at is not null)) as told`;
  return (await firstRow<{ told: boolean }>(tx, query))!.told;
} // prettier-ignore

async function believeAgain(tx: Transaction, { batchId, entitlementId, at }: EntitlementChangeRow) {
  const former = await tx.rows<EntitlementPeriodRow>(sql`select ${periods.columns} from entitlement_period
    where entitlement_period.entitlement_id = ${entitlementId} and entitlement_period.ended_by_batch_id = ${batchId}
      and entitlement_period.import_batch_id is distinct from ${batchId} and entitlement_period.known_until = ${at}`);
  const again = former.map((period) => ({ ...period, id: newId('EntitlementPeriod'), knownFrom: tx.now }));
  const columns = ['id', 'entitlementId', 'personId', 'state', 'fromDay', 'untilDay', 'reason', 'importBatchId', 'knownFrom'] as const; // prettier-ignore
  if (again.length) await tx.change(insertMany(periods, columns, again), again.length);
}

async function giveBack(tx: Transaction, { entitlementId, before }: EntitlementChangeRow): Promise<number> {
  const set = before ? sql`${assignments<EntitlementRow>(before as Partial<EntitlementRow>)},` : sql``;
  const [row] = await tx.rows<{ version: number }>(sql`update entitlement set ${set} version = version + 1,
    updated_at = ${tx.now} where id = ${entitlementId} returning version`);
  return row!.version;
}

/** Whether somebody has worked with the person since, beyond what the funds told. */
async function isUsed(tx: Transaction, person: string): Promise<boolean> {
  const work = [...ofFollowing.filter((table) => !table.startsWith('entitlement')), 'need', 'referent'];
  const each = work.map((table) => sql`exists (select from ${raw(table)} where person_id = ${person})`);
  const others = sql`exists (select from entitlement_change where person_id = ${person} and undone_at is null)`;
  const query = sql`select (${join([...each, others], ' or ')}) as used`;
  return (await firstRow<{ used: boolean }>(tx, query))!.used;
}

/** Rights by which somebody was registered last: the others they have by the same file hold nobody any more. */
function changesAfter(
  db: Database,
  batch: string,
  { registered, entitlementId }: Pick<EntitlementChangeRow, 'registered' | 'entitlementId'> = beforeAll,
): Promise<EntitlementChangeRow[]> {
  return db.as(undoing).rows(sql`select ${entitlementChanges.columns} from entitlement_change
    where entitlement_change.batch_id = ${batch} and entitlement_change.undone_at is null
      and (entitlement_change.registered, entitlement_change.entitlement_id) > (${registered}, ${entitlementId})
    order by entitlement_change.registered, entitlement_change.entitlement_id limit 200`);
}
const beforeAll = { registered: false, entitlementId: '' };

async function councilOf(tx: Transaction, batch: string): Promise<string | null> {
  const query = sql`select imported_by as id from entitlement_import where id = ${batch}`;
  return (await firstRow<{ id: string }>(tx, query))?.id ?? null;
}

async function finish(db: Database, batch: string): Promise<void> {
  await db.write(undoing, async (tx) => {
    const state = sql`case when exists (select from entitlement_change where batch_id = ${batch} and undone_at is null)
      then 'PARTLY_UNDONE' else 'UNDONE' end`;
    await tx.change(sql`update entitlement_import set state = ${state} where id = ${batch}`, 1);
    await seenBefore(tx, batch);
    await tx.change(
      sql`update import_batch set state = ${state}, undone_at = ${tx.now} where id = ${batch}`,
      1,
    );
  });
}

/** Nobody was seen on the day of a file that is no more: one of an earlier day is the last one again. */
async function seenBefore(tx: Transaction, batch: string): Promise<void> {
  await tx.change(sql`update entitlement_key set seen_on = read.last_on
    from (select undone.organism, coalesce(max(other.reference_on), '0001-01-01') as last_on
      from entitlement_import undone left join entitlement_import other on other.organism = undone.organism
        and other.id <> undone.id and other.state in ('RUNNING', 'DONE', 'PARTLY_UNDONE')
      where undone.id = ${batch} group by undone.organism) read
    where entitlement_key.organism = read.organism and entitlement_key.seen_on > read.last_on`);
}
