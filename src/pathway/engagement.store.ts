import sql from 'sql-template-tag';
import { constraintMeans } from '../db/constraints.ts';
import { byId as byIdOrder, type Listing } from '../db/list.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import { assignments, insertInto } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { edge } from '../graphql/lists.ts';
import { byId, grouped, type Batch } from '../graphql/loaders.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { categoryTable } from '../people/access.ts';
import { lockPerson } from '../people/person.store.ts';
import { EngagementReviewRow, EngagementRow } from './engagement.row.ts';
import { reviewToldDays, type Activity } from './engagement.rules.ts';
import type { PathwayRow } from './pathway.row.ts';
import { pathways } from './pathway.store.ts';

export const engagements = categoryTable('engagement', EngagementRow, 'PATHWAY');
export const reviews = categoryTable('engagement_review', EngagementReviewRow, 'PATHWAY');
export const engagementById = byId(engagements, 'Engagement');
/** The latest first, drafts and ended ones included. */
export const engagementsOf = edge(engagements, 'pathwayId', byIdOrder('engagement', true));

constraintMeans('engagement_one_draft', 'ALREADY_EXISTS', 'pathway');

const today = sql`(select (app.clock() at time zone 'Europe/Paris')::date)`;
/** Signed, and its term has not come. */
const inForce = sql`engagement.state = 'SIGNED' and coalesce(engagement.to_day, 'infinity') >= ${today}`;

/** The one in force of each pathway. */
export const engagementOf: Batch<string, EngagementRow | null> = {
  async load(reader, ids) {
    const rows = await reader.rows<EngagementRow>(sql`select ${engagements.columns} from engagement
      where engagement.pathway_id = any(${[...ids]}) and ${inForce} and ${engagements.scope(reader.viewer)}`);
    const known = new Map(rows.map((row) => [row.pathwayId, row]));
    return ids.map((id) => known.get(id) ?? null);
  },
};

export const reviewsOf = grouped<EngagementReviewRow, string>(
  (reader, ids) =>
    reader.rows(sql`select ${reviews.columns} from engagement_review where engagement_review.engagement_id = any(${[...ids]})
      and ${reviews.scope(reader.viewer)} order by engagement_review.held_on, engagement_review.id`),
  (row) => row.engagementId,
);

/** The person first, then the engagement: the one order of locks. */
export async function lockEngagement(tx: Transaction, id: string, field: string): Promise<EngagementRow> {
  const visible = sql`select ${engagements.columns} from engagement
    where engagement.id = ${id} and ${engagements.scope(tx.viewer)}`;
  const before = subjectOf(id) === 'Engagement' ? await firstRow<EngagementRow>(tx, visible) : null;
  await lockPerson(tx, found(before, field).personId, field);
  return found(await firstRow<EngagementRow>(tx, visible), field);
}

const untold = sql`engagement.state = 'SIGNED' and engagement.review_on <= ${today} + ${reviewToldDays}::integer
  and engagement.review_told_on is distinct from engagement.review_on`;

export function reviewsUntold(reader: Reader, after: string, most: number): Promise<{ id: string }[]> {
  return reader.rows(
    sql`select id from engagement where ${untold} and id > ${after} order by id limit ${most}`,
  );
}

/** One whose review is still to be told of, unless somebody has the person in hand at this moment. */
export async function freeEngagement(tx: Transaction, id: string): Promise<EngagementRow | null> {
  return firstRow<EngagementRow>(tx, sql`select ${engagements.columns} from engagement
    join person on person.id = engagement.person_id and person.erased_at is null
    where engagement.id = ${id} and ${untold} for update of person skip locked`);
} // prettier-ignore

/** Those of a pathway that are not over: a draft, one signed, or both. */
export function standingEngagements(tx: Transaction, pathway: string): Promise<EngagementRow[]> {
  return tx.rows(sql`select ${engagements.columns} from engagement where engagement.pathway_id = ${pathway}
    and engagement.state <> 'ENDED' and ${engagements.scope(tx.viewer)} order by engagement.id`);
}

/** Those that ended as their pathway did. */
export function endedWithPathway(tx: Transaction, pathway: string): Promise<EngagementRow[]> {
  return tx.rows(sql`select ${engagements.columns} from engagement where engagement.pathway_id = ${pathway}
    and engagement.end_reason = 'PATHWAY_ENDED' and ${engagements.scope(tx.viewer)} order by engagement.id`);
}

type New = Omit<EngagementRow, 'version' | 'createdAt' | 'updatedAt'>;

export async function saveNewEngagement(tx: Transaction, row: New): Promise<EngagementRow> {
  const made = { ...row, version: 1, createdAt: tx.now, updatedAt: tx.now };
  await tx.change(insertInto(engagements, { ...made, activities: stored(row.activities) }), 1);
  return made;
}

export async function saveEngagement(
  tx: Transaction,
  before: EngagementRow,
  change: Partial<EngagementRow>,
): Promise<EngagementRow> {
  const after = { ...before, ...change, version: before.version + 1, updatedAt: tx.now };
  const { version, updatedAt } = after;
  const activities = change.activities && stored(change.activities);
  const set = assignments<EngagementRow>({ ...change, activities, version, updatedAt });
  await tx.change(sql`update engagement set ${set} where id = ${before.id}`, 1);
  return after;
}

/** A list of objects would be taken for an array of PostgreSQL. */
const stored = (activities: readonly Activity[]) => JSON.stringify(activities) as unknown as Activity[];

export async function saveReview(tx: Transaction, row: EngagementReviewRow): Promise<void> {
  await tx.change(insertInto(reviews, row), 1);
}

/** Open pathways of the viewer's organisation without an engagement in force, the first due first. */
export function engagementsToSign({ organisation }: Viewer): Listing<PathwayRow> {
  return {
    table: pathways,
    where: [
      sql`pathway.ended_on is null and pathway.referent_organisation_id = ${organisation}`,
      sql`not exists (select from engagement where engagement.pathway_id = pathway.id and ${inForce})`,
    ],
    order: {
      name: 'ENGAGEMENT_DUE',
      keys: [
        { by: sql`pathway.engagement_due_on`, type: 'date' },
        { by: sql`pathway.id`, type: 'text' },
      ],
    },
    telling: true,
  };
}

/** Engagements whose planned review is due within so many days, of people the viewer's organisation accompanies. */
export function reviewsDue({ organisation }: Viewer, days: number): Listing<EngagementRow> {
  return {
    table: engagements,
    join: sql`join pathway on pathway.id = engagement.pathway_id`,
    where: [
      sql`engagement.state = 'SIGNED' and engagement.review_on <= ${today} + ${days}::integer`,
      sql`pathway.referent_organisation_id = ${organisation}`,
    ],
    order: {
      name: 'REVIEW',
      keys: [
        { by: sql`engagement.review_on`, type: 'date' },
        { by: sql`engagement.id`, type: 'text' },
      ],
    },
    telling: true,
  };
}
