import { Field, InputType } from 'type-graphql';
import * as rules from './information.rules.ts';
import { InformationAnswer, InformationQuestion } from './information.type.ts';
import type * as noteRules from './note.rules.ts';
import { NoteCategory, ReferralCommand } from './referral.inputs.ts';

@InputType({
  description: 'What a provider asks before it answers. By its receiver, while it has not answered.',
})
export class NewInformationRequest extends ReferralCommand {
  @Field(() => [InformationQuestion], { description: 'At least one, each once.' })
  questions: rules.InformationQuestion[];
}

@InputType({ description: 'How one question was answered.' })
export class InformationAnswering {
  @Field(() => InformationQuestion, { description: 'One that was asked.' })
  question: rules.InformationQuestion;

  @Field(() => InformationAnswer, {
    description: 'How; what it says of the person goes through its own mutation.',
  })
  answer: rules.InformationAnswer;
}

@InputType({ description: 'A note for the other party, kept with the notes of the referral.' })
export class InformationNote {
  @Field(() => NoteCategory, { description: 'What it is about.' })
  category: noteRules.NoteCategory;

  @Field(() => String, {
    description:
      'From 1 to 500 characters; nothing on health, offences, opinions or origins (docs/domain.md §7).',
  })
  text: string;
}

@InputType({ description: 'Answers to what the provider asked. By the sender.' })
export class InformationProviding extends ReferralCommand {
  @Field(() => [InformationAnswering], { description: 'One for each question.' })
  answers: InformationAnswering[];

  @Field(() => InformationNote, { nullable: true, description: 'A note that goes with them.' })
  note?: InformationNote | null;
}

@InputType({ description: 'A request of information no longer needed. By the receiver.' })
export class InformationRequestWithdrawal extends ReferralCommand {}
