import sql, { type Sql } from 'sql-template-tag';
import { constraintMeans } from '../db/constraints.ts';
import { byId as byIdOrder, type Listing } from '../db/list.ts';
import { firstRow } from '../db/reader.ts';
import { assignments, insertInto, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { anyOf } from '../graphql/lists.ts';
import { byId, grouped } from '../graphql/loaders.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { followed } from '../people/access.ts';
import { inLine } from '../people/count.store.ts';
import { PersonLinkRow, PersonLinkStepRow } from './link.row.ts';
import type { PersonLinkFilter } from './link.type.ts';

constraintMeans('person_link_once', 'WRONG_STATE');

/** Who decides and who follows both, in the scope of its member. As the table's policy. */
function scope(viewer: Viewer): Sql {
  if (viewer.kind === 'HUB') return sql`true`;
  return sql`(${followed(viewer, sql`person_link.into_id`, 'IDENTITY')}
    and (person_link.decider_id = ${viewer.organisation} or ${followed(viewer, sql`person_link.person_id`, 'IDENTITY')}))`;
}

export const links = table('person_link', PersonLinkRow, scope);
export const linkById = byId(links, 'PersonLink');

const steps = table(
  'person_link_step',
  PersonLinkStepRow,
  (viewer) =>
    sql`exists (select from person_link where person_link.id = person_link_step.link_id and ${scope(viewer)})`,
);

export const stepsOf = grouped<PersonLinkStepRow, string>(
  (reader, ids) =>
    reader.rows(sql`select ${steps.columns} from person_link_step
      where link_id = any(${[...ids]}) and ${steps.scope(reader.viewer)} order by person_link_step.id`),
  (step) => step.linkId,
);

/** A person has few: from either side, the latest first. */
export const linksOf = grouped<PersonLinkRow & { side: string }, string>(
  (reader, people) =>
    reader.rows(sql`select ${links.columns}, side from person_link, unnest(array[person_id, into_id]) side
      where side = any(${[...people]}) and (person_id = any(${[...people]}) or into_id = any(${[...people]}))
        and ${scope(reader.viewer)} order by person_link.id desc`),
  (link) => link.side,
);

export function linkList(
  viewer: Viewer,
  { states, person, toDecide }: PersonLinkFilter,
): Listing<PersonLinkRow> {
  return {
    table: links,
    where: [
      ...anyOf('person_link.state', states),
      ...(person == null ? [] : [sql`${person} in (person_link.person_id, person_link.into_id)`]),
      ...(toDecide
        ? [sql`person_link.state = 'PROPOSED' and person_link.decider_id = ${viewer.organisation}`]
        : []),
    ],
    order: byIdOrder('person_link', true),
  };
}

/** Links change one at a time, since each may change how others are counted: before any person's line. */
export async function oneAtATime(tx: Transaction): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtext('passerelle links'))`);
}

/** The link, both its people's lines, and its row. */
export async function lockLink(tx: Transaction, id: string, field: string): Promise<PersonLinkRow> {
  if (subjectOf(id) !== 'PersonLink') return found<PersonLinkRow>(null, field);
  const seen = sql`select ${links.columns} from person_link where person_link.id = ${id} and ${scope(tx.viewer)}`;
  await oneAtATime(tx);
  const { personId, intoId } = found(await firstRow<PersonLinkRow>(tx, seen), field);
  await inLine(tx, personId, intoId);
  return found(await firstRow<PersonLinkRow>(tx, sql`${seen} for update`), field);
}

/** What joins these two now, proposed or confirmed. */
export function liveBetween(tx: Transaction, one: string, other: string): Promise<PersonLinkRow | null> {
  const pair = [one, other];
  return firstRow(tx, sql`select ${links.columns} from person_link
    where person_id = any(${pair}) and into_id = any(${pair}) and state in ('PROPOSED', 'CONFIRMED')
      and ${scope(tx.viewer)} for update`);
} // prettier-ignore

export async function saveNewLink(
  tx: Transaction,
  row: Omit<PersonLinkRow, 'version' | 'createdAt' | 'updatedAt'>,
): Promise<PersonLinkRow> {
  const insert = insertInto(links, { ...row, createdAt: tx.now, updatedAt: tx.now });
  return (await firstRow<PersonLinkRow>(tx, sql`${insert} returning ${links.columns}`))!;
}

export async function saveLink(
  tx: Transaction,
  id: string,
  change: Partial<PersonLinkRow>,
): Promise<PersonLinkRow> {
  const set = assignments<PersonLinkRow>({ ...change, updatedAt: tx.now });
  const update = sql`update person_link set ${set}, version = version + 1 where id = ${id}`;
  return found(await firstRow<PersonLinkRow>(tx, sql`${update} returning ${links.columns}`));
}

export async function saveStep(tx: Transaction, step: PersonLinkStepRow): Promise<void> {
  await tx.change(insertInto(steps, step), 1);
}
