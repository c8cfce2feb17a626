import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, mayChange, policy, wall } from './kit.ts';

/** What must be open to see each public: the table of `src/people/situation.rules.ts`. An unknown code has none. */
const categoryOfPublic = `case
  when public in ('RSA', 'ASS', 'DETLD', 'DELD') then 'ENTITLEMENTS'
  when public in ('AAH', 'TH') then 'HEALTH'
  when public in ('DETENTION_MJ', 'ASE') then 'JUSTICE'
  when public = 'REF_DA' then 'IDENTITY'
  when public in ('PSH_PR', 'QPV', 'ZRR') then 'CONTACT'
  when public in ('CAP_BEP', 'FLE') then 'PROFILE'
  when public in ('PI', 'PM') then 'NEEDS'
end`;

/** Publics the law names, each row behind its own category; who follows a person as referent holds HEALTH and JUSTICE. */
export class Situations202611251020 implements MigrationInterface {
  name = 'Situations1764065220000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table person_situation (
        id text collate "C" primary key,
        person_id text collate "C" not null references person (id),
        public text not null,
        category text not null generated always as (${categoryOfPublic}) stored,
        sensitive boolean not null generated always as (public in ('REF_DA', 'PSH_PR')) stored,
        stated_on date not null,
        until date,
        stated_by text collate "C" not null references organisation (id),
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint person_situation_days check (until >= stated_on)
      );
      create unique index person_situation_once on person_situation (person_id, public) where until is null;
      create index person_situation_person on person_situation (person_id, id)`);
    await this.walls(run);
    await this.holders(run);
  }

  /** Where the hub keeps no health data (HEALTH_DATA) no viewer says that it reads any: rows of before stay shut. */
  private async walls(run: QueryRunner): Promise<void> {
    const open = (question: string) => `app.${question}(person_id, category)
      and (not sensitive or app.${question}(person_id, 'JUSTICE'))
      and (category <> 'HEALTH' or app.viewer_reads('health') or app.is_hub())`;
    await wall(run, 'person_situation');
    await policy(run, 'person_situation', 'select', open('may_see'));
    for (const command of ['insert', 'update'] as const)
      await policy(run, 'person_situation', command, open('may_change'));
    await grant(run, 'person_situation', 'select, insert');
    await mayChange(run, 'person_situation', 'until, version, updated_at');
  }

  /** Rights of today as \`openedTo\` now gives them: what the law closes to an employer ends, what it leaves open opens. */
  private async holders(run: QueryRunner): Promise<void> {
    const running = `(right_of.valid_until is null or right_of.valid_until > now())`;
    const employs = `(organisation.kind in ('INSERTION_ENTERPRISE', 'COMPANY')
      or exists (select from accreditation where accreditation.organisation_id = organisation.id))`;
    await run.query(`update person_access right_of set valid_until = greatest(valid_from, now()) from organisation
      where organisation.id = right_of.organisation_id and ${employs} and category = 'ENTITLEMENTS' and ${running}`);
    await run.query(`insert into person_access
        (person_id, organisation_id, category, reason, source_id, member_id, territory, legal_basis, valid_from, valid_until)
      select person_id, organisation_id, opened, reason, right_of.source_id, member_id, territory, legal_basis,
        greatest(valid_from, now()), valid_until
      from person_access right_of join organisation on organisation.id = organisation_id,
        unnest(array['HEALTH', 'JUSTICE']) opened
      where reason in ('REFERENT', 'PROGRAMME') and category = 'CORE' and ${running} and not ${employs}`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(
      `drop table person_situation; delete from person_access where category in ('HEALTH', 'JUSTICE')`,
    );
  }
}
