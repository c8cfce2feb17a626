import type { Role } from '../kernel/viewer.ts';

/** Who, of those an event concerns: one side of a referral, its receiver's managers, the referent of a pathway, who follows the person, whose managers it concerns, or those of everybody but who acted. */
export type Side =
  'RECEIVER' | 'SENDER' | 'RECEIVER_MANAGERS' | 'REFERENT' | 'FOLLOWERS' | 'MANAGERS' | 'OTHER_MANAGERS';

/** Who did it: their own side need not be told. */
export interface Actor {
  organisationId: string | null;
  member: string | null;
}

/** An active member of an organisation that an event concerns. */
export interface Candidate {
  id: string;
  organisationId: string;
  roles: readonly Role[];
  /** Whether the person the event is about is open to this very member. */
  seesPerson: boolean;
}

/** Who has the referral in hand on each side, if anybody is named. */
export interface InHand {
  receiverId: string | null;
  receiverMember: string | null;
  senderId: string | null;
  senderMember: string | null;
  /** Of a pathway: who is named as its referent. */
  referentMember: string | null;
}

const has = (role: Role) => (each: Candidate) => each.roles.includes(role);

/**
 * The members to tell: who has it in hand; else those who do that work; else the managers, so that nothing is told to
 * nobody. Never who did it, nor their own side of the referral.
 */
export function toTell(side: Side, members: readonly Candidate[], hand: InHand, actor: Actor): string[] {
  const own = side === 'RECEIVER' ? hand.receiverId : side === 'SENDER' ? hand.senderId : null;
  if (own !== null && own === actor.organisationId && hand.senderId !== hand.receiverId) return [];
  const others = members.filter(({ organisationId }) => organisationId !== actor.organisationId);
  return chosen(side, side === 'OTHER_MANAGERS' ? others : members, hand)
    .map(({ id }) => id)
    .filter((id) => id !== actor.member);
}

function chosen(side: Side, members: readonly Candidate[], hand: InHand): Candidate[] {
  const receivers = members.filter(({ organisationId }) => organisationId === hand.receiverId);
  const senders = members.filter(({ organisationId }) => organisationId === hand.senderId);
  const following = (of: Candidate[]) => of.filter((each) => each.seesPerson && has('COORDINATOR')(each));
  switch (side) {
    case 'RECEIVER':
      return first(named(receivers, hand.receiverMember), receivers.filter(has('PROVIDER')), receivers.filter(has('MANAGER')));
    case 'SENDER':
      return first(named(senders, hand.senderMember), following(senders), senders.filter(has('MANAGER')));
    case 'RECEIVER_MANAGERS':
      return receivers.filter(has('MANAGER'));
    case 'REFERENT':
      return first(named([...members], hand.referentMember), following([...members]), members.filter(has('MANAGER')));
    case 'MANAGERS':
    case 'OTHER_MANAGERS':
      return members.filter(has('MANAGER'));
    case 'FOLLOWERS':
      return each(members, (of) => first(following(of), of.filter(has('MANAGER'))));
  }
} // prettier-ignore

const named = (members: Candidate[], id: string | null) => members.filter((each) => each.id === id);

function first(...groups: Candidate[][]): Candidate[] {
  return groups.find((group) => group.length > 0) ?? [];
}

function each(members: readonly Candidate[], choose: (of: Candidate[]) => Candidate[]): Candidate[] {
  const organisations = [...new Set(members.map(({ organisationId }) => organisationId))];
  return organisations.flatMap((id) => choose(members.filter(({ organisationId }) => organisationId === id)));
}
