import sql from 'sql-template-tag';
import type { Reader } from '../db/reader.ts';
import type { PlaceAsking } from '../matching/pair.rules.ts';
import { askedBy, type Said } from '../matching/requirement.rules.ts';
import { vacancies } from '../vacancies/vacancy.store.ts';
import { pointOf } from './person-known.store.ts';

interface Row extends Omit<PlaceAsking, 'point' | keyof Said> {
  latitude: number | null;
  longitude: number | null;
  ofOffer: Said | null;
  ofVacancy: Said | null;
}

const said = (alias: 'asked' | 'own') =>
  alias === 'asked'
    ? sql`case when asked.subject_id is not null then json_build_object('licences', asked.licences,
        'frenchLevel', asked.french_level, 'timeBands', asked.time_bands) end as "ofOffer"`
    : sql`case when own.subject_id is not null then json_build_object('licences', own.licences,
        'frenchLevel', own.french_level, 'timeBands', own.time_bands) end as "ofVacancy"`;

/** What vacancies ask, their own word before their offer's. One statement. */
export async function placesAsking(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, PlaceAsking>> {
  const rows = await reader.rows<Row>(sql`
    select vacancy.id, vacancy.offer_id as "offerId", vacancy.organisation_id as "organisationId", offer.kind,
      case when vacancy.rome_code is null then offer.rome_codes else array[vacancy.rome_code] end as trades,
      offer.thematiques, offer.publics, offer.eligibility_zone as zone, offer.siae_kind is not null as siae,
      offer.reception_modes = '{a-distance}' as remote, coalesce(vacancy.weekly_hours, offer.weekly_hours) as "weeklyHours",
      vacancy.latitude, vacancy.longitude, vacancy.starts_on as "startsOn", vacancy.ends_on as "endsOn", vacancy.free,
      vacancy.state in ('OPEN', 'FILLED') and offer.state = 'PUBLISHED' as open, offer.confirmed_at as "confirmedAt",
      case when vacancy.free < 1 then app.waiting_rank(vacancy.id, 'infinity', '') else 1 end as "nextRank",
      ${said('asked')}, ${said('own')}
    from vacancy join offer on offer.id = vacancy.offer_id
      left join requirement asked on asked.subject_id = offer.id and asked.replaced_at is null
      left join requirement own on own.subject_id = vacancy.id and own.replaced_at is null
    where vacancy.id = any(${[...ids]}) and ${vacancies.scope(reader.viewer)}`);
  return new Map(
    rows.map(({ ofOffer, ofVacancy, ...row }) => [
      row.id,
      { ...row, point: pointOf(row), ...askedBy(ofOffer, ofVacancy) },
    ]),
  );
}
