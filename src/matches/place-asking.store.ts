import sql from 'sql-template-tag';
import type { Reader } from '../db/reader.ts';
import type { PlaceAsking } from '../matching/pair.rules.ts';
import { askedBy, type Said } from '../matching/requirement.rules.ts';
import { offers } from '../offers/offer.store.ts';
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

/** What a place asks: a vacancy’s own word before its offer’s; of an offer by itself, the offer’s. */
const asking = sql`coalesce(vacancy.id, offer.id) as id, offer.id as "offerId", coalesce(vacancy.organisation_id, offer.organisation_id) as "organisationId", offer.kind,
  case when vacancy.rome_code is null then offer.rome_codes else array[vacancy.rome_code] end as trades,
  offer.thematiques, offer.publics, offer.eligibility_zone as zone, offer.siae_kind is not null as siae,
  offer.reception_modes = '{a-distance}' as remote, coalesce(vacancy.weekly_hours, offer.weekly_hours) as "weeklyHours",
  case when vacancy.id is null then offer.latitude else vacancy.latitude end as latitude,
  case when vacancy.id is null then offer.longitude else vacancy.longitude end as longitude,
  vacancy.starts_on as "startsOn", vacancy.ends_on as "endsOn", vacancy.free,
  (vacancy.id is null or vacancy.state in ('OPEN', 'FILLED')) and offer.state = 'PUBLISHED' as open, offer.confirmed_at as "confirmedAt",
  ${said('asked')}, ${said('own')}`;

const requirementsInForce = sql`left join requirement asked on asked.subject_id = offer.id and asked.replaced_at is null
  left join requirement own on own.subject_id = vacancy.id and own.replaced_at is null`;

/** What vacancies ask. One statement. */
export async function placesAsking(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, PlaceAsking>> {
  const rows = await reader.rows<Row>(sql`
    select ${asking}, case when vacancy.free < 1 then app.waiting_rank(vacancy.id, 'infinity', '') else 1 end as "nextRank"
    from vacancy join offer on offer.id = vacancy.offer_id ${requirementsInForce}
    where vacancy.id = any(${[...ids]}) and ${vacancies.scope(reader.viewer)}`);
  return new Map(rows.map((row) => [row.id, placeOf(row)]));
}

/** What offers ask of whoever comes to no vacancy in particular. One statement. */
export async function offersAsking(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, PlaceAsking>> {
  const rows = await reader.rows<Row>(sql`
    select ${asking}, 1 as "nextRank" from offer left join vacancy on false ${requirementsInForce}
    where offer.id = any(${[...ids]}) and ${offers.scope(reader.viewer)}`);
  return new Map(rows.map((row) => [row.id, placeOf(row)]));
}

/** Every place of the catalogue, free or full; of an offer that never had a vacancy, itself. Ranks are left out. One statement. */
export async function placesOffered(reader: Reader): Promise<PlaceAsking[]> {
  const { viewer } = reader;
  const rows = await reader.rows<Row>(sql`
    select ${asking}, 1 as "nextRank"
    from offer left join vacancy on vacancy.offer_id = offer.id and vacancy.state <> 'DRAFT' and ${vacancies.scope(viewer)}
      ${requirementsInForce}
    where offer.state = 'PUBLISHED' and (vacancy.id is null or vacancy.state in ('OPEN', 'FILLED')) and ${offers.scope(viewer)}
    order by 1`);
  return rows.map(placeOf);
} // prettier-ignore

function placeOf({ ofOffer, ofVacancy, ...row }: Row): PlaceAsking {
  return { ...row, point: pointOf(row), ...askedBy(ofOffer, ofVacancy) };
}
