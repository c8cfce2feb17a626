-- What the peers of bench/speed call where a GraphQL server over a database has nothing of its own: the same searches,
-- the same line in the access log, and M1 to M3 with the same locks, checks and rows as the hub's own actions, each as
-- one function. Made in the copy a run works on, run as the hub's role under the hub's policies.
create schema bench;
grant usage on schema bench to passerelle_hub;
create sequence bench.number;
grant usage on sequence bench.number to passerelle_hub;

create function bench.id(prefix text) returns text language sql volatile as
  $$ select prefix || '_07' || lpad(nextval('bench.number')::text, 24, '0') $$;

-- the end of the nth working day from now, in Paris; no public holiday is near the day of the bench
create function bench.working_days(days integer) returns timestamptz language sql stable as $$
  select (day + 1)::timestamp at time zone 'Europe/Paris' from (select (app.clock() at time zone 'Europe/Paris')::date + n as day
    from generate_series(1, days * 2 + 4) n) ahead where extract(isodow from day) < 6 order by day limit 1 offset days - 1 $$;

create function bench.as_scope(scope text) returns void language plpgsql as
  $$ begin perform set_config('app.scope', scope, true); end $$;

-- Lists are one SELECT each, so that PostgreSQL sees through them, and end at the largest page and one: told how few rows
-- follow, it looks up what belongs to them instead of joining whole tables.

-- open vacancies within so many kilometres of a commune
create function bench.vacancies_near(commune text, km double precision) returns setof vacancy language sql stable as $$
  select vacancy.* from commune centre join vacancy on
    vacancy.latitude between centre.latitude - km / 111.1 and centre.latitude + km / 111.1
    and vacancy.longitude between centre.longitude - km / 111.1 / cos(radians(centre.latitude))
      and centre.longitude + km / 111.1 / cos(radians(centre.latitude))
    and app.metres(centre.latitude, centre.longitude, vacancy.latitude, vacancy.longitude) <= km * 1000
  where centre.code = commune and vacancy.state = 'OPEN'
    and (vacancy.opened_at is not null or vacancy.organisation_id = app.viewer_organisation())
  order by app.metres(centre.latitude, centre.longitude, vacancy.latitude, vacancy.longitude), vacancy.id limit 101 $$;

create function bench.kilometres(place vacancy, commune text) returns double precision language sql stable as $$
  select (round(app.metres(centre.latitude, centre.longitude, place.latitude, place.longitude)::numeric / 100) / 10)::float8
  from commune centre where centre.code = commune $$;

create function bench.offers_found(words text[], kinds text[], places integer) returns setof offer language sql stable as $$
  select offer.* from offer
  where app.fold(words[1]) <<% offer.folded and (words[2] is null or app.fold(words[2]) <<% offer.folded)
    and (kinds is null or offer.kind = any(kinds)) and offer.state in ('PUBLISHED', 'SUSPENDED')
    and (offer.published_at is not null or offer.organisation_id = app.viewer_organisation())
    and (offers_found.places is null or exists (select from vacancy where vacancy.offer_id = offer.id and vacancy.state = 'OPEN' and vacancy.free >= offers_found.places))
  order by coalesce(offer.confirmed_at, offer.created_at) desc, offer.id desc $$;

create function bench.inbox() returns setof referral language sql stable as $$
  select * from referral where receiver_id = app.viewer_organisation() and state in ('SENT', 'ACKNOWLEDGED')
    and sent_at is not null
  order by coalesce(due_at, 'infinity'), id limit 101 $$;

-- whose name an answer shows, as the hub notes it: one line a person
create function bench.note(people text[], member text, operation text) returns void language sql volatile as $$
  insert into access_log (id, at, person_id, organisation_id, member_id, categories, reasons, outside, operation, request_id)
  select bench.id('log'), app.clock(), person, app.viewer_organisation(), member, '{IDENTITY}',
    coalesce((select array_agg(distinct reach.reason order by reach.reason) from person_access reach
      where reach.person_id = person and reach.category = 'IDENTITY' and reach.organisation_id = app.viewer_organisation()
        and reach.valid_from <= app.clock() and (reach.valid_until is null or reach.valid_until > app.clock())), '{}'),
    not exists (select from person_access reach where reach.person_id = person and reach.organisation_id = app.viewer_organisation()
        and reach.valid_from <= app.clock() and (reach.valid_until is null or reach.valid_until > app.clock()) and reach.member_id = member),
    operation, gen_random_uuid()::text
  from unnest(people) person $$;

create type bench.outcome as (id text, state text, version integer, deadline timestamptz, code text);

-- the line of the journal, for the parties and whoever follows the pathway
create function bench.tell(happened text, moved referral, member text, from_state text) returns void language plpgsql volatile as $$
declare
  asker text := current_setting('app.scope');
  organisation text := app.viewer_organisation();
  audience text[];
begin
  perform bench.as_scope('HUB');
  audience := array(select distinct heard from unnest(array[moved.sender_id, moved.receiver_id] || array(
    select organisation_id from person_access where person_id = moved.person_id and category = 'PATHWAY'
      and valid_from <= app.clock() and (valid_until is null or valid_until > app.clock()))) heard);
  perform bench.as_scope(asker);
  with line as (
    insert into event (id, type, subject_type, subject_id, subject_version, person_id, organisation_id, actor_kind, actor_id, audience, facts, occurred_at)
    values (bench.id('evt'), 'referral.' || happened, 'Referral', moved.id, moved.version, moved.person_id, organisation, 'MEMBER', member, audience,
      jsonb_build_object('from', from_state, 'to', moved.state, 'state', moved.state, 'offer', moved.offer_id, 'vacancy', moved.vacancy_id), app.clock())
    returning id, tx, pos)
  insert into event_audience (organisation_id, tx, pos, event_id) select heard, line.tx, line.pos, line.id from line, unnest(audience) heard;
end $$;

create function bench.open_to(moved referral, organisation text, member text, categories text[]) returns void language plpgsql volatile as $$
declare asker text := current_setting('app.scope');
begin
  perform bench.as_scope('HUB');
  insert into person_access (person_id, organisation_id, category, reason, source_id, member_id, territory, valid_from)
    select person.id, organisation, category, 'REFERRAL', moved.id, member, person.epci_code, app.clock()
    from person, unnest(categories) category where person.id = moved.person_id and person.erased_at is null
    on conflict (person_id, organisation_id, category, reason, source_id) where valid_until is null do update set member_id = excluded.member_id;
  perform bench.as_scope(asker);
end $$;

-- whether another record of the same person stands there: only the hub can tell
create function bench.stands_twice(person text, place text, states text[]) returns boolean language plpgsql volatile as $$
declare
  asker text := current_setting('app.scope');
  twice boolean;
begin
  perform bench.as_scope('HUB');
  twice := exists (select from person_count mine join person_count other on other.same_as = mine.same_as
      join referral on referral.person_id = other.person_id
    where mine.person_id = person and other.person_id <> person and referral.vacancy_id = place and referral.state = any(states));
  perform bench.as_scope(asker);
  return twice;
end $$;

-- M1: line, following, offer, vacancy, wait after a refusal, delays, row, history, rights, journal
create function bench.refer(person text, vacancy text, agreed_on date, agreed_how text, member text) returns bench.outcome
  language plpgsql volatile as $$
declare
  organisation text := app.viewer_organisation();
  place vacancy;
  sent referral;
begin
  perform app.stand_in_line(array[person]);
  if not exists (select from person_access reach where reach.person_id = person and reach.category = 'CORE' and reach.organisation_id = organisation
      and reach.reason in ('REFERENT', 'REGISTRAR', 'PROGRAMME') and reach.valid_from <= app.clock()
      and (reach.valid_until is null or reach.valid_until > app.clock())) then
    return (null, null, null, null, 'NOT_FOUND')::bench.outcome;
  end if;
  perform 1 from offer join organisation host on host.id = offer.organisation_id
    where offer.id = (select v.offer_id from vacancy v where v.id = refer.vacancy) for share;
  select v.* into place from vacancy v where v.id = refer.vacancy for share;
  if place.id is null or place.state not in ('OPEN', 'FILLED')
      or not exists (select from offer where offer.id = place.offer_id and offer.state = 'PUBLISHED') then
    return (null, null, null, null, 'WRONG_STATE')::bench.outcome;
  end if;
  if exists (select from referral r where r.person_id = person and r.offer_id = place.offer_id and r.state = 'DECLINED'
      and r.closed_at > app.clock() - interval '90 days') then
    return (null, null, null, null, 'REFUSED_RECENTLY')::bench.outcome;
  end if;
  if bench.stands_twice(person, place.id, '{SENT,ACKNOWLEDGED,WAITLISTED,ACCEPTED,CANCELLATION_REQUESTED,PLACED}') then
    return (null, null, null, null, 'ALREADY_REFERRED')::bench.outcome;
  end if;
  insert into referral (id, person_id, offer_id, vacancy_id, receiver_id, sender_id, sender_member_id, follower_id, state, origin, disclose,
      agreement_on, agreement_how, clock_from, delays, acknowledge_due_at, answer_due_at, due_at, reminder_due_at, sent_at, created_at, updated_at)
    values (bench.id('ref'), person, place.offer_id, place.id, place.organisation_id, organisation, member, organisation, 'SENT', 'REFERRAL',
      'AT_ACKNOWLEDGEMENT', agreed_on, agreed_how, app.clock(),
      coalesce((select setting.value from setting where setting.name = 'DELAYS' and setting.from_day <= app.clock()::date order by setting.from_day desc limit 1),
        '{"acknowledge": 3, "answer": 10, "waiting": 30, "holdAfterStart": 5, "holdWithoutStart": 20}'),
      bench.working_days(3), bench.working_days(10), bench.working_days(10), bench.working_days(5), app.clock(), app.clock(), app.clock())
    returning * into sent;
  insert into referral_move (id, referral_id, person_id, sender_id, receiver_id, move, from_state, to_state, actor_kind, organisation_id, member_id, at)
    values (bench.id('mov'), sent.id, person, organisation, sent.receiver_id, 'send', 'DRAFT', 'SENT', 'MEMBER', organisation, member, app.clock());
  perform bench.open_to(sent, organisation, member, '{CORE,IDENTITY,CONTACT}');
  perform bench.open_to(sent, sent.receiver_id, null, '{CORE}');
  perform bench.tell('sent', sent, member, 'DRAFT');
  return (sent.id, sent.state, sent.version, sent.due_at, null)::bench.outcome;
end $$;

-- M2: line, vacancy, referral, a guarded place, row, history, rights, journal
create function bench.accept(referral text, member text) returns bench.outcome language plpgsql volatile as $$
declare
  known referral;
  held vacancy;
begin
  select r.* into known from referral r where r.id = accept.referral;
  if known.id is null then return (accept.referral, null, null, null, 'NOT_FOUND')::bench.outcome; end if;
  perform app.stand_in_line(array[known.person_id]);
  perform 1 from vacancy where vacancy.id = known.vacancy_id for update;
  select r.* into known from referral r where r.id = accept.referral for update;
  if known.receiver_id <> app.viewer_organisation() then return (known.id, known.state, known.version, known.due_at, 'NOT_ALLOWED')::bench.outcome; end if;
  if known.state not in ('SENT', 'ACKNOWLEDGED', 'WAITLISTED') then
    return (known.id, known.state, known.version, known.due_at, 'WRONG_STATE')::bench.outcome;
  end if;
  if bench.stands_twice(known.person_id, known.vacancy_id, '{ACCEPTED,CANCELLATION_REQUESTED,PLACED}') then
    return (known.id, known.state, known.version, known.due_at, 'ALREADY_REFERRED')::bench.outcome;
  end if;
  update vacancy set held = vacancy.held + 1, state = case when places = vacancy.held + taken + 1 then 'FILLED' else 'OPEN' end,
      version = version + 1, updated_at = app.clock()
    where id = known.vacancy_id and places is not null and state = 'OPEN' and vacancy.held + taken < places returning * into held;
  if held.id is null then return (known.id, known.state, known.version, known.due_at, 'NO_PLACE_LEFT')::bench.outcome; end if;
  with line as (
    insert into event (id, type, subject_type, subject_id, subject_version, organisation_id, actor_kind, actor_id, audience, facts, occurred_at)
    values (bench.id('evt'), 'vacancy.places_changed', 'Vacancy', held.id, held.version, held.organisation_id, 'MEMBER', member, '{*}',
      jsonb_build_object('state', held.state, 'places', held.places, 'held', held.held, 'taken', held.taken, 'free', held.free), app.clock())
    returning id, tx, pos)
  insert into event_audience (organisation_id, tx, pos, event_id) select '*', line.tx, line.pos, line.id from line;
  update referral r set state = 'ACCEPTED', acknowledged_at = coalesce(r.acknowledged_at, app.clock()), acknowledged_by = coalesce(r.acknowledged_by, member),
      holds_place = true, last_open_state = r.state, accepted_at = app.clock(), held_from = app.clock(), answered_at = app.clock(),
      due_at = coalesce(held.starts_on::timestamptz + interval '7 days', app.clock() + interval '28 days'), stopped_until = null, reminders = 0,
      reminder_due_at = null, updated_at = app.clock(), version = r.version + 1
    where r.id = known.id returning * into known;
  insert into referral_move (id, referral_id, person_id, sender_id, receiver_id, move, from_state, to_state, actor_kind, organisation_id, member_id, at)
    values (bench.id('mov'), known.id, known.person_id, known.sender_id, known.receiver_id, 'accept', known.last_open_state, 'ACCEPTED', 'MEMBER',
      known.receiver_id, member, app.clock());
  perform bench.open_to(known, known.receiver_id, member, '{CORE,IDENTITY,CONTACT}');
  perform bench.tell('accepted', known, member, known.last_open_state);
  return (known.id, known.state, known.version, known.due_at, null)::bench.outcome;
end $$;

-- M3: each line by itself, in the order in which nobody waits in a circle, answered in the order given
create function bench.answer(referrals text[], member text) returns setof bench.outcome language plpgsql volatile as $$
declare
  each record;
  done bench.outcome[] := array_fill(null::bench.outcome, array[cardinality(referrals)]);
begin
  perform app.stand_in_line(array(select distinct r.person_id from referral r where r.id = any(referrals) order by 1));
  perform 1 from vacancy where id in (select r.vacancy_id from referral r where r.id = any(referrals)) order by id for update;
  for each in select id, at from unnest(referrals) with ordinality given (id, at) order by id loop
    done[each.at] := bench.accept(each.id, member);
  end loop;
  return query select * from unnest(done);
end $$;

grant execute on all functions in schema bench to passerelle_hub;

-- what PostGraphile finds beside a row, in the schema of its table: it takes the first word of a name for the table
create function vacancy_kilometres(vacancy vacancy, commune text) returns double precision language sql stable as
  $$ select bench.kilometres(vacancy, commune) $$;
create function referral_placed(referral referral) returns placement language sql stable as
  $$ select placement.* from placement where placement.referral_id = referral.id and placement.state <> 'UNDONE' $$;
create function organisation_recruitments(organisation organisation) returns setof vacancy language sql stable as $$
  select vacancy.* from vacancy where vacancy.organisation_id = organisation.id
    and (vacancy.state in ('OPEN', 'FILLED') or vacancy.organisation_id = app.viewer_organisation())
  order by vacancy.id limit 101 $$;
create function bench.partners_of(epci text) returns setof organisation language sql stable as $$
  select organisation.* from organisation join commune on commune.code = organisation.commune_code where commune.epci_code = epci
  order by organisation.name, organisation.id limit 101 $$;
grant execute on function bench.partners_of(text) to passerelle_hub;
