import sql, { type Sql } from 'sql-template-tag';
import type { Context } from '../graphql/context.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { organisationById } from './organisation.store.ts';
import type { OrganisationRow } from './organisation.row.ts';

/**
 * A social partner whose name alone would say too much of a person (child welfare, probation, addiction care…) is not
 * named to who receives the person from it: docs/domain.md §1.
 */
export async function namedTo(ctx: Context, id: string, receiver: string): Promise<OrganisationRow | null> {
  const partner = await ctx.loaders.load(organisationById, id);
  const receives = ctx.viewer.organisation === receiver && id !== receiver;
  return partner?.sensitive && receives ? null : partner;
}

/** Who wrote or recorded something of a person: such a partner is named to its own members alone. */
export async function namedAsAuthor(ctx: Context, id: string | null): Promise<OrganisationRow | null> {
  const partner = id && (await ctx.loaders.load(organisationById, id));
  return !partner || (partner.sensitive && id !== ctx.viewer.organisation) ? null : partner;
}

/** The same of rows: whether a list may be asked for this partner without telling what its rows hide. */
export function namedIn(viewer: Viewer, partner: Sql, receiver: Sql): Sql {
  if (viewer.kind === 'HUB') return sql`true`;
  return sql`(${receiver} <> ${viewer.organisation} or ${partner} = ${receiver}
    or not exists (select from organisation social where social.id = ${partner} and social.sensitive))`;
}
