import type { Transaction } from '../db/transaction.ts';
import type { EventType } from '../events/event-types.ts';
import { record } from '../events/journal.ts';
import { newId } from '../kernel/ids.ts';
import { found, Refusal } from '../kernel/refusal.ts';
import { allowFollowing, followersOf } from '../people/access.ts';
import { lockPerson, personById } from '../people/person.store.ts';
import { eraseOn } from './retention.rules.ts';
import { closeNotice, openNoticeOf, saveNotice } from './retention.store.ts';
import type { PersonKeeping } from './retention.type.ts';

/** Who follows the person says that the record is still needed: the clock starts again today. */
export async function keepPerson(tx: Transaction, input: PersonKeeping) {
  const { id: person, version } = await lockPerson(tx, input.person, 'person');
  await allowFollowing(tx, person, 'CORE');
  const [notice] = await openNoticeOf.load(tx, [person]);
  if (!notice) throw new Refusal('WRONG_STATE', { state: 'NO_NOTICE', move: 'keep', reason: 'NO_NOTICE' });
  const organisationId = tx.viewer.organisation;
  await tx.asHub('person.kept', () =>
    closeNotice(tx, person, { state: 'KEPT', reason: input.reason, organisationId }),
  );
  await tell(tx, 'person.kept', { id: person, version }, { reason: input.reason });
  return { id: person };
}

/** A month before the erasure, whoever follows the person is told. */
export async function giveNotice(
  tx: Transaction,
  person: string,
  { lastContactAt, today }: { lastContactAt: string; today: string },
): Promise<void> {
  const [row] = await personById.load(tx, [person]);
  const day = eraseOn(today);
  await saveNotice(tx, {
    ...{ id: newId('RetentionNotice'), personId: person, lastContactAt, eraseOn: day },
    ...{ state: 'OPEN', createdAt: tx.now },
  });
  await tell(tx, 'person.retention_notice', found(row), { eraseOn: day });
}

/** As the hub's word or the member's own, to everybody who follows the person. */
async function tell(
  tx: Transaction,
  type: EventType,
  { id, version }: { id: string; version: number },
  facts: Record<string, string>,
): Promise<void> {
  const audience = await followersOf(tx, id);
  await record(tx, { type, subject: { type: 'Person', id, version }, person: id, audience, facts });
}
