import sql, { type Sql } from 'sql-template-tag';
import { unseen } from '../db/table.ts';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import type { Context } from '../graphql/context.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { withinScope } from '../people/access.ts';

declare module '../graphql/context.ts' {
  interface Context {
    /** Whether a member of the council who sees everybody must state a purpose outside their own portfolio. */
    readonly purposeRequired: boolean;
  }
}

/** Whether this viewer must say why they read somebody outside their own portfolio, and has not. */
export function owesPurpose({ purposeRequired, viewer, purpose }: Context): boolean {
  return (
    purposeRequired && viewer.organisationKind === 'COUNCIL' && viewer.people === 'ALL' && purpose === null
  );
}

interface Asked {
  during?: { from: Sql; until: Sql };
  /** The column of whose portfolio is meant; the viewer's own if not said. */
  member?: Sql;
}

/** SQL: whether the person in this column is outside the viewer's own portfolio; of who sees less than all, nobody is. */
export function outsidePortfolio(viewer: Viewer, person: Sql, { during, member }: Asked = {}): Sql {
  if (viewer.people !== 'ALL') return sql`false`;
  const value: typeof unseen = (given) => (member && given === viewer.member ? member : unseen(given));
  const own = withinScope({ ...viewer, people: 'PORTFOLIO' }, during, value);
  return sql`not exists (select from person_access reach where reach.person_id = ${person} and ${own!})`;
}

/**
 * The answer of a mutation shall tell of whom it is about: what was done is committed only if they are all in the viewer's
 * portfolio. They are then excused from stating a purpose, even if what was done has just taken them out of it.
 */
export function askingPurpose(ctx: Context) {
  return async (tx: Transaction): Promise<void> => {
    const outside = sql`select 1 from unnest(${[...tx.about]}::text[]) person (id)
      where ${outsidePortfolio(ctx.viewer, sql`person.id`)} limit 1`;
    if (await firstRow(tx, outside)) throw new Refusal('PURPOSE_REQUIRED');
    for (const person of tx.about) ctx.excused.add(person);
  };
}
