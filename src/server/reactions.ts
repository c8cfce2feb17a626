import { Reactions } from '../db/facts.ts';
import { doubleReactions } from '../doubles/double.reactions.ts';
import type { Transaction } from '../db/transaction.ts';
import { figureReactions } from '../indicators/figure.reactions.ts';
import { meetingReactions } from '../meetings/meeting.reactions.ts';
import { pathwayReactions } from '../pathway/pathway.reactions.ts';
import { placementReactions } from '../placements/placement.reactions.ts';
import { referralReactions } from '../referrals/referral.reactions.ts';
import { vacancyReactions } from '../vacancies/vacancy.reactions.ts';

/** Which upper slice acts upon which fact of a lower one, in the order they run. */
export function reactions(): Reactions<Transaction> {
  const below = referralReactions(vacancyReactions(doubleReactions(new Reactions<Transaction>())));
  return figureReactions(pathwayReactions(placementReactions(meetingReactions(below))));
}
