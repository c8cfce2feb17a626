import type { Transaction } from '../db/transaction.ts';
import { newId } from '../kernel/ids.ts';
import { found, invalid } from '../kernel/refusal.ts';
import type { ContractRow } from './contract.row.ts';
import { checkAmendment, checkBetween, checkRenewal, renewalFrom, sameContract } from './contract.rules.ts';
import {
  changeContract,
  contractsOfOne,
  lastContract,
  saveContract,
  saveContractCorrection,
} from './history.store.ts';
import { lockOwn, tell } from './moving.actions.ts';
import { checkCorrection } from './outcome.rules.ts';
import type { ContractAmendment, ContractCorrecting, ContractRenewal } from './placement.inputs.ts';
import { placementMoves, plusDays } from './placement.rules.ts';
import { savePlacement } from './placement.store.ts';
import { whole } from './start.actions.ts';

/** The contracts of a placement: one more, other hours from a day on, or what was recorded put right. */

export async function renewContract(tx: Transaction, input: ContractRenewal) {
  const before = await lockOwn(tx, input);
  placementMoves.next(before.state, 'renew', 'RECEIVER');
  const last = await lastContract(tx, before.id);
  const contract = whole(input.contract, renewalFrom(last, before.startedOn));
  checkRenewal(contract, { before: last, startedOn: before.startedOn });
  const { kind, from: fromDay, to: toDay, weeklyHours } = contract;
  await saveContract(tx, {
    id: newId('Contract'), placementId: before.id, kind, fromDay, toDay, weeklyHours, renewsId: last?.id ?? null,
  }); // prettier-ignore
  const placement = await savePlacement(tx, before.id, { contractEndsOn: toDay });
  await tell(tx, placement, 'contract_renewed', { contract: kind });
  return { id: placement.id };
}

/** An amendment (avenant): the last contract stops the day before, and goes on with other hours as a line of its own. */
export async function amendContract(tx: Transaction, input: ContractAmendment) {
  const before = await lockOwn(tx, input);
  placementMoves.next(before.state, 'renew', 'RECEIVER');
  const last = found(await lastContract(tx, before.id), 'placement');
  const { from, weeklyHours } = input;
  checkAmendment({ from, weeklyHours }, last);
  await changeContract(tx, last.id, { toDay: plusDays(from, -1) });
  const { kind, toDay } = last;
  await saveContract(tx, {
    id: newId('Contract'), placementId: before.id, kind, fromDay: from, toDay, weeklyHours, renewsId: last.id,
  }); // prettier-ignore
  const placement = await savePlacement(tx, before.id);
  await tell(tx, placement, 'contract_amended', { contract: kind });
  return { id: placement.id };
}

/** What was recorded of a contract was wrong: what was believed until now stays readable. */
export async function correctContract(tx: Transaction, input: ContractCorrecting) {
  const before = await lockOwn(tx, input);
  checkCorrection(input.reason);
  placementMoves.next(before.state, 'correct', 'RECEIVER');
  const all = await contractsOfOne(tx, before.id);
  const at = all.findIndex(({ id }) => id === input.contract);
  const known = found<ContractRow>(all[at], 'contract');
  const contract = whole(input.rightly, known.fromDay);
  if (sameContract(contract, known)) throw invalid('rightly', 'NOTHING_GIVEN');
  checkBetween(contract, { previous: all[at - 1], next: all[at + 1], startedOn: before.startedOn });
  const { kind, from: fromDay, to: toDay, weeklyHours } = contract;
  await saveContractCorrection(tx, known, input.reason);
  await changeContract(tx, known.id, { kind, fromDay, toDay, weeklyHours });
  const isLast = at === all.length - 1;
  const placement = await savePlacement(tx, before.id, isLast ? { contractEndsOn: toDay } : {});
  await tell(tx, placement, 'contract_corrected', { reason: input.reason });
  return { id: placement.id };
}
