import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../graphql/context.ts';
import { PersonNumbers } from './number.type.ts';
import { numbersOf } from './person.store.ts';
import { Person } from './person.type.ts';

@Resolver(() => Person)
export class PersonNumbersResolver {
  @FieldResolver(() => PersonNumbers, {
    nullable: true,
    description:
      'Numbers others know the person by; null when none is known, or when you do not follow the person.',
  })
  numbers(@Root() person: Person, @Ctx() ctx: Context) {
    return ctx.loaders.load(numbersOf, person.id);
  }
}
