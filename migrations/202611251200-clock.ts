import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, grant, mayChange, policy, sees, wall } from './kit.ts';

/** The clock of a referral: since when it runs, under which delays, and what has stopped it. */
export class Clock202611251200 implements MigrationInterface {
  name = 'Clock1764072000000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table referral add column clock_from timestamptz, add column delays jsonb,
        add column stopped_until timestamptz;
      update referral set clock_from = sent_at, delays = '{"acknowledge": 3, "answer": 10}' where sent_at is not null;
      create table clock_stop (
        id text collate "C" primary key,
        referral_id text collate "C" not null references referral (id),
        person_id text collate "C" not null references person (id),
        sender_id text collate "C" not null,
        receiver_id text collate "C" not null,
        cause text not null,
        source_id text collate "C" not null,
        since timestamptz not null,
        until timestamptz not null,
        constraint clock_stop_in_order check (since <= until)
      );
      create index clock_stop_referral on clock_stop (referral_id, since);
      create index clock_stop_person on clock_stop (person_id);
      create index clock_stop_source on clock_stop (source_id)`);
    await mayChange(run, 'referral', 'clock_from, delays, stopped_until');
    await wall(run, 'clock_stop');
    await policy(
      run,
      'clock_stop',
      'select',
      `${asked.hub} or (${asked.readsReferrals} and (sender_id = ${asked.organisation}
        or receiver_id = ${asked.organisation} or ${sees('clock_stop.person_id', 'PATHWAY')}))`,
    );
    for (const command of ['insert', 'update'] as const)
      await policy(
        run,
        'clock_stop',
        command,
        `app.is_hub() or exists (select from referral r where r.id = clock_stop.referral_id
          and r.person_id = clock_stop.person_id and r.sender_id = clock_stop.sender_id
          and r.receiver_id = clock_stop.receiver_id)`,
      );
    await grant(run, 'clock_stop', 'select, insert');
    await mayChange(run, 'clock_stop', 'until');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table clock_stop;
      alter table referral drop column clock_from, drop column delays, drop column stopped_until`);
  }
}
