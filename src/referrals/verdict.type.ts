import { Field, ObjectType } from 'type-graphql';
import type * as verdict from '../eligibility/verdict.rules.ts';
import { Verdict } from '../eligibility/verdict.type.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from '../matching/verdict.rules.ts';

export const MatchRule = registerVocabulary(
  'MatchRule',
  'A kind of rule that an offer or vacancy sets.',
  rules.MatchRule,
);

@ObjectType({
  simpleResolvers: true,
  description: 'Whether the person met one kind of rule when the referral was sent; never by which fact.',
})
export class RuleVerdict {
  @Field(() => MatchRule, { description: 'Which kind of rule.' })
  rule: rules.MatchRule;

  @Field(() => Verdict, { description: 'Whether it was met; UNKNOWN is a question to ask the sender.' })
  verdict: verdict.Verdict;
}
