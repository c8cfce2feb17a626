import { Transitions } from '../kernel/transitions.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

export const LinkState = vocabulary({
  PROPOSED: 'Two records look like one person; nobody has said so yet (proposé)',
  CONFIRMED: 'One person, who has two records (confirmé)',
  REFUSED: 'Two people: never proposed again (écarté)',
  UNLINKED: 'It was taken for one person by mistake: two again (séparé)',
});
export type LinkState = Vocabulary<typeof LinkState>;

export const LinkGround = vocabulary({
  NUMBER: 'Both records hold the same number: France Travail, PASS IAE',
  NAME_AND_BIRTH_DATE: 'The same names, however written, and the same date of birth',
  BY_HAND: 'Somebody who follows both records joined them',
});
export type LinkGround = Vocabulary<typeof LinkGround>;

export const LinkReason = vocabulary({
  PAPERS_SEEN: 'Identity papers were seen',
  PERSON_SAYS: 'The person says so',
  RECORDS_AGREE: 'What both records say agrees',
  RECORDS_DIFFER: 'What both records say cannot be of one person (homonyms, twins)',
  MISTAKE: 'It had been decided by mistake',
  OTHER: 'Another reason',
});
export type LinkReason = Vocabulary<typeof LinkReason>;

/** The referent's organisation of the record that was there (else the council), or who follows both records. */
export type LinkActor = 'DECIDER' | 'FOLLOWER';
export type LinkMove = 'confirm' | 'refuse' | 'merge' | 'unmerge';

/** docs/domain.md §2: a link waits for one yes; what was joined can always be parted. */
export const linkMoves = new Transitions<LinkState, LinkMove, LinkActor>([
  { from: ['PROPOSED'], move: 'confirm', to: 'CONFIRMED', by: ['DECIDER'] },
  { from: ['PROPOSED'], move: 'refuse', to: 'REFUSED', by: ['DECIDER'] },
  { from: ['PROPOSED'], move: 'merge', to: 'CONFIRMED', by: ['FOLLOWER'] },
  { from: ['CONFIRMED'], move: 'unmerge', to: 'UNLINKED', by: ['DECIDER', 'FOLLOWER'] },
]);

/** The state after a move by somebody who may stand on both sides. */
export function decided(state: LinkState, move: LinkMove, actors: readonly LinkActor[]): LinkState {
  const able = linkMoves.find(state, move)?.by ?? [];
  return linkMoves.next(state, move, actors.find((actor) => able.includes(actor)) ?? actors[0] ?? 'FOLLOWER');
}
