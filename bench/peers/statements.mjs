/** One statement by hand for each operation, under the hub's policies, answering the JSON the hub answers. */
const page = (rows, before = '') => `json_build_object(${before}
  'nodes', coalesce((select json_agg(node order by n) from ${rows} where n <= size), '[]'),
  'pageInfo', json_build_object('hasNextPage', exists (select from ${rows} where n > size),
    'endCursor', (select encode(convert_to(n::text, 'UTF8'), 'base64') from ${rows} where n <= size order by n desc limit 1)))`;

const Q1 = `with near as materialized (select vacancy.id, vacancy.title, vacancy.starts_on, vacancy.places, vacancy.free, vacancy.site_id,
      vacancy.organisation_id, vacancy.offer_id, app.metres(centre.latitude, centre.longitude, vacancy.latitude, vacancy.longitude) as metres
    from commune centre join vacancy on
      vacancy.latitude between centre.latitude - $2::float8 / 111.1 and centre.latitude + $2 / 111.1
      and vacancy.longitude between centre.longitude - $2 / 111.1 / cos(radians(centre.latitude)) and centre.longitude + $2 / 111.1 / cos(radians(centre.latitude))
      and app.metres(centre.latitude, centre.longitude, vacancy.latitude, vacancy.longitude) <= $2 * 1000
    where centre.code = $1 and vacancy.state = 'OPEN' and (vacancy.opened_at is not null or vacancy.organisation_id = app.viewer_organisation())
    order by metres, vacancy.id limit 51),
  found as materialized (select 50 as size, near.n, (select row_to_json(node) from (select
      near.id, near.title, near.starts_on as "startsOn", near.places, near.free, (round(near.metres::numeric / 100) / 10)::float8 as "distanceKm",
      (select row_to_json(s) from (select site.id, site.name) s where site.id is not null) as site,
      (select row_to_json(o) from (select organisation.id, organisation.name, organisation.kind) o) as organisation,
      (select row_to_json(f) from (select offer.id, offer.title, offer.kind) f) as offer) node) as node
    from (select near.*, row_number() over (order by metres, id) as n from near) near
      join offer on offer.id = near.offer_id join organisation on organisation.id = near.organisation_id left join site on site.id = near.site_id)
  select json_build_object('vacancies', ${page('found')}) as json`;

const Q2 = `with known as materialized (select person.id, person.reference, identity.last_name, identity.first_name, identity.person_id as shown
    from person left join person_identity identity on identity.person_id = person.id where person.id = $1),
  newest as materialized (select *, row_number() over (order by id desc) as n from referral
    where person_id = $1 order by id desc limit 21),
  found as materialized (select 20 as size, n, (select row_to_json(node) from (select
      newest.id, newest.state, newest.sent_at as "sentAt", newest.due_at as deadline,
      (select row_to_json(f) from (select offer.id, offer.title, offer.kind,
          (select row_to_json(o) from (select organisation.id, organisation.name) o) as organisation
        from offer join organisation on organisation.id = offer.organisation_id where offer.id = newest.offer_id) f) as offer,
      (select row_to_json(v) from (select vacancy.id, vacancy.title, vacancy.starts_on as "startsOn", vacancy.free
        from vacancy where vacancy.id = newest.vacancy_id) v) as vacancy,
      (select row_to_json(p) from (select placement.id, placement.state, placement.started_on as "startedOn",
          placement.contract_ends_on as "contractEndsOn" from placement where placement.referral_id = newest.id and placement.state <> 'UNDONE') p) as placement,
      (select coalesce(json_agg(m), '[]') from (select upper(move) as move, from_state as "fromState", to_state as "toState", at
        from referral_move where referral_move.referral_id = newest.id order by referral_move.id) m) as history) node) as node from newest)
  select json_build_object('person', (select json_build_object('id', known.id, 'reference', known.reference,
      'identity', case when shown is not null then json_build_object('lastName', last_name, 'firstName', first_name) end,
      'referrals', ${page('found')}) from known)) as json,
    bench.note(array(select shown from known where shown is not null), $2, 'person') as noted`;

const Q3 = `with partner as materialized (select organisation.id, organisation.name, organisation.kind, row_number() over (order by organisation.name, organisation.id) as n
    from organisation join commune on commune.code = organisation.commune_code where commune.epci_code = $1 order by organisation.name, organisation.id limit 21),
  found as materialized (select 20 as size, partner.n, (select row_to_json(node) from (select partner.id, partner.name, partner.kind,
      (select json_build_object('nodes', coalesce(json_agg(v.node order by v.id) filter (where v.n <= 10), '[]'),
          'pageInfo', json_build_object('hasNextPage', count(*) > 10)) from (
        select choice.id, choice.n, (select row_to_json(node) from (select choice.id, choice.title, choice.state, choice.starts_on as "startsOn", choice.free,
            (select json_build_object('nodes', coalesce(json_agg(r.node order by r.id desc) filter (where r.n <= 5), '[]'),
                'pageInfo', json_build_object('hasNextPage', count(*) > 5)) from (
              select last.id, row_number() over (order by last.id desc) as n, (select row_to_json(node) from (select
                last.id, last.state, last.sent_at as "sentAt", last.due_at as deadline) node) as node
              from (select id, state, sent_at, due_at from referral where referral.vacancy_id = choice.id order by id desc limit 6) last) r) as referrals) node) as node
        from (select vacancy.*, row_number() over (order by vacancy.id) as n from vacancy
          where vacancy.organisation_id = partner.id and (vacancy.state in ('OPEN', 'FILLED') or vacancy.organisation_id = app.viewer_organisation())
          order by vacancy.id limit 11) choice) v) as vacancies) node) as node from partner)
  select json_build_object('organisations', ${page('found')}) as json`;

const Q4 = `with met as materialized (select offer.id, offer.title, offer.kind, offer.state, offer.confirmed_at, offer.commune_code, offer.organisation_id,
      row_number() over (order by coalesce(offer.confirmed_at, offer.created_at) desc, offer.id desc) as n
    from bench.offers_found($1, $2, $3) offer),
  found as materialized (select 20 as size, n, (select row_to_json(node) from (select met.id, met.title, met.kind, met.state, met.confirmed_at as "confirmedAt",
      (select row_to_json(c) from (select commune.code, commune.name from commune where commune.code = met.commune_code) c) as commune,
      (select row_to_json(o) from (select organisation.id, organisation.name from organisation where organisation.id = met.organisation_id) o) as organisation) node) as node
    from met where n <= 21)
  select json_build_object('offers', ${page('found', `'totalCount', (select count(*) from met),`)}) as json`;

const Q5 = `with first as materialized (select *, row_number() over () as n from (select * from bench.inbox() limit 51) inbox),
  found as materialized (select 50 as size, n, case when n <= 50 then identity.person_id end as shown, (select row_to_json(node) from (select
      first.id, first.state, first.sent_at as "sentAt", first.due_at as deadline,
      case when person.id is not null then json_build_object('id', person.id, 'reference', person.reference, 'identity',
        case when identity.person_id is not null then json_build_object('lastName', identity.last_name, 'firstName', identity.first_name) end) end as person,
      (select row_to_json(f) from (select offer.id, offer.title from offer where offer.id = first.offer_id) f) as offer,
      (select row_to_json(v) from (select vacancy.id, vacancy.starts_on as "startsOn", vacancy.free from vacancy where vacancy.id = first.vacancy_id) v) as vacancy,
      (select row_to_json(o) from (select organisation.id, organisation.name from organisation
        where organisation.id = first.sender_id and (not organisation.sensitive or first.sender_id = first.receiver_id)) o) as sender) node) as node
    from first left join person on person.id = first.person_id left join person_identity identity on identity.person_id = first.person_id)
  select json_build_object('referrals', ${page('found')}) as json,
    bench.note(array(select distinct shown from found where shown is not null), $1, 'referrals') as noted`;

const problem = `case when code is null then '[]' else json_build_array(json_build_object('code', code, 'field', case code when 'NO_PLACE_LEFT' then array['vacancy'] end)) end`;
const referral = (more) =>
  `case when id is not null then json_build_object('id', id, 'state', state, 'version', version${more}) end`;

const M1 = `select json_build_object('referPerson', json_build_object('referral', ${referral(`, 'deadline', deadline`)},
    'userErrors', ${problem})) as json from bench.refer($1, $2, $3, $4, $5)`;
const M2 = `select json_build_object('acceptReferral', json_build_object('referral', ${referral('')}, 'userErrors', ${problem})) as json
  from bench.accept($1, $2)`;
const M3 = `select json_build_object('answerReferrals', json_build_object('lines', json_agg(json_build_object('id', id, 'referral', ${referral('')},
    'userErrors', ${problem})), 'userErrors', '[]'::json)) as json from bench.answer($1, $2)`;

/** Each with the values it takes of the variables and of who asks. */
export const statements = {
  Q1: { text: Q1, of: ({ commune, km }) => [commune, km] },
  Q2: { text: Q2, of: ({ person }, { member }) => [person, member] },
  Q3: { text: Q3, of: ({ epci }) => [epci] },
  Q4: { text: Q4, of: ({ text, kinds, places }) => [text.split(' '), kinds, places] },
  Q5: { text: Q5, of: (_, { member }) => [member] },
  M1: {
    text: M1,
    of: ({ input: { person, vacancy, personAgreement: { on, how } } }, { member }) => [person, vacancy, on, how, member],
  },
  M2: { text: M2, of: ({ input }, { member }) => [input.referral, member] },
  M3: { text: M3, of: ({ input: { lines } }, { member }) => [lines.map((line) => line.referral), member] },
}; // prettier-ignore
