import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import type { Context } from '../graphql/context.ts';
import { knownCommune, knownEpci } from '../territory/commune.store.ts';
import { countedLacks, lackingIn } from './lack.store.ts';
import { PeopleWithoutPlace } from './simulation.type.ts';

@Resolver(() => PeopleWithoutPlace)
export class LackResolver {
  @Query(() => PeopleWithoutPlace, {
    description:
      'People of a territory, of those you follow as far as their profile, for whom no place of today serves something they ' +
      'seek or need: every rule is held against every place, and the one that binds is named. What is UNKNOWN excludes nobody; ' +
      'for what something is under way nobody lacks a place. Costs 100 points.',
  })
  async peopleWithoutPlace(
    @Arg('territory', () => String, {
      description: 'Code of an EPCI (nine digits) or of a commune (five characters).',
    })
    territory: string,
    @Ctx() { viewer, reader }: Context,
  ) {
    requireScope(viewer, 'people:read');
    requireScope(viewer, 'referrals:read');
    if (territory.length === 9) await knownEpci(reader, territory, 'territory');
    else await knownCommune(reader, territory, 'territory');
    const lacking = await lackingIn(reader, territory);
    const people = new Set(lacking.lacks.map(({ person }) => person)).size;
    return { people, of: lacking.of, lacks: await countedLacks(reader, lacking) };
  }
}
