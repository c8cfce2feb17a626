import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, grant, mayChange, policy, sees, wall } from './kit.ts';

/** What a provider asks a sender before it answers: coded questions and coded answers, no text. */
export class Information202611251201 implements MigrationInterface {
  name = 'Information1764072060000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table information_request (
        id text collate "C" primary key,
        referral_id text collate "C" not null references referral (id),
        person_id text collate "C" not null references person (id),
        sender_id text collate "C" not null,
        receiver_id text collate "C" not null,
        member_id text collate "C" references member (id),
        questions text[] not null,
        answers jsonb,
        state text not null,
        asked_at timestamptz not null,
        due_at timestamptz not null,
        ended_at timestamptz,
        constraint information_request_ended check ((state = 'OPEN') = (ended_at is null)),
        constraint information_request_given check ((state = 'GIVEN') = (answers is not null))
      );
      create unique index information_request_open on information_request (referral_id) where state = 'OPEN';
      create index information_request_referral on information_request (referral_id, id);
      create index information_request_person on information_request (person_id)`);
    await wall(run, 'information_request');
    await policy(
      run,
      'information_request',
      'select',
      `${asked.hub} or (${asked.readsReferrals} and (sender_id = ${asked.organisation}
        or receiver_id = ${asked.organisation} or ${sees('information_request.person_id', 'PATHWAY')}))`,
    );
    for (const command of ['insert', 'update'] as const)
      await policy(
        run,
        'information_request',
        command,
        `app.is_hub() or exists (select from referral r where r.id = information_request.referral_id
          and r.person_id = information_request.person_id and r.sender_id = information_request.sender_id
          and r.receiver_id = information_request.receiver_id)`,
      );
    await grant(run, 'information_request', 'select, insert');
    await mayChange(run, 'information_request', 'answers, state, ended_at');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table information_request`);
  }
}
