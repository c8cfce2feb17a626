import sql from 'sql-template-tag';
import { given, insertMany, taking } from '../../db/many.ts';
import type { Transaction } from '../../db/transaction.ts';
import { rightsTold } from '../../entitlements/entitlement.facts.ts';
import type { EntitlementPeriodRow, EntitlementRow } from '../../entitlements/entitlement.row.ts';
import { entitlements, periods } from '../../entitlements/entitlement.store.ts';
import type { EntitlementChangeRow, EntitlementKeyRow } from '../../entitlements/import.row.ts';
import { entitlementChanges, entitlementKeys } from '../../entitlements/import.store.ts';
import { byKey } from './line.ts';

/** Reading and writing rights in sets, as the hub. */

export type Known = Pick<EntitlementKeyRow, 'key' | 'entitlementId' | 'personId' | 'seenOn'>;

/** Locked: an erasure, which lets go of them, waits, or was first and they are gone. */
export async function keysOf(tx: Transaction, keys: readonly string[]): Promise<Map<string, Known>> {
  const rows = await tx.rows<Known>(
    sql`select ${entitlementKeys.columns} from entitlement_key where entitlement_key.key = any(${[...keys]})
      order by key for update`,
  );
  return new Map(rows.map((row) => [row.key, row]));
}

/** Locked: whoever undoes a file at this moment waits. */
export async function entitlementsIn(
  tx: Transaction,
  ids: readonly string[],
): Promise<Map<string, EntitlementRow>> {
  const rows = await tx.rows<EntitlementRow>(
    sql`select ${entitlements.columns} from entitlement where entitlement.id = any(${[...ids]}) order by id for update`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export async function standingIn(
  tx: Transaction,
  ids: readonly string[],
): Promise<Map<string, EntitlementPeriodRow[]>> {
  const rows = await tx.rows<EntitlementPeriodRow>(sql`select ${periods.columns} from entitlement_period
    where entitlement_period.entitlement_id = any(${[...ids]}) and entitlement_period.known_until is null
    order by entitlement_period.entitlement_id, entitlement_period.from_day`);
  return byKey(rows, ({ entitlementId }) => entitlementId);
}

/** All that one chunk of a file writes. */
export interface Writing {
  made: (Partial<EntitlementRow> & { id: string })[];
  changed: Pick<EntitlementRow, 'id' | 'role' | 'appliedOn' | 'applicationNumber' | 'rightsAndDuties' | 'version'>[];
  ended: string[];
  begun: EntitlementPeriodRow[];
  keys: EntitlementKeyRow[];
  seen: string[];
  notes: Partial<EntitlementChangeRow>[];
} // prettier-ignore

export const nothing = (): Writing => ({
  ...{ made: [], changed: [], ended: [], begun: [], keys: [], seen: [], notes: [] },
});

export async function write(
  tx: Transaction,
  { made, changed, ended, begun, keys, seen, notes }: Writing,
  { batch, referenceOn }: { batch: string; referenceOn: string },
): Promise<void> {
  if (made.length)
    await tx.change(insertMany(entitlements, ['id', 'personId', 'benefit', 'role', 'organism', 'appliedOn', 'applicationNumber', 'rightsAndDuties', 'createdAt', 'updatedAt'], made), made.length); // prettier-ignore
  const fields = ['role', 'appliedOn', 'applicationNumber', 'rightsAndDuties', 'version'] as const;
  if (changed.length)
    await tx.change(sql`update entitlement set ${taking<EntitlementRow>(fields, 'given')}, updated_at = ${tx.now}
      from ${given(entitlements, ['id', ...fields], changed)} where entitlement.id = given.id`, changed.length); // prettier-ignore
  if (ended.length)
    await tx.change(sql`update entitlement_period set known_until = ${tx.now}, ended_by_batch_id = ${batch}
      where id = any(${ended}) and known_until is null`, ended.length); // prettier-ignore
  if (begun.length)
    await tx.change(insertMany(periods, ['id', 'entitlementId', 'personId', 'state', 'fromDay', 'untilDay', 'reason', 'importBatchId', 'knownFrom'], begun), begun.length); // prettier-ignore
  if (keys.length)
    await tx.change(insertMany(entitlementKeys, ['key', 'organism', 'entitlementId', 'personId', 'seenOn'], keys), keys.length); // prettier-ignore
  if (seen.length)
    await tx.change(sql`update entitlement_key set seen_on = ${referenceOn}::date
      where key = any(${seen}) and seen_on < ${referenceOn}::date`);
  if (notes.length)
    // a run cut off goes on with what it noted first: that is what the file found
    await tx.change(sql`${insertMany(entitlementChanges, ['batchId', 'entitlementId', 'personId', 'made', 'registered', 'leftOn', 'before', 'at'], notes)}
      on conflict do nothing`);
  await tx.say(rightsTold, { people: [...new Set([...begun, ...notes].flatMap(({ personId }) => personId ?? []))] });
} // prettier-ignore
