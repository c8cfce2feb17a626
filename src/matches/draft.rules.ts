import { invalid, Refusal } from '../kernel/refusal.ts';
import type { PlaceAsking } from '../matching/pair.rules.ts';
import { askedBy, checkSaid, saidOf, type Said } from '../matching/requirement.rules.ts';
import { checkOffer } from '../offers/offer.rules.ts';
import type { OfferKind } from '../programme/offer-kind.rules.ts';
import type { Point } from '../territory/point.rules.ts';
import { checkVacancy } from '../vacancies/vacancy.rules.ts';

/** Places that are not there, as one would open them: what is not said is as the offer or vacancy they are like. */
export interface DraftFacts extends Partial<Said> {
  offer?: string | null;
  vacancy?: string | null;
  places: number;
  kind?: OfferKind | null;
  commune?: string | null;
  romeCodes?: string[] | null;
  thematiques?: string[] | null;
  publics?: string[] | null;
  eligibilityZone?: string[] | null;
  siae?: boolean | null;
  remote?: boolean | null;
  weeklyHours?: number | null;
  startsOn?: string | null;
  endsOn?: string | null;
}

const mostDrafts = 20;

export function checkDrafts(drafts: readonly DraftFacts[]): void {
  if (drafts.length < 1 || drafts.length > mostDrafts) throw invalid('vacancies', 'RANGE', { least: 1, most: mostDrafts });
  drafts.forEach(checkDraft);
} // prettier-ignore

function checkDraft(draft: DraftFacts, at: number): void {
  const within = (field: string) => `vacancies.${at}.${field}`;
  if (draft.places < 1) throw invalid(within('places'), 'RANGE', { least: 1, most: 10_000 });
  if ([draft.offer, draft.vacancy, draft.kind].every((like) => like == null)) throw invalid(within('kind'), 'REQUIRED');
  checkAsking(draft, within);
} // prettier-ignore

/** What a draft says of itself, each field as of an offer or vacancy. */
export function checkAsking(draft: Partial<DraftFacts>, within: (field: string) => string): void {
  try {
    checkVacancy(draft);
    checkOffer({ ...draft });
    checkSaid(saidOf(draft));
  } catch (refused) {
    if (!(refused instanceof Refusal) || refused.field === null) throw refused;
    throw new Refusal(refused.code, refused.details, within(refused.field));
  }
}

const asksNothing: Omit<PlaceAsking, 'id' | 'kind'> = {
  ...{ offerId: '', organisationId: '', trades: [], thematiques: [], publics: [], zone: [], siae: false, remote: false },
  ...{ point: null, weeklyHours: null, startsOn: null, endsOn: null, open: true, free: null, nextRank: 1, confirmedAt: null },
  ...{ licences: [], frenchLevel: null, timeBands: [] },
}; // prettier-ignore

/** The number of a draft in what was asked stands for the id it does not have; when the other ends says nothing of this one. */
export function placeOf(
  draft: Omit<DraftFacts, 'places'> & { places: number | null },
  at: number,
  { like, point }: { like: PlaceAsking | null; point: Point | null },
): PlaceAsking {
  const { kind, romeCodes: trades, thematiques, publics, eligibilityZone: zone, siae, remote } = draft;
  const { weeklyHours, startsOn, endsOn = null, places: free } = draft;
  const base = like ?? { ...asksNothing, kind: 'OTHER' as const };
  return {
    ...base,
    ...said({ kind, trades, thematiques, publics, zone, siae, remote, weeklyHours, startsOn, point }),
    ...askedBy(base, saidOf(draft)),
    ...{ id: `draft ${at + 1}`, endsOn, open: true, free, nextRank: 1 },
  };
}

function said(facts: { [K in keyof PlaceAsking]?: PlaceAsking[K] | null | undefined }): Partial<PlaceAsking> {
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact != null));
}
