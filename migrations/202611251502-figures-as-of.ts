import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ownerReads, wall } from './kit.ts';

/** What hours, places and signatures are counted from as of a past moment, by the role of figures (docs/adr/0032). */
const counted: Record<string, string> = {
  engagement: 'pathway_id, signed_on, signed_at, end_reason',
  contract_correction: 'id, contract_id, from_day, to_day, weekly_hours, known_until',
};

const counts = (row: string) =>
  `(${row}.state <> 'DRAFT' and ${row}.places is not null and ${row}.starts_on is not null)`;

export class FiguresAsOf202611251502 implements MigrationInterface {
  name = 'FiguresAsOf1764090120000';

  async up(run: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(counted))
      await run.query(`grant select (${columns}) on ${table} to passerelle_figures;
        create policy ${table}_figures on ${table} for select to passerelle_figures using (true)`);
    await run.query(`grant select (created_at) on contract, episode, pathway to passerelle_figures;
      create table figure_place (
        id bigint generated always as identity primary key,
        vacancy_id text collate "C" not null, starts_on date not null, places integer not null, taken integer not null,
        known_from timestamptz not null, known_until timestamptz not null default 'infinity',
        constraint figure_place_known check (known_until >= known_from)
      );
      create index figure_place_vacancy on figure_place (vacancy_id) where known_until = 'infinity';
      create index figure_place_starts on figure_place (starts_on);
      insert into figure_place (vacancy_id, starts_on, places, taken, known_from)
        select id, starts_on, places, taken, coalesce(opened_at, created_at) from vacancy where ${counts('vacancy')}`);
    await wall(run, 'figure_place');
    await ownerReads(run, 'figure_place');
    await run.query(`create policy figure_place_figures on figure_place for select to passerelle_figures using (true);
      grant select on figure_place to passerelle_figures`);
    await this.keeping(run);
  }

  /** Whoever takes or gives back a place, by whatever statement: what was known until then stays. */
  private async keeping(run: QueryRunner): Promise<void> {
    await run.query(`
      create function app.keep_places() returns trigger
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare since timestamptz := app.clock();
        begin
          if tg_op = 'UPDATE' then
            update public.figure_place set known_until = greatest(since, known_from)
              where vacancy_id = new.id and known_until = 'infinity';
          else since := least(since, coalesce(new.opened_at, new.created_at));
          end if;
          if ${counts('new')} then
            insert into public.figure_place (vacancy_id, starts_on, places, taken, known_from)
              values (new.id, new.starts_on, new.places, new.taken, since);
          end if;
          return null;
        end $$;
      revoke execute on function app.keep_places() from public;
      create trigger vacancy_places_added after insert on vacancy for each row execute function app.keep_places();
      create trigger vacancy_places_changed after update of places, taken, starts_on, state on vacancy for each row
        when (row(old.places, old.taken, old.starts_on, old.state = 'DRAFT')
          is distinct from row(new.places, new.taken, new.starts_on, new.state = 'DRAFT'))
        execute function app.keep_places()`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop trigger vacancy_places_added on vacancy; drop trigger vacancy_places_changed on vacancy;
      drop function app.keep_places(); drop table figure_place;
      revoke select (created_at) on contract, episode, pathway from passerelle_figures`);
    for (const table of Object.keys(counted))
      await run.query(
        `drop policy ${table}_figures on ${table}; revoke all on ${table} from passerelle_figures`,
      );
  }
}
