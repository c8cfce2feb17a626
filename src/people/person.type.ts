import { Field, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Instant } from '../graphql/scalars.ts';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'A person followed towards insertion. Each category of what is known opens by itself, to whom it concerns; ' +
    'what is not open to you is null, and `disclosure` says why.',
})
export class Person extends Node {
  @Field(() => String, {
    description: 'What to say instead of a name, e.g. `P-7K3M2Q`; the same for everybody.',
  })
  reference: string;

  @Field(() => Int, { description: 'Grows with each change; give it back when you update.' })
  version: number;

  @Field(() => Instant, { description: 'When the record last changed.' })
  updatedAt: string;
}

export const PersonConnection = connectionOf(() => Person, 'Person', 'people');
