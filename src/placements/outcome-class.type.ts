import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Day } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import { SiaeKind } from '../offers/offer.type.ts';
import type * as offers from '../offers/offer.rules.ts';
import * as rules from './outcome-class.rules.ts';
import type * as outcome from './outcome.rules.ts';
import type * as contract from './contract.rules.ts';
import type * as followUp from './follow-up.rules.ts';
import {
  Certification,
  ContractKind,
  EndReason,
  FollowUpSituation,
  OutcomeKind,
} from './placement-history.type.ts';

export const RuleSet = registerVocabulary(
  'OutcomeRuleSetName',
  'By which rules an outcome is classed.',
  rules.RuleSet,
);
export const OutcomeClass = registerVocabulary(
  'OutcomeClass',
  'What a rule set makes of an outcome.',
  rules.OutcomeClass,
);
const LengthBound = registerVocabulary(
  'LengthBound',
  'How the length of a contract is compared.',
  rules.LengthBound,
);

const told = {
  version: 'Which version of the rule set: the one in force on the day of the outcome.',
  code: 'The line of the rule set, a code.',
  class: 'The class.',
};

@ObjectType({
  simpleResolvers: true,
  description:
    'What one rule set makes of an outcome; three stand side by side and are never added (docs/domain.md §12).',
})
export class ClassedOutcome {
  @Field(() => RuleSet, { description: 'The rule set.' })
  ruleSet: rules.RuleSet;

  @Field(() => Int, { description: told.version })
  version: number;

  @Field(() => OutcomeClass, { description: told.class })
  class: rules.OutcomeClass;

  @Field(() => String, { name: 'rule', simple: false, description: told.code })
  code: string;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'A line of a rule set: the first line that holds is the class. What it does not name, it does not ask.',
})
export class OutcomeRule {
  @Field(() => String, { description: told.code })
  code: string;

  @Field(() => OutcomeClass, { description: told.class })
  class: rules.OutcomeClass;

  @Field(() => [OutcomeKind], { nullable: true, description: 'The outcome is of one of these kinds.' })
  kinds: outcome.OutcomeKind[] | null;

  @Field(() => [ContractKind], { nullable: true, description: 'Its contract is one of these.' })
  contracts: contract.ContractKind[] | null;

  @Field(() => [Certification], { nullable: true, description: 'The training leads to one of these.' })
  certifications: outcome.Certification[] | null;

  @Field(() => [EndReason], { nullable: true, description: 'The placement ended for one of these reasons.' })
  endReasons: outcome.EndReason[] | null;

  @Field(() => LengthBound, {
    nullable: true,
    description: 'How the length of the contract compares with `lastsMonths`.',
  })
  bound: rules.LengthBound | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'In months: what `bound` compares with; with `followedAs`, within how long after the day of the outcome.',
  })
  lastsMonths: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the last day of the contract is known.' })
  lengthTold: boolean | null;

  @Field(() => Float, { nullable: true, description: 'Fewer hours a week than this.' })
  hoursBelow: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether its hours a week are known.' })
  hoursTold: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Only until so many months after the day of the outcome.',
  })
  notAfterMonths: number | null;

  @Field(() => [FollowUpSituation], { nullable: true, description: 'A follow-up found the person so.' })
  followedAs: followUp.FollowUpSituation[] | null;

  @Field(() => [SiaeKind], {
    nullable: true,
    description: 'In an insertion structure of one of these kinds.',
  })
  siaeKinds: offers.SiaeKind[] | null;

  @Field(() => Int, { nullable: true, description: 'The stay was so many months or less.' })
  stayMonths: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The hours recorded of the stay are fewer; not asked where none are.',
  })
  stayHours: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'A version of a rule set by which outcomes are classed.' })
export class OutcomeRuleSet {
  @Field(() => RuleSet, { name: 'name', simple: false, description: 'Which rule set.' })
  ruleSet: rules.RuleSet;

  @Field(() => Int, { description: 'Counted from 1.' })
  version: number;

  @Field(() => Day, { name: 'from', simple: false, description: 'It classes outcomes from this day on.' })
  fromDay: string;

  @Field(() => Day, { name: 'until', simple: false, nullable: true, description: 'Until before this day; null for the last.' })
  untilDay: string | null;

  @Field(() => String, { description: 'Where the rules come from.' })
  source: string;
} // prettier-ignore
