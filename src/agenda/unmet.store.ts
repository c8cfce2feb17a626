import sql, { raw, type Sql } from 'sql-template-tag';
import type { Reader } from '../db/reader.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { speed } from '../matching/reach.rules.ts';
import { reaches } from '../people/access.ts';
import { needs } from '../people/need.store.ts';
import { live, referrals } from '../referrals/referral.store.ts';
import { answering, usualReachMetres, type Month, type UnmetLine } from './unmet.rules.ts';

/** Counting so few tells of each of them: they are noted as if they stood in a list (docs/adr/0016). */
const few = 20;

const kindsOf = JSON.stringify(
  Object.entries(answering).map(([theme, { kinds, category }]) => ({
    ...{ theme, kinds, thematique: `${category}--%` },
  })),
);

/** How far a person goes, by what is known of it. */
export const reach = sql`case when profile.travel_km is not null then profile.travel_km * 1000
  when profile.travel_minutes is not null
    then round(profile.travel_minutes / 60.0 * (${JSON.stringify(speed)}::jsonb ->> profile.travel_mode)::numeric * 1000)
  else ${usualReachMetres} end`;

/** Needs open in the month, of people the viewer reads them of, for which no referral is under way. */
const wanted = (viewer: Viewer, territory: string, asked: Month): Sql => sql`
  select distinct on (need.person_id, need.theme) need.person_id, need.theme, ${reach} as reach,
    coalesce(contact.commune_code, person.commune_code) as commune
  from need join person on person.id = need.person_id and person.erased_at is null
    left join person_contact contact on contact.person_id = person.id and ${reaches(viewer, sql`person.id`, 'CONTACT')}
    left join person_profile profile on profile.person_id = person.id and ${reaches(viewer, sql`person.id`, 'PROFILE')}
  where need.opened_on <= ${asked.to} and (need.closed_on is null or need.closed_on >= ${asked.from}) and ${needs.scope(viewer)}
    and need.close_reason is distinct from 'MISTAKE'
    and ${territory} in (person.epci_code, coalesce(contact.commune_code, person.commune_code))
    and not ${underWay(sql`referral.person_id = need.person_id and ${referrals.scope(viewer)}`, asked)}`;

/** Whether a referral to what answers the need was under way: now, or in a past month. `whose` says which may be looked at. */
export function underWay(whose: Sql, { from, to, present }: Month): Sql {
  const then = sql`coalesce(referral.sent_at, referral.created_at) < ${to}::date + 1 and referral.state <> 'DRAFT'
    and (${live} or referral.closed_at >= ${from}::date)`;
  return sql`exists (select from referral join offer on offer.id = referral.offer_id join answering on answering.theme = need.theme
    where ${whose} and ${present ? live : then} and ${answers})`;
}

const answers = sql`(offer.kind = any(answering.kinds) or exists (
  select from unnest(offer.thematiques) spoken where spoken like answering.thematique))`;

/** Recruitments and sessions of the catalogue; of an offer without any, itself. Of a past month what was open in it. */
const places = ({ from, to, present }: Month): Sql => {
  const then = sql`vacancy.opened_at < ${to}::date + 1 and (vacancy.closed_at is null or vacancy.closed_at >= ${from}::date)`;
  const open = present ? sql`vacancy.state = 'OPEN'` : then;
  return sql`select answering.theme, coalesce(vacancy.latitude, offer.latitude) as latitude,
      coalesce(vacancy.longitude, offer.longitude) as longitude, (vacancy.id is null or ${open}) as open
    from offer join answering on ${answers}
      left join vacancy on vacancy.offer_id = offer.id and vacancy.state <> 'DRAFT'
    where offer.state = 'PUBLISHED' and offer.published_at < ${to}::date + 1
      and (vacancy.id is null or ${then})`;
}; // prettier-ignore

// who lives nobody knows where, and what is nowhere, is near: unknown is a question, not a failure
const near = sql`coalesce(app.metres(home.latitude, home.longitude, place.latitude, place.longitude) <= spot.reach, true)`;

/**
 * Each need of each commune and reach is held against the places once, however many people have it: what it leaves are the lines
 * of `wanted` (theme, commune, reach and whatever more it says of each) that no place within reach answers, and what keeps them so.
 */
export function unanswered(wanted: Sql, month: Month): Sql {
  return sql`answering as materialized (select * from jsonb_to_recordset(${kindsOf}::jsonb) as given (theme text, kinds text[], thematique text)),
    wanted as materialized (${wanted}),
    place as materialized (${places(month)}),
    spot as (select distinct theme, commune, reach from wanted),
    judged as materialized (select spot.*, found.* from spot left join commune home on home.code = spot.commune, lateral (
      select coalesce(bool_or(place.open and ${near}), false) as reachable, coalesce(bool_or(${near}), false) as offered,
        coalesce(bool_or(place.open), false) as somewhere
      from place where place.theme = spot.theme) found),
    unmet as materialized (select wanted.*, case when judged.offered then 'FULL' when judged.somewhere then 'TOO_FAR' else 'NOTHING_OFFERED' end as held
      from wanted join judged on judged.theme = wanted.theme and judged.commune is not distinct from wanted.commune
        and judged.reach = wanted.reach
      where not judged.reachable)`;
} // prettier-ignore

/** One statement, whatever the territory. */
export async function unmetLines(reader: Reader, territory: string, month: Month): Promise<UnmetLine[]> {
  const rows = await reader.rows<UnmetLine>(sql`with ${unanswered(wanted(reader.viewer, territory, month), month)}
    select theme as need, commune, held as "constraint", count(*)::int as people, null as "$ROW" from unmet group by 1, 2, 3
    union all select theme, null, null, 0, 'NEEDS,CONTACT ' || person_id
      from (select unmet.*, count(*) over (partition by theme, commune) as together from unmet) ${raw('alone')}
      where together <= ${few}`);
  return rows.filter(({ people }) => people > 0);
} // prettier-ignore
