import type { Code } from '../kernel/codes.ts';
import { Refusal } from '../kernel/refusal.ts';
import {
  decide,
  moves,
  type ReferralActor,
  type ReferralFacts,
  type ReferralMove,
} from './referral.rules.ts';

export interface Available {
  move: ReferralMove;
  allowed: boolean;
  whyNot: Code | null;
}

export interface Standing {
  actors: readonly ReferralActor[];
  /** Whether the viewer's role gives the right to answer, and to refer. */
  mayAnswer: boolean;
  mayRefer: boolean;
  now: string;
  /** What the table does not know: a place, a vacancy to be bound first. */
  obstacle: Code | null;
}

const ofReceiver: readonly ReferralMove[] = [
  'acknowledge', 'accept', 'waitlist', 'decline', 'cancelAcceptance', 'confirmCancellation', 'start', 'undoStart',
]; // prettier-ignore

/** Every move a partner can make at all, and whether this viewer may make it now. */
export function availableMoves(referral: ReferralFacts, standing: Standing): Available[] {
  return moves.moves
    .filter((move) =>
      moves.table.some((line) => line.move === move && line.by.some((actor) => actor !== 'HUB')),
    )
    .map((move) => {
      const whyNot = obstacleTo(referral, move, standing);
      return { move, allowed: whyNot === null, whyNot };
    });
}

function obstacleTo(referral: ReferralFacts, move: ReferralMove, standing: Standing): Code | null {
  // in the order of the mutations: whose move it is, then whether there is one
  if (!mayMake(move, standing)) return 'NOT_ALLOWED';
  try {
    decide(referral, move, standing);
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return move === 'accept' ? standing.obstacle : null;
}

function mayMake(move: ReferralMove, { actors, mayAnswer, mayRefer }: Standing): boolean {
  if (move === 'bind') return actors.includes('RECEIVER') ? mayAnswer : mayRefer;
  if (move === 'reroute') return mayRefer;
  return ofReceiver.includes(move)
    ? mayAnswer && actors.includes('RECEIVER')
    : mayRefer && actors.includes('SENDER');
}
