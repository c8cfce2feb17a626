import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, grant, mayChange, policy, sees, wall } from './kit.ts';

const own = (column: string) => `${column} = ${asked.organisation}`;

/** First meetings of referrals, of one person or several: the meeting names nobody, who is invited hangs on the referral. */
export class Meetings202611251210 implements MigrationInterface {
  name = 'Meetings1764072600000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table meeting (
        id text collate "C" primary key,
        organisation_id text collate "C" not null references organisation (id),
        offer_id text collate "C" not null references offer (id),
        vacancy_id text collate "C" references vacancy (id),
        site_id text collate "C" references site (id),
        member_id text collate "C" references member (id),
        kind text not null,
        way text not null,
        at timestamptz not null,
        minutes integer not null,
        seats integer,
        seats_taken integer not null default 0,
        state text not null,
        reason text,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint meeting_seats_respected check (seats_taken <= seats),
        constraint meeting_seats_counted check (seats_taken >= 0 and seats > 0),
        constraint meeting_of_one check (kind <> 'INDIVIDUAL' or seats = 1),
        constraint meeting_minutes check (minutes between 5 and 480),
        constraint meeting_place check ((way = 'ON_SITE') = (site_id is not null)),
        constraint meeting_holder unique (id, organisation_id)
      );
      create index meeting_organisation on meeting (organisation_id, at, id);
      create index meeting_to_record on meeting (organisation_id, at, id) where state = 'PLANNED';
      create index meeting_member on meeting (member_id, at, id);
      create index meeting_offer on meeting (offer_id, at, id);
      create index meeting_vacancy on meeting (vacancy_id, at, id);
      create index meeting_time on meeting (at, id);
      create table meeting_attendance (
        id text collate "C" primary key,
        meeting_id text collate "C" not null,
        referral_id text collate "C" not null references referral (id),
        person_id text collate "C" not null references person (id),
        sender_id text collate "C" not null references organisation (id),
        receiver_id text collate "C" not null references organisation (id),
        at timestamptz not null,
        state text not null,
        through_sender boolean not null,
        recorded_at timestamptz,
        member_id text collate "C" references member (id),
        next_id text collate "C" references meeting_attendance (id),
        created_at timestamptz not null,
        -- to a meeting of who receives the referral
        constraint meeting_attendance_holder foreign key (meeting_id, receiver_id) references meeting (id, organisation_id),
        constraint meeting_attendance_recorded check ((state = 'INVITED') = (recorded_at is null))
      );
      create unique index meeting_planned_once on meeting_attendance (referral_id) where state = 'INVITED';
      create index meeting_attendance_meeting on meeting_attendance (meeting_id, id);
      create index meeting_attendance_referral on meeting_attendance (referral_id, id);
      create index meeting_attendance_sender on meeting_attendance (sender_id, meeting_id);
      create index meeting_attendance_person on meeting_attendance (person_id, id);
      create index meeting_attendance_next on meeting_attendance (next_id) where next_id is not null;
      alter table referral
        add met_at timestamptz,
        add met_by text collate "C" references member (id)`);
    await mayChange(run, 'referral', 'met_at, met_by');
    await this.walls(run);
  }

  private async walls(run: QueryRunner): Promise<void> {
    const party = `sender_id = ${asked.organisation} or receiver_id = ${asked.organisation}
      or ${sees('meeting_attendance.person_id', 'PATHWAY')}`;
    for (const table of ['meeting', 'meeting_attendance']) await wall(run, table);
    await policy(
      run,
      'meeting_attendance',
      'select',
      `${asked.hub} or (${asked.readsReferrals} and (${party}))`,
    );
    await policy(
      run,
      'meeting_attendance',
      'insert',
      `${asked.hub} or (${own('receiver_id')} and exists (
        select from referral r where r.id = referral_id and r.person_id = meeting_attendance.person_id
          and r.sender_id = meeting_attendance.sender_id and r.receiver_id = meeting_attendance.receiver_id))`,
    );
    await policy(run, 'meeting_attendance', 'update', `${asked.hub} or ${own('receiver_id')}`);
    await policy(
      run,
      'meeting',
      'select',
      `${asked.hub} or (${asked.readsReferrals} and (${own('organisation_id')}
        or exists (select from meeting_attendance invited where invited.meeting_id = meeting.id offset 0)))`,
    );
    await policy(
      run,
      'meeting',
      'insert',
      `${asked.hub} or (${own('organisation_id')} and exists (
        select from offer where offer.id = offer_id and offer.organisation_id = meeting.organisation_id))`,
    );
    await policy(run, 'meeting', 'update', `${asked.hub} or ${own('organisation_id')}`);
    for (const table of ['meeting', 'meeting_attendance']) await grant(run, table, 'select, insert');
    await mayChange(
      run,
      'meeting',
      'site_id, way, at, minutes, seats_taken, state, reason, version, updated_at',
    );
    await mayChange(run, 'meeting_attendance', 'at, state, recorded_at, member_id, next_id');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(
      `alter table referral drop met_at, drop met_by; drop table meeting_attendance, meeting cascade`,
    );
  }
}
