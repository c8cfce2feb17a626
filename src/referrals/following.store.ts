import type { Followed } from '../events/live.ts';
import { namedTo } from '../partners/discretion.ts';
import { personClosing } from '../people/following.store.ts';
import type { ReferralRow } from './referral.row.ts';
import { referralById } from './referral.store.ts';

export const referralFollowed: Followed<ReferralRow> = {
  subject: 'Referral',
  read: (ctx, id) => ctx.loaders.load(referralById, id),
  names: async (ctx, row, { organisationId }) =>
    (await namedTo(ctx, organisationId, row.receiverId)) !== null,
  person: { of: (row) => row.personId, ...personClosing },
};
