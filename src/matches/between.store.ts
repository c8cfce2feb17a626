import sql from 'sql-template-tag';
import type { Reader } from '../db/reader.ts';
import { iaeFactsOf } from '../eligibility/eligibility.store.ts';
import { parisDay } from '../kernel/clock.ts';
import { changesSince } from '../referrals/decline.store.ts';
import { live, referrals } from '../referrals/referral.store.ts';
import { betweenOf, type BetweenFacts, type BetweenThem, type Sent, type Side } from './between.rules.ts';

/** What there is between people and places: the way, eligibility with this employer, refusals, and the waiting list. */
export async function betweenThem(reader: Reader, sides: readonly Side[]): Promise<BetweenThem[]> {
  const facts = await betweenFacts(reader, {
    people: sides.map(({ person }) => person.id),
    offers: sides.map(({ place }) => place.offerId),
    employed: sides.filter(({ place }) => place.siae).map(({ person }) => person.id),
  });
  return sides.map((side) => betweenOf(facts, side));
}

export type Look = (side: Side) => BetweenThem;

/** The same of any of these people with any place of these offers, eligibility left out: it excludes nobody. One statement. */
export async function lookBetween(
  reader: Reader,
  people: readonly string[],
  offers: readonly string[],
): Promise<Look> {
  const facts = await betweenFacts(reader, { people, offers, employed: [] });
  return (side) => betweenOf(facts, side);
}

interface Among {
  people: readonly string[];
  offers: readonly string[];
  /** Of whom a structure of insertion by work may ask. */
  employed: readonly string[];
}

/** What is known between any of these people and any place of these offers, as plain data. */
export async function betweenFacts(reader: Reader, among: Among): Promise<BetweenFacts> {
  const employed = distinct(among.employed);
  const facts = employed.length ? await iaeFactsOf.load(reader, employed) : [];
  return {
    sent: await sentBetween(reader, distinct(among.people), distinct(among.offers)),
    iae: new Map(employed.map((id, at) => [id, facts[at] ?? null])),
    today: parisDay(reader.now),
  };
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
}

const distinct = (ids: readonly string[]) => [...new Set(ids)];
