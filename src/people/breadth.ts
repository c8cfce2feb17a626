import sql from 'sql-template-tag';
import { firstRow, type Reader } from '../db/reader.ts';
import type { Breadth } from '../db/table.ts';
import { scopeKey, type Viewer } from '../kernel/viewer.ts';
import { withinScope } from './access.ts';
import type { Category } from './access.rules.ts';

/** From how many people on a list is walked in its own order, and each person met is asked for. */
const many = 1_000;
/**
 * Of the council's members who see a territory fewer: theirs is a share of everybody, spread over each list, so that a walk is
 * as long as that share is small, while to gather costs what all of them have. The two are the same where their number is the
 * root of all people times this (measured, docs/adr/0013).
 */
const shareOfAll = 7;
const leastMany = 100;
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
  const row = await firstRow<{ people: number; all: number }>(
    reader,
    sql`select count(*)::int as people, (select reltuples from pg_class where oid = 'person'::regclass)::int as all
      from (select from person_access reach where reach.category = ${category} and ${within} limit ${most + 1}) met`,
  );
  const { people, all } = row!;
  const breadth = people > most ? 'MOST' : people > walksFrom(viewer, all) ? 'MANY' : 'FEW';
  if (known.size >= mostRemembered) known.clear();
  known.set(key, { breadth, until: now + rememberedFor } satisfies Remembered);
  return breadth;
}

function walksFrom({ organisationKind, people }: Viewer, all: number): number {
  if (organisationKind !== 'COUNCIL' || people !== 'TERRITORY') return many;
  return Math.min(many, Math.max(leastMany, Math.sqrt(shareOfAll * all)));
}
