import sql, { type Sql } from 'sql-template-tag';
import { byId as newestById } from '../db/list.ts';
import { insertInto, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { edge } from '../graphql/lists.ts';
import { newId } from '../kernel/ids.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { followed } from './access.ts';
import type { Category } from './access.rules.ts';
import { replaced, type Known, type RectificationReason } from './rectification.rules.ts';
import { RectificationRow } from './rectification.row.ts';

/** What was known before is for who follows the person, category by category. As the table's policy. */
function scope(viewer: Viewer): Sql {
  return followed(viewer, sql`rectification.person_id`, sql`rectification.category`);
}

const rectifications = table('rectification', RectificationRow, scope, {
  category: sql`rectification.category`,
  of: 'personId',
});
export const rectificationsOf = edge(rectifications, 'personId', newestById('rectification', true));

/** What the viewer's organisation replaced at one instant, all categories together; null where it is kept no longer. */
export async function replacedAt(
  tx: Transaction,
  person: string,
  at: string,
): Promise<Record<string, unknown> | null> {
  const rows = await tx.rows<
    Pick<RectificationRow, 'former'>
  >(sql`select rectification.former from rectification
    where rectification.person_id = ${person} and rectification.at = ${at}
      and rectification.organisation_id = ${tx.viewer.organisation} and ${rectifications.scope(tx.viewer)}`);
  return rows.length
    ? (Object.assign({}, ...rows.map(({ former }) => former)) as Record<string, unknown>)
    : null;
}

/** Keeps what a change has replaced, a line for each category it touched. */
export async function keepReplaced(
  tx: Transaction,
  personId: string,
  { before, after, because }: { before: Known; after: Known; because?: RectificationReason | null },
): Promise<void> {
  for (const [category, now] of Object.entries(after)) {
    const former = replaced(before[category as Category] ?? null, now);
    if (!former) continue;
    const line = {
      ...{ id: newId('Rectification'), personId, category: category as Category, because: because ?? null },
      ...{ organisationId: tx.viewer.organisation || null, memberId: tx.viewer.member, at: tx.now },
    };
    await tx.change(insertInto(rectifications, { ...line, former: JSON.stringify(former) as never }), 1);
  }
}
