import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, ownerReads, policy, wall } from './kit.ts';

/** What `app.erase_person` reaches and the owner, bound by the walls too, could not yet. */
const reached = ['person', 'person_contact', 'person_profile', 'person_handle', 'person_number', 'rectification', 'person_situation', 'need', 'referral_note', 'referral_verdict', 'episode', 'placement', 'erasure']; // prettier-ignore

/** A person's record made anonymous for good, and the tombstone that says so to a restored backup. */
export class Erasure202611251051 implements MigrationInterface {
  name = 'Erasure1764067860000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table person add erased_at timestamptz;
      create table erasure (
        person_id text collate "C" primary key references person (id),
        reason text not null,
        organisation_id text collate "C" references organisation (id),
        told text[] not null,
        at timestamptz not null
      );
      create index erasure_at on erasure (at, person_id)`);
    await wall(run, 'erasure');
    // whoever received the person is told, to erase its own copy; nobody else learns that there was one
    await policy(run, 'erasure', 'select', `app.is_hub() or app.viewer_organisation() = any (told)`);
    await policy(run, 'erasure', 'insert', `app.is_hub()`);
    await grant(run, 'erasure', 'select, insert');
    for (const table of reached) await ownerReads(run, table);
    await this.erasing(run);
  }

  /**
   * The hub's role may delete nothing personal: this is the one way, for one person, and only once its tombstone stands.
   * Answers how many rows of each table it emptied, so that the caller can tell a miss from a success.
   */
  private async erasing(run: QueryRunner): Promise<void> {
    await run.query(`
      create function app.erase_person(erased text, new_reference text) returns jsonb language plpgsql volatile
        security definer set search_path = pg_catalog, public, pg_temp as $$
      declare
        emptied text;
        touched bigint;
        counts jsonb := '{}';
      begin
        if not app.is_hub() or not exists (select from public.erasure where person_id = erased) then
          raise exception 'a person is erased by the hub, once the tombstone stands';
        end if;
        foreach emptied in array array['person_identity', 'person_contact', 'person_profile', 'person_handle',
            'person_number', 'rectification', 'referral_note', 'referral_verdict'] loop
          execute format('delete from public.%I where person_id = $1', emptied) using erased;
          get diagnostics touched = row_count;
          counts := counts || jsonb_build_object(emptied, touched);
        end loop;
        -- publics the law closes say too much of somebody; the others are figures of the programme
        delete from public.person_situation where person_id = erased
          and (sensitive or category in ('HEALTH', 'JUSTICE', 'IDENTITY'));
        update public.need set detail = null, thematique = null where person_id = erased;
        update public.referral set external_reference = null where person_id = erased;
        update public.episode set kind = 'OTHER' where kind in ('SICK_LEAVE', 'FAMILY_LEAVE')
          and placement_id in (select id from public.placement where person_id = erased);
        -- in classes of five years the band of age is kept, and no year of birth
        update public.person set reference = new_reference, birth_year = birth_year / 5 * 5 + 2, commune_code = null,
            erased_at = app.clock(), updated_at = app.clock(), version = version + 1
          where id = erased and erased_at is null;
        get diagnostics touched = row_count;
        return counts || jsonb_build_object('person', touched);
      end $$;
      revoke execute on function app.erase_person(text, text) from public;
      grant execute on function app.erase_person(text, text) to passerelle_hub`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop function app.erase_person(text, text); drop table erasure;
      alter table person drop column erased_at`);
    for (const table of reached.filter((each) => each !== 'erasure'))
      await run.query(`drop policy ${table}_owner on ${table}`);
  }
}
