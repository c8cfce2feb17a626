import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ownerReads } from './kit.ts';

/**
 * The journal forgets nothing that one of the hub's own readers has still before it: mail or webhooks that stood still
 * for longer than events are kept would lose them in silence. What was given up is counted for who watches over the hub.
 */
export class Watched202611251421 implements MigrationInterface {
  name = 'Watched1764085260000';

  async up(run: QueryRunner): Promise<void> {
    await ownerReads(run, 'journal_position');
    await run.query(
      forgetting(
        'and not exists (select from public.journal_position reader where (reader.tx, reader.pos) < (event.tx, event.pos))',
      ),
    );
    await run.query(`create index webhook_delivery_failed on webhook_delivery (id) where state = 'FAILED'`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop index webhook_delivery_failed`);
    await run.query(forgetting(''));
    await run.query(`drop policy journal_position_owner on journal_position`);
  }
}

const forgetting = (unless: string) => `
  create or replace function app.forget_events(kept interval, most integer) returns integer
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  declare
    reached record;
    gone integer;
  begin
    if kept < interval '7 days' then raise exception 'the journal is kept seven days at least'; end if;
    perform from public.journal for update;
    with oldest as (
      select tx, pos, bool_and(occurred_at < now() - kept ${unless}) over (order by event.tx, event.pos) as due
      from (select tx, pos, occurred_at from public.event order by event.tx, event.pos limit most) event)
    select tx, pos into reached from oldest where due order by oldest.tx desc, oldest.pos desc limit 1;
    if not found then return 0; end if;
    delete from public.event_audience indexed using public.event line, unnest(line.audience) organisation
      where (line.tx, line.pos) <= (reached.tx, reached.pos)
        and indexed.organisation_id = organisation and indexed.tx = line.tx and indexed.pos = line.pos;
    delete from public.event where (tx, pos) <= (reached.tx, reached.pos);
    get diagnostics gone = row_count;
    update public.journal set floor_tx = reached.tx, floor_pos = reached.pos;
    return gone;
  end $$`;
