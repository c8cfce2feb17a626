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
  person: string;
  vacancy: string;
  referred: boolean;
  waitingRank: number | null;
}

/** What there is between people and places: the way, eligibility with this employer, refusals, and the waiting list. */
export async function betweenThem(reader: Reader, sides: readonly Side[]): Promise<BetweenThem[]> {
  const today = parisDay(reader.now);
  const rows = await referralsBetween(reader, sides);
  const employed = [...new Set(sides.filter(({ place }) => place.siae).map(({ person }) => person.id))];
  const facts = employed.length ? await iaeFactsOf.load(reader, employed) : [];
  return sides.map(({ person, place }) => {
    const row = rows.get(`${person.id} ${place.id}`);
    const known = facts[employed.indexOf(person.id)] ?? null;
    return {
      metres: person.home && place.point && Math.round(metresBetween(person.home, place.point)),
      iae: place.siae && known ? iaeEligibility(known, today, place.organisationId) : null,
      refused: row?.reason ? stillRefused(row as Refused, today) : null,
      waitingRank: row?.waitingRank ?? null,
      referred: row?.referred ?? false,
    };
  });
}

type Refused = Omit<Declined, 'since'> & Changed;

function stillRefused({ reason, on, ...row }: Refused, today: string): Between['refused'] {
  if (!waits({ reason, on, since: sinceOf(row) }, today)) return null;
  return { until: againFrom(reason, on) };
}

/** Of each pair, the last refusal and the referral under way that the viewer sees. */
async function referralsBetween(reader: Reader, sides: readonly Side[]): Promise<Map<string, Row>> {
  const people = sides.map(({ person }) => person.id);
  const vacancies = sides.map(({ place }) => place.id);
  const offers = sides.map(({ place }) => place.offerId);
  const seen = referrals.scope(reader.viewer);
  const rows = await reader.rows<Row>(sql`
    select asked.person, asked.vacancy, declined.*, current.rank as "waitingRank", current.rank is not null or current.id is not null as referred
    from unnest(${people}::text[], ${vacancies}::text[], ${offers}::text[]) asked (person, vacancy, offer)
      left join lateral (select ${changesSince} from referral where referral.person_id = asked.person
        and referral.offer_id = asked.offer and referral.state = 'DECLINED' and ${seen}
        order by referral.closed_at desc limit 1) declined on true
      left join lateral (select referral.id, case when referral.state = 'WAITLISTED' and referral.vacancy_id = asked.vacancy
          then app.waiting_rank(referral.vacancy_id, referral.waitlisted_at, referral.id) end as rank
        from referral where referral.person_id = asked.person and referral.offer_id = asked.offer and ${live} and ${seen}
        order by referral.vacancy_id = asked.vacancy desc nulls last, referral.id limit 1) current on true
    where declined.reason is not null or current.id is not null`);
  return new Map(rows.map((row) => [`${row.person} ${row.vacancy}`, row]));
}
