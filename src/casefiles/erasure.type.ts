import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Command, Payload } from '../graphql/payload.ts';
import { Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './erasure.rules.ts';

const ErasureGround = registerVocabulary(
  'ErasureGround',
  'Why a person is to be erased.',
  rules.ErasureGround,
);
export const ErasureReason = registerVocabulary(
  'ErasureReason',
  'Why a person was erased.',
  rules.ErasureReason,
);

@InputType({ description: 'Whom to erase, and why. It cannot be undone.' })
export class PersonErasure extends Command {
  @Field(() => ID, { description: 'The person.' })
  person: string;

  @Field(() => ErasureGround, { description: 'Why.' })
  reason: rules.ErasureGround;

  @Field(() => String, { description: 'The reference of the person typed again, e.g. `P-7K3M2Q`.' })
  confirm: string;
}

@ObjectType({
  description:
    'That a person was erased, told to every organisation that had ever received their data: whoever has a copy ' +
    'erases it (RGPD art. 17 and 19).',
})
export class Erasure {
  @Field(() => Instant, { simple: true, description: 'When.' })
  at: string;
}

export const ErasureConnection = connectionOf(() => Erasure, 'Erasure', 'erasures');

@ObjectType({ description: 'The erasure, or why not.' })
export class ErasurePayload extends Payload {
  @Field(() => Erasure, { nullable: true, description: 'What was done; null when refused.' })
  erasure: Erasure | null;
}
