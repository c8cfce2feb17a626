import sql, { raw, type Sql } from 'sql-template-tag';
import type { Reader } from '../db/reader.ts';
import { grouped } from '../graphql/loaders.ts';
import { parisDay } from '../kernel/clock.ts';
import { hasScope, type Viewer } from '../kernel/viewer.ts';
import { reaches } from '../people/access.ts';
import type { VacancyRow } from '../vacancies/vacancy.row.ts';
import { vacancies } from '../vacancies/vacancy.store.ts';
import { type Changed, type Declined, sinceOf, waits } from './decline.rules.ts';
import { changesSince } from './decline.store.ts';
import { live } from './referral.store.ts';

const most = 3;

/** How many of the nearest free vacancies are looked at for three that fit: in most trades the third is among them. */
const lookedAt = 500;

/** What could be the next best of the referral in the row called `asked`, whoever its provider is. */
const fits = (refused: readonly string[]): Sql => sql`vacancy.state = 'OPEN' and vacancy.free >= 1
  and offer.state = 'PUBLISHED' and offer.kind = asked.kind
  and (offer.domains && asked.domains or offer.thematiques && asked.thematiques
    or asked.domains = '{}' and asked.thematiques = '{}')
  and vacancy.id is distinct from asked.vacancy_id
  and not (asked.refused_rome && array_append(offer.rome_codes, vacancy.rome_code))
  and (asked.id || ' ' || offer.id) <> all (${[...refused]})
  and vacancy.id <> all (asked.referred)`;

const metres = sql`app.metres(asked.latitude, asked.longitude, vacancy.latitude, vacancy.longitude)`;
const another = sql`vacancy.organisation_id <> asked.receiver_id`;
/** As the index has it: degrees are no distance, but three that are near by them tell how far the nearest three may be. */
const nearest = sql`(select vacancy.* from vacancy
  where vacancy.state = 'OPEN' and vacancy.free >= 1 and asked.latitude is not null
  order by point(vacancy.longitude, vacancy.latitude) <-> point(asked.longitude, asked.latitude)
  limit ${raw(String(lookedAt))}) vacancy`;
/** No further than the third found: a box an ordinary index serves, wider than the circle in it. */
const within = sql`vacancy.latitude between asked.latitude - bound.degrees and asked.latitude + bound.degrees
  and vacancy.longitude between asked.longitude - bound.degrees / bound.shrink
    and asked.longitude + bound.degrees / bound.shrink and ${metres} <= bound.metres`;

/**
 * Where else the person could go, for who sends: open vacancies with a place left, of the same kind of offer and a
 * domain or theme in common; none of a trade the person refuses, nor of an offer within the wait after its refusal; of
 * another provider first, then the nearest to where the person lives, where that is known. All are looked through only
 * where what fits is so rare that the nearest hold less than three.
 */
export const nextBestFor = grouped<VacancyRow & { referralId: string }, string>(
  async (reader, ids) => {
    const fit = fits(await refusedLately(reader, ids));
    const best = (from: Sql, where: Sql, order: Sql) => sql`(select ${vacancies.columns},
        vacancy.organisation_id = asked.receiver_id as own, ${metres} as far
      from ${from} join offer on offer.id = vacancy.offer_id where ${where} and ${fit} order by ${order} limit ${most})`;
    const vacancy = sql`vacancy`;
    const byDistance = sql`own, far nulls last, vacancy.id`;
    return reader.rows(sql`
      select asked.id as "referralId", found.* from (${askedOf(reader.viewer, ids)}) asked, lateral (
        select count(*) as found, max(metres) as metres, (max(metres) + 1) / 111000.0 as degrees,
          greatest(0.01, cos(radians(asked.latitude))) as shrink
        from (select ${metres} as metres from ${nearest} join offer on offer.id = vacancy.offer_id
          where ${another} and ${fit} limit ${most}) three offset 0
      ) bound, lateral (
        select * from (
          ${best(vacancy, sql`bound.found = ${most} and ${another} and ${within}`, byDistance)}
          union all ${best(vacancy, sql`bound.found < ${most} and asked.latitude is not null`, byDistance)}
          union all ${best(vacancy, sql`asked.latitude is null and ${another}`, sql`vacancy.id`)}
          union all ${best(vacancy, sql`asked.latitude is null and vacancy.organisation_id = asked.receiver_id`, sql`vacancy.id`)}
        ) either order by own, far nulls last, id limit ${most}
      ) found`);
  },
  (row) => row.referralId,
);

function askedOf(viewer: Viewer, ids: readonly string[]): Sql {
  return sql`select referral.id, referral.vacancy_id, referral.receiver_id,
      offer.kind, offer.domains, offer.thematiques, home.latitude, home.longitude,
      coalesce(profile.refused_rome, '{}') as refused_rome,
      array(select referral.vacancy_id from referral where referral.person_id = person.id and referral.vacancy_id is not null
        and ${live}) as referred
    from referral join offer on offer.id = referral.offer_id join person on person.id = referral.person_id
      left join person_contact contact on contact.person_id = person.id and ${mayRead(viewer)}
      left join person_profile profile on profile.person_id = person.id and ${mayReadTrades(viewer)}
      left join commune home on home.code = coalesce(contact.commune_code, person.commune_code)
    where referral.id = any(${[...ids]}) and ${sends(viewer)} offset 0`;
}

/** Of each referral, the offers that declined its person and still wait, of refusals its own follower was given. */
async function refusedLately(reader: Reader, ids: readonly string[]): Promise<string[]> {
  const rows = await reader.rows<Omit<Declined, 'since'> & Changed & { pair: string }>(sql`
    select distinct on (asked.id, referral.offer_id) asked.id || ' ' || referral.offer_id as pair, ${changesSince}
    from referral asked join referral on referral.person_id = asked.person_id and referral.state = 'DECLINED'
      and coalesce(referral.follower_id, referral.sender_id) = coalesce(asked.follower_id, asked.sender_id)
    where asked.id = any(${[...ids]}) order by asked.id, referral.offer_id, referral.closed_at desc`);
  const today = parisDay(reader.now);
  return rows
    .filter(({ reason, on, ...row }) => waits({ reason, on, since: sinceOf(row) }, today))
    .map(({ pair }) => pair);
}

function sends(viewer: Viewer): Sql {
  if (viewer.kind === 'HUB') return sql`true`;
  const follower = sql`coalesce(referral.follower_id, referral.sender_id) = ${viewer.organisation}`;
  return hasScope(viewer, 'referrals:read')
    ? sql`${follower} and ${reaches(viewer, sql`person.id`, 'CORE')}`
    : sql`false`;
}

function mayRead(viewer: Viewer): Sql {
  return viewer.kind === 'HUB' ? sql`true` : reaches(viewer, sql`person.id`, 'CONTACT');
}

/** The hub, which tells the follower, leaves out what that follower may know of alone. */
function mayReadTrades(viewer: Viewer): Sql {
  if (viewer.kind !== 'HUB') return reaches(viewer, sql`person.id`, 'PROFILE');
  return sql`exists (select from person_access reach where reach.person_id = person.id and reach.category = 'PROFILE'
    and reach.organisation_id = coalesce(referral.follower_id, referral.sender_id)
    and reach.valid_from <= app.clock() and (reach.valid_until is null or reach.valid_until > app.clock()))`;
}
