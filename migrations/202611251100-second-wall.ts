import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, running, sees } from './kit.ts';

/** How a policy asks: with values read once a statement, or, before, with functions called for each row. */
interface Asking {
  hub: string;
  organisation: string;
  people: string;
  detail: string;
  readsReferrals: string;
  sees: (person: `${string}.${string}`, category: string) => string;
}
const once: Asking = { ...asked, sees };
const ofEachRow: Asking = {
  hub: 'app.is_hub()',
  organisation: 'app.viewer_organisation()',
  people: 'app.viewer_people()',
  detail: 'app.viewer_detail()',
  readsReferrals: `app.viewer_reads('referrals')`,
  sees: (person, category) => `app.may_see(${person}, '${category}')`,
};

/** Who reads which row: the same as before, said so that a row costs a comparison or one look into an index. */
function readings(asking: Asking): Record<string, string> {
  const { hub, organisation, people, detail, readsReferrals, sees: open } = asking;
  const own = `${hub} or organisation_id = ${organisation}`;
  const party = (table: string) => `${hub} or (${readsReferrals} and (sender_id = ${organisation}
    or receiver_id = ${organisation} or ${open(`${table}.person_id`, 'PATHWAY')}))`;
  const ofPlacement = (table: string) =>
    `${hub} or exists (select from placement p where p.id = ${table}.placement_id offset 0)`;
  return {
    person_access: own,
    person: `${hub} or ${open('person.id', 'CORE')}`,
    person_handle: own,
    person_identity: `${hub} or ${open('person_identity.person_id', 'IDENTITY')}`,
    person_contact: `${hub} or ${open('person_contact.person_id', 'CONTACT')}`,
    person_profile: `${hub} or ${open('person_profile.person_id', 'PROFILE')}`,
    need: `${hub} or ${open('need.person_id', 'NEEDS')}`,
    referent: `${hub} or ${open('referent.person_id', 'PATHWAY')}`,
    referral: `${hub} or (${readsReferrals} and (sender_id = ${organisation}
      or (sent_at is not null and (receiver_id = ${organisation} or ${open('referral.person_id', 'PATHWAY')}))))`,
    referral_move: party('referral_move'),
    placement: party('placement'),
    referral_note: `${hub} or (${readsReferrals} and (
      organisation_id = ${organisation} and (${people} = 'ALL' or ${people} = 'PORTFOLIO' and member_id = ${detail})
      or exists (select from referral r where r.id = referral_note.referral_id
          and ${organisation} in (r.sender_id, r.receiver_id, r.follower_id) offset 0)
        and ${open('referral_note.person_id', 'CORE')}))`,
    ...Object.fromEntries(
      ['contract', 'episode', 'outcome', 'start_correction', 'follow_up'].map((table) => [
        table,
        ofPlacement(table),
      ]),
    ),
    member: own,
    api_client: own,
  };
}

/** Each way by which a row is a viewer's has an index in the order of each list: few rows are found among many. */
const indexes: Record<string, string> = {
  person_access_member: `person_access (member_id, category, person_id) where member_id is not null`,
  person_access_territory: `person_access (organisation_id, territory, category, person_id)`,
  referral_sender_deadline: `referral (sender_id, coalesce(due_at, 'infinity'), id)`,
  referral_receiver_deadline: `referral (receiver_id, coalesce(due_at, 'infinity'), id)`,
  placement_sender_started: `placement (sender_id, started_on, id)`,
  placement_receiver_started: `placement (receiver_id, started_on, id)`,
  placement_sender_contract_end: `placement (sender_id, coalesce(contract_ends_on, 'infinity'::date), id)`,
  placement_receiver_contract_end: `placement (receiver_id, coalesce(contract_ends_on, 'infinity'::date), id)`,
};

/** The second wall, at a price near the first's. */
export class SecondWall202611251100 implements MigrationInterface {
  name = 'SecondWall1764068400000';

  async up(run: QueryRunner): Promise<void> {
    await this.questions(run);
    await this.read(run, once);
    for (const [name, on] of Object.entries(indexes)) await run.query(`create index ${name} on ${on}`);
  }

  private async read(run: QueryRunner, asking: Asking): Promise<void> {
    for (const [table, condition] of Object.entries(readings(asking)))
      await run.query(`alter policy ${table}_select on ${table} using (${condition})`);
  }

  private async questions(run: QueryRunner): Promise<void> {
    await run.query(`
      create function app.asks_whole() returns boolean language sql stable parallel safe as
        $$ select coalesce(current_setting('app.extent', true) = 'WHOLE', false) $$;
      create function app.people_open(wanted text) returns setof text language sql stable as
        $$ select reach.person_id from public.person_access reach where reach.category = wanted and ${running} $$`);
    await this.named(run);
    await this.question(run, 'may_see', 'true');
    await this.question(run, 'may_change', `reach.reason in ('REGISTRAR', 'REFERENT', 'PROGRAMME')`);
  }

  /** For policies of what is not listed, and for rows that are written: settings read once a call. */
  private async question(run: QueryRunner, name: string, further: string): Promise<void> {
    await run.query(`
      create or replace function app.${name}(person text, wanted text) returns boolean
        language plpgsql stable parallel safe as $$
      declare
        asker text := app.viewer_organisation();
        people text := app.viewer_people();
        detail text := app.viewer_detail();
        at timestamptz := app.clock();
      begin
        return app.is_hub() or exists (select from public.person_access reach
          where reach.person_id = person and reach.organisation_id = asker and reach.category = wanted
            and reach.valid_from <= at and (reach.valid_until is null or reach.valid_until > at)
            and ${further}
            and case people
                  when 'ALL' then true
                  when 'PORTFOLIO' then reach.member_id = detail
                  when 'TERRITORY' then reach.territory = any (string_to_array(detail, ','))
                  else false
                end);
      end $$`);
  }

  /** Row-level security forbids the planner a trigram index; inside, the same question is asked of what matched. */
  private async named(run: QueryRunner): Promise<void> {
    await run.query(`
      create or replace function app.people_named(words text) returns setof text language sql stable
        security definer set search_path = pg_catalog, public, pg_temp as $$
        select named.person_id from public.person_identity named
        where app.fold(words) <% named.folded and (${asked.hub} or exists (
          select from public.person_access reach
          where reach.person_id = named.person_id and reach.category = 'IDENTITY' and ${running} offset 0)) $$`);
  }

  /** The questions stay as they now are: they answer the same. */
  async down(run: QueryRunner): Promise<void> {
    await this.read(run, ofEachRow);
    await run.query(`drop function app.people_open(text), app.asks_whole(); drop index ${Object.keys(indexes).join(', ')};
      create or replace function app.people_named(words text) returns setof text language sql stable
        security definer set search_path = pg_catalog, public, pg_temp as
        $$ select person_id from public.person_identity
           where app.fold(words) <% folded and app.may_see(person_id, 'IDENTITY') $$`);
  }
}
