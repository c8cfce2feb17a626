import type { MigrationInterface, QueryRunner } from 'typeorm';
import { wall } from './kit.ts';

/**
 * What is counted, read by one role alone: ids, codes and days. Neither identity nor contact, no need, no note: what is
 * not named here the role cannot read (docs/adr/0032).
 */
const counted: Record<string, string> = {
  person: 'id, epci_code, commune_code, erased_at',
  person_count: 'person_id, counted_as',
  placement: 'id, person_id, offer_id, vacancy_id, sender_id, receiver_id, state, origin, started_on, ended_on, created_at',
  contract: 'id, placement_id, kind, from_day, to_day, weekly_hours',
  episode: 'id, placement_id, from_day, to_day, suspends',
  outcome: 'id, placement_id, kind, contract_kind, weekly_hours, from_day, to_day, certification, ended_on, end_reason, known_from, known_until',
  follow_up: 'placement_id, months, due_on, situation, on_day, recorded_at',
  worked_hours: 'placement_id, month, worked, known_from, known_until',
  pathway: 'id, person_id, began_on, ended_on, end_reason, engagement_due_on',
  entitlement_period: 'person_id, state, from_day, until_day, known_from, known_until',
  referral: 'id, person_id, offer_id, sender_id, receiver_id, state, origin, sent_at, waitlisted_at, answered_at, answer_due_at, answered_late, answer_minutes, closed_at, reason',
}; // prettier-ignore
const catalogue = ['organisation', 'site', 'offer', 'vacancy', 'commune', 'epci', 'programme'];
const rules = ['outcome_rule', 'outcome_rule_set'];

const times = `known_from timestamptz not null, known_until timestamptz not null default 'infinity'`;
const home = `home_epci text collate "C", home_commune text collate "C"`;

/** Figures are counted from rows without names, kept beside the facts, each with the time during which it was known so. */
export class Figures202611251411 implements MigrationInterface {
  name = 'Figures1764084660000';

  async up(run: QueryRunner): Promise<void> {
    await this.role(run);
    await run.query(`
      create table figure_stay (
        id bigint generated always as identity primary key,
        person_id text collate "C" not null, placement_id text collate "C" not null, ${home},
        site_epci text collate "C", site_commune text collate "C",
        offer_id text collate "C" not null, offer_kind text not null,
        sender_id text collate "C" not null, receiver_id text collate "C" not null,
        counts boolean not null, entitled boolean not null, started_on date not null, ended_on date, ${times},
        constraint figure_stay_known check (known_until >= known_from)
      );
      create index figure_stay_person on figure_stay (person_id) where known_until = 'infinity';
      create index figure_stay_started on figure_stay (started_on);
      create index figure_stay_ended on figure_stay (ended_on);
      create table figure_presence (
        id bigint generated always as identity primary key,
        person_id text collate "C" not null, ${home}, from_month date not null, until_month date not null, ${times},
        constraint figure_presence_known check (known_until >= known_from)
      );
      create index figure_presence_person on figure_presence (person_id) where known_until = 'infinity';
      create table figure_path (
        id bigint generated always as identity primary key,
        person_id text collate "C" not null, ${home}, entitled boolean not null, began_on date not null, ended_on date,
        placement_id text collate "C", class text, rule_version integer, outcome_on date, success boolean not null, ${times},
        constraint figure_path_known check (known_until >= known_from)
      );
      create index figure_path_person on figure_path (person_id) where known_until = 'infinity';
      create index figure_path_ended on figure_path (ended_on)`);
    await this.walls(run);
  }

  /** The hub may become it, one step at a time, and never has its rights beside its own. */
  private async role(run: QueryRunner): Promise<void> {
    await run.query(`do $$ begin
      if not exists (select from pg_roles where rolname = 'passerelle_figures')
          or not pg_has_role('passerelle_hub', 'passerelle_figures', 'member') then
        if not (select rolcreaterole or rolsuper from pg_roles where rolname = current_user) then
          raise exception 'passerelle_hub is no member of a role passerelle_figures, and % may not make it so (docs/operations.md).', current_user;
        end if;
        if not exists (select from pg_roles where rolname = 'passerelle_figures') then
          create role passerelle_figures nologin;
        end if;
        alter role passerelle_hub noinherit;
        grant passerelle_figures to passerelle_hub;
      end if;
    end $$;
    grant usage on schema app, public to passerelle_figures`);
  }

  private async walls(run: QueryRunner): Promise<void> {
    for (const table of [...catalogue, ...rules]) await run.query(`grant select on ${table} to passerelle_figures`);
    for (const [table, columns] of Object.entries(counted))
      await run.query(`grant select (${columns}) on ${table} to passerelle_figures;
        create policy ${table}_figures on ${table} for select to passerelle_figures using (true)`);
    for (const table of ['figure_stay', 'figure_presence', 'figure_path']) {
      await wall(run, table);
      await run.query(`create policy ${table}_figures on ${table} for all to passerelle_figures using (true) with check (true);
        grant select, insert, update (known_until) on ${table} to passerelle_figures`);
    }
  } // prettier-ignore

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table figure_path, figure_presence, figure_stay');
    for (const table of Object.keys(counted)) await run.query(`drop policy ${table}_figures on ${table}`);
    const read = [...catalogue, ...rules, ...Object.keys(counted)].join(', ');
    await run.query(
      `revoke all on ${read} from passerelle_figures; revoke usage on schema app, public from passerelle_figures`,
    );
  }
}
