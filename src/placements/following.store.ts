import type { Followed } from '../events/live.ts';
import { namedTo } from '../partners/discretion.ts';
import { personClosing } from '../people/following.store.ts';
import type { PlacementRow } from './placement.row.ts';
import { placementById } from './placement.store.ts';

export const placementFollowed: Followed<PlacementRow> = {
  subject: 'Placement',
  read: (ctx, id) => ctx.loaders.load(placementById, id),
  names: async (ctx, row, { organisationId }) =>
    (await namedTo(ctx, organisationId, row.receiverId)) !== null,
  person: { of: (row) => row.personId, ...personClosing },
};
