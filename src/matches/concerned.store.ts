import sql, { raw, type Sql } from 'sql-template-tag';
import { sayingWhole } from '../db/list.ts';
import type { Reader } from '../db/reader.ts';
import type { Viewer } from '../kernel/viewer.ts';
import type { PlaceAsking } from '../matching/pair.rules.ts';
import type { Offering } from '../matching/purpose.rules.ts';
import { themesAnswered, weighedThemes } from '../matching/score.rules.ts';
import { followed, reaches } from '../people/access.ts';
import { live, referrals } from '../referrals/referral.store.ts';

const person = sql`person.id`;

/**
 * Ids of people of whom the viewer reads the profile, narrowed by a condition on `person`, `profile` and `contact`: of everybody
 * at once, since a programme's people are asked about.
 */
async function peopleWhere(reader: Reader, condition: (viewer: Viewer) => Sql): Promise<string[]> {
  const { viewer } = reader;
  const rows = await reader.rows<{ id: string }>(sql`
    select found.id from (select ${raw(sayingWhole)} as said offset 0) whole cross join lateral (
      select person.id from person left join person_profile profile on profile.person_id = person.id
        left join person_contact contact on contact.person_id = person.id and ${reaches(viewer, person, 'CONTACT', 'AS_ALL')}
      where whole.said is not null and person.erased_at is null
        and ${condition(viewer)} offset 0) found
    order by 1`);
  return rows.map(({ id }) => id);
}

/** Who might go to one of these places, of those the viewer follows: who wishes its trade, seeks its kind of action or has a need it answers. */
export function peopleConcerned(reader: Reader, places: readonly PlaceAsking[]): Promise<string[]> {
  return peopleWhere(
    reader,
    (viewer) => sql`${followed(viewer, person, 'PROFILE')} and ${wants(viewer, places)}`,
  );
}

/** The same of everybody whose profile the viewer reads, by whatever right. */
export function peopleReadOf(reader: Reader, places: readonly PlaceAsking[]): Promise<string[]> {
  return peopleWhere(
    reader,
    (viewer) => sql`${reaches(viewer, person, 'PROFILE', 'AS_ALL')} and ${wants(viewer, places)}`,
  );
}

function wants(viewer: Viewer, places: readonly PlaceAsking[]): Sql {
  const trades = places.flatMap((place) => place.trades);
  const kinds = places.map(({ kind }) => kind);
  const themes = places.flatMap(themesAnswered);
  const told = places.flatMap(({ thematiques }) => thematiques);
  return sql`(person.sought_kind = any(${kinds}) or profile.wished_rome && ${trades}::text[]
    or ${withNeed(viewer, sql`(need.theme = any(${themes}) or need.thematique = any(${told}))`)})`;
}

/** Who lives in a commune or EPCI and wishes, seeks or needs something a place may serve. */
export function peopleOf(reader: Reader, territory: string): Promise<string[]> {
  return peopleWhere(reader, (viewer) => sql`${followed(viewer, person, 'PROFILE')}
    and ${territory} in (person.epci_code, coalesce(contact.commune_code, person.commune_code))
    and (person.sought_kind is not null or profile.wished_rome <> '{}' or ${withNeed(viewer, sql`need.theme = any(${[...weighedThemes]})`)})`);
} // prettier-ignore

function withNeed(viewer: Viewer, meant: Sql): Sql {
  return sql`exists (select from need where need.person_id = person.id and need.closed_on is null and ${meant}
    and ${reaches(viewer, sql`need.person_id`, 'NEEDS', 'AS_ALL')})`;
}

/** What is under way for these people, or where they are placed, as far as the viewer sees it: for what it serves they wait for nothing. */
export async function underWay(reader: Reader, people: readonly string[]): Promise<Map<string, Offering[]>> {
  const rows = await reader.rows<Offering & { person: string }>(sql`
    select referral.person_id as person, offer.kind, offer.rome_codes as trades, offer.thematiques
    from referral join offer on offer.id = referral.offer_id
    where referral.person_id = any(${[...people]}) and ${live} and ${referrals.scope(reader.viewer)}`);
  const found = new Map<string, Offering[]>();
  for (const { person: of, ...offer } of rows) found.set(of, [...(found.get(of) ?? []), offer]);
  return found;
} // prettier-ignore
