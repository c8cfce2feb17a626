import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, grant, mayChange, policy, running, sees, wall } from './kit.ts';

/** What must be open to see each criterion: the table of `src/people/situation.rules.ts`, and the age, which is core. */
const categoryOfCriterion = `case
  when criterion in ('RSA', 'ASS', 'DETLD', 'DELD') then 'ENTITLEMENTS'
  when criterion in ('AAH', 'TH') then 'HEALTH'
  when criterion in ('DETENTION_MJ', 'ASE') then 'JUSTICE'
  when criterion = 'REF_DA' then 'IDENTITY'
  when criterion in ('PSH_PR', 'QPV', 'ZRR') then 'CONTACT'
  when criterion in ('CAP_BEP', 'FLE') then 'PROFILE'
  when criterion in ('PI', 'PM') then 'NEEDS'
  when criterion in ('JEUNE', 'SENIOR') then 'CORE'
end`;

const tables = ['iae_criterion', 'iae_diagnosis', 'iae_pass'];

/** The way into insertion by work: passes and diagnoses of a person, and, each behind its own category, criteria. */
export class IaeEligibility202611251250 implements MigrationInterface {
  name = 'IaeEligibility1764074400000';

  async up(run: QueryRunner): Promise<void> {
    await this.tables(run);
    await this.walls(run);
    await this.criteria(run);
    await run.query(`alter table referral_verdict add iae jsonb`);
    await mayChange(run, 'referral_verdict', 'iae');
    await this.erasing(
      run,
      `'referral_verdict'`,
      `'referral_verdict', ${tables.map((each) => `'${each}'`).join(', ')}`,
    );
  }

  private async tables(run: QueryRunner): Promise<void> {
    await run.query(`
      create table iae_pass (
        id text collate "C" primary key,
        person_id text collate "C" not null references person (id),
        number text not null,
        from_day date not null,
        to_day date not null,
        ends_on date not null,
        suspended_from date,
        suspended_until date,
        prolonged_to date,
        checked_by text collate "C" not null references organisation (id),
        checked_on date not null,
        withdrawn_at timestamptz,
        withdrawn_by text collate "C" references organisation (id),
        withdraw_reason text,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint iae_pass_days check (to_day >= from_day and ends_on >= to_day),
        constraint iae_pass_suspension check ((suspended_from is null) = (suspended_until is null) and suspended_until >= suspended_from)
      );
      create unique index iae_pass_once on iae_pass (person_id, number) where withdrawn_at is null;
      create index iae_pass_person on iae_pass (person_id, id);
      create index iae_pass_ending on iae_pass (ends_on, id) where withdrawn_at is null;
      create table iae_diagnosis (
        id text collate "C" primary key,
        person_id text collate "C" not null references person (id),
        organisation_id text collate "C" not null references organisation (id),
        kind text not null,
        siae_kind text,
        on_day date not null,
        valid_until date not null,
        withdrawn_at timestamptz,
        withdrawn_by text collate "C" references organisation (id),
        withdraw_reason text,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint iae_diagnosis_days check (valid_until >= on_day),
        constraint iae_diagnosis_employer check ((kind = 'EMPLOYER') = (siae_kind is not null))
      );
      create index iae_diagnosis_person on iae_diagnosis (person_id, id);
      create table iae_criterion (
        diagnosis_id text collate "C" not null references iae_diagnosis (id),
        person_id text collate "C" not null references person (id),
        criterion text not null,
        category text not null generated always as (${categoryOfCriterion}) stored,
        sensitive boolean not null generated always as (criterion in ('REF_DA', 'PSH_PR')) stored,
        constraint iae_criterion_pkey primary key (diagnosis_id, criterion)
      );
      create index iae_criterion_person on iae_criterion (person_id)`);
  }

  /**
   * The pathway of who follows the person; of a pass also the structure that employs them, which declares its number and
   * runs into its end.
   */
  private async walls(run: QueryRunner): Promise<void> {
    await run.query(`
      create function app.viewer_is_siae() returns boolean language sql stable as $$
        select exists (select from public.accreditation where organisation_id = app.viewer_organisation()
          and kind in ('ACI', 'EI', 'AI', 'ETTI', 'EITI')) $$`);
    const pathway = (table: string) => sees(`${table}.person_id`, 'PATHWAY');
    const employs = `((select app.viewer_is_siae()) and exists (select from person_access reach
      where reach.person_id = iae_pass.person_id and reach.category = 'CORE' and reach.reason = 'PLACEMENT' and ${running} offset 0))`;
    const changes = `app.is_hub() or app.may_change(person_id, 'PATHWAY')`;
    for (const table of tables) await wall(run, table);
    await policy(run, 'iae_pass', 'select', `${asked.hub} or ${pathway('iae_pass')} or ${employs}`);
    await policy(run, 'iae_diagnosis', 'select', `${asked.hub} or ${pathway('iae_diagnosis')}`);
    for (const command of ['insert', 'update'] as const) {
      await policy(run, 'iae_pass', command, `${changes} or ${employs}`);
      await policy(run, 'iae_diagnosis', command, changes);
    }
    for (const table of tables) await grant(run, table, 'select, insert');
    const withdrawal = 'withdrawn_at, withdrawn_by, withdraw_reason, version, updated_at';
    await mayChange(run, 'iae_pass', `ends_on, suspended_from, suspended_until, prolonged_to, ${withdrawal}`);
    await mayChange(run, 'iae_diagnosis', withdrawal);
  }

  /** An employer states what it saw, and reads none of it back that the law closes to it. */
  private async criteria(run: QueryRunner): Promise<void> {
    await policy(
      run,
      'iae_criterion',
      'select',
      `app.may_see(person_id, category) and (not sensitive or app.may_see(person_id, 'JUSTICE'))
        and (category <> 'HEALTH' or app.viewer_reads('health') or app.is_hub())`,
    );
    await policy(
      run,
      'iae_criterion',
      'insert',
      `app.is_hub() or (exists (select from iae_diagnosis stated where stated.id = diagnosis_id
          and stated.person_id = iae_criterion.person_id and stated.organisation_id = app.viewer_organisation())
        and (category <> 'HEALTH' or app.viewer_reads('health')))`,
    );
    for (const table of tables)
      await run.query(`create policy ${table}_owner on ${table} for all to current_user
        using (app.is_hub()) with check (app.is_hub())`);
  }

  /** Erasing a person empties these too: the function is as others left it, with some more tables in its list. */
  private async erasing(run: QueryRunner, was: string, becomes: string): Promise<void> {
    await run.query(`do $do$ begin
      execute replace(pg_get_functiondef('app.erase_person(text, text)'::regprocedure), $a$${was}$a$, $b$${becomes}$b$);
    end $do$`);
  }

  async down(run: QueryRunner): Promise<void> {
    await this.erasing(run, tables.map((each) => `, '${each}'`).join(''), '');
    await run.query(`drop table ${tables.join(', ')}; drop function app.viewer_is_siae();
      alter table referral_verdict drop column iae`);
  }
}
