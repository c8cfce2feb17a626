-- A programme of any size, written in sets as the superuser: the same numbers give the same rows.
-- Sizes are settings of the session: bench.organisations, sites, offers, vacancies, people, referrals.
-- About three referrals in ten come to a placement. Communes must be loaded; nothing else may be.

-- rows written in sets are right by construction: no foreign key is asked
set session_replication_role = replica;
set statement_timeout = 0;

create function pg_temp.size(what text) returns bigint language sql stable as
  $$ select current_setting('bench.' || what)::bigint $$;
-- a TypeID of the right shape; ids sort by number
create function pg_temp.id(prefix text, n bigint) returns text language sql immutable as
  $$ select prefix || '_01' || lpad(n::text, 24, '0') $$;
-- 0 … sides-1, the same for the same number and salt
create function pg_temp.dice(n bigint, salt bigint, sides bigint) returns bigint language sql immutable as
  $$ select (hashint8extended(n, salt) & 9223372036854775807) % sides $$;
-- few are large, most are small
create function pg_temp.skewed(n bigint, salt bigint, sides bigint) returns bigint language sql immutable as
  $$ select floor(sides * power(pg_temp.dice(n, salt, 1000000) / 1000000.0, 2.5))::bigint $$;
create function pg_temp.word(n bigint, salt bigint) returns text language sql immutable as
  $$ select (array['Ba','Le','Mor','Gui','Du','Ker','Va','San','Pe','Ro','Bel','Cha','Tan','Fer','Lou'])[1 + pg_temp.dice(n, salt, 15)]
    || (array['ren','lan','vau','ti','mar','gou','bel','ri','sa','don','ber','chet'])[1 + pg_temp.dice(n, salt + 1, 12)]
    || (array['d','t','nier','lle','ce','gne','x','ry','no','que'])[1 + pg_temp.dice(n, salt + 2, 10)] $$;

create temp table place as
  select row_number() over (order by code) - 1 as at, code, epci_code from commune where departement_code = '44';
create temp table ground as select (select count(*) from place) as communes,
  -- who follows people: one partner in thirty, the council first
  greatest(4, pg_temp.size('organisations') / 30) as followers, timestamptz '2026-11-24 08:00+01' as today;

insert into organisation (id, kind, remit, name, commune_code, created_at, updated_at)
  select pg_temp.id('org', n),
    case when n = 0 then 'COUNCIL' when n < followers then (array['PLIE', 'EMPLOYMENT_SERVICE', 'ASSOCIATION'])[1 + n % 3]
      else (array['INSERTION_ENTERPRISE', 'ASSOCIATION', 'COMPANY', 'INSERTION_ENTERPRISE'])[1 + n % 4] end,
    null, pg_temp.word(n, 1) || ' ' || pg_temp.word(n, 4) || ' ' || n, place.code, today, today
  from ground, generate_series(0, pg_temp.size('organisations') - 1) n
    join place on place.at = pg_temp.dice(n, 7, (select communes from ground));

insert into site (id, organisation_id, name, commune_code, approximate, created_at, updated_at)
  select pg_temp.id('site', n), pg_temp.id('org', n % pg_temp.size('organisations')), 'Site ' || n, place.code, true, today, today
  from ground, generate_series(0, pg_temp.size('sites') - 1) n
    join place on place.at = pg_temp.dice(n, 8, (select communes from ground));

-- three members each: one sees all, one its portfolio, one its territory
insert into member (id, organisation_id, email, display_name, roles, people, territory, state, created_at, updated_at)
  select pg_temp.id('mem', n * 10 + m), pg_temp.id('org', n), 'm' || m || '@org' || n || '.example', pg_temp.word(n * 10 + m, 11), '{MANAGER}',
    (array['ALL', 'PORTFOLIO', 'TERRITORY'])[1 + m], case when m = 2 then array[(select min(epci_code) from place)] else '{}' end, 'ACTIVE', today, today
  from ground, generate_series(0, pg_temp.size('organisations') - 1) n, generate_series(0, 2) m;

insert into offer (id, organisation_id, kind, title, state, exclusive, domains, rome_codes, commune_code, published_at, confirmed_at, created_at, updated_at)
  select pg_temp.id('off', n),
    pg_temp.id('org', followers + pg_temp.skewed(n, 12, pg_temp.size('organisations') - followers)),
    (array['INSERTION_ENTERPRISE_JOB', 'QUALIFYING_TRAINING', 'LITERACY', 'INSERTION_WORKSITE'])[1 + n % 4], pg_temp.word(n, 13) || ' ' || pg_temp.word(n, 16),
    case when n % 50 = 0 then 'DRAFT' else 'PUBLISHED' end, n % 4 in (0, 3), '{}', array['A1203'], place.code, today - n % 300 * interval '1 day',
    today - n % 90 * interval '1 day', today - n % 400 * interval '1 day', today - n % 90 * interval '1 day'
  from ground, generate_series(0, pg_temp.size('offers') - 1) n
    join place on place.at = pg_temp.dice(n, 19, (select communes from ground));

-- four of five are at a site of whoever offers them
insert into vacancy (id, offer_id, organisation_id, site_id, title, state, places, taken, starts_on, commune_code, latitude, longitude, rome_code, opened_at, created_at, updated_at)
  select pg_temp.id('vac', n), offer.id, offer.organisation_id, case when n % 5 <> 0 then own.site end, offer.title,
    (array['OPEN', 'OPEN', 'CLOSED', 'FILLED'])[1 + pg_temp.dice(n, 43, 4)], 10, case when pg_temp.dice(n, 43, 4) = 3 then 10 else n % 10 end,
    (today + (n % 200 - 100) * interval '1 day')::date, offer.commune_code, commune.latitude + (pg_temp.dice(n, 44, 1000) - 500) / 50000.0,
    commune.longitude + (pg_temp.dice(n, 45, 1000) - 500) / 50000.0, 'A1203', today - n % 300 * interval '1 day',
    today - n % 300 * interval '1 day', today - n % 90 * interval '1 day'
  from ground, generate_series(0, pg_temp.size('vacancies') - 1) n
    join offer on offer.id = pg_temp.id('off', n % pg_temp.size('offers')) join commune on commune.code = offer.commune_code
    left join (select organisation_id, min(id) as site from site group by 1) own on own.organisation_id = offer.organisation_id;

-- who registered, and who is the referent since: mostly the same
create temp table file as
  select n, pg_temp.id('per', n) as id, place.code, place.epci_code,
    1 + pg_temp.skewed(n, 20, followers - 1) as registrar,
    case when n % 5 = 0 then null when n % 7 = 0 then 1 + pg_temp.dice(n, 21, followers - 1)
      else 1 + pg_temp.skewed(n, 20, followers - 1) end as referent,
    today - (n % 700) * interval '1 day' - n * interval '1 second' as created
  from ground, generate_series(0, pg_temp.size('people') - 1) n
    join place on place.at = pg_temp.dice(n, 22, (select communes from ground));
create index on file (n);
analyze file;

insert into person (id, reference, registered_by, birth_year, epci_code, commune_code, sought_kind, created_at, updated_at)
  select id, 'B' || lpad(n::text, 7, '0'), pg_temp.id('org', registrar), 1960 + pg_temp.dice(n, 23, 48)::int, epci_code, code,
    (array['INSERTION_ENTERPRISE_JOB', 'QUALIFYING_TRAINING', 'LITERACY', 'INSERTION_WORKSITE'])[1 + pg_temp.dice(n, 24, 4)], created, created + pg_temp.dice(n, 25, 600) * interval '1 hour'
  from file;
insert into person_handle (person_id, organisation_id, external_reference)
  select id, pg_temp.id('org', registrar), 'D-' || n from file where n % 3 = 0;
insert into person_identity (person_id, last_name, first_name, birth_date)
  select id, pg_temp.word(n, 30), pg_temp.word(n, 33), date '1960-01-01' + pg_temp.dice(n, 36, 17000)::int from file;
insert into person_contact (person_id, phone, commune_code) select id, '0240000000', code from file;
insert into person_profile (person_id, wished_rome, french_level) select id, '{A1203}', 'B1' from file;
insert into need (id, person_id, theme, opened_on, closed_on, close_reason, recorded_by, created_at, updated_at)
  select pg_temp.id('need', n * 2 + m), id, (array['MOBILITE', 'LOGEMENT', 'CONTRAINTES_FAMILIALES', 'MAITRISE_LANGUE', 'NUMERIQUE'])[1 + pg_temp.dice(n * 2 + m, 37, 5)],
    created::date, case when m = 1 then created::date + 30 end, case when m = 1 then 'MET' end, pg_temp.id('org', registrar), created, created
  from file, generate_series(0, 1) m;
insert into referent (id, person_id, organisation_id, member_id, legal_basis, since)
  select pg_temp.id('rft', n), id, pg_temp.id('org', referent), pg_temp.id('mem', referent * 10 + pg_temp.dice(n, 38, 3)), 'PUBLIC_INTEREST', created::date
  from file where referent is not null;

-- following a person opens the whole record, as the living facts do
insert into person_access (person_id, organisation_id, category, reason, source_id, member_id, territory, legal_basis, valid_from, valid_until)
  select id, pg_temp.id('org', registrar), category, 'REGISTRAR', id, pg_temp.id('mem', registrar * 10 + pg_temp.dice(n, 38, 3)), epci_code, 'PUBLIC_INTEREST',
    created, case when referent <> registrar then created end
  from file, unnest(array['CORE', 'IDENTITY', 'CONTACT', 'NEEDS', 'PROFILE', 'PATHWAY']) category
  union all
  select id, pg_temp.id('org', referent), category, 'REFERENT', pg_temp.id('rft', n), pg_temp.id('mem', referent * 10 + pg_temp.dice(n, 38, 3)), epci_code,
    'PUBLIC_INTEREST', created, null::timestamptz
  from file, unnest(array['CORE', 'IDENTITY', 'CONTACT', 'NEEDS', 'PROFILE', 'PATHWAY', 'ENTITLEMENTS', 'HEALTH', 'JUSTICE']) category where referent is not null
  union all
  select id, pg_temp.id('org', 0), category, 'PROGRAMME', id, null, epci_code, 'PUBLIC_INTEREST', created, null::timestamptz
  from file, unnest(array['CORE', 'IDENTITY', 'CONTACT', 'NEEDS', 'PROFILE', 'PATHWAY', 'ENTITLEMENTS', 'HEALTH', 'JUSTICE']) category;

insert into referral (id, person_id, offer_id, vacancy_id, sender_id, sender_member_id, receiver_id, follower_id, state, origin, disclose,
    agreement_on, agreement_how, reason, answer_due_at, answered_late, answer_minutes, due_at, sent_at, acknowledged_at, acknowledged_by, waitlisted_at, answered_at, accepted_at, placed_at, closed_at, created_at, updated_at)
  select pg_temp.id('ref', told.n), told.person, offer.id, case when told.n % 4 <> 0 then vacancy.id end, told.sender,
    told.sender_member, offer.organisation_id, told.sender, told.state, 'REFERRAL', 'AT_ACKNOWLEDGEMENT',
    case when told.state <> 'DRAFT' then sent::date end, case when told.state <> 'DRAFT' then 'PHONE' end,
    case when told.state = 'DECLINED' then 'NO_POSITION' end, case when told.state <> 'DRAFT' then sent + interval '14 days' end, false,
    case when told.state in ('ACCEPTED', 'PLACED', 'CLOSED', 'DECLINED') then 1440 + pg_temp.dice(told.n, 46, 5760)::int end,
    case when told.state in ('SENT', 'ACKNOWLEDGED', 'WAITLISTED', 'ACCEPTED') then today + (told.n % 60) * interval '1 hour' end,
    case when told.state <> 'DRAFT' then sent end,
    case when told.state not in ('DRAFT', 'SENT') then sent + interval '1 day' end,
    case when told.state not in ('DRAFT', 'SENT') then replace(offer.organisation_id, 'org_', 'mem_') end,
    case when told.state = 'WAITLISTED' then sent + interval '2 days' end,
    case when told.state in ('ACCEPTED', 'PLACED', 'CLOSED', 'DECLINED') then sent + interval '3 days' end,
    case when told.state in ('ACCEPTED', 'PLACED', 'CLOSED') then sent + interval '3 days' end,
    case when told.state in ('PLACED', 'CLOSED') then sent + interval '9 days' end,
    case when told.state in ('CLOSED', 'DECLINED', 'WITHDRAWN', 'EXPIRED', 'CANCELLED', 'LAPSED') then sent + interval '40 days' end,
    sent, sent + interval '3 days'
  from (select told.n, file.id as person, coalesce(file.referent, file.registrar) as org, pg_temp.id('org', coalesce(file.referent, file.registrar)) as sender,
      pg_temp.id('mem', coalesce(file.referent, file.registrar) * 10 + pg_temp.dice(file.n, 38, 3)) as sender_member,
      (array['DRAFT','SENT','ACKNOWLEDGED','WAITLISTED','ACCEPTED','PLACED','PLACED','CLOSED','CLOSED','CLOSED','CLOSED','CLOSED','DECLINED','DECLINED',
        'DECLINED','WITHDRAWN','WITHDRAWN','EXPIRED','EXPIRED','CANCELLED','LAPSED','DECLINED','EXPIRED'])[1 + pg_temp.dice(told.n, 41, 23)] as state,
      ground.today, ground.today - interval '700 days' * (1 - told.n / pg_temp.size('referrals')::numeric)::float as sent
    from ground, generate_series(0, pg_temp.size('referrals') - 1) told (n)
      join file on file.n = pg_temp.dice(told.n, 40, pg_temp.size('people'))) told
    join vacancy on vacancy.id = pg_temp.id('vac', pg_temp.dice(told.n, 42, pg_temp.size('vacancies')))
    join offer on offer.id = vacancy.offer_id
  on conflict do nothing;

insert into referral_move (id, referral_id, person_id, sender_id, receiver_id, move, from_state, to_state, actor_kind, organisation_id, member_id, at)
  select replace(r.id, 'ref_01', 'mov_0' || step), r.id, r.person_id, r.sender_id, r.receiver_id, (array['send', 'acknowledge', 'accept'])[step],
    (array['DRAFT', 'SENT', 'ACKNOWLEDGED'])[step], (array['SENT', 'ACKNOWLEDGED', 'ACCEPTED'])[step], 'MEMBER',
    case when step = 1 then r.sender_id else r.receiver_id end, null, r.sent_at + step * interval '1 day'
  from referral r, generate_series(1, 3) step
  where case step when 1 then r.sent_at when 2 then r.acknowledged_at else r.accepted_at end is not null;
insert into referral_note (id, referral_id, person_id, sender_id, receiver_id, organisation_id, category, text, created_at)
  select replace(r.id, 'ref_', 'note_'), r.id, r.person_id, r.sender_id, r.receiver_id, r.sender_id, 'OTHER', 'Libre le matin', r.sent_at
  from referral r where r.sent_at is not null and hashtextextended(r.id, 50) % 5 = 0;

insert into placement (id, referral_id, person_id, offer_id, vacancy_id, sender_id, receiver_id, state, origin, exclusive, takes_place,
    started_on, ended_on, end_reason, contract_ends_on, created_at, updated_at)
  select replace(id, 'ref_', 'pla_'), id, person_id, offer_id, vacancy_id, sender_id, receiver_id,
    case when state = 'CLOSED' then 'ENDED' when hashtextextended(id, 51) % 10 = 0 then 'SUSPENDED' else 'STARTED' end, origin, false, vacancy_id is not null,
    placed_at::date, case when state = 'CLOSED' then closed_at::date end, case when state = 'CLOSED' then 'END_OF_CONTRACT' end,
    placed_at::date + 180, placed_at, placed_at
  from referral where state in ('PLACED', 'CLOSED');
insert into contract (id, placement_id, kind, from_day, to_day, weekly_hours, created_at)
  select replace(id, 'pla_', 'con_'), id, 'FIXED_TERM_I', started_on, contract_ends_on, 26, created_at from placement;
insert into episode (id, placement_id, kind, from_day, suspends, created_at)
  select replace(id, 'pla_', 'epi_'), id, 'LEAVE', started_on, true, created_at from placement where state = 'SUSPENDED';
insert into worked_hours (placement_id, month, worked, known_from)
  select id, date_trunc('month', started_on)::date, 80, created_at from placement;
insert into outcome (placement_id, kind, ended_on, end_reason, known_from)
  select id, 'JOB', ended_on, end_reason, updated_at from placement where state = 'ENDED';
insert into follow_up (id, placement_id, months, due_on, situation, on_day, recorded_at)
  select replace(id, 'pla_01', 'fup_0' || months), id, months, ended_on + months * 30,
    case when ended_on + months * 30 < today::date then 'SAME_JOB' end, case when ended_on + months * 30 < today::date then ended_on + months * 30 end,
    case when ended_on + months * 30 < today::date then today end
  from ground, placement, unnest(array[1, 3, 6]) months where state = 'ENDED';

-- what a live referral and a placement open to their two parties
insert into person_access (person_id, organisation_id, category, reason, source_id, member_id, territory, valid_from, valid_until)
  select r.person_id, r.receiver_id, category, 'REFERRAL', r.id, r.acknowledged_by, file.epci_code, r.sent_at, null::timestamptz
  from referral r join file on file.id = r.person_id, unnest(array['CORE', 'IDENTITY', 'CONTACT']) category
  where state in ('ACKNOWLEDGED', 'WAITLISTED', 'ACCEPTED') or state = 'SENT' and category = 'CORE'
  union all
  select r.person_id, r.sender_id, category, 'REFERRAL', r.id, r.sender_member_id, file.epci_code, r.sent_at, null::timestamptz
  from referral r join file on file.id = r.person_id, unnest(array['CORE', 'IDENTITY', 'CONTACT']) category
  where state in ('SENT', 'ACKNOWLEDGED', 'WAITLISTED', 'ACCEPTED') and sender_id <> receiver_id
  union all
  select p.person_id, party, category, 'PLACEMENT', p.id, case when party = p.receiver_id then r.acknowledged_by else r.sender_member_id end, file.epci_code,
    p.created_at, p.ended_on + case when party = p.receiver_id then 30 else 215 end
  from placement p join referral r on r.id = p.referral_id join file on file.id = p.person_id,
    unnest(array[p.receiver_id, p.sender_id]) party, unnest(array['CORE', 'IDENTITY', 'CONTACT']) category
  where p.receiver_id <> p.sender_id or party = p.receiver_id;

-- half the referrals taken charge of had a first meeting, some of them not recorded yet
insert into meeting (id, organisation_id, offer_id, vacancy_id, kind, way, at, minutes, seats, seats_taken, state, created_at, updated_at)
  select replace(r.id, 'ref_', 'mtg_'), r.receiver_id, r.offer_id, r.vacancy_id, 'INDIVIDUAL', 'PHONE', r.acknowledged_at + interval '1 day', 30, 1, 1,
    case when hashtextextended(r.id, 61) % 20 = 0 then 'PLANNED' else 'OVER' end, r.acknowledged_at, r.acknowledged_at
  from referral r where r.acknowledged_at is not null and hashtextextended(r.id, 60) % 2 = 0;
insert into meeting_attendance (id, meeting_id, referral_id, person_id, sender_id, receiver_id, at, state, through_sender, recorded_at, created_at)
  select replace(m.id, 'mtg_', 'att_'), m.id, r.id, r.person_id, r.sender_id, r.receiver_id, m.at,
    case m.state when 'PLANNED' then 'INVITED' else 'HELD' end, false, case m.state when 'OVER' then m.at end, m.created_at
  from meeting m join referral r on r.id = replace(m.id, 'mtg_', 'ref_');
insert into iae_pass (id, person_id, number, from_day, to_day, ends_on, checked_by, checked_on, created_at, updated_at)
  select replace(id, 'per_', 'pas_'), id, 'XXXXX' || lpad(n::text, 7, '0'), created::date, created::date + 730, created::date + 730,
    pg_temp.id('org', registrar), created::date, created, created
  from file where n % 3 = 0;
-- nearly everybody who is followed is on a pathway, two of three with an engagement
insert into pathway (id, person_id, began_on, orientation, decided_by, referent_organisation_id, engagement_due_on, created_at, updated_at)
  select replace(id, 'per_', 'path_'), id, created::date, 'SOCIAL', pg_temp.id('org', 1), pg_temp.id('org', referent), created::date + 30, created, created
  from file where referent is not null;
insert into pathway_step (id, pathway_id, person_id, kind, on_day, orientation, referent_organisation_id, organisation_id, at)
  select replace(id, 'path_', 'step_'), id, person_id, 'ORIENTED', began_on, orientation, referent_organisation_id, decided_by, created_at from pathway;
insert into engagement (id, person_id, pathway_id, kind, state, drafted_by, goals, activities, person_signed_on, referent_signed_on, signed_on,
    signed_at, review_on, created_at, updated_at)
  select replace(id, 'path_', 'eng_'), person_id, id, 'ENGAGEMENT', 'SIGNED', referent_organisation_id, '{EMPLOI}', '[]', began_on + 15, began_on + 20, began_on + 20,
    created_at, began_on + 200, created_at, created_at
  from pathway where hashtextextended(id, 70) % 3 <> 0;

-- what the council grants its providers, each of one offer; none where no size is said
insert into agreement (id, kind, state, title, organisation_id, provider_id, from_day, to_day, readers, signed_on, created_at, updated_at)
  select replace(offer.id, 'off_', 'agr_'), 'COUNCIL_GRANT', 'SIGNED', offer.title, pg_temp.id('org', 0), offer.organisation_id,
    today::date - (n % 700)::integer, today::date + (n % 400)::integer, array[pg_temp.id('org', 0), offer.organisation_id], today::date - (n % 700)::integer, today, today
  from ground, generate_series(0, coalesce(nullif(current_setting('bench.agreements', true), ''), '0')::bigint - 1) n
    join offer on offer.id = pg_temp.id('off', n);
insert into agreement_party (agreement_id, organisation_id, role)
  select id, unnest(readers), unnest(array['GRANTOR', 'PROVIDER']) from agreement;
insert into agreement_terms (agreement_id, number, in_force_from, to_day, funded_places, recorded_at)
  select id, 1, from_day, to_day, 4, created_at from agreement;
insert into agreement_cover (agreement_id, number, offer_id)
  select id, 1, replace(id, 'agr_', 'off_') from agreement;

drop table file, place, ground;
reset session_replication_role;
reset statement_timeout;
