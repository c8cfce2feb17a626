import sql, { raw } from 'sql-template-tag';
import type { Listing } from '../db/list.ts';
import type { Reader } from '../db/reader.ts';
import { addBusinessDays, endOfDay } from '../kernel/calendar.ts';
import { addDays, parisDay } from '../kernel/clock.ts';
import { staleAfterDays } from '../offers/offer.rules.ts';
import type { OfferRow } from '../offers/offer.row.ts';
import { offersListed } from '../offers/offer.store.ts';
import { openStates } from '../referrals/referral.rules.ts';
import type { ReferralRow } from '../referrals/referral.row.ts';
import { byDeadline, quoted, referrals } from '../referrals/referral.store.ts';
import { leastAnswers, rateOf, type Answers } from '../referrals/timeliness.rules.ts';

/** Business days within which silence lets a referral expire. */
const soonDays = 3;

/** Open referrals that expire soon unless somebody answers, of all the viewer sees: the first deadline first. */
export function referralsExpiring(now: string): Listing<ReferralRow> {
  const until = endOfDay(addBusinessDays(parisDay(now), soonDays));
  return {
    table: referrals,
    where: [
      sql`referral.state in (${raw(quoted(openStates))})`,
      sql`referral.due_at <= ${until} and referral.due_at > ${now}`,
    ],
    order: byDeadline,
  };
}

/** Offers of the catalogue that nobody has said for ninety days still hold; who has been silent longest first. */
export function staleOffers(now: string): Listing<OfferRow> {
  const since = addDays(now, -staleAfterDays);
  const last = sql`coalesce(offer.confirmed_at, offer.created_at)`;
  return {
    table: offersListed,
    where: [
      sql`offer.state in ('PUBLISHED', 'SUSPENDED')`,
      sql`(${last} < ${since} or offer.confirmed_at is null)`,
    ],
    order: {
      name: 'STALEST',
      keys: [
        { by: last, type: 'timestamptz' },
        { by: sql`offer.id`, type: 'text' },
      ],
    },
  };
}

/**
 * How those answer who have offers in the catalogue, the lowest rate first. Where the viewer is told tenths the order is that of
 * tenths: it tells no more than they do.
 */
export async function answersGiven(reader: Reader, most: number): Promise<Answers[]> {
  const { viewer } = reader;
  const rows = await reader.rows<Answers>(sql`
    select id, organisation, due, in_time as "inTime", minutes from app.answers_of_organisations(array(
      select distinct offer.organisation_id from offer where offer.state in ('PUBLISHED', 'SUSPENDED')))
    where due >= ${leastAnswers}`);
  const shown = (row: Answers) =>
    rateOf(row, viewer.organisationKind === 'COUNCIL' || viewer.organisation === row.organisation);
  const order = (one: Answers, other: Answers) =>
    shown(one) - shown(other) || (one.organisation < other.organisation ? -1 : 1);
  return rows.sort(order).slice(0, most);
}
