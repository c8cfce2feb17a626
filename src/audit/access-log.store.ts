import sql, { join, type Sql } from 'sql-template-tag';
import type { Disclosed } from '../db/disclosures.ts';
import { byId } from '../db/list.ts';
import { throughOutages } from '../db/outage.ts';
import { everyone, table } from '../db/table.ts';
import type { Context } from '../graphql/context.ts';
import { edge } from '../graphql/lists.ts';
import type { Batch } from '../graphql/loaders.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { followed, withinScope } from '../people/access.ts';
import { ofLinks, type AccessReason } from '../people/access.rules.ts';
import { followsInto } from '../people/disclosure.store.ts';
import { AccessLogRow } from './access-log.row.ts';
import { outsidePortfolio, owesPurpose } from './purpose.store.ts';

/** Lines are for who follows the person: the same question as the table's policy. */
const lines = table('access_log', AccessLogRow, (viewer) =>
  viewer.kind === 'HUB'
    ? everyone()
    : sql`(${followed(viewer, sql`access_log.person_id`, 'PATHWAY')} and ${tellable(viewer)})`,
);
export const linesOf = edge(lines, 'personId', byId('access_log', true));

/** Who registered a record must not learn that it has a double: who read it only for that is the council's to know. */
function tellable(viewer: Viewer): Sql {
  if (knowsOfLinks(viewer)) return sql`true`;
  return sql`(access_log.organisation_id = ${viewer.organisation} or access_log.reasons = '{}'
    or not access_log.reasons <@ array[${join(ofLinks)}])`;
}

/** Why it was read, as the viewer may know it. */
export function reasonsTold(viewer: Viewer, { organisationId, reasons }: AccessLogRow): AccessReason[] {
  const all = knowsOfLinks(viewer) || organisationId === viewer.organisation;
  return all ? reasons : reasons.filter((reason) => !ofLinks.includes(reason));
}

function knowsOfLinks({ organisationKind }: Viewer): boolean {
  return organisationKind === 'COUNCIL';
}

/** Whether the viewer follows the person, and so may read who else looked. */
export const followedBy = followsInto('PATHWAY');

interface Reading {
  id: string;
  member: string | null;
  tool: string | null;
}

/** The human behind a line: members of other organisations are otherwise not to be seen. */
export const readerOf: Batch<string, Reading | null> = {
  async load(reader, ids) {
    const rows = await reader.rows<Reading>(
      sql`select id, member, tool from app.access_readers(${[...ids]})`,
    );
    const known = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => known.get(id) ?? null);
  },
};

const uniqueViolation = '23505';

/** Whoever is shown something: what their line says of them. */
export type Shown = Pick<Context, 'viewer' | 'purpose' | 'requestId'>;

export interface Opening {
  /** Whom the answer goes to, all of one scope: whoever asked, if not said. */
  readers?: readonly Shown[];
  disclosed: readonly Disclosed[];
  /** Root fields of the request that opened it. */
  operation: string;
  /** Of whom a purpose need not be stated: everybody where the answer tells of nobody. */
  excused: 'EVERYBODY' | readonly string[];
  /** For how many milliseconds the line waits for a database that is away. */
  patience?: number;
}

/**
 * One insert an answer, a line for each person and each of its readers; the reasons are read in it, as they were when the data was. Where a
 * purpose must be stated and was not, nothing is written and PURPOSE_REQUIRED refused.
 */
export async function writeLines(ctx: Context, opening: Opening): Promise<void> {
  const { readers = [ctx], disclosed, operation, excused, patience = 0 } = opening;
  const { viewer } = ctx;
  const lines = readers.flatMap(({ viewer: { member, client }, purpose, requestId }) =>
    disclosed.map((each) => ({
      ...each,
      id: newId('AccessLogEntry'),
      member,
      client,
      purpose,
      request: requestId,
    })),
  );
  const strict = owesPurpose(ctx) && excused !== 'EVERYBODY';
  const asked = excused === 'EVERYBODY' ? sql`true` : sql`not opened.person = any(${[...excused]})`;
  const insert = sql`insert into access_log (id, at, person_id, organisation_id, member_id, client_id, categories,
      reasons, outside, operation, purpose, request_id)
    select line.id, line.until, line.person, ${viewer.organisation}, line.member, line.client, line.categories,
      line.reasons, line.outside, ${operation}, line.purpose, line.request
    from viewer cross join lateral (
      select opened.*, bool_or(opened.outside and ${asked}) over () as strange from (
        select given.*, ${reasonsOf(viewer)} as reasons, ${outsidePortfolio(viewer, sql`given.person`, { during, member: sql`given.member` })} as outside
        from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as given
          (id text, person text, categories text[], "from" timestamptz, until timestamptz, member text, client text,
            purpose text, request text)
        where viewer.scope is not null offset 0) opened) line
    where not (${strict}::boolean and line.strange)`;
  const written = await throughOutages(patience, () => ctx.db.add(ctx.reader, insert)).catch(whenWritten);
  if (written === 0) throw new Refusal('PURPOSE_REQUIRED');

  /** The connection was cut after the commit and the same lines were sent again: they stand. */
  function whenWritten(error: { code?: string }): number {
    if (patience === 0 || error.code !== uniqueViolation) throw error;
    return lines.length;
  }
}

/** A right that ended in the very millisecond of the reading was open to it. */
const during = { from: sql`given."from" - interval '1 ms'`, until: sql`given.until` };

function reasonsOf(viewer: Viewer): Sql {
  const within = withinScope(viewer, during);
  if (!within) return sql`'{}'::text[]`;
  return sql`coalesce((select array_agg(distinct reach.reason order by reach.reason) from person_access reach
    where reach.person_id = given.person and reach.category = any(given.categories) and ${within}), '{}')`;
}
