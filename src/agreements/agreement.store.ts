import sql, { type Sql } from 'sql-template-tag';
import { constraintMeans } from '../db/constraints.ts';
import { byId as byIdOrder, type Listing, type Order } from '../db/list.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import { assignments, insertInto, nobody, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { anyOf, edgeThrough } from '../graphql/lists.ts';
import { byId, grouped, type Batch } from '../graphql/loaders.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found, invalid } from '../kernel/refusal.ts';
import { hasScope, type Viewer } from '../kernel/viewer.ts';
import type { AgreementFilter, AgreementOrder } from './agreement-filter.type.ts';
import { AgreementRow } from './agreement.row.ts';

constraintMeans('agreement_iae_once', 'OVERLAPPING_AGREEMENT', 'agreement');
constraintMeans('agreement_reference', 'ALREADY_EXISTS', 'reference');
constraintMeans('agreement_renewed_once', 'ALREADY_EXISTS', 'renews');
constraintMeans('agreement_parties', 'WRONG_STATE', 'agreement');
constraintMeans('agreement_opinion_first', 'OPINION_REQUIRED', 'agreement');

/** Who stands among its readers, as the table’s policy says. */
export const agreements = table('agreement', AgreementRow, (viewer) => {
  if (viewer.kind === 'HUB') return sql`true`;
  return hasScope(viewer, 'agreements:read') ? sql`${viewer.organisation} = any (agreement.readers)` : nobody;
});
export const agreementById = byId(agreements, 'Agreement');

/** What hangs on an agreement is there for whoever it is there for. */
export function withAgreement(column: Sql): (viewer: Viewer) => Sql {
  return (viewer) => sql`exists (select from agreement where agreement.id = ${column} and ${agreements.scope(viewer)})`;
} // prettier-ignore

const newest = byIdOrder('agreement', true);
const orders: Record<AgreementOrder, Order> = {
  NEWEST: newest,
  END: {
    name: 'END',
    keys: [
      { by: sql`agreement.to_day`, type: 'date' },
      { by: sql`agreement.id`, type: 'text' },
    ],
  },
};

export function agreementList(filter: AgreementFilter, orderBy: AgreementOrder): Listing<AgreementRow> {
  return { table: agreements, where: conditions(filter), order: orders[orderBy] };
}

const today = sql`(app.clock() at time zone 'Europe/Paris')::date`;

function conditions({ kinds, states, organisation, role, offer, sessionOn, on, endingWithin }: AgreementFilter): Sql[] {
  return [
    ...anyOf('agreement.kind', kinds),
    ...anyOf('agreement.state', states),
    ...(organisation == null ? [] : [hasParty(sql`${organisation}`, role)]),
    ...(offer == null ? [] : [covers(sql`${offer}`)]),
    ...(sessionOn == null ? [] : [sql`agreement.session_on = ${sessionOn}`]),
    ...(on == null ? [] : [sql`agreement.signed_on is not null and ${on} between agreement.from_day and agreement.to_day`]),
    ...(endingWithin == null ? [] : [endsWithin(endingWithin)]),
  ];
} // prettier-ignore

/** Signed, with a day between these; in the order of their ids. */
export const agreementsRunning: Batch<{ from: string; to: string }, AgreementRow[]> = {
  same: ({ from, to }) => `${from} ${to}`,
  load: (reader, spans) =>
    Promise.all(
      spans.map(({ from, to }) =>
        reader.rows<AgreementRow>(sql`select ${agreements.columns} from agreement where agreement.signed_on is not null
          and agreement.from_day <= ${to} and agreement.to_day >= ${from} and ${agreements.scope(reader.viewer)} order by agreement.id`),
      ),
    ),
};

/** What awaits the body whose opinion is asked: not given, or put off to a session that is asked anew. */
export function opinionsAwaited({ organisation }: Viewer): Listing<AgreementRow> {
  const awaited = sql`agreement.state = 'UNDER_OPINION' and agreement.council_id = ${organisation} and not exists (
    select from agreement_opinion given where given.agreement_id = agreement.id and given.session_on = agreement.session_on)`;
  const keys = [
    { by: sql`coalesce(agreement.session_on, 'infinity')`, type: 'date' },
    { by: sql`agreement.id`, type: 'text' },
  ] as const;
  return { table: agreements, where: [awaited], order: { name: 'SESSION', keys } };
}

const mostDaysAhead = 366;

function endsWithin(days: number): Sql {
  if (days < 0 || days > mostDaysAhead)
    throw invalid('endingWithin', 'RANGE', { least: 0, most: mostDaysAhead });
  return sql`agreement.state = 'SIGNED' and agreement.to_day <= ${today} + ${days}::integer`;
}

function hasParty(organisation: Sql, role?: string | null): Sql {
  return sql`exists (select from agreement_party party where party.agreement_id = agreement.id
    and party.organisation_id = ${organisation} and ${role == null ? sql`true` : sql`party.role = ${role}`})`;
}

/** By its last terms. */
function covers(offer: Sql): Sql {
  return sql`exists (select from agreement_cover cover where cover.agreement_id = agreement.id
    and cover.number = agreement.terms_number and cover.offer_id = ${offer})`;
}

export const agreementsOfOrganisation = edgeThrough(
  agreements,
  { name: 'organisation', on: hasParty },
  newest,
);
export const agreementsOfOffer = edgeThrough(agreements, { name: 'offer', on: covers }, newest);
/** What takes its place when it ends, as far as it exists for the viewer. */
export const renewalsOf = grouped<AgreementRow, string>(
  (reader, ids) =>
    reader.rows(sql`select ${agreements.columns} from agreement
      where agreement.renews_id = any(${ids}) and ${agreements.scope(reader.viewer)} order by agreement.id desc`),
  ({ renewsId }) => renewsId!,
);

/** Locks an agreement that exists for the viewer: its moves are made one after the other. */
export async function lockAgreement(tx: Transaction, id: string, field: string): Promise<AgreementRow> {
  return found(subjectOf(id) === 'Agreement' ? await one(tx, sql`${id}`, true) : null, field);
}

export async function knownAgreement(reader: Reader, id: string, field: string): Promise<AgreementRow> {
  return found(subjectOf(id) === 'Agreement' ? await one(reader, sql`${id}`, false) : null, field);
}

/** For a sweep: null where somebody moves it at this moment. */
export async function freeAgreement(tx: Transaction, id: string): Promise<AgreementRow | null> {
  return firstRow<AgreementRow>(tx, sql`select ${agreements.columns} from agreement
    where agreement.id = ${id} for update skip locked`);
} // prettier-ignore

function one(reader: Reader, id: Sql, locked: boolean): Promise<AgreementRow | null> {
  return firstRow<AgreementRow>(
    reader,
    sql`select ${agreements.columns} from agreement where agreement.id = ${id} and ${agreements.scope(reader.viewer)}
      ${locked ? sql`for update` : sql``}`,
  );
}

export type NewAgreementRow = Omit<Partial<AgreementRow>, 'version' | 'createdAt' | 'updatedAt'> & {
  id: string;
};

export async function saveNewAgreement(tx: Transaction, row: NewAgreementRow): Promise<AgreementRow> {
  const insert = insertInto(agreements, { ...row, createdAt: tx.now, updatedAt: tx.now });
  return found(await firstRow<AgreementRow>(tx, sql`${insert} returning ${agreements.columns}`));
}

/** Saves a change of a locked agreement and answers the row as it now is. */
export async function saveAgreement(
  tx: Transaction,
  id: string,
  change: Partial<AgreementRow>,
): Promise<AgreementRow> {
  const row = await firstRow<AgreementRow>(
    tx,
    sql`update agreement set ${assignments({ ...change, updatedAt: tx.now })}, version = version + 1
      where agreement.id = ${id} returning ${agreements.columns}`,
  );
  if (!row) throw new Error(`agreement ${id} is locked but cannot be changed by ${tx.viewer.kind}`);
  return row;
}

interface Days {
  from: string;
  to: string;
}

/**
 * The days of another signed convention of the same structure that would share one with this. To be asked as the hub: whoever
 * leads this may not lead that. The database holds the same (`agreement_iae_once`).
 */
export async function overlapping(tx: Transaction, of: AgreementRow): Promise<Days | null> {
  if (of.kind !== 'IAE_CONVENTION') return null;
  return firstRow<Days>(
    tx,
    sql`select from_day as "from", to_day as "to" from agreement
      where kind = 'IAE_CONVENTION' and signed_on is not null and id <> ${of.id} and provider_id = ${of.providerId}
        and siae_kind = ${of.siaeKind} and from_day <= ${of.toDay} and to_day >= ${of.fromDay} limit 1`,
  );
}

/** Signed ones whose last day is past, for the sweep. */
export function endedUntold(reader: Reader, after: string, most: number): Promise<{ id: string }[]> {
  return reader.rows(sql`select id from agreement where state = 'SIGNED' and to_day < ${today} and id > ${after}
    order by id limit ${most}`);
}
