import { iaeEligibility, type IaeFacts, type IaeStanding } from '../eligibility/eligibility.rules.ts';
import type { Between, PersonKnown, PlaceAsking } from '../matching/pair.rules.ts';
import { againFrom, sinceOf, waits, type Changed, type Declined } from '../referrals/decline.rules.ts';
import { metresBetween } from '../territory/point.rules.ts';

export interface Side {
  person: PersonKnown;
  place: PlaceAsking;
}

export interface BetweenThem extends Between {
  /** Whether the person is referred to this offer already, as the viewer may know. */
  referred: boolean;
}

type Refused = Omit<Declined, 'since'> & Changed;

/** A referral of a person to an offer: refused, or under way. */
export interface Sent extends Partial<Refused> {
  person: string;
  offer: string;
  vacancy: string | null;
  waitingRank: number | null;
}

/** What the viewer may know of what was between people and places: plain data, for whoever judges them. */
export interface BetweenFacts {
  /** By person and offer: the last refusal first, then what is under way. */
  sent: ReadonlyMap<string, readonly Sent[]>;
  /** By person; of whom a structure of insertion by work may ask. */
  iae: ReadonlyMap<string, IaeFacts | null>;
  today: string;
}

/** The way, eligibility with this employer, refusals, and the waiting list. */
export function betweenOf(facts: BetweenFacts, { person, place }: Side): BetweenThem {
  const { today } = facts;
  const sent = facts.sent.get(`${person.id} ${place.offerId}`) ?? [];
  const { reason, on, ...declined } = sent.find((each) => each.reason) ?? ({} as Partial<Sent>);
  const waiting = sent.find((each) => each.vacancy === place.id && each.waitingRank !== null);
  return {
    metres: person.home && place.point && Math.round(metresBetween(person.home, place.point)),
    iae: standing(facts, person, place),
    refused: reason && on ? stillRefused({ ...declined, reason, on } as Refused, today) : null,
    // of those under way, the one to this very vacancy has a rank
    waitingRank: waiting?.waitingRank ?? null,
    referred: sent.some((each) => !each.reason),
  };
}

function standing({ iae, today }: BetweenFacts, person: PersonKnown, place: PlaceAsking): IaeStanding | null {
  const known = place.siae ? (iae.get(person.id) ?? null) : null;
  return known && iaeEligibility(known, today, place.organisationId);
}

function stillRefused({ reason, on, ...row }: Refused, today: string): Between['refused'] {
  if (!waits({ reason, on, since: sinceOf(row) }, today)) return null;
  return { until: againFrom(reason, on) };
}
