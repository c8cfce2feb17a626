/**
 * What the mutations move: people not yet sent to a vacancy, and referrals that wait for an answer, made afresh for each
 * server and each turn, so that all find the same work and none finds what another has done.
 */
const places = 10;
const wanting = 2 * places;
const lines = 50;

let turns = 0;

/** The asks of a mutation, so many of them, that nobody has asked yet. */
export async function drawWrites(admin, cast, operation, count) {
  const turn = ++turns;
  if (operation === 'M1') return pairs(admin, cast.followers[0], turn, count);
  const [sender, receiver] = [cast.followers[0], cast.providers[0]];
  const many = operation === 'M3';
  const vacancies = many ? 10 : Math.ceil(count / wanting);
  const each = many ? Math.ceil((count * lines) / vacancies) : wanting;
  const referrals = await open(admin, {
    sender,
    receiver,
    turn,
    vacancies,
    each,
    places: many ? each : places,
  });
  if (!many)
    return referrals
      .slice(0, count)
      .map((referral) => ({ by: receiver, variables: { input: { referral } } }));
  const spread = Array.from({ length: vacancies * each }, (_, at) => referrals[(at % vacancies) * each + Math.floor(at / vacancies)]); // prettier-ignore
  return Array.from({ length: count }, (_, at) => ({
    by: receiver,
    variables: {
      input: {
        lines: spread.slice(at * lines, (at + 1) * lines).map((referral) => ({ referral, move: 'ACCEPT' })),
      },
    },
  }));
}

/** Of each vacancy of the last contest as many are accepted as it has places, whoever was there first. */
export async function refuseOverbooked(admin) {
  const { rows } = await admin.query(
    `select vacancy.id, vacancy.places, vacancy.held, accepted, asked from vacancy join (
       select vacancy_id, count(*) filter (where state = 'ACCEPTED')::int as accepted, count(*)::int as asked from referral
       where vacancy_id like 'vac_02' || lpad($1::text, 19, '0') || '%' group by 1) met on met.vacancy_id = vacancy.id
     where held <> accepted or held > places`,
    [turns],
  );
  if (rows.length) throw new Error(`places and acceptances differ: ${JSON.stringify(rows[0])}`);
}

/** People the sender follows, each with an open vacancy of an offer it was never sent to. */
async function pairs(admin, by, turn, count) {
  const { rows } = await admin.query(
    `with person_at as (select person_id, row_number() over (order by person_id) as n from (
        select distinct person_id from person_access where organisation_id = $1 and category = 'CORE' and valid_until is null
          and reason in ('REGISTRAR', 'REFERENT')) followed),
      vacancy_at as materialized (select vacancy.id, vacancy.offer_id, row_number() over (order by vacancy.id) - 1 as n
        from vacancy join offer on offer.id = vacancy.offer_id where vacancy.state = 'OPEN' and offer.state = 'PUBLISHED')
     select person_at.person_id as person, vacancy_at.id as vacancy
     from person_at join vacancy_at on vacancy_at.n = (person_at.n * 31 + $2 * 7919) % (select count(*) from vacancy_at)
     where not exists (select from referral where referral.person_id = person_at.person_id and referral.offer_id = vacancy_at.offer_id)
     order by person_at.n limit $3`,
    [by.organisation, turn, count],
  );
  if (rows.length < count)
    throw new Error(`${rows.length} people to refer, ${count} wanted: take a larger share`);
  return rows.map(({ person, vacancy }) => ({
    by,
    variables: {
      input: {
        person,
        vacancy,
        send: true,
        personAgreement: { given: true, how: 'PHONE', on: '2026-11-23' },
      },
    },
  }));
}

/** New vacancies of the receiver, each with so many referrals just sent to it; their ids, vacancy by vacancy. */
async function open(admin, { sender, receiver, turn, vacancies, each, places: free }) {
  const client = await admin.connect();
  try {
    await client.query(`begin; set local session_replication_role = replica`);
    await client.query(
      `insert into vacancy (id, offer_id, organisation_id, title, state, places, starts_on, commune_code, opened_at, created_at, updated_at)
       select 'vac_02' || lpad(($2::int * 100000 + n)::text, 24, '0'), offer.id, $1, 'Contest', 'OPEN', $4, '2027-01-04', offer.commune_code, now.at, now.at, now.at
       from (select id, commune_code from offer where organisation_id = $1 and state = 'PUBLISHED' order by id limit 1) offer,
         (select timestamptz '2026-11-23 09:00+01' as at) now, generate_series(1, $3::int) n`,
      [receiver.organisation, turn, vacancies, free],
    );
    const { rows } = await client.query(
      `insert into referral (id, person_id, offer_id, vacancy_id, sender_id, sender_member_id, receiver_id, follower_id, state, origin,
         disclose, agreement_on, agreement_how, answer_due_at, answered_late, due_at, sent_at, created_at, updated_at)
       select 'ref_02' || lpad(($3::int * 1000000 + row_number() over (order by vacancy.id, person.n))::text, 24, '0'), person.id, vacancy.offer_id,
         vacancy.id, $1, $4, $2, $1, 'SENT', 'REFERRAL', 'AT_ACKNOWLEDGEMENT', '2026-11-23', 'PHONE', vacancy.created_at + interval '14 days',
         false, vacancy.created_at + interval '14 days', vacancy.created_at, vacancy.created_at, vacancy.created_at
       from vacancy join (select person_id as id, row_number() over (order by person_id) as n from (
           select distinct person_id from person_access where organisation_id = $1 and category = 'CORE' and valid_until is null
             and reason in ('REGISTRAR', 'REFERENT')) followed limit $5) person on true
       where vacancy.id like 'vac_02' || lpad($3::text, 19, '0') || '%' order by vacancy.id, person.n returning id`,
      [sender.organisation, receiver.organisation, turn, sender.member, each],
    );
    await client.query(
      `insert into person_access (person_id, organisation_id, category, reason, source_id, member_id, territory, valid_from)
       select referral.person_id, party.organisation, party.category, 'REFERRAL', referral.id, party.member, person.epci_code, sent_at
       from referral join person on person.id = referral.person_id, lateral (values (receiver_id, 'CORE', null), (sender_id, 'CORE', sender_member_id),
         (sender_id, 'IDENTITY', sender_member_id), (sender_id, 'CONTACT', sender_member_id)) party (organisation, category, member)
       where referral.id = any($1)`,
      [rows.map(({ id }) => id)],
    );
    await client.query('commit');
    if (rows.length < vacancies * each) throw new Error(`${each} people to refer at once, fewer are followed: take a larger share`);
    return rows.map(({ id }) => id);
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
} // prettier-ignore
