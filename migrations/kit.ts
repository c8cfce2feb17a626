import type { QueryRunner } from 'typeorm';

/** What every table of the hub says of itself, so that a migration reads like a list of tables. */

/** Row-level security, on and forced; who may do what then stands in the table's policies. */
export async function wall(run: QueryRunner, table: string): Promise<void> {
  await run.query(
    `alter table ${table} enable row level security; alter table ${table} force row level security`,
  );
}

/** One policy for the hub's role: reading, or writing (`using` old rows and `check` new ones). */
export async function policy(
  run: QueryRunner,
  table: string,
  command: 'select' | 'insert' | 'update' | 'delete',
  condition: string,
): Promise<void> {
  const clauses = {
    select: `using (${condition})`,
    insert: `with check (${condition})`,
    update: `using (${condition}) with check (${condition})`,
    delete: `using (${condition})`,
  };
  await run.query(
    `create policy ${table}_${command} on ${table} for ${command} to passerelle_hub ${clauses[command]}`,
  );
}

/** The owner passes its own forced policies only where this stands: definer functions, backups. */
export async function ownerReads(run: QueryRunner, table: string): Promise<void> {
  await run.query(
    `create policy ${table}_owner on ${table} for all to current_user using (true) with check (true)`,
  );
}

/** The columns that ever change. What a row is about, and whose it is, no role can change: no policy need compare. */
export async function mayChange(run: QueryRunner, table: string, columns: string): Promise<void> {
  await run.query(`grant update (${columns}) on ${table} to passerelle_hub`);
}

export async function grant(run: QueryRunner, table: string, rights: string): Promise<void> {
  await run.query(`grant ${rights} on ${table} to passerelle_hub`);
}

/**
 * Who asks, read once a statement instead of once a row: in parentheses PostgreSQL takes each as a value it works out
 * before the first row, and compares columns with it.
 */
export const asked = {
  hub: '(select app.is_hub())',
  organisation: '(select app.viewer_organisation())',
  people: '(select app.viewer_people())',
  detail: '(select app.viewer_detail())',
  readsReferrals: `(select app.viewer_reads('referrals'))`,
};

/** Of the rights called `reach`: those that run now and are this viewer's, whatever they open. */
export const running = `reach.organisation_id = ${asked.organisation} and reach.valid_from <= (select app.clock())
  and (reach.valid_until is null or reach.valid_until > (select app.clock()))
  and case ${asked.people}
        when 'ALL' then true
        when 'PORTFOLIO' then reach.member_id = ${asked.detail}
        when 'TERRITORY' then reach.territory = any ((select string_to_array(app.viewer_detail(), ','))::text[])
        else false
      end`;

/**
 * The question of `app.may_see` written out, for a table that is listed: a function called for each row costs four times
 * as much. A statement that asks for all rows at once gathers first whom the viewer may see; for any other `offset 0`
 * keeps PostgreSQL from it. The column is named with its table: a bare `person_id` would be the right's own, and open all.
 */
export function sees(person: `${string}.${string}`, category: string): string {
  return `case when (select app.asks_whole()) then ${person} in (select app.people_open('${category}'))
    else exists (select from person_access reach
      where reach.person_id = ${person} and reach.category = '${category}' and ${running} offset 0) end`;
}
