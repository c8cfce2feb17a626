import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The order of transaction numbers is not that of changes: a transaction has its number from its first write, and may come
 * to a subject after one numbered later. A line then takes the number of the line before it of its subject, so that the
 * journal's order is that of the subject's changes, and of what one transaction says. It never stands below its own
 * transaction: whoever reads below the oldest one open still passes over nothing. Where lines are put back, or invented, all at
 * once, their order is given.
 */
export class EventTurns202611251351 implements MigrationInterface {
  name = 'EventTurns1764078660000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create function app.event_turn() returns trigger
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        new.tx := greatest(new.tx, nullif(current_setting('app.event_turn', true), '')::xid8,
          (select event.tx from public.event where event.subject_id = new.subject_id
            order by event.tx desc, event.pos desc limit 1));
        perform set_config('app.event_turn', new.tx::text, true);
        return new;
      end $$;
      revoke all on function app.event_turn() from public;
      create trigger event_turn before insert on event for each row
        when (current_setting('app.event_order', true) is distinct from 'given') execute function app.event_turn()`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop trigger event_turn on event; drop function app.event_turn()`);
  }
}
