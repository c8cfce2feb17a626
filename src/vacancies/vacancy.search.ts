import sql, { join, type Sql } from 'sql-template-tag';
import { byId, type Listing, type Order } from '../db/list.ts';
import { anyOf } from '../graphql/lists.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { wordsMeant } from '../offers/offer-search.rules.ts';
import { everyPublic } from '../offers/service.rules.ts';
import { thematiquesMeant } from '../programme/thematique.rules.ts';
import type { Centre } from '../territory/near.type.ts';
import { nearby } from '../territory/near.ts';
import type { VacancyFilter } from './vacancy-filter.type.ts';
import type { VacancyOrder } from './vacancy-search.rules.ts';
import type { VacancyRow } from './vacancy.row.ts';
import { vacancies } from './vacancy.store.ts';

/** A vacancy found in a circle knows how far it is. */
export interface VacancyFound extends VacancyRow {
  metres?: number | null;
}

export interface VacancySearch {
  filter: VacancyFilter;
  /** The circle asked for, if one was. */
  circle: (Centre & { km: number }) | null;
  order: VacancyOrder;
}

/** Each condition looks at the vacancy's own row, or at its offer's, which is joined. */
export function vacancyList(viewer: Viewer, { filter, circle, order }: VacancySearch): Listing<VacancyFound> {
  const near = circle && nearby(circle, circle.km, point);
  return {
    table: vacancies,
    join: sql`join offer on offer.id = vacancy.offer_id`,
    where: [...conditions(filter, near), ...states(viewer, filter)],
    order: near && order === 'DISTANCE' ? byDistance(near.metres) : orders[order],
    ...(near && { extra: sql`${near.metres} as "metres"` }),
  };
}

const point = { latitude: sql`vacancy.latitude`, longitude: sql`vacancy.longitude` };
const id = { by: sql`vacancy.id`, type: 'text' } as const;
/** As the index has it: PostgreSQL sorts null last and compares it with nothing. */
const start = sql`coalesce(vacancy.starts_on, 'infinity')`;

const orders: Record<VacancyOrder, Order> = {
  // without a circle the rules have already refused it
  DISTANCE: byId('vacancy'),
  START: { name: 'START', keys: [{ by: start, type: 'date' }, id] },
  FRESHNESS: {
    name: 'FRESHNESS',
    keys: [{ by: sql`vacancy.updated_at`, type: 'timestamptz' }, id],
    descending: true,
  },
};

function byDistance(metres: Sql): Order {
  return { name: 'DISTANCE', keys: [{ by: metres, type: 'integer' }, id] };
}

function states(viewer: Viewer, { states }: VacancyFilter): Sql[] {
  if (states?.length) return anyOf('vacancy.state', states);
  return [
    sql`((vacancy.state in ('OPEN', 'FILLED') and offer.state = 'PUBLISHED')
      or vacancy.organisation_id = ${viewer.organisation})`,
  ];
}

function conditions(filter: VacancyFilter, near: { where: Sql } | null): Sql[] {
  const { organisation, offer, host, series, freePlacesAtLeast: least, startsBetween: days } = filter;
  const narrow = Boolean(near ?? organisation ?? offer ?? host ?? series ?? filter.commune ?? filter.epci);
  return [
    ...(organisation != null ? [sql`vacancy.organisation_id = ${organisation}`] : []),
    ...(offer != null ? [sql`vacancy.offer_id = ${offer}`] : []),
    ...(host != null ? [sql`vacancy.host_id = ${host}`] : []),
    ...(series != null ? [sql`vacancy.series_id = ${series}`] : []),
    ...(least == null ? [] : [sql`vacancy.free >= ${least}`, sql`vacancy.state in ('OPEN', 'FILLED')`]),
    ...(days?.from ? [sql`${start} >= ${days.from}`] : []),
    ...(days?.to ? [sql`${start} <= ${days.to}`] : []),
    ...(days ? [sql`vacancy.starts_on is not null`] : []),
    ...(near ? [near.where] : []),
    ...placed(filter),
    ...offered(filter),
    ...named(filter, narrow),
    ...traded(filter),
  ];
}

function placed({ commune, epci }: VacancyFilter): Sql[] {
  return [
    ...(commune != null ? [sql`vacancy.commune_code = ${commune}`] : []),
    ...(epci != null
      ? [sql`vacancy.commune_code in (select code from commune where epci_code = ${epci})`]
      : []),
  ];
}

function offered({ kinds, domains, thematiques, publics }: VacancyFilter): Sql[] {
  return [
    ...anyOf('offer.kind', kinds),
    ...overlapping(sql`offer.domains`, domains),
    ...overlapping(sql`offer.thematiques`, thematiques?.length ? thematiquesMeant(thematiques) : null),
    ...overlapping(sql`offer.publics`, publics?.length ? [...publics, everyPublic] : null),
  ];
}

function overlapping(column: Sql, values: readonly string[] | null | undefined): Sql[] {
  return values?.length ? [sql`${column} && ${values}::text[]`] : [];
}

/**
 * Each word in the title or in the offer. Among all vacancies through a union, for no index serves an `or` over two
 * tables; among the few of a place or a partner by looking at each.
 */
function named({ text }: VacancyFilter, narrow: boolean): Sql[] {
  return (text ? wordsMeant(text) : []).map((word) =>
    narrow
      ? sql`(app.fold(${word}) <% vacancy.folded or app.fold(${word}) <% offer.folded)`
      : sql`vacancy.id in (
          select titled.id from vacancy titled where app.fold(${word}) <% titled.folded
          union all select offered.id from vacancy offered join offer named on named.id = offered.offer_id
            where app.fold(${word}) <% named.folded)`,
  );
}

function traded({ rome }: VacancyFilter): Sql[] {
  if (!rome?.length) return [];
  const codes = rome.map((code) => code.toUpperCase());
  return [
    sql`vacancy.id in (
      select own.id from vacancy own where ${join(
        codes.map((code) => sql`own.rome_code ^@ ${code}`),
        ' or ',
      )}
      union all select plain.id from vacancy plain join offer trade on trade.id = plain.offer_id
        where plain.rome_code is null and app.prefixes(trade.rome_codes) && ${codes}::text[])`,
  ];
}
