import sql, { type Sql } from 'sql-template-tag';
import { mayFollowPeople } from '../auth/policy.ts';
import { constraintMeans } from '../db/constraints.ts';
import { behind, type DueRow } from '../db/due.ts';
import { byId as byIdOrder, type Listing, type Order } from '../db/list.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import { assignments, insertInto, nobody, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { edge } from '../graphql/lists.ts';
import { byId } from '../graphql/loaders.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import { hasScope, type Viewer } from '../kernel/viewer.ts';
import { followed, reaches } from '../people/access.ts';
import { followsInto } from '../people/disclosure.store.ts';
import { holderById } from '../people/holder.store.ts';
import { lockPerson } from '../people/person.store.ts';
import { GrantRow } from './grant.row.ts';
import type { GrantState, Recipient } from './grant.rules.ts';
import type { GrantFilter, GrantOrder } from './grant.type.ts';

/**
 * Who gave it and whom it names, for life, by members who see all; others while they see the person. And who follows
 * the person; where what it is for would tell of health or justice, who follows them into these. As the table's policy.
 */
function scope(viewer: Viewer): Sql {
  if (viewer.kind === 'HUB') return sql`true`;
  if (!hasScope(viewer, 'people:read')) return nobody;
  const { organisation, people } = viewer;
  const person = sql`sharing_grant.person_id`;
  const party = sql`(sharing_grant.granted_by = ${organisation} or ${organisation} = any(sharing_grant.organisation_ids))`;
  const own = people === 'ALL' ? party : sql`(${party} and ${reaches(viewer, person, 'CORE')})`;
  return sql`(${own} or (not sharing_grant.guarded and ${followed(viewer, person, 'CORE')})
    or (sharing_grant.guarded and ${followed(viewer, person, 'JUSTICE')}))`;
}

const grants = table('sharing_grant', GrantRow, scope);
export const grantById = byId(grants, 'SharingGrant');

constraintMeans('sharing_grant_external_reference', 'ALREADY_EXISTS', 'externalReference');

const newest = byIdOrder('sharing_grant', true);
const orders: Record<GrantOrder, Order> = {
  NEWEST: newest,
  ENDING: {
    name: 'ENDING',
    keys: [
      { by: sql`sharing_grant.until_day`, type: 'date' },
      { by: sql`sharing_grant.id`, type: 'text' },
    ],
  },
};

/** Health and justice are open to a referent that does not employ, and to the council: they are told every name. */
export const toldWhole = followsInto('JUSTICE');
export const grantsOfPerson = edge(grants, 'personId', newest);

export function grantList(viewer: Viewer, filter: GrantFilter, orderBy: GrantOrder): Listing<GrantRow> {
  return { table: grants, where: conditions(viewer, filter), order: orders[orderBy] };
}

const unended = sql`sharing_grant.ended_at is null and sharing_grant.closes_at > app.clock()`;
const inState: Record<GrantState, Sql> = {
  UPCOMING: sql`(${unended} and sharing_grant.opens_at > app.clock())`,
  RUNNING: sql`(${unended} and sharing_grant.opens_at <= app.clock())`,
  ENDED: sql`not (${unended})`,
};

function conditions(viewer: Viewer, { person, organisation, state, endingBefore }: GrantFilter): Sql[] {
  return [
    // whose an ended one was is not to be found out by trying people
    ...(person == null
      ? []
      : [
          sql`sharing_grant.person_id = ${person} and ${reaches(viewer, sql`sharing_grant.person_id`, 'CORE')}`,
        ]),
    ...(organisation == null ? [] : [givenTo(viewer, organisation)]),
    ...(state == null ? [] : [inState[state]]),
    ...(endingBefore == null ? [] : [sql`${unended} and sharing_grant.until_day < ${endingBefore}`]),
  ];
}

/** Who is named with others of its kind is not told of the others: one may have been taken out for the person. */
function givenTo(viewer: Viewer, organisation: string): Sql {
  const { organisation: own } = viewer;
  return sql`(${organisation} = any(sharing_grant.organisation_ids)
    and (${organisation} = ${own} or not ${own} = any(sharing_grant.organisation_ids) and ${named(viewer, organisation)}))`;
}

/** As `SharingGrant.organisation`: a social partner whose name says too much is no question either. */
function named(viewer: Viewer, organisation: string): Sql {
  return sql`(sharing_grant.granted_by = ${viewer.organisation}
    or ${followed(viewer, sql`sharing_grant.person_id`, 'JUSTICE')}
    or not exists (select from organisation social where social.id = ${organisation} and social.sensitive))`;
}

/** The person first, then the grant as it then is: whatever moves about a person stands in the person's line. */
export async function lockGrant(tx: Transaction, id: string, field: string): Promise<GrantRow> {
  const visible = sql`select ${grants.columns} from sharing_grant
    where sharing_grant.id = ${id} and ${grants.scope(tx.viewer)}`;
  const before = subjectOf(id) === 'SharingGrant' ? await firstRow<GrantRow>(tx, visible) : null;
  await lockPerson(tx, found(before, field).personId, field);
  return found(await firstRow<GrantRow>(tx, visible), field);
}

/** Grants of a person that still open something to an organisation, or will; the person must be locked. */
export function unendedGrantsTo(tx: Transaction, person: string, organisation: string): Promise<GrantRow[]> {
  return tx.rows<GrantRow>(sql`select ${grants.columns} from sharing_grant
    where sharing_grant.person_id = ${person} and ${organisation} = any(sharing_grant.organisation_ids)
      and ${unended} and ${grants.scope(tx.viewer)} order by sharing_grant.id`);
}

/** What a person's grants for one purpose are that nobody, and no date, has ended. */
export function unendedGrants(tx: Transaction, person: string, purpose: string): Promise<GrantRow[]> {
  return tx.rows<GrantRow>(sql`select ${grants.columns} from sharing_grant
    where sharing_grant.person_id = ${person} and sharing_grant.purpose = ${purpose} and ${unended}
      and ${grants.scope(tx.viewer)}`);
}

export async function saveNewGrant(
  tx: Transaction,
  row: Omit<Partial<GrantRow>, 'createdAt' | 'updatedAt'> & { id: string },
): Promise<void> {
  await tx.change(insertInto(grants, { ...row, createdAt: tx.now, updatedAt: tx.now }), 1);
}

export async function saveGrant(
  tx: Transaction,
  before: GrantRow,
  change: Partial<GrantRow>,
): Promise<GrantRow> {
  const after = { ...before, ...change, version: before.version + 1 };
  const set = assignments<GrantRow>({ ...change, version: after.version, updatedAt: tx.now });
  await tx.change(sql`update sharing_grant set ${set} where id = ${before.id}`, 1);
  return after;
}

/** Organisations of a kind, as the law looks at them; one more than asked says that there are more. */
export async function recipientsOfKind(reader: Reader, kind: string, most: number): Promise<Recipient[]> {
  const query = sql`select id from organisation where kind = ${kind} order by id limit ${most + 1}`;
  const ids = (await reader.rows<{ id: string }>(query)).map(({ id }) => id);
  return recipients(reader, ids);
}

export async function recipients(reader: Reader, ids: readonly string[]): Promise<Recipient[]> {
  const holders = await holderById.load(reader, ids);
  return holders.map((holder, at) => {
    const { kind, remit, employs } = holder!;
    return { id: ids[at]!, kind, remit, employs, mayFollow: mayFollowPeople(kind, remit) };
  });
}

/** Grants whose last day is over and that nobody has ended. */
export function dueGrants(reader: Reader, after: DueRow | null, most: number): Promise<DueRow[]> {
  return reader.rows(sql`select id, closes_at::text as at from sharing_grant
    where ended_at is null and closes_at <= app.clock() and ${behind(after, sql`closes_at`, sql`id`)}
    order by closes_at, id limit ${most}`);
}
