import sql from 'sql-template-tag';
import { firstRow, type Reader } from '../db/reader.ts';
import type { Breadth } from '../db/table.ts';
import { scopeKey } from '../kernel/viewer.ts';
import { withinScope } from './access.ts';
import type { Category } from './access.rules.ts';

/** From how many people on a list is walked in its own order, and each person met is asked for. */
const many = 1_000;
/** From how many on all that is seen is counted by going through the table. */
const most = 20_000;
const rememberedFor = 10 * 60_000;
const mostRemembered = 10_000;

interface Remembered {
  breadth: Breadth;
  until: number;
}

/**
 * How many people a viewer sees, roughly. Nothing but the shape of a statement hangs on it, never a row: it may be
 * remembered for a while.
 */
export async function breadthOf(reader: Reader, category: Category): Promise<Breadth> {
  const { viewer } = reader;
  if (viewer.kind === 'HUB') return 'MOST';
  const within = withinScope(viewer);
  if (!within) return 'FEW';
  const known = reader.remembered;
  const key = `breadth|${scopeKey(viewer)}|${category}`;
  const now = Date.parse(reader.now);
  const remembered = known.get(key) as Remembered | undefined;
  if (remembered && remembered.until > now) return remembered.breadth;
  const row = await firstRow<{ people: number }>(
    reader,
    sql`select count(*)::int as people from (select from person_access reach
      where reach.category = ${category} and ${within} limit ${most + 1}) met`,
  );
  const breadth = row!.people > most ? 'MOST' : row!.people > many ? 'MANY' : 'FEW';
  if (known.size >= mostRemembered) known.clear();
  known.set(key, { breadth, until: now + rememberedFor } satisfies Remembered);
  return breadth;
}
