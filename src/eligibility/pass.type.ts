import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Command, Payload, VersionedCommand } from '../graphql/payload.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './pass.rules.ts';

export const WithdrawalReason = registerVocabulary(
  'IaeWithdrawalReason',
  'Why a pass or diagnosis is taken back.',
  rules.WithdrawalReason,
);

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'A PASS IAE: the person’s own, the same in every structure, 24 months. Issued by the national platform (les ' +
    'emplois de l’inclusion), here only noted. Open to who sees the pathway, and to the SIAE that employs the person.',
})
export class IaePass extends Node {
  @Field(() => String, { description: 'Its number, twelve digits.' })
  number: string;

  @Field(() => Day, { description: 'Its last day as it now is: prolongations and suspensions counted.' })
  endsOn: string;

  @Field(() => Day, { nullable: true, description: 'First day of the last suspension; null when none was.' })
  suspendedFrom: string | null;

  @Field(() => Day, { nullable: true, description: 'Last day of the last suspension.' })
  suspendedUntil: string | null;

  @Field(() => Day, { nullable: true, description: 'To which day it was prolonged last.' })
  prolongedTo: string | null;

  @Field(() => Day, { description: 'The day somebody last saw that it is so.' })
  checkedOn: string;

  @Field(() => Instant, {
    nullable: true,
    description: 'When it was taken back; it counts for nothing since.',
  })
  withdrawnAt: string | null;

  @Field(() => WithdrawalReason, { nullable: true, description: 'Why it was taken back.' })
  withdrawReason: rules.WithdrawalReason | null;

  @Field(() => Int, { description: 'Grows with each change; give it back when you change it.' })
  version: number;

  @Field(() => Instant, { description: 'When it last changed.' })
  updatedAt: string;
}

export const IaePassConnection = connectionOf(() => IaePass, 'IaePass', 'passes');

@InputType({ description: 'A PASS IAE to note, as the national platform shows it.' })
export class NewPass extends Command {
  @Field(() => ID, { description: 'Whose.' })
  person: string;

  @Field(() => String, { description: 'Its number, twelve digits; spaces forgiven.' })
  number: string;

  @Field(() => Day, { description: 'Its first day; may be a day to come.' })
  from: string;

  @Field(() => Day, {
    nullable: true,
    description:
      'Its last day; 24 months after `from` if not said. One that runs then refuses ALREADY_EXISTS.',
  })
  to?: string | null;

  @Field(() => Day, { nullable: true, description: 'The day you checked it; today if not said.' })
  checkedOn?: string | null;
}

@InputType({ description: 'A pass to change.' })
abstract class PassCommand extends VersionedCommand {
  @Field(() => ID, { description: 'The pass (`pas_…`).' })
  pass: string;
}

@InputType({
  description: 'A suspension decided on the national platform: the pass ends as many days later.',
})
export class PassSuspension extends PassCommand {
  @Field(() => Day, { description: 'First day: within the pass, after an earlier suspension.' })
  from: string;

  @Field(() => Day, { description: 'Last day, at most 36 months later.' })
  until: string;
}

@InputType({ description: 'A prolongation decided on the national platform.' })
export class PassProlongation extends PassCommand {
  @Field(() => Day, { description: 'Its new last day, after the present one.' })
  to: string;
}

@InputType({ description: 'A pass noted by mistake, or revoked: it counts for nothing, and stays readable.' })
export class PassWithdrawal extends PassCommand {
  @Field(() => WithdrawalReason, { description: 'Why.' })
  reason: rules.WithdrawalReason;
}

@ObjectType({ description: 'The pass, or why not.' })
export class PassPayload extends Payload {
  @Field(() => IaePass, { nullable: true, description: 'As it now is; null when refused.' })
  pass: IaePass | null;
}
