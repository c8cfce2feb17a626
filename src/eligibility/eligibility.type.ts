import { Field, ObjectType } from 'type-graphql';
import { Day } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './eligibility.rules.ts';
import type * as verdict from './verdict.rules.ts';
import { Verdict } from './verdict.type.ts';

const IaeGround = registerVocabulary(
  'IaeGround',
  'What makes a person eligible to insertion by work (insertion par l’activité économique).',
  rules.IaeGround,
);
const IaeQuestion = registerVocabulary(
  'IaeQuestion',
  'What to ask where eligibility to insertion by work is unknown.',
  rules.IaeQuestion,
);

@ObjectType({
  description:
    'Whether a person may be employed by a structure of insertion by work (SIAE; code du travail L5132-3): by a PASS ' +
    'IAE or a diagnosis, never by which criterion. PASS or UNKNOWN: the hub finds nobody ineligible.',
})
export class IaeEligibility {
  @Field(() => Verdict, { simple: true, description: 'PASS, or UNKNOWN: a question to ask.' })
  verdict: verdict.Verdict;

  @Field(() => IaeGround, { nullable: true, simple: true, description: 'By what; null while unknown.' })
  ground: rules.IaeGround | null;

  @Field(() => Day, {
    nullable: true,
    simple: true,
    description: 'The last day it holds; null while unknown.',
  })
  until: string | null;

  @Field(() => IaeQuestion, {
    nullable: true,
    simple: true,
    description: 'What to ask; null where it is known, and for who received a referral: ask its sender.',
  })
  question: rules.IaeQuestion | null;
}
