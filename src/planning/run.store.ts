import sql from 'sql-template-tag';
import { byId as byIdOrder, type Listing } from '../db/list.ts';
import { firstRow } from '../db/reader.ts';
import { assignments, insertInto, nobody, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { byId } from '../graphql/loaders.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import { hasScope, scopeKey, type Viewer } from '../kernel/viewer.ts';
import type { RunState } from './run.rules.ts';
import { AssignmentRunRow } from './run.row.ts';

/** How much of people a viewer sees, as the table's policy compares it. */
export function eyesOf(viewer: Viewer): string {
  const [, people, detail] = scopeKey(viewer).split('|');
  return `${people}|${detail}`;
}

/** Those of the author's organisation who see as much of people as the author did, or all. */
export const runs = table('assignment_run', AssignmentRunRow, (viewer) => {
  if (viewer.kind === 'HUB') return sql`true`;
  if (!hasScope(viewer, 'people:read')) return nobody;
  const theirs = sql`assignment_run.organisation_id = ${viewer.organisation}`;
  return viewer.people === 'ALL' ? theirs : sql`(${theirs} and assignment_run.eyes = ${eyesOf(viewer)})`;
});
export const runById = byId(runs, 'AssignmentRun');

export const newestRuns = byIdOrder('assignment_run', true);

export function runList(states: readonly RunState[] | null): Listing<AssignmentRunRow> {
  const where = states?.length ? [sql`assignment_run.state = any(${[...states]})`] : [];
  return { table: runs, where, order: newestRuns };
}

/** Locks a run that exists for the viewer: what becomes of it is decided one after the other. */
export async function lockRun(tx: Transaction, id: string, field: string): Promise<AssignmentRunRow> {
  return found(subjectOf(id) === 'AssignmentRun' ? await lockedRun(tx, id) : null, field);
}

export function lockedRun(tx: Transaction, id: string): Promise<AssignmentRunRow | null> {
  return firstRow<AssignmentRunRow>(tx, sql`select ${runs.columns} from assignment_run
    where assignment_run.id = ${id} and ${runs.scope(tx.viewer)} for update`);
} // prettier-ignore

/** Nothing of it changed that anybody is to be told of. */
export async function holdLonger(tx: Transaction, id: string, until: string): Promise<void> {
  await tx.change(sql`update assignment_run set lease_until = ${until} where id = ${id}`, 1);
}

export type NewRunRow = Partial<AssignmentRunRow> & { id: string };

export async function saveNewRun(tx: Transaction, { terms, ...row }: NewRunRow): Promise<AssignmentRunRow> {
  const stored = { ...row, terms: JSON.stringify(terms) as never, createdAt: tx.now, updatedAt: tx.now };
  return found(await firstRow<AssignmentRunRow>(tx, sql`${insertInto(runs, stored)} returning ${runs.columns}`));
} // prettier-ignore

/** Saves a change of a locked run and answers the row as it now is. */
export async function saveRun(
  tx: Transaction,
  id: string,
  { shares, prices, ...change }: Partial<AssignmentRunRow>,
): Promise<AssignmentRunRow> {
  const lists = {
    ...(shares && { shares: JSON.stringify(shares) as never }),
    ...(prices && { prices: JSON.stringify(prices) as never }),
  };
  const set = assignments<AssignmentRunRow>({ ...change, ...lists, updatedAt: tx.now });
  const row = await firstRow<AssignmentRunRow>(tx, sql`update assignment_run set ${set}, version = version + 1
    where assignment_run.id = ${id} returning ${runs.columns}`);
  if (!row) throw new Error(`run ${id} is locked but cannot be changed by ${tx.viewer.kind}`);
  return row;
} // prettier-ignore

/** How many of an organisation's runs wait or run: asked as the hub, since some may be for other eyes. */
export async function countOpen(tx: Transaction, organisation: string): Promise<number> {
  const query = sql`select count(*)::int as open from assignment_run
    where organisation_id = ${organisation} and state in ('QUEUED', 'RUNNING')`;
  return (await firstRow<{ open: number }>(tx, query))!.open;
}

/** The next run nobody is at, first come first served; what somebody takes at this moment is passed over. To the hub. */
export function nextRun(tx: Transaction): Promise<AssignmentRunRow | null> {
  return firstRow<AssignmentRunRow>(tx, sql`select ${runs.columns} from assignment_run
    where state = 'QUEUED' or (state = 'RUNNING' and lease_until <= ${tx.now})
    order by created_at, id limit 1 for update skip locked`);
} // prettier-ignore
