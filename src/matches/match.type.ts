import { Field, Int, ObjectType } from 'type-graphql';
import type * as verdict from '../eligibility/verdict.rules.ts';
import { Verdict } from '../eligibility/verdict.type.ts';
import { connectionOf } from '../graphql/connection.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as judged from '../matching/judged.rules.ts';
import type * as rules from '../matching/verdict.rules.ts';
import { MatchCriterion } from '../programme/programme.type.ts';
import type * as programme from '../programme/programme.rules.ts';
import { MatchRule } from '../referrals/verdict.type.ts';

export const MatchUnit = registerVocabulary('MatchUnit', 'What a change is counted in.', judged.MatchUnit);

/** Made of the rule it changes. */
@ObjectType({ description: 'What would make a rule pass, and nothing more: the smallest change.' })
export class MatchChange {}

@ObjectType({ description: 'How a person meets one kind of rule, as far as you may know.' })
export class MatchedRule {
  @Field(() => MatchRule, { simple: true, description: 'Which kind of rule.' })
  rule: rules.MatchRule;

  @Field(() => Verdict, {
    simple: true,
    description:
      'Whether it is met. UNKNOWN: a question to ask; also where what is known is not open to you.',
  })
  verdict: verdict.Verdict;
}

@ObjectType({ description: 'What speaks for a match by one criterion of the programme.' })
export class MatchReason {
  @Field(() => MatchCriterion, { simple: true, description: 'Which criterion.' })
  criterion: programme.MatchCriterion;

  @Field(() => Int, { simple: true, description: 'Its points here; the points of all criteria sum to the score.' })
  points: number;

  @Field(() => Int, { simple: true, description: 'The most it can give: its weight in the programme in force.' })
  max: number;
} // prettier-ignore

@ObjectType({ simpleResolvers: true, description: 'Where the person stands among those who fit the vacancy.' })
export class MatchStanding {
  @Field(() => Int, {
    nullable: true,
    description: 'The person’s rank, 1 for the best; null where a rule excludes them.',
  })
  rank: number | null;

  @Field(() => Int, {
    description:
      'Of how many: of those you follow who fit, the hundred the hub looks closest at, the person included.',
  })
  of: number;

  @Field(() => Int, {
    nullable: true,
    description: 'The score of the last of them for whom a place is left; null where places suffice for all, or are none or not counted.',
  })
  cutoff: number | null;
} // prettier-ignore

@ObjectType({
  description:
    'How a person and a vacancy fit, as far as you may know of the person: first the rules, then the points. It decides ' +
    'nothing: a human refers, and a human answers.',
})
export class Match {
  @Field(() => Boolean, {
    simple: true,
    description: 'No rule excludes it. A rule that is UNKNOWN excludes nobody: it is a question.',
  })
  feasible: boolean;

  @Field(() => Int, { simple: true, description: 'The sum of the points of `reasons`.' })
  score: number;
}

export const MatchConnection = connectionOf(() => Match, 'Match', 'matches');
