import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Transaction } from '../db/transaction.ts';
import { parisDay } from '../kernel/clock.ts';
import { wanted } from './wanted.store.ts';

/** What is kept of each, and what of the facts it is compared with: the same columns in the same order. */
const kept = [
  {
    table: 'figure_stay',
    from: 'stay',
    columns: 'home_epci, home_commune, placement_id, site_epci, site_commune, offer_id, offer_kind, sender_id, receiver_id, counts, entitled, started_on, ended_on',
    wanted: 'epci, commune, placement_id, site_epci, site_commune, offer_id, offer_kind, sender_id, receiver_id, counts, entitled, started_on, ended_on',
  },
  {
    table: 'figure_presence',
    from: 'presence',
    columns: 'home_epci, home_commune, from_month, until_month',
    wanted: 'epci, commune, from_month, until_month',
  },
  {
    table: 'figure_path',
    from: 'path',
    columns: 'home_epci, home_commune, entitled, began_on, ended_on, placement_id, class, rule_version, outcome_on, success',
    wanted: 'epci, commune, entitled, began_on, ended_on, placement_id, class, rule_version, outcome_on, success',
  },
] as const; // prettier-ignore

/**
 * Counts these people anew: a line that no longer holds is closed at this moment, what holds now is added; what was known
 * until now stays as it was. Two at once about one person wait for each other, by each record given and the one it is counted
 * as, so that neither overlooks the other.
 */
export async function recount(tx: Transaction, people: readonly string[]): Promise<void> {
  await tx.asFigures(async () => {
    await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended('figures ' || id, 0)) from (
      select id from unnest(${[...people]}::text[]) given (id) union
      select counted_as from person_count where person_id = any(${[...people]}) order by 1) each`);
    await tx.rows(recounting(people, tx.now));
  });
}

function recounting(people: readonly string[], now: string): Sql {
  const each = kept.map(({ table, from, columns, wanted: asked }) => {
    const [is, wants] = [raw(`row(${prefixed(table, columns)})`), raw(`row(${prefixed(from, asked)})`)];
    const open = sql`${raw(table)}.known_until = 'infinity'`;
    return sql`${raw(`${from}_gone`)} as (update ${raw(table)} set known_until = ${now}
        where ${open} and person_id in (select id from touched) and not exists (select from ${raw(from)}
          where ${raw(from)}.root = ${raw(table)}.person_id and ${wants} is not distinct from ${is})),
      ${raw(`${from}_new`)} as (insert into ${raw(table)} (person_id, ${raw(columns)}, known_from)
        select root, ${raw(asked)}, ${now}::timestamptz from ${raw(from)} where not exists (select from ${raw(table)}
          where ${open} and ${raw(table)}.person_id = ${raw(from)}.root and ${is} is not distinct from ${wants}))`;
  });
  return sql`with ${wanted(people, parisDay(now))}, ${join(each, ', ')} select`;
}

function prefixed(of: string, columns: string): string {
  return columns
    .split(', ')
    .map((column) => `${of}.${column}`)
    .join(', ');
}

/** Everybody who was ever placed in an offer. */
export async function peopleIn(tx: Transaction, offer: string): Promise<string[]> {
  const of = sql`select distinct person_id as id from placement where offer_id = ${offer}`;
  return (await tx.asFigures(() => tx.rows<{ id: string }>(of))).map(({ id }) => id);
}

/** Of these, whoever was placed or has a pathway, under any record: a month's file tells of many of whom nothing is counted. */
export async function countable(tx: Transaction, people: readonly string[]): Promise<string[]> {
  const among = sql`select given.id from unnest(${[...people]}::text[]) given (id)
    where exists (select from placement where placement.person_id = given.id)
      or exists (select from pathway where pathway.person_id = given.id)
      or exists (select from person_count mine join person_count other on other.counted_as = mine.counted_as
        and other.person_id <> given.id where mine.person_id = given.id)`;
  return (await tx.asFigures(() => tx.rows<{ id: string }>(among))).map(({ id }) => id);
}

/** Everybody of whom there is something to count, in the order of their ids, behind one of them. */
export async function countedBehind(tx: Transaction, after: string, most: number): Promise<string[]> {
  const behind = sql`select person_id as id from placement where person_id > ${after}
    union select person_id from pathway where person_id > ${after} order by 1 limit ${most}`;
  return (await tx.asFigures(() => tx.rows<{ id: string }>(behind))).map(({ id }) => id);
}
