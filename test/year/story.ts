import sql from 'sql-template-tag';
import {
  isOneOf,
  moves,
  openStates,
  type ReferralMove,
  type ReferralState,
} from '../../src/referrals/referral.rules.ts';
import type { World } from '../kit/world.ts';

/** The story of each referral as it can be read afterwards, line by line, held against the table of moves. */

interface Line {
  referral: string;
  state: ReferralState;
  direct: boolean;
  move: ReferralMove;
  from: ReferralState;
  to: ReferralState;
  reason: string | null;
  told: boolean;
}

/** Where a story does not follow from itself, or not from docs/domain.md §4. */
export async function misread(world: World): Promise<string[]> {
  const lines = await world.rows<Line>(sql`select referral.id as referral, referral.state, origin <> 'REFERRAL' as direct,
      move, from_state as from, to_state as to, referral_move.reason,
      exists (select from event where subject_id = referral.id and occurred_at = referral_move.at
        and (facts->>'move' = move and facts->>'from' = from_state and facts->>'to' = to_state
          or move = 'bind' and type in ('referral.bound', 'referral.unbound'))) as told
    from referral left join referral_move on referral_id = referral.id order by referral.id, referral_move.id`);
  const stories = new Map<string, Line[]>();
  for (const line of lines) stories.set(line.referral, [...(stories.get(line.referral) ?? []), line]);
  return [...stories].flatMap(([referral, story]) => faultsOf(story).map((fault) => `${referral}: ${fault}`));
} // prettier-ignore

function faultsOf(story: Line[]): string[] {
  const { state, direct } = story[0]!;
  const told = story.filter(({ move }) => move !== null);
  let at: ReferralState = direct ? 'ACCEPTED' : 'DRAFT';
  const faults: string[] = [];
  for (const line of told) {
    if (line.from !== at) faults.push(`${line.move} from ${line.from}, but it stood at ${at}`);
    if (!mayBe(line)) faults.push(`${line.move} from ${line.from} to ${line.to} (${line.reason}) is no move`);
    if (!line.told) faults.push(`${line.move} from ${line.from} to ${line.to} is not in the journal`);
    at = line.to;
  }
  return at === state ? faults : [...faults, `it stands at ${state}, but its story ends at ${at}`];
}

const atOnce = ['PERSON_REFUSES', 'PERSON_UNAVAILABLE'];

function mayBe({ move, from, to, reason }: Line): boolean {
  // whoever is moved, or unbound, because a vacancy closes stays where they stand (docs/domain.md §3)
  if (move === 'bind' && reason === 'VACANCY_CLOSED') return from === to;
  const line = moves.find(from, move);
  if (!line) return false;
  if (move === 'reinstate') return reason === null && isOneOf(openStates, to);
  if (move === 'requestCancellation')
    return to === (atOnce.includes(reason!) ? 'CANCELLED' : 'CANCELLATION_REQUESTED');
  return to === (line.to === 'SAME' ? from : line.to);
}
