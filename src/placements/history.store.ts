import sql, { raw, type Sql } from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import { assignments, insertInto, table, type RowClass, type Table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { grouped, type Batch } from '../graphql/loaders.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { ContractCorrectionRow, ContractRow } from './contract.row.ts';
import { FollowUpRow } from './follow-up.row.ts';
import { OutcomeRow, StartCorrectionRow } from './outcome.row.ts';
import { placements } from './placement.store.ts';

/** What hangs on a placement is seen with it, and by nobody else. */
export function hanging<R>(name: string, row: RowClass<R>): Table<R> {
  const scope = (viewer: Viewer): Sql => sql`exists (select from placement
    where placement.id = ${raw(name)}.placement_id and ${placements.scope(viewer)})`;
  return table(name, row, scope);
}

const today = sql`(app.clock() at time zone 'Europe/Paris')::date`;

export const contracts = hanging('contract', ContractRow);
const contractCorrections = hanging('contract_correction', ContractCorrectionRow);
export const outcomes = hanging('outcome', OutcomeRow);
const startCorrections = hanging('start_correction', StartCorrectionRow);
export const followUps = hanging('follow_up', FollowUpRow);

export const contractsOf = linesOf(contracts, 'from_day, contract.id');
export const contractCorrectionsOf = linesOf(contractCorrections, 'id');
export const outcomesOf = linesOf(outcomes, 'id');
export const startCorrectionsOf = linesOf(startCorrections, 'id');
export const followUpsOf = linesOf(followUps, 'months');

/** All lines of each placement, oldest first: short lists, without pages. */
export function linesOf<R extends { placementId: string }>(of: Table<R>, order: string): Batch<string, R[]> {
  return grouped<R, string>(
    (reader, ids) =>
      reader.rows(sql`select ${of.columns} from ${raw(of.name)}
        where ${raw(of.name)}.placement_id = any(${ids}) and ${of.scope(reader.viewer)}
        order by ${raw(`${of.name}.${order}`)}`),
    (row) => row.placementId,
  );
}

/** What holds now of the outcome; null while the placement goes on. */
export const outcomeOf: Batch<string, OutcomeRow | null> = {
  async load(reader, ids) {
    const rows = await reader.rows<OutcomeRow>(sql`select ${outcomes.columns} from outcome
      where outcome.placement_id = any(${ids}) and outcome.known_until is null
        and ${outcomes.scope(reader.viewer)}`);
    const current = new Map(rows.map((row) => [row.placementId, row]));
    return ids.map((id) => current.get(id) ?? null);
  },
};

/** The contract that runs today. */
export const currentContractOf: Batch<string, ContractRow | null> = {
  async load(reader, ids) {
    const rows = await reader.rows<ContractRow>(sql`select ${contracts.columns} from contract
      where contract.placement_id = any(${ids}) and contract.from_day <= ${today}
        and (contract.to_day is null or contract.to_day >= ${today}) and ${contracts.scope(reader.viewer)}`);
    const current = new Map(rows.map((row) => [row.placementId, row]));
    return ids.map((id) => current.get(id) ?? null);
  },
};

interface Picking {
  where?: Sql;
  order: string;
}

/** The contract that nothing renews: the last one. */
export function lastContract(tx: Transaction, placement: string): Promise<ContractRow | null> {
  return pick(tx, contracts, placement, { order: 'from_day desc, contract.id desc' });
}

export function firstContract(tx: Transaction, placement: string): Promise<ContractRow | null> {
  return pick(tx, contracts, placement, { order: 'from_day, contract.id' });
}

export function currentOutcome(tx: Transaction, placement: string): Promise<OutcomeRow | null> {
  return pick(tx, outcomes, placement, { where: sql`outcome.known_until is null`, order: 'id' });
}

export function followUpAt(tx: Transaction, placement: string, months: number): Promise<FollowUpRow | null> {
  return pick(tx, followUps, placement, { where: sql`follow_up.months = ${months}`, order: 'months' });
}

function pick<R>(
  tx: Transaction,
  of: Table<R>,
  placement: string,
  { where, order }: Picking,
): Promise<R | null> {
  return firstRow<R>(
    tx,
    sql`select ${of.columns} from ${raw(of.name)} where ${raw(of.name)}.placement_id = ${placement}
      and ${where ?? sql`true`} and ${of.scope(tx.viewer)} order by ${raw(`${of.name}.${order}`)} limit 1`,
  );
}

export async function saveContract(tx: Transaction, row: Omit<ContractRow, 'createdAt'>): Promise<void> {
  await tx.change(insertInto(contracts, { ...row, createdAt: tx.now }), 1);
}

/** All contracts of a placement, the first one first. */
export function contractsOfOne(tx: Transaction, placement: string): Promise<ContractRow[]> {
  return tx.rows<ContractRow>(sql`select ${contracts.columns} from contract
    where contract.placement_id = ${placement} and ${contracts.scope(tx.viewer)} order by from_day, id`);
}

export async function changeContract(
  tx: Transaction,
  id: string,
  change: Partial<Pick<ContractRow, 'kind' | 'fromDay' | 'toDay' | 'weeklyHours'>>,
): Promise<void> {
  await tx.change(sql`update contract set ${assignments(change)} where id = ${id}`, 1);
}

export async function saveContractCorrection(
  tx: Transaction,
  { id: contractId, placementId, kind, fromDay, toDay, weeklyHours }: ContractRow,
  correctedBecause: ContractCorrectionRow['correctedBecause'],
): Promise<void> {
  const believed = { placementId, contractId, kind, fromDay, toDay, weeklyHours };
  await tx.change(insertInto(contractCorrections, { ...believed, correctedBecause, knownUntil: tx.now }), 1);
}

/** Writes what is known from now on; what was known until now is closed, never overwritten. */
export async function saveOutcome(
  tx: Transaction,
  row: Omit<OutcomeRow, 'id' | 'knownFrom' | 'knownUntil'>,
): Promise<void> {
  await tx.change(sql`update outcome set known_until = ${tx.now}
    where placement_id = ${row.placementId} and known_until is null`);
  await tx.change(insertInto(outcomes, { ...row, knownFrom: tx.now }), 1);
}

export async function saveStartCorrection(
  tx: Transaction,
  row: Omit<StartCorrectionRow, 'id' | 'knownUntil'>,
): Promise<void> {
  await tx.change(insertInto(startCorrections, { ...row, knownUntil: tx.now }), 1);
}

export async function saveNewFollowUps(
  tx: Transaction,
  rows: Pick<FollowUpRow, 'id' | 'placementId' | 'months' | 'dueOn'>[],
): Promise<void> {
  for (const row of rows) await tx.change(insertInto(followUps, row), 1);
}

export async function saveFollowUp(tx: Transaction, id: string, change: Partial<FollowUpRow>): Promise<void> {
  await tx.change(sql`update follow_up set ${assignments(change)} where id = ${id}`, 1);
}

/** A follow-up not recorded yet is due by the end as it is now known. */
export async function moveFollowUps(
  tx: Transaction,
  placement: string,
  dueOn: { months: number; dueOn: string }[],
): Promise<void> {
  for (const each of dueOn)
    await tx.change(sql`update follow_up set due_on = ${each.dueOn}
      where placement_id = ${placement} and months = ${each.months} and recorded_at is null`);
}

/** The first follow-up nobody has recorded; null when all are. */
export async function nextFollowUp(tx: Transaction, placement: string): Promise<string | null> {
  const row = await pick(tx, followUps, placement, {
    where: sql`follow_up.recorded_at is null`,
    order: 'months',
  });
  return row?.dueOn ?? null;
}

/** Which follow-ups have become due since this was last asked, in months: each is told once. */
export async function tellFollowUps(tx: Transaction, placement: string): Promise<number[]> {
  const told = await tx.rows<{ months: number }>(sql`update follow_up set told_at = ${tx.now}
    where placement_id = ${placement} and due_on <= ${today} and recorded_at is null and told_at is null
    returning months`);
  return told.map(({ months }) => months).sort((one, other) => one - other);
}
