import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, grant, mayChange, policy, wall } from './kit.ts';

/** Whoever reads an agreement stands in its row: no policy asks another table which asks it again. */
const reads = `${asked.hub} or ((select app.viewer_reads('agreements')) and ${asked.organisation} = any (readers))`;

/** A table of what hangs on an agreement opens with it. */
function readsOf(table: string, also = 'true'): string {
  return `${asked.hub} or exists (select from agreement a where a.id = ${table}.agreement_id
    and (select app.viewer_reads('agreements')) and ${asked.organisation} = any (a.readers) and ${also})`;
}

/** Who leads an agreement writes what hangs on it. */
function leads(table: string, also = 'true'): string {
  return `${asked.hub} or exists (select from agreement a where a.id = ${table}.agreement_id
    and a.organisation_id = ${asked.organisation} and ${also})`;
}

/** What partners agree on: its parties, its terms version by version, the opinion of the IAE council. */
export class Agreements202611251390 implements MigrationInterface {
  name = 'Agreements1764083400000';

  async up(run: QueryRunner): Promise<void> {
    await this.agreements(run);
    await this.parties(run);
    await this.terms(run);
    await this.covers(run);
    await this.money(run);
    await this.opinions(run);
  }

  private async agreements(run: QueryRunner): Promise<void> {
    await run.query(`
      create table agreement (
        id text collate "C" primary key,
        kind text not null,
        state text not null,
        title text not null,
        reference text,
        organisation_id text collate "C" not null references organisation (id),
        provider_id text collate "C" references organisation (id),
        siae_kind text,
        from_day date not null,
        to_day date not null,
        terms_number integer not null default 1,
        renews_id text collate "C" references agreement (id),
        readers text[] collate "C" not null,
        council_id text collate "C" references organisation (id),
        session_on date,
        opinion text,
        signed_on date,
        sign_reason text,
        closed_on date,
        close_reason text,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint agreement_days check (from_day <= to_day),
        constraint agreement_provider check (kind in ('CAOM', 'PLIE_PROTOCOL') or provider_id is not null),
        constraint agreement_siae_kind check ((kind = 'IAE_CONVENTION') = (siae_kind is not null)),
        constraint agreement_opinion_of_council check (kind = 'IAE_CONVENTION' or (council_id is null and opinion is null)),
        constraint agreement_under_opinion check (state <> 'UNDER_OPINION' or (council_id is not null and session_on is not null)),
        constraint agreement_signed check ((state in ('SIGNED', 'ENDED', 'TERMINATED')) = (signed_on is not null)),
        constraint agreement_opinion_first check (kind <> 'IAE_CONVENTION' or signed_on is null
          or (opinion is not null and opinion <> 'DEFERRED')),
        constraint agreement_against_opinion check (signed_on is null or opinion is distinct from 'UNFAVOURABLE'
          or sign_reason is not null),
        constraint agreement_closed check (
          (state in ('ENDED', 'TERMINATED', 'REFUSED', 'WITHDRAWN')) = (closed_on is not null and close_reason is not null)),
        constraint agreement_read_by_lead check (organisation_id = any (readers)),
        -- ranges need no extension: a structure has one convention a kind and a day
        constraint agreement_iae_once exclude using gist (
          int8range(hashtextextended(provider_id || ' ' || siae_kind, 0), hashtextextended(provider_id || ' ' || siae_kind, 0), '[]') with &&,
          daterange(from_day, to_day, '[]') with &&)
          where (kind = 'IAE_CONVENTION' and signed_on is not null)
      );
      create unique index agreement_reference on agreement (organisation_id, kind, reference)
        where state not in ('REFUSED', 'WITHDRAWN');
      create unique index agreement_renewed_once on agreement (renews_id) where state not in ('REFUSED', 'WITHDRAWN');
      create index agreement_readers on agreement using gin (readers);
      create index agreement_end on agreement (to_day, id);
      create index agreement_provider on agreement (provider_id, id);
      create index agreement_session on agreement (session_on) where session_on is not null`);
    await wall(run, 'agreement');
    await policy(run, 'agreement', 'select', reads);
    await policy(run, 'agreement', 'insert', `${asked.hub} or organisation_id = ${asked.organisation}`);
    await policy(run, 'agreement', 'update', `${asked.hub} or ${asked.organisation} = any (readers)`);
    await grant(run, 'agreement', 'select, insert');
    await mayChange(
      run,
      'agreement',
      `state, title, reference, provider_id, siae_kind, from_day, to_day, terms_number, readers, council_id, session_on,
        opinion, signed_on, sign_reason, closed_on, close_reason, version, updated_at`,
    );
  }

  /** What a draft says of its parties and offers may be taken back; from its submission on it stays. */
  private async ofDraft(run: QueryRunner, table: string): Promise<void> {
    await policy(run, table, 'delete', leads(table, `a.state = 'DRAFT'`));
    await grant(run, table, 'select, insert, delete');
  }

  private async parties(run: QueryRunner): Promise<void> {
    await run.query(`
      create table agreement_party (
        agreement_id text collate "C" not null references agreement (id),
        organisation_id text collate "C" not null references organisation (id),
        role text not null,
        primary key (agreement_id, organisation_id, role)
      );
      create index agreement_party_organisation on agreement_party (organisation_id, agreement_id)`);
    await wall(run, 'agreement_party');
    await policy(run, 'agreement_party', 'select', readsOf('agreement_party'));
    await policy(run, 'agreement_party', 'insert', leads('agreement_party', `a.state = 'DRAFT'`));
    await this.ofDraft(run, 'agreement_party');
    await this.complete(run);
  }

  /** Nothing is submitted without the parties its kind asks for: who provides, who funds or who buys. */
  private async complete(run: QueryRunner): Promise<void> {
    await run.query(`
      create function app.agreement_parties_complete() returns trigger language plpgsql
        set search_path = pg_catalog, public, pg_temp as $$
        declare needed text[] := case new.kind
          when 'CAOM' then '{GRANTOR,FUNDER}'::text[]
          when 'PLIE_PROTOCOL' then '{PILOT,FUNDER}'::text[]
          when 'SOCIAL_CLAUSE' then '{FACILITATOR,BUYER,PROVIDER}'::text[]
          else '{GRANTOR,PROVIDER}'::text[] end;
        begin
          if not needed <@ array(select role from public.agreement_party where agreement_id = new.id) then
            raise exception 'a party is missing' using errcode = 'check_violation', constraint = 'agreement_parties';
          end if;
          return new;
        end $$;
      create trigger agreement_parties_complete before update of state on agreement for each row
        when (old.state = 'DRAFT' and new.state = 'SUBMITTED') execute function app.agreement_parties_complete()`);
  }

  private async terms(run: QueryRunner): Promise<void> {
    await run.query(`
      create table agreement_terms (
        agreement_id text collate "C" not null references agreement (id),
        number integer not null,
        in_force_from date not null,
        to_day date not null,
        requested_fte numeric(7, 2),
        funded_fte numeric(7, 2),
        funded_places integer,
        committed_hours integer,
        contract_reference text,
        lots text[] not null default '{}',
        site_id text collate "C" references site (id),
        signed_on date,
        recorded_at timestamptz not null,
        primary key (agreement_id, number),
        constraint agreement_terms_days check (in_force_from <= to_day),
        constraint agreement_terms_once unique (agreement_id, in_force_from),
        constraint agreement_terms_amounts check (
          coalesce(requested_fte, 0) >= 0 and coalesce(funded_fte, 0) >= 0
          and coalesce(funded_places, 0) >= 0 and coalesce(committed_hours, 0) >= 0)
      )`);
    await wall(run, 'agreement_terms');
    await policy(run, 'agreement_terms', 'select', readsOf('agreement_terms'));
    await policy(run, 'agreement_terms', 'insert', leads('agreement_terms'));
    await policy(run, 'agreement_terms', 'update', leads('agreement_terms', `a.signed_on is null`));
    await grant(run, 'agreement_terms', 'select, insert');
    await mayChange(
      run,
      'agreement_terms',
      `in_force_from, to_day, requested_fte, funded_fte, funded_places, committed_hours, contract_reference, lots, site_id,
        signed_on, recorded_at`,
    );
  }

  private async covers(run: QueryRunner): Promise<void> {
    await run.query(`
      create table agreement_cover (
        agreement_id text collate "C" not null,
        number integer not null,
        offer_id text collate "C" not null references offer (id),
        vacancy_id text collate "C" references vacancy (id),
        foreign key (agreement_id, number) references agreement_terms (agreement_id, number),
        constraint agreement_cover_once unique nulls not distinct (agreement_id, number, offer_id, vacancy_id)
      );
      create index agreement_cover_offer on agreement_cover (offer_id, agreement_id)`);
    await wall(run, 'agreement_cover');
    await policy(run, 'agreement_cover', 'select', readsOf('agreement_cover'));
    await policy(run, 'agreement_cover', 'insert', leads('agreement_cover'));
    await this.ofDraft(run, 'agreement_cover');
  }

  /** In cents, one column a funder; not for the council that gives its opinion. */
  private async money(run: QueryRunner): Promise<void> {
    await run.query(`
      create table agreement_money (
        agreement_id text collate "C" not null,
        number integer not null,
        council_cents integer not null default 0 check (council_cents >= 0),
        state_cents integer not null default 0 check (state_cents >= 0),
        esf_cents integer not null default 0 check (esf_cents >= 0),
        caf_cents integer not null default 0 check (caf_cents >= 0),
        msa_cents integer not null default 0 check (msa_cents >= 0),
        commune_cents integer not null default 0 check (commune_cents >= 0),
        city_contract_cents integer not null default 0 check (city_contract_cents >= 0),
        other_cents integer not null default 0 check (other_cents >= 0),
        primary key (agreement_id, number),
        foreign key (agreement_id, number) references agreement_terms (agreement_id, number)
      )`);
    await wall(run, 'agreement_money');
    const notTheCouncil = `a.council_id is distinct from ${asked.organisation}`;
    await policy(run, 'agreement_money', 'select', readsOf('agreement_money', notTheCouncil));
    await policy(run, 'agreement_money', 'insert', leads('agreement_money'));
    await policy(run, 'agreement_money', 'update', leads('agreement_money', `a.signed_on is null`));
    await grant(run, 'agreement_money', 'select, insert');
    await mayChange(
      run,
      'agreement_money',
      `council_cents, state_cents, esf_cents, caf_cents, msa_cents, commune_cents, city_contract_cents, other_cents`,
    );
  }

  private async opinions(run: QueryRunner): Promise<void> {
    await run.query(`
      create table agreement_opinion (
        id text collate "C" primary key,
        agreement_id text collate "C" not null references agreement (id),
        organisation_id text collate "C" not null references organisation (id),
        session_on date not null,
        opinion text not null,
        given_at timestamptz not null,
        constraint agreement_opinion_once unique (agreement_id, session_on)
      );
      create unique index agreement_opinion_decided on agreement_opinion (agreement_id) where opinion <> 'DEFERRED';
      create table agreement_reservation (
        id text collate "C" primary key,
        agreement_id text collate "C" not null references agreement (id),
        opinion_id text collate "C" not null references agreement_opinion (id),
        nth integer not null,
        reservation text not null,
        state text not null,
        met_on date,
        constraint agreement_reservation_nth unique (opinion_id, nth),
        constraint agreement_reservation_met check ((state = 'MET') = (met_on is not null))
      );
      create index agreement_reservation_agreement on agreement_reservation (agreement_id)`);
    for (const table of ['agreement_opinion', 'agreement_reservation']) {
      const gives = `exists (select from agreement a where a.id = ${table}.agreement_id and a.council_id = ${asked.organisation})`;
      await wall(run, table);
      await policy(run, table, 'select', readsOf(table));
      await policy(run, table, 'insert', `${asked.hub} or ${gives}`);
      await grant(run, table, 'select, insert');
    }
    await policy(run, 'agreement_reservation', 'update', readsOf('agreement_reservation'));
    await mayChange(run, 'agreement_reservation', 'state, met_on');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table agreement_reservation, agreement_opinion, agreement_money, agreement_cover,
      agreement_terms, agreement_party, agreement; drop function app.agreement_parties_complete()`);
  }
}
