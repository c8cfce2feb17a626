import type { PlacementState } from './placement.rules.ts';

/** What a subscriber asks to be told of; every given condition must hold. */
export interface Following {
  organisation?: string | null;
  offer?: string | null;
  person?: string | null;
  states?: readonly PlacementState[] | null;
}

export interface Followed {
  senderId: string;
  receiverId: string;
  offerId: string;
  personId: string;
  state: PlacementState;
}

export function wanted({ organisation, offer, person, states }: Following, placement: Followed): boolean {
  return (
    (organisation == null || [placement.senderId, placement.receiverId].includes(organisation)) &&
    (offer == null || offer === placement.offerId) &&
    (person == null || person === placement.personId) &&
    (states == null || states.includes(placement.state))
  );
}
