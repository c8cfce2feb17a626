import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, mayChange, ownerReads, policy, wall } from './kit.ts';

/** Numbers of a person, links between records of one person, and as whom each record is counted (ADR 11). */
export class Doubles202611251040 implements MigrationInterface {
  name = 'Doubles1764067200000';

  async up(run: QueryRunner): Promise<void> {
    await this.numbers(run);
    await this.links(run);
    await this.counts(run);
    await this.names(run);
    await this.comparing(run);
    await this.line(run);
  }

  private async numbers(run: QueryRunner): Promise<void> {
    await run.query(`
      create table person_number (
        person_id text collate "C" primary key references person (id),
        france_travail text,
        pass_iae text
      );
      create index person_number_france_travail on person_number (france_travail);
      create index person_number_pass_iae on person_number (pass_iae);
      create index person_identity_birth_date on person_identity (birth_date)`);
    await wall(run, 'person_number');
    // a receiver who may know the name needs no number: who follows the person alone reads them
    for (const command of ['select', 'insert', 'update'] as const)
      await policy(run, 'person_number', command, `app.may_change(person_id, 'IDENTITY')`);
    await grant(run, 'person_number', 'select, insert');
    await mayChange(run, 'person_number', 'france_travail, pass_iae');
  }

  private async links(run: QueryRunner): Promise<void> {
    await run.query(`
      create table person_link (
        id text collate "C" primary key,
        person_id text collate "C" not null references person (id),
        into_id text collate "C" not null references person (id),
        decider_id text collate "C" references organisation (id),
        state text not null,
        ground text not null,
        decided_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint person_link_two_records check (person_id <> into_id),
        constraint person_link_decided check ((state = 'PROPOSED') = (decided_at is null))
      );
      create unique index person_link_once on person_link (least(person_id, into_id), greatest(person_id, into_id))
        where state in ('PROPOSED', 'CONFIRMED');
      create index person_link_person on person_link (person_id);
      create index person_link_into on person_link (into_id);
      create index person_link_decider on person_link (decider_id, id);
      create table person_link_step (
        id text collate "C" primary key,
        link_id text collate "C" not null references person_link (id),
        move text not null,
        from_state text,
        to_state text not null,
        reason text,
        actor_kind text not null,
        organisation_id text collate "C",
        member_id text collate "C",
        at timestamptz not null
      );
      create index person_link_step_link on person_link_step (link_id, id)`);
    // whoever only registered the record that is linked never learns of it
    await wall(run, 'person_link');
    const both = `app.may_change(into_id, 'IDENTITY') and app.may_change(person_id, 'IDENTITY')`;
    const decides = `app.may_change(into_id, 'IDENTITY')
      and (decider_id = app.viewer_organisation() or app.may_change(person_id, 'IDENTITY'))`;
    await policy(run, 'person_link', 'select', decides);
    await policy(run, 'person_link', 'insert', both);
    await policy(run, 'person_link', 'update', decides);
    await grant(run, 'person_link', 'select, insert');
    await mayChange(run, 'person_link', 'decider_id, state, decided_at, version, updated_at');
    await wall(run, 'person_link_step');
    const ofLink = `exists (select from person_link l where l.id = link_id)`;
    await policy(run, 'person_link_step', 'select', ofLink);
    await policy(
      run,
      'person_link_step',
      'insert',
      `(app.is_hub() or organisation_id = app.viewer_organisation()) and ${ofLink}`,
    );
    await grant(run, 'person_link_step', 'select, insert');
  }

  /** A record without a row here is counted as itself. No partner reads it: it would tell of a link. */
  private async counts(run: QueryRunner): Promise<void> {
    await run.query(`
      create table person_count (
        person_id text collate "C" primary key references person (id),
        same_as text collate "C" not null references person (id),
        counted_as text collate "C" not null references person (id),
        found_id text collate "C" references person (id),
        found_by text,
        compared_at timestamptz,
        due boolean not null default false
      );
      create index person_count_same on person_count (same_as);
      create index person_count_counted on person_count (counted_as);
      create index person_count_found on person_count (found_id) where found_id is not null;
      create index person_count_due on person_count (person_id) where due`);
    await wall(run, 'person_count');
    for (const command of ['select', 'insert', 'update'] as const)
      await policy(run, 'person_count', command, `app.is_hub()`);
    await ownerReads(run, 'person_count');
    await grant(run, 'person_count', 'select, insert');
    await mayChange(run, 'person_count', 'same_as, counted_as, found_id, found_by, compared_at, due');
  }

  private async names(run: QueryRunner): Promise<void> {
    // « de la Tour-Morel » is delatourmorel, latourmorel, delatour, latour, morel: with its particle or without
    await run.query(`
      create function app.surnames(last text, birth text) returns text[] language sql immutable parallel safe as $$
        select coalesce(array_agg(distinct said) filter (where said <> ''), '{}')
        from unnest(array[last, birth]) name,
          regexp_replace(app.fold(name), '[''’.]', ' ', 'g') folded,
          unnest(folded || regexp_split_to_array(folded, '-')) piece,
          btrim(regexp_replace(piece, '[-\\s]+', ' ', 'g')) plain,
          unnest(array[plain, regexp_replace(plain, '^(de|du|des|d) ', '')]) form,
          replace(form, ' ', '') said
      $$;
      create function app.first_names(names text) returns text[] language sql immutable parallel safe as $$
        select coalesce(array_agg(distinct name) filter (where name <> ''), '{}')
        from regexp_split_to_table(app.fold(names), '[-\\s''’.,]+') name
      $$;
      create function app.same_first_names(one text, other text) returns boolean language sql immutable parallel safe as $$
        select cardinality(a) > 0 and cardinality(b) > 0 and (a <@ b or b <@ a)
        from app.first_names(one) a, app.first_names(other) b
      $$`);
  }

  /**
   * The one other record that may be the same person: by a number both hold, else by names and birth date; never one
   * that a link already joins to it or kept apart. Two France Travail numbers tell homonyms apart.
   */
  async comparing(run: QueryRunner): Promise<void> {
    await run.query(`
      create function app.double_of(asked text) returns table (id text, ground text) language sql stable as $$
        with me as (
          select i.*, n.france_travail, n.pass_iae, coalesce(c.same_as, i.person_id) as same_as
          from person_identity i left join person_number n using (person_id) left join person_count c using (person_id)
          where i.person_id = asked
        ), alike (id, ground) as (
          select n.person_id, 'NUMBER' from me join person_number n on n.france_travail = me.france_travail
          union all
          select n.person_id, 'NUMBER' from me join person_number n on n.pass_iae = me.pass_iae
          union all
          select i.person_id, 'NAME_AND_BIRTH_DATE'
          from me join person_identity i on i.birth_date = me.birth_date left join person_number n on n.person_id = i.person_id
          where app.surnames(i.last_name, i.birth_name) && app.surnames(me.last_name, me.birth_name)
            and app.same_first_names(i.first_name, me.first_name)
            and (n.france_travail = me.france_travail) is not false
        )
        select root.id, alike.ground
        from me cross join alike left join person_count c on c.person_id = alike.id
          cross join lateral (select coalesce(c.same_as, alike.id) as id) root join person p on p.id = root.id
        where root.id <> me.same_as and alike.id <> asked and not exists (
          select from person_link l
          where (l.person_id = asked and l.into_id in (alike.id, root.id))
            or (l.into_id = asked and l.person_id in (alike.id, root.id)))
        order by alike.ground desc, p.created_at, p.id limit 1
      $$`);
    // two partners who register one person at once wait for each other here, so that the second finds the first
    await run.query(`
      create function app.compare_person(asked text) returns void language plpgsql as $$
      declare line bigint;
      begin
        for line in
          select hashtextextended(known, 1) from person_identity i left join person_number n using (person_id),
            unnest(array['day ' || i.birth_date, 'france travail ' || n.france_travail, 'pass ' || n.pass_iae]) known
          where i.person_id = asked and known is not null order by 1
        loop
          perform pg_advisory_xact_lock(line);
        end loop;
        insert into person_count as mine (person_id, same_as, counted_as, found_id, found_by, compared_at, due)
        select asked, asked, coalesce(c.counted_as, found.id, asked), found.id, found.ground, app.clock(), found.id is not null
        from (select) one left join app.double_of(asked) found on true left join person_count c on c.person_id = found.id
        on conflict (person_id) do update set
          due = mine.due or excluded.due, found_id = excluded.found_id, found_by = excluded.found_by,
          compared_at = excluded.compared_at,
          counted_as = case when mine.counted_as = asked then excluded.counted_as else mine.counted_as end;
      end $$;
      revoke all on function app.double_of(text), app.compare_person(text) from public;
      grant execute on function app.double_of(text), app.compare_person(text) to passerelle_hub`);
  }

  /** All that moves about one person waits in one line, however many records it has: who stands in it is told nothing. */
  async line(run: QueryRunner): Promise<void> {
    await run.query(`
      create function app.lines_of(people text[]) returns text[] language sql volatile
        security definer set search_path = pg_catalog, public, pg_temp as $$
        select array_agg(distinct coalesce(c.same_as, person) order by coalesce(c.same_as, person))
        from unnest(people) person left join public.person_count c on c.person_id = person
      $$;
      create function app.stand_in_line(people text[]) returns void language plpgsql volatile
        security definer set search_path = pg_catalog, public, pg_temp as $$
      declare
        lines text[] := app.lines_of(people);
        line text;
      begin
        foreach line in array lines loop
          perform pg_advisory_xact_lock(hashtextextended(line, 0));
        end loop;
        -- linked or parted while it waited: all begins again, in the right line
        if app.lines_of(people) is distinct from lines then
          raise exception 'the line moved' using errcode = 'serialization_failure';
        end if;
      end $$;
      revoke all on function app.lines_of(text[]), app.stand_in_line(text[]) from public;
      grant execute on function app.stand_in_line(text[]) to passerelle_hub`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      drop function app.stand_in_line(text[]), app.lines_of(text[]), app.compare_person(text), app.double_of(text),
        app.same_first_names(text, text), app.first_names(text), app.surnames(text, text);
      drop table person_link_step, person_link, person_count, person_number;
      drop index person_identity_birth_date`);
  }
}
