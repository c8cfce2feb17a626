import sql, { join, type Sql } from 'sql-template-tag';
import { tells } from '../db/disclosures.ts';
import type { Reader } from '../db/reader.ts';
import { parisDay } from '../kernel/clock.ts';
import type { Viewer } from '../kernel/viewer.ts';
import type { PersonKnown } from '../matching/pair.rules.ts';
import { weighedThemes } from '../matching/score.rules.ts';
import { reaches } from '../people/access.ts';
import { ageBand } from '../people/person.rules.ts';
import type { TravelMode } from '../people/profile.rules.ts';
import type { TargetPublic } from '../programme/public.rules.ts';
import type { Point } from '../territory/point.rules.ts';

/** No verdict and no point rests on these, whoever reads them: what the law protects, and family. */
const neverRead = {
  categories: ['HEALTH', 'JUSTICE'],
  publics: ['PI'] satisfies TargetPublic[],
};

interface Row extends Omit<PersonKnown, 'ageBand' | 'travel' | 'home'> {
  birthYear: number | null;
  travelMode: TravelMode | null;
  travelMinutes: number | null;
  travelKm: number | null;
  latitude: number | null;
  longitude: number | null;
}

/** What the viewer may read of people whose profile is open to them; of a category that is not, nothing. One statement. */
export async function peopleKnown(reader: Reader, ids: readonly string[]): Promise<Map<string, PersonKnown>> {
  const { viewer } = reader;
  const person = sql`person.id`;
  const today = parisDay(reader.now);
  const rows = await reader.rows<Row>(sql`
    select person.id, person.sought_kind as "soughtKind", person.birth_year as "birthYear", person.epci_code as "epciCode",
      (person.created_at at time zone 'Europe/Paris')::date as "registeredOn",
      coalesce(contact.commune_code, person.commune_code) as "communeCode", home.latitude, home.longitude,
      coalesce(profile.wished_rome, '{}') as "wishedTrades", coalesce(profile.refused_rome, '{}') as "refusedTrades",
      profile.travel_mode as "travelMode", profile.travel_minutes as "travelMinutes", profile.travel_km as "travelKm",
      profile.weekly_hours_least as "weeklyHoursLeast", profile.weekly_hours_most as "weeklyHoursMost",
      case when profile.stated ? 'AVAILABILITY' then profile.time_bands end as "timeBands",
      profile.available_from as "availableFrom", coalesce(profile.away, '[]') as away,
      profile.licences, profile.french_level as "frenchLevel",
      ${reaches(viewer, person, 'PATHWAY')} as "seesPathway", coalesce(known.publics, '{}') as situations, open.needs,
      ${tells(
        sql`concat_ws(',', 'PROFILE', case when contact.person_id is not null then 'CONTACT' end,
        case when open.needs is not null then 'NEEDS' end, case when ${reaches(viewer, person, 'PATHWAY')} then 'PATHWAY' end, known.categories)`,
        person,
      )}
    from person
      left join person_profile profile on profile.person_id = person.id
      left join person_contact contact on contact.person_id = person.id and ${reaches(viewer, person, 'CONTACT')}
      left join commune home on home.code = coalesce(contact.commune_code, person.commune_code)
      left join lateral (${needsOf(viewer)}) open on true
      left join lateral (${situationsOf(viewer, today)}) known on true
    where person.id = any(${[...ids]}) and person.erased_at is null
      and ${reaches(viewer, person, 'CORE')} and ${reaches(viewer, person, 'PROFILE')}`);
  return new Map(rows.map((row) => [row.id, knownOf(row, today)]));
}

function needsOf(viewer: Viewer): Sql {
  return sql`select coalesce(json_agg(json_build_object('theme', need.theme, 'thematique', need.thematique))
      filter (where need.id is not null), '[]') as needs
    from (select 1) once left join need on need.person_id = person.id and need.closed_on is null
      and need.theme in (${join([...weighedThemes])})
    where ${reaches(viewer, sql`person.id`, 'NEEDS')} having count(*) > 0`;
}

/** Each by its own category; what is protected beside its category is not read at all. */
function situationsOf(viewer: Viewer, today: string): Sql {
  return sql`select array_agg(situation.public) as publics, string_agg(distinct situation.category, ',') as categories
    from person_situation situation where situation.person_id = person.id
      and situation.category not in (${join(neverRead.categories)}) and not situation.sensitive
      and situation.public not in (${join(neverRead.publics)})
      and situation.stated_on <= ${today}::date and coalesce(situation.until, 'infinity') >= ${today}::date
      and ${reaches(viewer, sql`situation.person_id`, sql`situation.category`)}`;
}

function knownOf(row: Row, today: string): PersonKnown {
  const { birthYear, travelMode: mode, travelMinutes: maxMinutes, travelKm: maxKm, ...known } = row;
  return {
    ...known,
    ageBand: ageBand(birthYear, today),
    travel: mode && { mode, maxMinutes, maxKm },
    home: pointOf(row),
  };
}

export function pointOf({ latitude, longitude }: { [at in keyof Point]: number | null }): Point | null {
  return latitude === null || longitude === null ? null : { latitude, longitude };
}

/** Counting so few tells of each of them: they are noted as if they stood on a page (docs/adr/0016). */
const few = 20;

export async function noteFew(reader: Reader, groups: Iterable<readonly string[]>): Promise<void> {
  const told = [...groups].filter(({ length }) => length > 0 && length <= few).flat();
  if (told.length) await peopleKnown(reader, [...new Set(told)]);
}
