import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../graphql/context.ts';
import { disclosed, type Disclosed } from '../people/disclosure.rules.ts';
import { disclosureOf } from '../people/disclosure.store.ts';
import { holderById } from '../people/holder.store.ts';
import { Disclosure, Person } from '../people/person.type.ts';
import { opensFirst } from './disclosure.rules.ts';
import { receivedOf } from './disclosure.store.ts';

/** Here rather than with the person: why a name is not open yet is told by the referral. */
@Resolver(() => Person)
export class PersonDisclosureResolver {
  @FieldResolver(() => [Disclosure], {
    description:
      'What of the person is open to you and why, a line for each category; what is not, and why not.',
  })
  async disclosure(@Root() person: { id: string }, @Ctx() ctx: Context): Promise<Disclosed[]> {
    const [open, holder, received] = await Promise.all([
      ctx.loaders.load(disclosureOf, person.id),
      ctx.loaders.load(holderById, ctx.viewer.organisation),
      ctx.loaders.load(receivedOf, person.id),
    ]);
    return disclosed({ holder: holder!, health: ctx.viewer.health, open, awaited: opensFirst(received) });
  }
}
