import sql from 'sql-template-tag';
import { firstRow, type Reader } from '../db/reader.ts';
import { scopeKey } from '../kernel/viewer.ts';
import { withinScope } from './access.ts';
import type { Category } from './access.rules.ts';

/** From how many people on a list is walked in its own order, and each person met is asked for. */
const many = 1_000;
const rememberedFor = 10 * 60_000;
const mostRemembered = 10_000;
const known = new Map<string, { many: boolean; until: number }>();

/**
 * Whether a viewer sees many people. Nothing but the shape of a statement hangs on it, never a row: it may be remembered
 * for a while.
 */
export async function seesMany(reader: Reader, category: Category): Promise<boolean> {
  const { viewer } = reader;
  if (viewer.kind === 'HUB') return true;
  const within = withinScope(viewer);
  if (!within) return false;
  const key = `${scopeKey(viewer)}|${category}`;
  const now = Date.parse(reader.now);
  const remembered = known.get(key);
  if (remembered && remembered.until > now) return remembered.many;
  const row = await firstRow<{ many: boolean }>(
    reader,
    sql`select count(*) > ${many} as many from (select from person_access reach
      where reach.category = ${category} and ${within} limit ${many + 1}) met`,
  );
  if (known.size >= mostRemembered) known.clear();
  known.set(key, { many: row!.many, until: now + rememberedFor });
  return row!.many;
}
