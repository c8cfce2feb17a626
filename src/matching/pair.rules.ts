import type { IaeStanding } from '../eligibility/eligibility.rules.ts';
import type { Travel } from '../people/profile.rules.ts';
import type { OfferKind } from '../programme/offer-kind.rules.ts';
import type { Point } from '../territory/point.rules.ts';
import type { KnownOf } from './known.rules.ts';
import type { AskedFor } from './verdict.rules.ts';

/** A person and a place, side by side: what the viewer may read of the one, and what the catalogue says of the other. */
export interface Pair {
  person: PersonKnown;
  place: PlaceAsking;
  between: Between;
  today: string;
}

/** Of a category that is not open to the viewer nothing is known: null, as what nobody stated. */
export interface PersonKnown extends Omit<KnownOf, 'iae'> {
  id: string;
  soughtKind: OfferKind | null;
  epciCode: string | null;
  /** Where they live, as the viewer may know it. */
  communeCode: string | null;
  home: Point | null;
  wishedTrades: readonly string[];
  refusedTrades: readonly string[];
  travel: Travel | null;
  availableFrom: string | null;
  away: readonly { from: string; to: string }[];
  /** Open needs, health and family left out; null where needs are not open to the viewer. */
  needs: readonly { theme: string; thematique: string | null }[] | null;
  registeredOn: string;
  seesPathway: boolean;
}

export interface PlaceAsking extends AskedFor {
  id: string;
  offerId: string;
  organisationId: string;
  kind: OfferKind;
  trades: readonly string[];
  thematiques: readonly string[];
  /** Communes, EPCI or départements whose inhabitants it is for; empty: no limit said. */
  zone: readonly string[];
  /** Whether one need not come at all. */
  remote: boolean;
  point: Point | null;
  startsOn: string | null;
  endsOn: string | null;
  /** Neither suspended nor closed, and its offer in the catalogue. */
  open: boolean;
  /** Null: not counted. */
  free: number | null;
  /** The rank on the list of who would be put on it now. */
  nextRank: number;
  confirmedAt: string | null;
}

export interface Between {
  metres: number | null;
  iae: IaeStanding | null;
  /** The last refusal of the person by this offer that still holds, as the viewer may know of it. */
  refused: { until: string | null } | null;
  /** Their own rank, where they wait already. */
  waitingRank: number | null;
}
