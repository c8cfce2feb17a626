import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { invalid, Refusal } from '../kernel/refusal.ts';
import type { VacancyRow } from '../vacancies/vacancy.row.ts';
import { tell } from './moving.actions.ts';
import { checkReplaceable } from './placement.rules.ts';
import { lockPlacement, savePlacement } from './placement.store.ts';
import { hasReplacement } from './replacement.store.ts';

/**
 * A vacancy may be opened for whoever leaves, before they do (docs/domain.md §3): of a placement of one's own, in the
 * offer it is of, once at a time. Where the person is not known nothing is told, not even that somebody is replaced.
 */
export async function replace(
  tx: Transaction,
  { vacancy, placement: id }: { vacancy: VacancyRow; placement: string },
): Promise<void> {
  const before = await lockPlacement(tx, id, 'replacing');
  allow(tx.viewer, 'place', before.receiverId);
  if (before.offerId !== vacancy.offerId) throw invalid('replacing', 'OTHER_OFFER');
  checkReplaceable(before);
  if (await hasReplacement(tx, before))
    throw new Refusal('ALREADY_EXISTS', { reason: 'REPLACEMENT' }, 'replacing');
  const placement = await savePlacement(tx, id, { replacedById: vacancy.id });
  await tell(tx, placement, 'replacement_opened');
}
