import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Command, Payload, VersionedCommand } from '../graphql/payload.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import type * as offer from '../offers/offer.rules.ts';
import { SiaeKind } from '../offers/offer.type.ts';
import * as rules from './diagnosis.rules.ts';
import type * as pass from './pass.rules.ts';
import { WithdrawalReason } from './pass.type.ts';

const DiagnosisKind = registerVocabulary(
  'IaeDiagnosisKind',
  'Who found the person eligible to insertion by work.',
  rules.DiagnosisKind,
);
export const IaeCriterion = registerVocabulary(
  'IaeCriterion',
  'An official criterion of insertion by work. One of RSA, ASS, AAH and DETLD is enough; of the others three, two in an AI or ETTI.',
  rules.IaeCriterion,
);

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'That an organisation found the person eligible to insertion by work (diagnostic d’éligibilité). Open to who sees ' +
    'the pathway. Its proofs are not kept here.',
})
export class IaeDiagnosis extends Node {
  @Field(() => DiagnosisKind, { description: 'As whom it diagnosed.' })
  kind: rules.DiagnosisKind;

  @Field(() => SiaeKind, { nullable: true, description: 'As which kind of SIAE; of an employer only.' })
  siaeKind: offer.SiaeKind | null;

  @Field(() => Day, { description: 'The last day it holds: six months after it was made.' })
  validUntil: string;

  @Field(() => Instant, {
    nullable: true,
    description: 'When it was taken back; it counts for nothing since.',
  })
  withdrawnAt: string | null;

  @Field(() => WithdrawalReason, { nullable: true, description: 'Why it was taken back.' })
  withdrawReason: pass.WithdrawalReason | null;

  @Field(() => Int, { description: 'Grows with each change; give it back when you change it.' })
  version: number;

  @Field(() => Instant, { description: 'When it last changed.' })
  updatedAt: string;
}

export const IaeDiagnosisConnection = connectionOf(() => IaeDiagnosis, 'IaeDiagnosis', 'diagnoses');

@InputType({ description: 'A diagnosis of eligibility that your organisation made.' })
export class NewDiagnosis extends Command {
  @Field(() => ID, { description: 'Of whom.' })
  person: string;

  @Field(() => DiagnosisKind, {
    description:
      'As whom: an authorised prescriber (otherwise NOT_ALLOWED), or an employer for its own offers alone.',
  })
  kind: rules.DiagnosisKind;

  @Field(() => Day, { nullable: true, description: 'The day it was made; today if not said, never to come.' })
  on?: string | null;

  @Field(() => SiaeKind, {
    nullable: true,
    description: 'Required of an employer, and only of it: an accreditation it holds that day.',
  })
  siaeKind?: offer.SiaeKind | null;

  @Field(() => [IaeCriterion], {
    nullable: true,
    description:
      'Required of an employer, and only of it: one of the first level, or three of the second (two in an AI or ' +
      'ETTI). You do not read back those the law closes to an employer.',
  })
  criteria?: rules.IaeCriterion[] | null;
}

@InputType({
  description: 'A diagnosis made by mistake, or taken back: it counts for nothing, and stays readable.',
})
export class DiagnosisWithdrawal extends VersionedCommand {
  @Field(() => ID, { description: 'The diagnosis (`dia_…`).' })
  diagnosis: string;

  @Field(() => WithdrawalReason, { description: 'Why.' })
  reason: pass.WithdrawalReason;
}

@ObjectType({ description: 'The diagnosis, or why not.' })
export class DiagnosisPayload extends Payload {
  @Field(() => IaeDiagnosis, { nullable: true, description: 'As it now is; null when refused.' })
  diagnosis: IaeDiagnosis | null;
}
