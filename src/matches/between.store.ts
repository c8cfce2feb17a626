import sql from 'sql-template-tag';
import type { Reader } from '../db/reader.ts';
import { iaeEligibility } from '../eligibility/eligibility.rules.ts';
import { iaeFactsOf } from '../eligibility/eligibility.store.ts';
import { parisDay } from '../kernel/clock.ts';
import type { Between, PersonKnown, PlaceAsking } from '../matching/pair.rules.ts';
import { againFrom, waits, type Declined } from '../referrals/decline.rules.ts';
import { changesSince, sinceOf, type Changed } from '../referrals/decline.store.ts';
import { live, referrals } from '../referrals/referral.store.ts';
import { metresBetween } from '../territory/point.rules.ts';

export interface Side {
  person: PersonKnown;
  place: PlaceAsking;
}

export interface BetweenThem extends Between {
  /** Whether the person is referred to this offer already, as the viewer may know. */
  referred: boolean;
}

interface Row extends Partial<Refused> {
  referred: boolean;
  waitingRank: number | null;
}

interface Sent extends Partial<Refused> {
  person: string;
  offer: string;
  vacancy: string | null;
  waitingRank: number | null;
}

/** What there is between people and places: the way, eligibility with this employer, refusals, and the waiting list. */
export async function betweenThem(reader: Reader, sides: readonly Side[]): Promise<BetweenThem[]> {
  const today = parisDay(reader.now);
  const look = await lookBetween(
    reader,
    [...new Set(sides.map(({ person }) => person.id))],
    [...new Set(sides.map(({ place }) => place.offerId))],
  );
  const employed = [...new Set(sides.filter(({ place }) => place.siae).map(({ person }) => person.id))];
  const facts = employed.length ? await iaeFactsOf.load(reader, employed) : [];
  const knownOf = new Map(employed.map((id, at) => [id, facts[at]]));
  return sides.map((side) => {
    const { person, place } = side;
    const known = knownOf.get(person.id) ?? null;
    const iae = place.siae && known ? iaeEligibility(known, today, place.organisationId) : null;
    return { ...look(side), iae };
  });
}

export type Look = (side: Side) => BetweenThem;

/** The same of any of these people with any place of these offers, eligibility left out: it excludes nobody. One statement. */
export async function lookBetween(
  reader: Reader,
  people: readonly string[],
  offers: readonly string[],
): Promise<Look> {
  const today = parisDay(reader.now);
  const sent = await sentBetween(reader, people, offers);
  return ({ person, place }) => {
    const row = rowOf(sent.get(`${person.id} ${place.offerId}`) ?? [], place.id);
    return {
      metres: person.home && place.point && Math.round(metresBetween(person.home, place.point)),
      iae: null,
      refused: row.reason ? stillRefused(row as Refused, today) : null,
      waitingRank: row.waitingRank,
      referred: row.referred,
    };
  };
}

type Refused = Omit<Declined, 'since'> & Changed;

function stillRefused({ reason, on, ...row }: Refused, today: string): Between['refused'] {
  if (!waits({ reason, on, since: sinceOf(row) }, today)) return null;
  return { until: againFrom(reason, on) };
}

/** Of each person and offer, the refusals and the referrals under way that the viewer sees. */
async function sentBetween(
  reader: Reader,
  people: readonly string[],
  offers: readonly string[],
): Promise<Map<string, Sent[]>> {
  const rows = await reader.rows<Sent>(sql`
    select referral.person_id as person, referral.offer_id as offer, referral.vacancy_id as vacancy, declined.*,
      case when referral.state = 'WAITLISTED' then app.waiting_rank(referral.vacancy_id, referral.waitlisted_at, referral.id) end as "waitingRank"
    from referral left join lateral (select ${changesSince} where referral.state = 'DECLINED') declined on true
    where referral.person_id = any(${[...people]}) and referral.offer_id = any(${[...offers]})
      and (referral.state = 'DECLINED' or ${live}) and ${referrals.scope(reader.viewer)}
    order by referral.closed_at desc nulls first, referral.id`);
  const sent = new Map<string, Sent[]>();
  for (const row of rows) {
    const key = `${row.person} ${row.offer}`;
    sent.set(key, [...(sent.get(key) ?? []), row]);
  }
  return sent;
} // prettier-ignore

/** The last refusal comes first; of those under way, the one to this very vacancy has a rank. */
function rowOf(between: readonly Sent[], vacancy: string): Row {
  const { reason, on, ...declined } = between.find((each) => each.reason) ?? ({} as Partial<Sent>);
  const waiting = between.find((each) => each.vacancy === vacancy && each.waitingRank !== null);
  return {
    ...declined,
    ...(reason && on ? { reason, on } : {}),
    referred: between.some((each) => !each.reason),
    waitingRank: waiting?.waitingRank ?? null,
  };
}
