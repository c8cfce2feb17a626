import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Doubles202611251040 } from './202611251040-doubles.ts';

/**
 * Comparing costs the same whether it finds somebody or nobody: names are kept in the forms they are compared by rather
 * than brought into them for each candidate, and what was found weighs no index or foreign key that nothing does not.
 */
export class DoubleNames202611251041 implements MigrationInterface {
  name = 'DoubleNames1764067260000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table person_identity
        add column surnames text[] generated always as (app.surnames(last_name, birth_name)) stored,
        add column first_names text[] generated always as (app.first_names(first_name)) stored;
      alter table person_count drop constraint person_count_found_id_fkey;
      drop index person_count_found, person_count_due;
      create index person_count_found on person_count (found_id);
      create index person_count_due on person_count (due, compared_at)`);
    await this.comparing(run);
    await this.line(run);
  }

  /** Each row is looked up by its key: a join would read every person, but only where there is somebody to join. */
  private async comparing(run: QueryRunner): Promise<void> {
    await run.query(`
      create or replace function app.double_of(asked text) returns table (id text, ground text) language sql stable as $$
        with me as (
          select i.*, n.france_travail, n.pass_iae,
            coalesce((select c.same_as from person_count c where c.person_id = asked), asked) as same_as
          from person_identity i left join person_number n using (person_id) where i.person_id = asked
        ), alike (id, ground) as (
          select n.person_id, 'NUMBER' from me join person_number n on n.france_travail = me.france_travail
          union all
          select n.person_id, 'NUMBER' from me join person_number n on n.pass_iae = me.pass_iae
          union all
          select i.person_id, 'NAME_AND_BIRTH_DATE' from me join person_identity i on i.birth_date = me.birth_date
          where i.surnames && me.surnames and (i.first_names <@ me.first_names or me.first_names <@ i.first_names)
            and cardinality(i.first_names) > 0 and cardinality(me.first_names) > 0
            and ((select n.france_travail from person_number n where n.person_id = i.person_id) = me.france_travail) is not false
        ), found as (
          select alike.id, alike.ground, me.same_as,
            coalesce((select c.same_as from person_count c where c.person_id = alike.id), alike.id) as root
          from me cross join alike
        )
        select root, found.ground from found
        where root <> same_as and found.id <> asked and not exists (
          select from person_link l where l.person_id = asked and l.into_id in (found.id, root))
          and not exists (select from person_link l where l.into_id = asked and l.person_id in (found.id, root))
        order by found.ground desc, root limit 1
      $$;
      create or replace function app.compare_person(asked text) returns void language plpgsql as $$
      declare
        line bigint;
        found record;
      begin
        for line in
          select hashtextextended(known, 1) from person_identity i left join person_number n using (person_id),
            unnest(array['day ' || i.birth_date, 'france travail ' || n.france_travail, 'pass ' || n.pass_iae]) known
          where i.person_id = asked and known is not null order by 1
        loop
          perform pg_advisory_xact_lock(line);
        end loop;
        select id, ground into found from app.double_of(asked);
        insert into person_count as mine (person_id, same_as, counted_as, found_id, found_by, compared_at, due)
        values (asked, asked,
          coalesce((select c.counted_as from person_count c where c.person_id = found.id), found.id, asked),
          found.id, found.ground, app.clock(), found.id is not null)
        on conflict (person_id) do update set
          due = mine.due or excluded.due, found_id = excluded.found_id, found_by = excluded.found_by,
          compared_at = excluded.compared_at,
          counted_as = case when mine.counted_as = asked then excluded.counted_as else mine.counted_as end;
      end $$`);
  }

  private async line(run: QueryRunner): Promise<void> {
    await run.query(`
      create or replace function app.lines_of(people text[]) returns text[] language sql volatile
        security definer set search_path = pg_catalog, public, pg_temp as $$
        select array_agg(distinct line order by line) from unnest(people) person, lateral (
          select coalesce((select c.same_as from public.person_count c where c.person_id = person), person) as line) one
      $$`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(
      `drop function app.stand_in_line(text[]), app.lines_of(text[]), app.compare_person(text), app.double_of(text)`,
    );
    const before = new Doubles202611251040();
    await before.comparing(run);
    await before.line(run);
    await run.query(`
      drop index person_count_found, person_count_due;
      create index person_count_found on person_count (found_id) where found_id is not null;
      create index person_count_due on person_count (person_id) where due;
      alter table person_count add constraint person_count_found_id_fkey foreign key (found_id) references person (id);
      alter table person_identity drop column surnames, drop column first_names`);
  }
}
