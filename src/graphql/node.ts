import { Field, ID, InterfaceType } from 'type-graphql';
import { subjectOf } from '../kernel/ids.ts';

@InterfaceType({
  description: 'Anything with a TypeID: its prefix says what it is.',
  resolveType: (value: { id: string }) => subjectOf(value.id) ?? undefined,
})
export abstract class Node {
  @Field(() => ID, { description: 'TypeID: a prefix and a UUIDv7.' })
  id: string;
}
