import type { Followed } from '../events/live.ts';
import { namedTo } from '../partners/discretion.ts';
import { personClosing } from '../people/following.store.ts';
import type { ReferralRow } from './referral.row.ts';
import { referralById } from './referral.store.ts';

export const referralFollowed: Followed<ReferralRow> = {
  subject: 'Referral',
  read: (ctx, id) => ctx.loaders.load(referralById, id),
  // only to who receives may somebody be nobody: the others need no look at who it is
  names: async (ctx, { receiverId }, { organisationId }) =>
    ctx.viewer.organisation !== receiverId || (await namedTo(ctx, organisationId, receiverId)) !== null,
  person: { of: (row) => row.personId, ...personClosing },
};
