import sql, { join, raw, type Sql } from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import { idsIn, kinds, leftOut, named, type Held, type Kind } from './held.rules.ts';

/** The newest lines of one kind that a file shows; beyond it the page says so. */
export const mostLines = 10_000;

/** Everything held in these records, in one statement: one snapshot, whatever happens meanwhile. Only the hub sees it all. */
export async function heldOf(tx: Transaction, records: Sql): Promise<Held> {
  const lists = Object.entries(kinds).map(([name, kind]) => sql`(${linesOf(kind)}) as ${raw(`"${name}"`)}`);
  const reading = sql`with mine (records) as (select ${records}) select ${join(lists)}`;
  const held = (await firstRow<Held>(tx, reading))!;
  const names = await namesOf(tx, idsIn(held));
  return named(held, new Map(names.map(({ id, name }) => [id, name])));
}

/**
 * What organisations and offers are called. A social partner whose name alone would say too much is named to the council
 * and to itself: a referent who hands the file over learns nothing by it, and the person may ask the council.
 */
function namesOf(tx: Transaction, ids: string[]) {
  const { organisation, organisationKind } = tx.asker;
  const discreet = sql`(social.sensitive and social.id <> ${organisation} and ${organisationKind !== 'COUNCIL'}::boolean)`;
  return tx.rows<{ id: string; name: string }>(sql`
    select id, case when ${discreet} then 'un partenaire social' else name end as name
      from organisation social where id = any(${ids})
    union all select offer.id, case when ${discreet} then 'une action d’un partenaire social' else offer.title end
      from offer join organisation social on social.id = offer.organisation_id where offer.id = any(${ids})`);
}

const mine = 'any((select records from mine)::text[])';
const leading: Record<Kind['by'], string> = {
  id: `line.id = ${mine}`,
  person_id: `line.person_id = ${mine}`,
  placement_id: `line.placement_id in (select id from placement where placement.person_id = ${mine})`,
  link_id: `line.link_id in (select id from person_link where person_link.person_id = ${mine} or into_id = ${mine})`,
};

function linesOf({ table, by, order }: Kind): Sql {
  const columns = order.split(', ').map((column) => `line.${column}`);
  const newest = columns.map((column) => `${column} desc`).join(', ');
  const ofPerson = table === 'person_link' ? `(${leading.person_id} or line.into_id = ${mine})` : leading[by];
  return sql`select coalesce(jsonb_agg(to_jsonb(line) - ${Object.keys(leftOut)}::text[] order by ${raw(columns.join(', '))}), '[]')
    from (select * from ${raw(table)} line where ${raw(ofPerson)} order by ${raw(newest)} limit ${mostLines}) line`;
}
