import sql, { join, type Sql } from 'sql-template-tag';
import type { Listing, Order } from '../db/list.ts';
import { byId } from '../db/list.ts';
import { anyOf } from '../graphql/lists.ts';
import type { Centre } from '../territory/near.type.ts';
import { nearby } from '../territory/near.ts';
import type { OfferFilter } from './offer-filter.type.ts';
import { wordsMeant, type OfferOrder } from './offer-search.rules.ts';
import type { OfferRow } from './offer.row.ts';
import { offersListed } from './offer.store.ts';
import { everyPublic } from './service.rules.ts';
import { thematiquesMeant } from '../programme/thematique.rules.ts';

/** An offer found in a circle knows how far it is. */
export interface OfferFound extends OfferRow {
  metres?: number | null;
}

export interface OfferSearch {
  filter: OfferFilter;
  /** The circle asked for, if one was. */
  circle: (Centre & { km: number }) | null;
  order: OfferOrder;
}

export function offerList({ filter, circle, order }: OfferSearch): Listing<OfferFound> {
  const near =
    circle && nearby(circle, circle.km, { latitude: sql`offer.latitude`, longitude: sql`offer.longitude` });
  return {
    table: offersListed,
    where: [...conditions(filter), ...(near ? [near.where] : [])],
    order: near && order === 'DISTANCE' ? byDistance(near.metres) : orders[order],
    ...(near && { extra: sql`${near.metres} as "metres"` }),
  };
}

const id = { by: sql`offer.id`, type: 'text' } as const;
const orders: Record<OfferOrder, Order> = {
  // without a circle the rules have already refused it
  DISTANCE: byId('offer'),
  FRESHNESS: {
    name: 'FRESHNESS',
    keys: [{ by: sql`coalesce(offer.confirmed_at, offer.created_at)`, type: 'timestamptz' }, id],
    descending: true,
  },
  TITLE: { name: 'TITLE', keys: [{ by: sql`offer.title`, type: 'text' }, id] },
  ID: byId('offer'),
};

function byDistance(metres: Sql): Order {
  return { name: 'DISTANCE', keys: [{ by: metres, type: 'integer' }, id] };
}

function conditions(filter: OfferFilter): Sql[] {
  const { text, organisation, weeklyHoursAtLeast: least, weeklyHoursAtMost: most } = filter;
  return [
    ...(text ? wordsMeant(text).map((word) => sql`app.fold(${word}) <<% offer.folded`) : []),
    ...anyOf('offer.kind', filter.kinds),
    ...anyOf('offer.state', filter.states?.length ? filter.states : ['PUBLISHED', 'SUSPENDED']),
    ...(organisation != null ? [sql`offer.organisation_id = ${organisation}`] : []),
    ...(least == null ? [] : [sql`offer.weekly_hours >= ${least}::numeric`]),
    ...(most == null ? [] : [sql`offer.weekly_hours <= ${most}::numeric`]),
    ...described(filter),
    ...placed(filter),
    ...recruiting(filter),
  ];
}

function described({ domains, thematiques, rome, publics }: OfferFilter): Sql[] {
  return [
    ...overlapping(sql`offer.domains`, domains),
    ...overlapping(sql`offer.thematiques`, thematiques?.length ? thematiquesMeant(thematiques) : null),
    ...overlapping(
      sql`offer.rome_prefixes`,
      rome?.map((code) => code.toUpperCase()),
    ),
    ...overlapping(sql`offer.publics`, publics?.length ? [...publics, everyPublic] : null),
  ];
}

function overlapping(column: Sql, values: readonly string[] | null | undefined): Sql[] {
  return values?.length ? [sql`${column} && ${values}::text[]`] : [];
}

function placed({ commune, epci }: OfferFilter): Sql[] {
  return [
    ...(commune != null ? [sql`offer.commune_code = ${commune}`] : []),
    ...(epci != null
      ? [sql`offer.commune_code in (select code from commune where epci_code = ${epci})`]
      : []),
  ];
}

/**
 * Reads the table of the slice above: which offers recruit is a question to the offers, and asking it there would
 * turn the floors upside down for the sake of one `exists`.
 */
function recruiting({ freePlacesAtLeast: places, startsBetween: days }: OfferFilter): Sql[] {
  const isDated = days?.from != null || days?.to != null;
  const asked = [
    ...(places == null ? [] : [sql`vacancy.free >= ${places}`]),
    ...(isDated
      ? [sql`${start} >= ${days.from ?? '-infinity'} and ${start} <= ${days.to ?? 'infinity'}`]
      : []),
    ...(isDated ? [sql`vacancy.starts_on is not null`] : []),
  ];
  if (!asked.length) return [];
  return [
    sql`exists (select from vacancy where vacancy.offer_id = offer.id and vacancy.state = 'OPEN'
      and ${join(asked, ' and ')})`,
  ];
}

// written as the index on it is: vacancies of no date close their list
const start = sql`coalesce(vacancy.starts_on, 'infinity')`;
