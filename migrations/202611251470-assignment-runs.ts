import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, grant, mayChange, policy, sees, wall } from './kit.ts';

/** Plans of who might go where, for their author’s eyes: drafts, until a named person accepts a line. */
export class AssignmentRuns202611251470 implements MigrationInterface {
  name = 'AssignmentRuns1764088200000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table assignment_run (
        id text collate "C" primary key,
        organisation_id text collate "C" not null references organisation (id),
        member_id text collate "C" references member (id),
        client_id text collate "C" references api_client (id),
        eyes text not null,
        kind text not null,
        previous_id text collate "C" references assignment_run (id),
        state text not null,
        stage text,
        failure text,
        status text,
        people integer not null,
        vacancies text[] not null,
        terms jsonb not null,
        at_most_seconds integer not null,
        programme_id text collate "C" references programme (id),
        inputs_hash text,
        pairs integer,
        placed integer,
        total integer,
        bound integer,
        unmet text[] not null default '{}',
        shares jsonb not null default '[]',
        prices jsonb not null default '[]',
        attempts integer not null default 0,
        lease_until timestamptz,
        started_at timestamptz,
        finished_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint assignment_run_failure check ((state = 'FAILED') = (failure is not null)),
        constraint assignment_run_status check ((state = 'DONE') = (status is not null)),
        constraint assignment_run_lease check ((state = 'RUNNING') = (lease_until is not null))
      );
      create index assignment_run_organisation on assignment_run (organisation_id, id);
      create index assignment_run_waiting on assignment_run (created_at, id) where state in ('QUEUED', 'RUNNING');
      create table assignment_line (
        id text collate "C" primary key,
        run_id text collate "C" not null references assignment_run (id),
        person_id text collate "C" not null references person (id),
        vacancy_id text collate "C" references vacancy (id),
        score integer,
        told text not null,
        referral_id text collate "C" references referral (id),
        accepted_by text collate "C" references member (id),
        accepted_at timestamptz,
        constraint assignment_line_once unique (run_id, person_id),
        constraint assignment_line_place check ((vacancy_id is null) = (score is null)),
        constraint assignment_line_accepted check (
          (referral_id is null) = (accepted_at is null) and (referral_id is null or vacancy_id is not null))
      );
      create index assignment_line_person on assignment_line (person_id, id);
      create index assignment_line_referral on assignment_line (referral_id) where referral_id is not null`);
    await this.walls(run);
  }

  /** A run: whoever sees as much as its author did, or more, in the author’s organisation. A line: whom the person is open to as well. */
  private async walls(run: QueryRunner): Promise<void> {
    const theirs = `assignment_run.organisation_id = ${asked.organisation} and (select app.viewer_reads('people'))
      and (${asked.people} = 'ALL' or assignment_run.eyes = ${asked.people} || '|' || ${asked.detail})`;
    const within = 'exists (select from assignment_run run where run.id = assignment_line.run_id)';
    await wall(run, 'assignment_run');
    await policy(run, 'assignment_run', 'select', `${asked.hub} or ${theirs}`);
    await policy(run, 'assignment_run', 'insert', `${asked.hub} or ${theirs}`);
    await policy(run, 'assignment_run', 'update', `${asked.hub} or ${theirs}`);
    await grant(run, 'assignment_run', 'select, insert');
    await mayChange(
      run,
      'assignment_run',
      `state, stage, failure, status, programme_id, inputs_hash, pairs, placed, total, bound, unmet, shares, prices,
       attempts, lease_until, started_at, finished_at, version, updated_at`,
    );
    await wall(run, 'assignment_line');
    const open = `${within} and ${sees('assignment_line.person_id', 'PROFILE')}`;
    await policy(run, 'assignment_line', 'select', `${asked.hub} or (${open})`);
    await policy(run, 'assignment_line', 'insert', `${asked.hub} or (${open})`);
    await policy(run, 'assignment_line', 'update', `${asked.hub} or (${open})`);
    await grant(run, 'assignment_line', 'select, insert');
    await mayChange(run, 'assignment_line', 'vacancy_id, score, told, referral_id, accepted_by, accepted_at');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table assignment_line, assignment_run');
  }
}
