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
