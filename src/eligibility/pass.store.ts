import sql, { join, type Sql } from 'sql-template-tag';
import { constraintMeans } from '../db/constraints.ts';
import { byId as byIdOrder, type Listing } from '../db/list.ts';
import { firstRow } from '../db/reader.ts';
import { assignments, insertInto, nobody, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { edge } from '../graphql/lists.ts';
import { byId, grouped, type Batch } from '../graphql/loaders.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { SiaeKind } from '../offers/offer.rules.ts';
import { reaches, withinScope } from '../people/access.ts';
import { lockPerson } from '../people/person.store.ts';
import { PassRow } from './pass.row.ts';

/** Who reads the passes of the person of this column: who sees the pathway, and the structure that employs them. */
function readsPasses(viewer: Viewer, person: Sql): Sql {
  return sql`(${reaches(viewer, person, 'PATHWAY')} or ${employs(viewer, person)})`;
}

/** Whether the viewer's organisation is a SIAE with which the person has, or just had, a placement. */
function employs(viewer: Viewer, person: Sql): Sql {
  const within = viewer.kind === 'HUB' ? null : withinScope(viewer);
  if (!within) return nobody;
  return sql`((select exists (select from accreditation where accreditation.organisation_id = ${viewer.organisation}
      and accreditation.kind in (${join(Object.keys(SiaeKind))})))
    and exists (select from person_access reach where reach.person_id = ${person} and reach.category = 'CORE'
      and reach.reason = 'PLACEMENT' and ${within} offset 0))`;
}

export const passes = table('iae_pass', PassRow, (viewer) => readsPasses(viewer, sql`iae_pass.person_id`), {
  category: 'PATHWAY',
  of: 'personId',
});
// in parentheses the day is worked out once a statement
const today = sql`(select (app.clock() at time zone 'Europe/Paris')::date)`;
const stands = sql`iae_pass.withdrawn_at is null`;
export const passById = byId(passes, 'IaePass');
/** The latest first, withdrawn ones included. */
export const passesOf = edge(passes, 'personId', byIdOrder('iae_pass', true));

constraintMeans('iae_pass_once', 'ALREADY_EXISTS', 'number');

/** Those whose last day comes within so many days, the first to end first. */
export function passesEnding(days: number): Listing<PassRow> {
  return {
    table: passes,
    where: [stands, sql`iae_pass.ends_on between ${today} and ${today} + ${days}::int`],
    order: {
      name: 'ENDING',
      keys: [
        { by: sql`iae_pass.ends_on`, type: 'date' },
        { by: sql`iae_pass.id`, type: 'text' },
      ],
    },
    telling: true,
  };
}

/** Passes that were not withdrawn. */
export const standingPassesOf = grouped<PassRow, string>(
  (reader, people) =>
    reader.rows(sql`select ${passes.columns} from iae_pass where iae_pass.person_id = any(${[...people]})
      and ${stands} and ${passes.scope(reader.viewer)} order by iae_pass.id desc`),
  (row) => row.personId,
);

/** Whether no pass of the person runs today, as far as the viewer may know of passes at all; false where it may not. */
export const passUnknownOf: Batch<string, boolean> = {
  async load(reader, people) {
    const rows = await reader.rows<{
      id: string;
    }>(sql`select asked.id from unnest(${[...people]}::text[]) asked (id)
      where ${readsPasses(reader.viewer, sql`asked.id`)} and not exists (select from iae_pass
        where iae_pass.person_id = asked.id and ${stands} and ${today} between iae_pass.from_day and iae_pass.ends_on
          and (iae_pass.suspended_from is null
            or ${today} not between iae_pass.suspended_from and iae_pass.suspended_until))`);
    const unknown = new Set(rows.map(({ id }) => id));
    return people.map((person) => unknown.has(person));
  },
};

/** Asked within a command: whether this viewer employs the person. */
export async function employsPerson(tx: Transaction, person: string): Promise<boolean> {
  const query = sql`select ${employs(tx.viewer, sql`${person}`)} as employs`;
  return (await firstRow<{ employs: boolean }>(tx, query))!.employs;
}

/** The person first, then the pass: the one order of locks. */
export async function lockPass(tx: Transaction, id: string, field: string): Promise<PassRow> {
  const visible = sql`select ${passes.columns} from iae_pass where iae_pass.id = ${id} and ${passes.scope(tx.viewer)}`;
  const before = subjectOf(id) === 'IaePass' ? await firstRow<PassRow>(tx, visible) : null;
  await lockPerson(tx, found(before, field).personId, field);
  return found(await firstRow<PassRow>(tx, visible), field);
}

export async function saveNewPass(tx: Transaction, row: Partial<PassRow> & { id: string }): Promise<void> {
  await tx.change(insertInto(passes, { ...row, createdAt: tx.now, updatedAt: tx.now }), 1);
}

export async function savePass(tx: Transaction, before: PassRow, change: Partial<PassRow>): Promise<number> {
  const version = before.version + 1;
  const set = assignments<PassRow>({ ...change, version, updatedAt: tx.now });
  await tx.change(sql`update iae_pass set ${set} where id = ${before.id}`, 1);
  return version;
}
