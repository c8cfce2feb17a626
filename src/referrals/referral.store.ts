import sql, { raw, type Sql } from 'sql-template-tag';
import { constraintMeans } from '../db/constraints.ts';
import { byId as byIdOrder, type Listing, type Order } from '../db/list.ts';
import { given, taking } from '../db/many.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import { assignments, insertInto, nobody, tableByWays, unseen, type Ways } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { anyOf, edge } from '../graphql/lists.ts';
import { byId, type Batch } from '../graphql/loaders.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import { hasScope, type Viewer } from '../kernel/viewer.ts';
import { namedIn } from '../partners/discretion.ts';
import { reaches } from '../people/access.ts';
import { breadthOf } from '../people/breadth.ts';
import { handlesOf, inLine } from '../people/count.store.ts';
import { shareOffers, type Headed } from './destination.store.ts';
import { ReferralRow } from './referral.row.ts';
import { liveStates, unansweredStates, type ReferralState } from './referral.rules.ts';
import type { ReferralFilter } from './referral.inputs.ts';

/** Both parties, for life, and who follows the person's pathway; unsent, its sender alone. As the table's policy. */
const seen: Ways = {
  of(viewer, asked) {
    if (viewer.kind === 'HUB') return [sql`true`];
    if (!hasScope(viewer, 'referrals:read')) return [nobody];
    const organisation = asked === 'AS_ALL' ? sql`${viewer.organisation}` : unseen(viewer.organisation);
    const sent = sql`referral.sent_at is not null and referral.sender_id <> ${organisation}`;
    return [
      sql`referral.sender_id = ${organisation}`,
      sql`(referral.receiver_id = ${organisation} and ${sent})`,
      sql`(referral.receiver_id <> ${organisation} and ${sent}
        and ${reaches(viewer, sql`referral.person_id`, 'PATHWAY', asked)})`,
    ];
  },
  breadth: (reader) => breadthOf(reader, 'PATHWAY'),
};

const senderNamed = (viewer: Viewer) => namedIn(viewer, sql`referral.sender_id`, sql`referral.receiver_id`);

export const referrals = tableByWays('referral', ReferralRow, seen);
export const referralById = byId(referrals, 'Referral');

/** By the sender's own number: a key of its organisation alone. */
export const referralByNumber: Batch<string, ReferralRow | null> = {
  async load(reader, numbers) {
    const rows = await reader.rows<ReferralRow>(sql`select ${referrals.columns} from referral
      where referral.sender_id = ${reader.viewer.organisation} and referral.external_reference = any(${[...numbers]})
        and ${referrals.scope(reader.viewer)}`);
    const known = new Map(rows.map((row) => [row.externalReference, row]));
    return numbers.map((number) => known.get(number) ?? null);
  },
};

/** The id behind the viewer's own number. */
export async function referralBehind(tx: Transaction, reference: string): Promise<string | null> {
  const row = await firstRow<{ id: string }>(
    tx,
    sql`select id from referral where external_reference = ${reference} and sender_id = ${tx.viewer.organisation}`,
  );
  return row?.id ?? null;
}

constraintMeans('referral_once_per_vacancy', 'ALREADY_REFERRED', 'vacancy');
constraintMeans('referral_once_per_offer', 'ALREADY_REFERRED', 'offer');
constraintMeans('referral_external_reference', 'ALREADY_EXISTS', 'externalReference');

const newest = byIdOrder('referral', true);
export const byDeadline: Order = {
  name: 'DEADLINE',
  keys: [
    // what has no deadline closes the list
    { by: sql`coalesce(referral.due_at, 'infinity')`, type: 'timestamptz' },
    { by: sql`referral.id`, type: 'text' },
  ],
};
const orders = { NEWEST: newest, DEADLINE: byDeadline };

export const referralsOfPerson = edge(referrals, 'personId', newest);
export const referralsOfOffer = edge(referrals, 'offerId', newest);
export const referralsOfVacancy = edge(referrals, 'vacancyId', newest);
export const referralsSentBy = edge(
  { ...referrals, scope: (viewer: Viewer) => sql`(${referrals.scope(viewer)} and ${senderNamed(viewer)})` },
  'senderId',
  newest,
);
export const referralsReceivedBy = edge(referrals, 'receiverId', newest);

export function referralList(
  viewer: Viewer,
  filter: ReferralFilter,
  orderBy: keyof typeof orders,
): Listing<ReferralRow> {
  return { table: referrals, where: conditions(viewer, filter), order: orders[orderBy] };
}

function conditions(viewer: Viewer, filter: ReferralFilter): Sql[] {
  const is = (column: string, value: string | null | undefined) =>
    value == null ? [] : [sql`${raw(`referral.${column}`)} = ${value}`];
  return [
    ...is('sender_id', filter.sender),
    ...(filter.sender == null ? [] : [senderNamed(viewer)]),
    ...is('receiver_id', filter.receiver),
    ...is('person_id', filter.person),
    // whose a closed one was is not to be found out by trying people
    ...(filter.person == null ? [] : [reaches(viewer, sql`referral.person_id`, 'CORE')]),
    ...is('offer_id', filter.offer),
    ...is('vacancy_id', filter.vacancy),
    // a number is its sender's own: to the other party it is not even a guess to try
    ...(filter.externalReference == null
      ? []
      : [
          sql`referral.external_reference = ${filter.externalReference} and referral.sender_id = ${viewer.organisation}`,
        ]),
    ...anyOf('referral.state', filter.states),
    ...(filter.dueBefore ? [sql`referral.due_at < ${filter.dueBefore}`] : []),
    ...(filter.toAnswer ? [toAnswer(viewer)] : []),
    ...(filter.toStart ? [toStart] : []),
  ];
}

function toAnswer(viewer: Viewer): Sql {
  return sql`referral.receiver_id = ${viewer.organisation}
    and referral.state in (${raw(quoted(unansweredStates))})`;
}

/** Accepted, and the day announced for the start (or, without one, that of the acceptance) is past. */
const toStart = sql`referral.state = 'ACCEPTED'
  and coalesce((select vacancy.starts_on from vacancy where vacancy.id = referral.vacancy_id offset 0),
      (referral.accepted_at at time zone 'Europe/Paris')::date)
    < (select (app.clock() at time zone 'Europe/Paris')::date)`;

/** The live states as SQL text, as the partial indexes have them. */
export const live = sql`referral.state in (${raw(quoted(liveStates))})`;

export function quoted(codes: readonly string[]): string {
  return codes.map((code) => `'${code}'`).join(', ');
}

/** A row of this table within the viewer's scope; an id of another kind does not exist. */
export async function knownReferral(reader: Reader, id: string, field: string): Promise<ReferralRow> {
  if (subjectOf(id) !== 'Referral') return found<ReferralRow>(null, field);
  return found(await firstRow<ReferralRow>(reader, one(reader, id)), field);
}

function one(reader: Reader, id: string): Sql {
  return sql`select ${referrals.columns} from referral where referral.id = ${id} and ${referrals.scope(reader.viewer)}`;
}

/**
 * Locks a referral to move it, in the one order of the house: what moves about the person waits in line, then the
 * vacancy's row, then the referral's own. Whoever locks a vacancy does so before any referral.
 */
export async function lockReferral(
  tx: Transaction,
  id: string,
  field: string,
  alsoVacancy: string | null = null,
): Promise<ReferralRow> {
  const { personId } = await knownReferral(tx, id, field);
  await inLine(tx, personId);
  return lockKnown(tx, id, field, alsoVacancy);
}

/** The same where a time to answer begins to run: its offer stays as it is meanwhile, and so does where else it goes. */
export async function lockToRun(
  tx: Transaction,
  id: string,
  field: string,
  { offers = [], vacancy = null }: Partial<Headed> = {},
): Promise<ReferralRow> {
  const { personId, offerId } = await knownReferral(tx, id, field);
  await inLine(tx, personId);
  await shareOffers(tx, { offers: [...offers, offerId], vacancy });
  return lockKnown(tx, id, field, vacancy);
}

async function lockKnown(tx: Transaction, id: string, field: string, alsoVacancy: string | null) {
  await tx.rows(sql`select 1 from vacancy where vacancy.id = ${alsoVacancy}
    or vacancy.id = (select referral.vacancy_id from referral where referral.id = ${id})
    order by vacancy.id for update`);
  return found(await firstRow<ReferralRow>(tx, sql`${one(tx, id)} for update`), field);
}

/** Locks several at once, each kind of row in one order, and answers them in the order asked. */
export async function lockReferrals(
  tx: Transaction,
  ids: readonly string[],
  { field, alsoVacancy = null }: { field: string; alsoVacancy?: string | null },
): Promise<ReferralRow[]> {
  const known = [];
  for (const [at, id] of ids.entries()) known.push(await knownReferral(tx, id, `${field}.${at}`));
  if (known.length) await inLine(tx, ...known.map(({ personId }) => personId));
  await tx.rows(sql`select 1 from vacancy
    where vacancy.id = ${alsoVacancy} or vacancy.id in (select referral.vacancy_id from referral where referral.id = any(${[...ids]}))
    order by vacancy.id for update`);
  const rows = await tx.rows<ReferralRow>(sql`select ${referrals.columns} from referral
    where referral.id = any(${[...ids]}) and ${referrals.scope(tx.viewer)} order by referral.id for update`);
  const locked = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id, at) => found(locked.get(id), `${field}.${at}`));
}

/** Whether another record of the same person has a referral in these states there: only the hub can tell. */
export async function underAnother(
  tx: Transaction,
  { personId, offerId, vacancyId }: ReferralRow,
  states: readonly ReferralState[],
): Promise<boolean> {
  const there =
    vacancyId === null ? sql`offer_id = ${offerId} and vacancy_id is null` : sql`vacancy_id = ${vacancyId}`;
  const twice = sql`select 1 from referral where person_id = any(${handlesOf(personId)}) and person_id <> ${personId}
    and state in (${raw(quoted(states))}) and ${there} limit 1`;
  return (await firstRow(tx, twice)) !== null;
}

/** Referrals of a condition, locked in one order; the vacancy they hang on must be locked already. */
export function lockWhere(tx: Transaction, condition: Sql): Promise<ReferralRow[]> {
  return tx.rows<ReferralRow>(
    sql`select ${referrals.columns} from referral where ${condition} order by referral.id for update`,
  );
}

export async function saveNewReferral(
  tx: Transaction,
  row: Omit<Partial<ReferralRow>, 'createdAt' | 'updatedAt'> & { id: string },
): Promise<ReferralRow> {
  const insert = insertInto(referrals, { ...row, createdAt: tx.now, updatedAt: tx.now });
  return (await firstRow<ReferralRow>(tx, sql`${insert} returning ${referrals.columns}`))!;
}

const deadlines = ['acknowledgeDueAt', 'answerDueAt', 'dueAt', 'reminderDueAt', 'stoppedUntil'] as const;
export type Deadlines = Pick<ReferralRow, 'id' | (typeof deadlines)[number]>;

/** Saves the deadlines of locked referrals at once, and answers the rows as they now are, in the order given. */
export async function saveDeadlines(tx: Transaction, changes: readonly Deadlines[]): Promise<ReferralRow[]> {
  if (changes.length === 0) return [];
  const rows = await tx.rows<ReferralRow>(sql`update referral
    set ${taking<ReferralRow>(deadlines, 'given')}, updated_at = ${tx.now}, version = version + 1
    from ${given(referrals, ['id', ...deadlines], changes)} where referral.id = given."id" returning ${referrals.columns}`);
  if (rows.length !== changes.length)
    throw new Error(`${rows.length} of ${changes.length} locked referrals changed`);
  const saved = new Map(rows.map((row) => [row.id, row]));
  return changes.map(({ id }) => saved.get(id)!);
}

/** Saves a change of a locked referral and answers the row as it now is. */
export async function saveReferral(
  tx: Transaction,
  id: string,
  change: Partial<ReferralRow>,
): Promise<ReferralRow> {
  const row = await firstRow<ReferralRow>(
    tx,
    sql`update referral set ${assignments({ ...change, updatedAt: tx.now })}, version = version + 1
      where referral.id = ${id} returning ${referrals.columns}`,
  );
  if (!row) throw new Error(`referral ${id} is locked but cannot be changed by ${tx.viewer.kind}`);
  return row;
}
