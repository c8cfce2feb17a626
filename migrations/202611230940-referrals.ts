import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, mayChange, ownerReads, policy, wall } from './kit.ts';

/** What moves change. The person, the offer, both parties, the sender's contact and discretion stay as they were sent. */
const whatMoves = `vacancy_id, follower_id, state, agreement_on, agreement_how, reason, holds_place, place_offered_until,
  place_skipped_at, due_at, acknowledge_due_at, answer_due_at, sent_at, acknowledged_at, acknowledged_by, waitlisted_at,
  answered_at, accepted_at, placed_at, closed_at, last_open_state, next_id, version, updated_at`;

/** A line is written in one's own name, on a referral one sees, about its own person and parties. */
const ownLine = (table: string) => `organisation_id = app.viewer_organisation() and exists (
  select from referral r where r.id = ${table}.referral_id and r.person_id = ${table}.person_id
    and r.sender_id = ${table}.sender_id and r.receiver_id = ${table}.receiver_id)`;

/** Free text is about the person: it stays with who wrote it, and closes to the other party with the person. */
const noteOpen = `app.viewer_reads('referrals') and (organisation_id = app.viewer_organisation()
  or exists (select from referral r where r.id = referral_note.referral_id
      and app.viewer_organisation() in (r.sender_id, r.receiver_id, r.follower_id))
    and exists (select from person_access a where a.person_id = referral_note.person_id
      and a.organisation_id = app.viewer_organisation() and a.category = 'CORE'
      and a.valid_from <= app.clock() and (a.valid_until is null or a.valid_until > app.clock())))`;

/** Referrals, their moves (append-only) and their notes; both parties keep reading the rows for life. */
export class Referrals202611230940 implements MigrationInterface {
  name = 'Referrals1763890800000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table referral (
        id text collate "C" primary key,
        person_id text collate "C" not null references person (id),
        offer_id text collate "C" not null references offer (id),
        vacancy_id text collate "C" references vacancy (id),
        sender_id text collate "C" not null references organisation (id),
        sender_member_id text collate "C" references member (id),
        receiver_id text collate "C" not null references organisation (id),
        follower_id text collate "C" references organisation (id),
        state text not null,
        origin text not null,
        disclose text not null,
        agreement_on date,
        agreement_how text,
        reason text,
        holds_place boolean not null default false,
        place_offered_until timestamptz,
        place_skipped_at timestamptz,
        due_at timestamptz,
        acknowledge_due_at timestamptz,
        answer_due_at timestamptz,
        sent_at timestamptz,
        acknowledged_at timestamptz,
        acknowledged_by text collate "C" references member (id),
        waitlisted_at timestamptz,
        answered_at timestamptz,
        accepted_at timestamptz,
        placed_at timestamptz,
        closed_at timestamptz,
        last_open_state text,
        previous_id text collate "C" references referral (id),
        next_id text collate "C" references referral (id),
        external_reference text,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint referral_hold_has_vacancy check (not holds_place or vacancy_id is not null),
        constraint referral_offered_is_held check (place_offered_until is null or holds_place),
        constraint referral_sent_with_agreement check (state in ('DRAFT', 'WITHDRAWN') or agreement_on is not null)
      );
      create unique index referral_once_per_vacancy on referral (person_id, vacancy_id)
        where vacancy_id is not null
          and state in ('SENT', 'ACKNOWLEDGED', 'WAITLISTED', 'ACCEPTED', 'CANCELLATION_REQUESTED', 'PLACED');
      create unique index referral_once_per_offer on referral (person_id, offer_id)
        where vacancy_id is null
          and state in ('SENT', 'ACKNOWLEDGED', 'WAITLISTED', 'ACCEPTED', 'CANCELLATION_REQUESTED', 'PLACED');
      create unique index referral_external_reference on referral (sender_id, external_reference);
      create index referral_person on referral (person_id, id);
      create index referral_sender on referral (sender_id, id);
      create index referral_receiver on referral (receiver_id, id);
      create index referral_follower on referral (follower_id, id);
      create index referral_receiver_inbox on referral (receiver_id, coalesce(due_at, 'infinity'), id)
        where state in ('SENT', 'ACKNOWLEDGED');
      create index referral_deadline on referral (coalesce(due_at, 'infinity'), id);
      create index referral_offer on referral (offer_id, id);
      create index referral_waiting_list on referral (vacancy_id, waitlisted_at, id) where state = 'WAITLISTED';
      create index referral_vacancy on referral (vacancy_id, id);
      create index referral_due on referral (due_at) where due_at is not null;
      create index referral_place_offered on referral (place_offered_until) where place_offered_until is not null;
      create table referral_move (
        id text collate "C" primary key,
        referral_id text collate "C" not null references referral (id),
        person_id text collate "C" not null,
        sender_id text collate "C" not null,
        receiver_id text collate "C" not null,
        move text not null,
        from_state text,
        to_state text not null,
        reason text,
        actor_kind text not null,
        organisation_id text collate "C",
        member_id text collate "C",
        late boolean not null default false,
        at timestamptz not null
      );
      create index referral_move_referral on referral_move (referral_id, id);
      create table referral_note (
        id text collate "C" primary key,
        referral_id text collate "C" not null references referral (id),
        person_id text collate "C" not null,
        sender_id text collate "C" not null,
        receiver_id text collate "C" not null,
        organisation_id text collate "C" not null references organisation (id),
        member_id text collate "C",
        category text not null,
        text text not null,
        created_at timestamptz not null,
        constraint referral_note_length check (char_length(text) between 1 and 500)
      );
      create index referral_note_referral on referral_note (referral_id, id)`);
    // both parties, for life; and who follows the person's pathway
    await run.query(`
      create function app.sees_referral(sender text, receiver text, person text) returns boolean
        language plpgsql stable parallel safe as $$
      begin
        if app.is_hub() then return true; end if;
        if not app.viewer_reads('referrals') then return false; end if;
        return app.viewer_organisation() in (sender, receiver) or app.may_see(person, 'PATHWAY');
      end $$`);
    await this.walls(run);
    await this.exceptions(run);
  }

  /** What the walls hide and docs/privacy.md gives all the same: one's own rank, and whom to speak to at the sender's. */
  private async exceptions(run: QueryRunner): Promise<void> {
    await ownerReads(run, 'referral');
    await run.query(`
      create function app.sender_contact(asked text) returns table (id text, display_name text, phone text, email text)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        select m.id, m.display_name, m.phone,
          case when s.sensitive and r.receiver_id = app.viewer_organisation() and r.sender_id <> r.receiver_id
            then null else m.email end
        from public.referral r join public.member m on m.id = r.sender_member_id
          join public.organisation s on s.id = r.sender_id
        where r.id = asked and r.sent_at is not null and app.sees_referral(r.sender_id, r.receiver_id, r.person_id)
      $$;
      revoke execute on function app.sender_contact(text) from public;
      grant execute on function app.sender_contact(text) to passerelle_hub`);
    await run.query(`
      create function app.waiting_rank(vacancy text, since timestamptz, referral text) returns integer
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        select 1 + count(*)::integer from public.referral r
        where r.vacancy_id = vacancy and r.state = 'WAITLISTED' and (r.waitlisted_at, r.id) < (since, referral)
      $$;
      revoke execute on function app.waiting_rank(text, timestamptz, text) from public;
      grant execute on function app.waiting_rank(text, timestamptz, text) to passerelle_hub`);
  }

  private async walls(run: QueryRunner): Promise<void> {
    const party = `app.sees_referral(sender_id, receiver_id, person_id)`;
    const sent = `(sent_at is not null or sender_id = app.viewer_organisation() or app.is_hub())`;
    for (const table of ['referral', 'referral_move', 'referral_note']) await wall(run, table);
    await policy(run, 'referral', 'select', `${party} and ${sent}`);
    // sent by who follows the person, to whose offer it is
    await policy(
      run,
      'referral',
      'insert',
      `app.is_hub() or (sender_id = app.viewer_organisation() and app.may_change(person_id, 'CORE')
        and exists (select from offer where offer.id = offer_id and offer.organisation_id = receiver_id))`,
    );
    await policy(run, 'referral', 'update', party);
    await policy(run, 'referral_move', 'select', party);
    await policy(run, 'referral_note', 'select', `app.is_hub() or (${noteOpen})`);
    for (const table of ['referral_move', 'referral_note'])
      await policy(run, table, 'insert', `app.is_hub() or (${ownLine(table)})`);
    await grant(run, 'referral', 'select, insert');
    await mayChange(run, 'referral', whatMoves);
    await grant(run, 'referral_move', 'select, insert');
    await grant(run, 'referral_note', 'select, insert');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(
      `drop function app.waiting_rank(text, timestamptz, text), app.sender_contact(text); drop table referral_note, referral_move, referral;
        drop function app.sees_referral(text, text, text)`,
    );
  }
}
