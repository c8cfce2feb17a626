import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, mayChange, policy, wall } from './kit.ts';

/** What moves change: neither whom nor whose, nor where it came from. */
const whatMoves = `state, takes_place, started_on, ended_on, end_reason, contract_ends_on, version, updated_at`;

/** Who receives starts a placement, of a referral it received. */
const ofOwnReferral = `receiver_id = app.viewer_organisation() and exists (
  select from referral r where r.id = placement.referral_id and r.person_id = placement.person_id
    and r.sender_id = placement.sender_id and r.receiver_id = placement.receiver_id)`;

/** What hangs on a placement, and its columns that change; null: none ever. */
const hanging = {
  contract: 'from_day',
  episode: 'to_day',
  outcome: 'known_until',
  follow_up: 'due_on, situation, on_day, organisation_id, member_id, recorded_at',
  start_correction: null,
};

/** An accepted referral that became real: contracts, episodes, outcomes as they were known, follow-ups. */
export class Placements202611230950 implements MigrationInterface {
  name = 'Placements1763891400000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table placement (
        id text collate "C" primary key,
        referral_id text collate "C" not null references referral (id),
        person_id text collate "C" not null references person (id),
        offer_id text collate "C" not null references offer (id),
        vacancy_id text collate "C" references vacancy (id),
        sender_id text collate "C" not null references organisation (id),
        receiver_id text collate "C" not null references organisation (id),
        state text not null,
        origin text not null,
        exclusive boolean not null,
        overlap_reason text,
        takes_place boolean not null,
        started_on date not null,
        ended_on date,
        end_reason text,
        contract_ends_on date,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint placement_days check (ended_on >= started_on),
        constraint placement_ended check ((state = 'ENDED') = (ended_on is not null))
      );
      create unique index placement_once_per_referral on placement (referral_id) where state <> 'UNDONE';
      create index placement_person on placement (person_id, id);
      create index placement_sender on placement (sender_id, id);
      create index placement_receiver on placement (receiver_id, id);
      create index placement_offer on placement (offer_id, id);
      create index placement_vacancy on placement (vacancy_id, id);
      create index placement_started on placement (started_on, id);
      create index placement_contract_end on placement (coalesce(contract_ends_on, 'infinity'::date), id);
      create index placement_open on placement (person_id) where state in ('STARTED', 'SUSPENDED');
      create table contract (
        id text collate "C" primary key,
        placement_id text collate "C" not null references placement (id),
        kind text not null,
        from_day date not null,
        to_day date,
        weekly_hours numeric(5, 2),
        renews_id text collate "C" references contract (id),
        created_at timestamptz not null,
        constraint contract_days check (to_day >= from_day),
        constraint contract_weekly_hours check (weekly_hours between 0 and 60)
      );
      create unique index contract_renewed_once on contract (renews_id);
      create index contract_placement on contract (placement_id, from_day, id);
      create table episode (
        id text collate "C" primary key,
        placement_id text collate "C" not null references placement (id),
        kind text not null,
        from_day date not null,
        expected_to date,
        to_day date,
        suspends boolean not null,
        created_at timestamptz not null,
        constraint episode_days check (to_day >= from_day and expected_to >= from_day)
      );
      create index episode_placement on episode (placement_id, from_day, id);
      create unique index episode_one_suspension on episode (placement_id) where suspends and to_day is null;
      create table outcome (
        id bigint generated always as identity primary key,
        placement_id text collate "C" not null references placement (id),
        kind text not null,
        contract_kind text,
        weekly_hours numeric(5, 2),
        from_day date,
        to_day date,
        certification text,
        ended_on date not null,
        end_reason text not null,
        known_from timestamptz not null,
        known_until timestamptz,
        corrected_because text,
        constraint outcome_days check (to_day >= from_day)
      );
      create unique index outcome_current on outcome (placement_id) where known_until is null;
      create index outcome_placement on outcome (placement_id, id);
      create table start_correction (
        id bigint generated always as identity primary key,
        placement_id text collate "C" not null references placement (id),
        started_on date not null,
        known_until timestamptz not null,
        corrected_because text not null
      );
      create index start_correction_placement on start_correction (placement_id, id);
      create table follow_up (
        id text collate "C" primary key,
        placement_id text collate "C" not null references placement (id),
        months integer not null,
        due_on date not null,
        situation text,
        on_day date,
        organisation_id text collate "C" references organisation (id),
        member_id text collate "C" references member (id),
        recorded_at timestamptz,
        constraint follow_up_months check (months in (1, 3, 6))
      );
      create unique index follow_up_once on follow_up (placement_id, months);
      create index follow_up_due on follow_up (due_on) where recorded_at is null`);
    await this.walls(run);
  }

  private async walls(run: QueryRunner): Promise<void> {
    const party = `app.sees_referral(sender_id, receiver_id, person_id)`;
    await wall(run, 'placement');
    for (const command of ['select', 'update'] as const) await policy(run, 'placement', command, party);
    await policy(run, 'placement', 'insert', `app.is_hub() or (${ofOwnReferral})`);
    await grant(run, 'placement', 'select, insert');
    await mayChange(run, 'placement', whatMoves);
    // what hangs on a placement is seen with it: its own policy is the one that decides
    const seen = `app.is_hub() or exists (select from placement p where p.id = placement_id)`;
    const own = `app.is_hub() or exists (select from placement p
      where p.id = placement_id and p.receiver_id = app.viewer_organisation())`;
    for (const [table, columns] of Object.entries(hanging)) {
      await wall(run, table);
      await policy(run, table, 'select', seen);
      await policy(run, table, 'insert', own);
      await grant(run, table, 'select, insert');
      if (columns === null) continue;
      // whoever follows the person records a follow-up too
      await policy(run, table, 'update', table === 'follow_up' ? seen : own);
      await mayChange(run, table, columns);
    }
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table follow_up, start_correction, outcome, episode, contract, placement`);
  }
}
