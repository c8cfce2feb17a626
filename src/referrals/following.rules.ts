import type { ReferralState } from './referral.rules.ts';

/** What a subscriber asks to be told of; every given condition must hold. */
export interface Following {
  sender?: string | null;
  receiver?: string | null;
  organisation?: string | null;
  offer?: string | null;
  person?: string | null;
  states?: readonly ReferralState[] | null;
}

export interface Followed {
  senderId: string;
  receiverId: string;
  followerId: string | null;
  offerId: string;
  personId: string;
  state: ReferralState;
}

export function wanted(following: Following, referral: Followed): boolean {
  const { sender, receiver, organisation, offer, person, states } = following;
  const sides = [referral.senderId, referral.receiverId, referral.followerId];
  return (
    (sender == null || sender === referral.senderId) &&
    (receiver == null || receiver === referral.receiverId) &&
    (organisation == null || sides.includes(organisation)) &&
    (offer == null || offer === referral.offerId) &&
    (person == null || person === referral.personId) &&
    (states == null || states.includes(referral.state))
  );
}
