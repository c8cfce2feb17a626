import { fact } from '../db/facts.ts';
import type { OfferRow } from './offer.row.ts';

/** An offer left the catalogue for good: what upper slices keep open upon it has to end. */
export const offerArchived = fact<{ offer: OfferRow }>('offerArchived');
