import sql, { raw, type Sql } from 'sql-template-tag';
import { constraintMeans } from '../db/constraints.ts';
import { byId as byIdOrder, type Listing, type Order } from '../db/list.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import { assignments, insertInto, nobody, only, tableByWays, unseen, type Ways } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { anyOf, edge } from '../graphql/lists.ts';
import { byId, type Batch } from '../graphql/loaders.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found, invalid } from '../kernel/refusal.ts';
import { hasScope, type Viewer } from '../kernel/viewer.ts';
import { namedIn } from '../partners/discretion.ts';
import { reaches } from '../people/access.ts';
import { breadthOf } from '../people/breadth.ts';
import { handlesOf } from '../people/count.store.ts';
import type { Days } from '../graphql/days.type.ts';
import type { PlacementFilter, PlacementOrder } from './placement-filter.type.ts';
import { PlacementRow } from './placement.row.ts';

constraintMeans('placement_once_per_referral', 'WRONG_STATE', 'referral');

/** Both parties, for life; and who follows the person's pathway. */
const seen: Ways = {
  of(viewer, asked) {
    if (viewer.kind === 'HUB') return [sql`true`];
    if (!hasScope(viewer, 'referrals:read')) return [nobody];
    const organisation = asked === 'AS_ALL' ? sql`${viewer.organisation}` : unseen(viewer.organisation);
    const elsewhere = sql`placement.sender_id <> ${organisation}`;
    return [
      sql`placement.sender_id = ${organisation}`,
      sql`(placement.receiver_id = ${organisation} and ${elsewhere})`,
      sql`(placement.receiver_id <> ${organisation} and ${elsewhere}
        and ${reaches(viewer, sql`placement.person_id`, 'PATHWAY', asked)})`,
    ];
  },
  breadth: (reader) => breadthOf(reader, 'PATHWAY'),
};
export const placements = tableByWays('placement', PlacementRow, seen);
export const placementById = byId(placements, 'Placement');

/** In lists, what was recorded by mistake is left out. */
export const placementsListed = only(placements, sql`placement.state <> 'UNDONE'`);

const newest = byIdOrder('placement', true);
export const placementsOfPerson = edge(placementsListed, 'personId', newest);
export const placementsOfOffer = edge(placementsListed, 'offerId', newest);
export const placementsOfVacancy = edge(placementsListed, 'vacancyId', newest);

/** What became of a referral: one placement at most, the start that was not undone. */
export const placementOfReferral: Batch<string, PlacementRow | null> = {
  async load(reader, referrals) {
    const rows = await reader.rows<PlacementRow>(sql`select ${placements.columns} from placement
      where placement.referral_id = any(${referrals}) and ${placementsListed.scope(reader.viewer)}`);
    const known = new Map(rows.map((row) => [row.referralId, row]));
    return referrals.map((id) => known.get(id) ?? null);
  },
};

const mostDaysAhead = 366;
const never = sql`'infinity'::date`;
const id = { by: sql`placement.id`, type: 'text' } as const;
const lastContractEnd = sql`coalesce(placement.contract_ends_on, ${never})`;

const orders: Record<PlacementOrder, Order> = {
  NEWEST: newest,
  START: { name: 'START', keys: [{ by: sql`placement.started_on`, type: 'date' }, id], descending: true },
  CONTRACT_END: { name: 'CONTRACT_END', keys: [{ by: lastContractEnd, type: 'date' }, id] },
};

export function placementList(
  viewer: Viewer,
  filter: PlacementFilter,
  orderBy: PlacementOrder = 'NEWEST',
): Listing<PlacementRow> {
  return {
    table: filter.states?.length ? placements : placementsListed,
    where: conditions(viewer, filter),
    order: orders[orderBy],
  };
}

const senderNamed = (viewer: Viewer) => namedIn(viewer, sql`placement.sender_id`, sql`placement.receiver_id`);

function conditions(viewer: Viewer, filter: PlacementFilter): Sql[] {
  const { organisation } = filter;
  return [
    ...(organisation != null
      ? [
          sql`(placement.receiver_id = ${organisation} or (placement.sender_id = ${organisation} and ${senderNamed(viewer)}))`,
        ]
      : []),
    ...is('sender_id', filter.sender),
    ...(filter.sender ? [senderNamed(viewer)] : []),
    ...is('receiver_id', filter.receiver),
    ...is('person_id', filter.person),
    // whose a closed one was is not to be found out by trying people
    ...(filter.person == null ? [] : [reaches(viewer, sql`placement.person_id`, 'CORE')]),
    ...is('offer_id', filter.offer),
    ...is('vacancy_id', filter.vacancy),
    ...anyOf('placement.state', filter.states),
    ...within('started_on', filter.startedBetween),
    ...within('ended_on', filter.endedBetween),
    ...(filter.contractEndingWithin == null
      ? []
      : [contractEndsBefore(daysAhead(filter.contractEndingWithin))]),
    ...(filter.outcomeDue ? [sql`placement.outcome_reminders > 0`] : []),
    ...(filter.followUpDue ? [sql`placement.follow_up_due_on <= ${today}`] : []),
    ...(filter.contractEndingBefore ? [contractEndsBefore(sql`${filter.contractEndingBefore}::date`)] : []),
  ];
}

function is(column: string, value: string | null | undefined): Sql[] {
  return value != null ? [sql`placement.${raw(column)} = ${value}`] : [];
}

function within(column: string, span: Days | null | undefined): Sql[] {
  return [
    ...(span?.from ? [sql`placement.${raw(column)} >= ${span.from}`] : []),
    ...(span?.to ? [sql`placement.${raw(column)} <= ${span.to}`] : []),
  ];
}

const today = sql`(select (app.clock() at time zone 'Europe/Paris')::date)`;

/** The first day after so many. */
function daysAhead(days: number): Sql {
  if (days < 0 || days > mostDaysAhead)
    throw invalid('contractEndingWithin', 'RANGE', { least: 0, most: mostDaysAhead });
  return sql`${today} + ${days}::integer + 1`;
}

function contractEndsBefore(day: Sql): Sql {
  return sql`placement.state in ('STARTED', 'SUSPENDED') and ${lastContractEnd} < ${day}`;
}

export async function knownPlacement(reader: Reader, id: string, field: string): Promise<PlacementRow> {
  if (subjectOf(id) !== 'Placement') return found<PlacementRow>(null, field);
  return found(await firstRow<PlacementRow>(reader, one(reader, id)), field);
}

/** As the hub, for a sweep: the placement, locked; null while somebody is moving it. */
export function freePlacement(tx: Transaction, id: string): Promise<PlacementRow | null> {
  return firstRow<PlacementRow>(tx, sql`${one(tx, id)} for update skip locked`);
}

export async function lockPlacement(tx: Transaction, id: string, field: string): Promise<PlacementRow> {
  if (subjectOf(id) !== 'Placement') return found<PlacementRow>(null, field);
  return found(await firstRow<PlacementRow>(tx, sql`${one(tx, id)} for update`), field);
}

function one(reader: Reader, id: string): Sql {
  return sql`select ${placements.columns} from placement
    where placement.id = ${id} and ${placements.scope(reader.viewer)}`;
}

/** The person's other exclusive placements, wherever they are and under whichever record: only the hub sees them all. */
export function exclusivePlacements(reader: Reader, person: string): Promise<PlacementRow[]> {
  return reader.rows<PlacementRow>(sql`select ${placements.columns} from placement
    where placement.person_id = any(${handlesOf(person)}) and placement.exclusive and placement.state <> 'UNDONE'
      and ${placements.scope(reader.viewer)}`);
}

export async function saveNewPlacement(
  tx: Transaction,
  row: Omit<Partial<PlacementRow>, 'version' | 'createdAt' | 'updatedAt'> & { id: string },
): Promise<PlacementRow> {
  const insert = insertInto(placements, { ...row, createdAt: tx.now, updatedAt: tx.now });
  return found(await firstRow<PlacementRow>(tx, sql`${insert} returning ${placements.columns}`));
}

/** Saves a change of a locked placement and answers the row as it now is. */
export async function savePlacement(
  tx: Transaction,
  id: string,
  change: Partial<PlacementRow> = {},
): Promise<PlacementRow> {
  const row = await firstRow<PlacementRow>(
    tx,
    sql`update placement set ${assignments({ ...change, updatedAt: tx.now })}, version = version + 1
      where placement.id = ${id} returning ${placements.columns}`,
  );
  if (!row) throw new Error(`placement ${id} is locked but cannot be changed by ${tx.viewer.kind}`);
  return row;
}

/** Places of a vacancy begin to be counted: whoever is there takes one. Answers how many they are. */
export function takePlaces(tx: Transaction, vacancy: string): Promise<number> {
  return tx.change(
    sql`update placement set takes_place = true where vacancy_id = ${vacancy} and state in ('STARTED', 'SUSPENDED')`,
  );
}
