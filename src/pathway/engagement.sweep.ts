import { eachDue } from '../db/due.ts';
import { tellEngagement } from './ending.actions.ts';
import { freeEngagement, reviewsUntold, saveEngagement } from './engagement.store.ts';

/** Says once of each planned review that it is near, as the hub; planned for another day, it is said again. */
export const sweepReviews = eachDue({
  cause: 'engagement.review',
  counts: ['told'],
  next: (reader, after, most) => reviewsUntold(reader, after?.id ?? '', most),
  async turn(tx, id) {
    const row = await freeEngagement(tx, id);
    if (!row) return null; // somebody changes it at this moment, or has
    await tellEngagement(
      tx,
      await saveEngagement(tx, row, { reviewToldOn: row.reviewOn }),
      'engagement.review_due',
    );
    return 'told';
  },
});
