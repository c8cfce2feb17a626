import { fact } from '../db/facts.ts';
import type { OfferRow } from './offer.row.ts';

/** An offer left the catalogue for good: what upper slices keep open upon it has to end. */
export const offerArchived = fact<{ offer: OfferRow }>('offerArchived');

/** An offer takes nobody for a time: what awaits its answer waits with it. */
export const offerSuspended = fact<{ offer: OfferRow }>('offerSuspended');

/** A suspended offer takes people again. */
export const offerResumed = fact<{ offer: OfferRow }>('offerResumed');

/** An offer's placements count otherwise: whether it is an action has changed, or where it is. */
export const offerChanged = fact<{ offer: string }>('offerChanged');
