import pg from 'pg';

/**
 * Lets the owner write whole tables in any order: without foreign keys, triggers and the walls it is bound by too. All of
 * it within the transaction under way, and put back before it ends: the keys are then checked over every row.
 */
export async function withoutKeys(
  client: pg.Client,
  work: (tables: readonly string[]) => Promise<void>,
): Promise<void> {
  const { rows: tables } = await client.query<{ name: string; forced: boolean }>(
    `select quote_ident(relname) as name, relforcerowsecurity as forced from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'migrations' order by relname`,
  );
  const { rows: keys } = await client.query<{ table: string; name: string; said: string }>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as said
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by 1, 2`,
  );
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`);
  for (const { name, forced } of tables) {
    await client.query(`alter table ${name} disable trigger user`);
    if (forced) await client.query(`alter table ${name} no force row level security`);
  }
  await work(tables.map(({ name }) => name));
  for (const { table, name, said } of keys)
    await client.query(`alter table ${table} add constraint ${name} ${said}`);
  for (const { name, forced } of tables) {
    await client.query(`alter table ${name} enable trigger user`);
    if (forced) await client.query(`alter table ${name} force row level security`);
  }
}
