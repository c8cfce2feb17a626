import { Field, ID, ObjectType } from 'type-graphql';
import { Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './information.rules.ts';

export const InformationQuestion = registerVocabulary(
  'InformationQuestion',
  'What a provider may ask a sender before it answers.',
  rules.InformationQuestion,
);
export const InformationAnswer = registerVocabulary(
  'InformationAnswer',
  'How a question was answered; never what the answer is.',
  rules.InformationAnswer,
);
const InformationState = registerVocabulary(
  'InformationState',
  'Where a request of information stands.',
  rules.InformationState,
);

@ObjectType({ simpleResolvers: true, description: 'One question and how it was answered.' })
export class AnsweredInformation {
  @Field(() => InformationQuestion, { description: 'The question.' })
  question: rules.InformationQuestion;

  @Field(() => InformationAnswer, { description: 'How it was answered.' })
  answer: rules.InformationAnswer;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What a provider asked the sender before it answers (demande d’information); both see it.',
})
export class InformationRequest {
  @Field(() => ID, { description: 'TypeID `inf_…`.' })
  id: string;

  @Field(() => InformationState, { description: 'Where it stands.' })
  state: rules.InformationState;

  @Field(() => [InformationQuestion], { description: 'What was asked.' })
  questions: rules.InformationQuestion[];

  @Field(() => [AnsweredInformation], { nullable: true, description: 'The answers; null until given.' })
  answers: AnsweredInformation[] | null;

  @Field(() => Instant, { description: 'When it was asked.' })
  askedAt: string;

  @Field(() => Instant, {
    description: 'Until when it stops the clock: the sender has as long as the provider had to answer.',
  })
  dueAt: string;

  @Field(() => Instant, { nullable: true, description: 'When it was answered, withdrawn or closed.' })
  endedAt: string | null;
}
