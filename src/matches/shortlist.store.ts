import sql, { raw } from 'sql-template-tag';
import type { Reader } from '../db/reader.ts';
import type { PersonKnown, PlaceAsking } from '../matching/pair.rules.ts';
import { reachOf } from '../matching/reach.rules.ts';
import { themesAnswered, type Scale } from '../matching/score.rules.ts';
import type { MatchCriterion } from '../programme/programme.rules.ts';
import { followed, reaches } from '../people/access.ts';

export interface Pairing {
  person: string;
  vacancy: string;
}

/**
 * Whom, or what, the hub looks closest at: so many pairs a list, the best by a coarse score and none that a rule excludes
 * which SQL can ask. What they are worth is then worked out by the rules (docs/adr/0036).
 */
export const lookedAt = 100;
/** Found by each of the ways people are found for a vacancy, before the coarse score. */
const gathered = 200;

const most = raw(String(lookedAt));
/** Whether they are followed is asked of each: gathered first would be everybody the viewer follows. */
const each = sql`offset 0`;

/** Worked out once a row, not wherever it is named; communes are found one by one, by their index. */
const once = sql`offset 0`;

/** What has begun is judged by today. */
const today = sql`(app.clock() at time zone 'Europe/Paris')::date`;

/** For the pages of people: nothing but the catalogue is read here, by what is known of them. */
export async function suggestedFor(
  reader: Reader,
  people: readonly PersonKnown[],
  scale: Scale,
): Promise<Pairing[]> {
  if (!people.length) return [];
  const points = pointsOf(scale);
  const asked = JSON.stringify(people.map(askedFor));
  return reader.rows<Pairing>(sql`
    select asked.id as person, found.id as vacancy
    from jsonb_to_recordset(${asked}::jsonb) asked (id text, wished text[], domains text[], refused text[], kind text,
        themes text[], latitude float8, longitude float8, reach float8, least float8, most float8, "from" date),
      lateral (
        select vacancy.id from vacancy join offer on offer.id = vacancy.offer_id
          cross join lateral (select case when vacancy.rome_code is null then offer.rome_codes else array[vacancy.rome_code] end as codes) trade
          cross join lateral (select case when offer.reception_modes = '{a-distance}' then 0
            else app.metres(asked.latitude, asked.longitude, vacancy.latitude, vacancy.longitude) end as metres ${once}) far
        where vacancy.state = 'OPEN' and (vacancy.free >= 1 or vacancy.free is null) and offer.state = 'PUBLISHED'
          and not trade.codes && asked.refused
          and coalesce(vacancy.weekly_hours, offer.weekly_hours, asked.least) between asked.least and asked.most
          and (far.metres is null or asked.reach is null or far.metres <= asked.reach)
          and (vacancy.starts_on is null or asked.from is null or greatest(vacancy.starts_on, ${today}) >= asked.from)
          and (vacancy.ends_on is null or vacancy.ends_on >= ${today})
        order by case when trade.codes && asked.wished then ${points.WISH + points.TRADE}::float8
            when offer.kind = asked.kind then ${points.WISH / 2}::float8 else 0 end
          + case when not trade.codes && asked.wished and exists (select from unnest(trade.codes) code where left(code, 3) = any(asked.domains)) then ${(points.TRADE * 2) / 3}::float8 else 0 end
          + case when offer.kind = any(asked.themes) or offer.thematiques && asked.themes then ${points.NEEDS}::float8 else 0 end
          + greatest(0, coalesce(${points.TRAVEL}::float8 * (1 - far.metres / coalesce(asked.reach, 30000)), 0)) desc,
          vacancy.id limit ${most}
      ) found`);
}

type Points = Record<MatchCriterion, number>;

function pointsOf({ weights }: Scale): Points {
  const of = (criterion: MatchCriterion) =>
    weights.find((weight) => weight.criterion === criterion)?.points ?? 0;
  return { WISH: of('WISH'), TRADE: of('TRADE'), NEEDS: of('NEEDS'), TRAVEL: of('TRAVEL'), HOURS: of('HOURS'),
    WAITING: of('WAITING'), PRIORITY_PUBLIC: of('PRIORITY_PUBLIC'), FRESHNESS: of('FRESHNESS') }; // prettier-ignore
}

function askedFor(person: PersonKnown) {
  const { id, wishedTrades, refusedTrades, soughtKind, home, needs, availableFrom } = person;
  return {
    ...{
      id,
      wished: wishedTrades,
      refused: refusedTrades,
      kind: soughtKind,
      ...home,
      reach: reachOf(person.travel),
    },
    domains: wishedTrades.map((trade) => trade.slice(0, 3)),
    themes: (needs ?? []).flatMap(({ thematique }) => thematique ?? []),
    least: person.weeklyHoursLeast ?? 0,
    most: person.weeklyHoursMost ?? 168,
    from: availableFrom,
  };
}

/**
 * For the pages of vacancies: who wishes the trade, who seeks that kind of action in the territory, who has a need it answers;
 * of those the viewer follows as far as the profile, whatever else is open of them.
 */
export async function candidatesFor(
  reader: Reader,
  places: readonly PlaceAsking[],
  scale: Scale,
): Promise<Pairing[]> {
  if (!places.length) return [];
  const { viewer } = reader;
  const points = pointsOf(scale);
  const asked = JSON.stringify(places.filter(({ open }) => open).map(askedOf));
  const person = sql`person.id`;
  return reader.rows<Pairing>(sql`
    select asked.id as vacancy, found.id as person
    from (select asked.*, (select commune.epci_code from vacancy join commune on commune.code = vacancy.commune_code where vacancy.id = asked.id) as epci
        from jsonb_to_recordset(${asked}::jsonb) asked (id text, trades text[],
          kind text, themes text[], hours float8, latitude float8, longitude float8, day date) offset 0) asked,
      lateral (
        select person.id from (
          select app.people_wishing(asked.trades, asked.epci, ${gathered}) as id
          union (select sought.id from person sought where sought.sought_kind = asked.kind and sought.epci_code = asked.epci
            and ${followed(viewer, sql`sought.id`, 'PROFILE', each)} limit ${gathered})
          union (select need.person_id from need where need.theme = any(asked.themes) and need.closed_on is null
            and ${reaches(viewer, sql`need.person_id`, 'NEEDS')} limit ${gathered})
        ) gathered join person on person.id = gathered.id
          left join person_profile profile on profile.person_id = person.id
          left join person_contact contact on contact.person_id = person.id and ${reaches(viewer, person, 'CONTACT')}
          left join lateral (select app.metres(home.latitude, home.longitude, asked.latitude, asked.longitude) as metres from commune home
            where home.code = coalesce(contact.commune_code, person.commune_code) ${once}) far on true
        where ${followed(viewer, person, 'PROFILE', each)} and person.erased_at is null
          and not coalesce(profile.refused_rome, '{}') && asked.trades
          and coalesce(asked.hours, profile.weekly_hours_least, 0)
            between coalesce(profile.weekly_hours_least, 0) and coalesce(profile.weekly_hours_most, 168)
          and (asked.day is null or profile.available_from is null or profile.available_from <= greatest(asked.day, ${today}))
        order by case when profile.wished_rome && asked.trades then ${points.WISH + points.TRADE}::float8
            when person.sought_kind = asked.kind then ${points.WISH / 2}::float8 else 0 end
          + greatest(0, coalesce(${points.TRAVEL}::float8 * (1 - far.metres / 30000), 0)) desc, person.id limit ${most}
      ) found`);
}

function askedOf(place: PlaceAsking) {
  const { id, trades, kind, weeklyHours: hours, startsOn: day } = place;
  return { id, trades, kind, themes: themesAnswered(place), hours, day, ...place.point };
}
