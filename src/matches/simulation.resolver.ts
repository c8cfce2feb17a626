import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { cut } from '../graphql/cut.ts';
import { lackOf } from '../matching/supply.rules.ts';
import { personById } from '../people/person.store.ts';
import { Person } from '../people/person.type.ts';
import { NeedTheme } from '../people/need.type.ts';
import { MatchRule } from '../referrals/verdict.type.ts';
import { communeByCode } from '../territory/commune.store.ts';
import { Commune } from '../territory/commune.type.ts';
import { checkDrafts } from './draft.rules.ts';
import type { Match } from './matched.rules.ts';
import { MatchedRule, MatchReason } from './match.type.ts';
import { noteFew } from './person-known.store.ts';
import { grouped, heldAtOnce, type Placeable } from './simulation.rules.ts';
import { shownOf, simulated, type Simulated } from './simulation.store.ts';
import * as types from './simulation.type.ts';
import { standsAt } from './standing.rules.ts';

type Shown = Placeable & { match: Match | null; today: Simulated };

@Resolver(() => types.Simulation)
export class SimulationResolver {
  @Query(() => types.Simulation, {
    description:
      'What places would change that are not there yet: who of the people you follow would become placeable (simulation). ' +
      'Somebody becomes placeable when such a place serves something they seek or need, no rule excludes them from it, and ' +
      'no place of today does as much; what is UNKNOWN excludes nobody. Nothing is kept. Costs 100 points.',
  })
  async simulate(
    @Arg('vacancies', () => [types.DraftPlaces], { description: 'The places, from 1 to 20 drafts.' }) vacancies: types.DraftPlaces[],
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'people:read');
    requireScope(ctx.viewer, 'referrals:read');
    checkDrafts(vacancies);
    return simulated(ctx.reader, vacancies);
  }

  @FieldResolver(() => types.NewlyPlaceableConnection, {
    description: 'Who would become placeable, of the people you follow as far as their profile: the best score first.',
  })
  async newlyPlaceable(@Root() told: Simulated, @Args(() => PageArgs) page: PageArgs, @Ctx() { reader }: Context) {
    const rows = told.found.map((each): Shown => ({ ...each, match: null, today: told }));
    const shown = cut(rows, (each) => standsAt(each, each.person.id), page, told.drafts);
    const matches = await shownOf(reader, told, shown.nodes.map(({ person }) => person.id));
    for (const { node } of shown.edges) node.match = matches.find(({ personId }) => personId === node.person.id) ?? null;
    shown.totalCount = () => this.atAll(told, reader);
    return shown;
  }

  private async atAll({ found }: Simulated, reader: Context['reader']): Promise<number> {
    await noteFew(reader, [found.map(({ person }) => person.id)]);
    return found.length;
  }

  @FieldResolver(() => Int, {
    description: 'How many of them there are places for at once: each in one of the drafts, none beyond its places.',
  })
  async atOnce(@Root() told: Simulated, @Ctx() { reader }: Context) {
    await this.atAll(told, reader);
    return heldAtOnce(told.found, told.drafts);
  }

  @FieldResolver(() => [types.SimulatedPlaces], { description: 'Draft by draft, in the order asked.' })
  places(@Root() { found, drafts }: Simulated, @Ctx() { reader }: Context) {
    const by = grouped(found, ({ places }) => places);
    return counted(reader, new Map([...drafts.keys()].map((at) => [at, by.get(at) ?? []])), (at) => ({ number: at + 1 }));
  }

  @FieldResolver(() => [types.SimulatedNeed], { description: 'By what they seek or need, the most people first.' })
  needs(@Root() { found }: Simulated, @Ctx() { reader }: Context) {
    const by = grouped(found, ({ serves }) => serves);
    return counted(reader, by, (purpose) => ({ need: purpose === 'SOUGHT' ? null : purpose }));
  }

  @FieldResolver(() => [types.SimulatedCommune], {
    description: 'By the commune they live in, the most people first; who lives nobody knows where is in none.',
  })
  communes(@Root() { found }: Simulated, @Ctx() { reader }: Context) {
    const by = grouped(found, ({ person: { communeCode } }) => (communeCode === null ? [] : [communeCode]));
    return counted(reader, by, (code) => ({ code }));
  }

  @FieldResolver(() => [types.SimulatedPublic], {
    description: 'Of the priority publics of the programme in force, the most people first; none of whom nobody is found.',
  })
  priorityPublics(@Root() { found, scale }: Simulated, @Ctx() { reader }: Context) {
    const by = grouped(found, ({ person: { situations } }) => scale.priorityPublics.filter((each) => situations.includes(each)));
    return counted(reader, by, (of) => ({ public: of }));
  }
} // prettier-ignore

/** Each group with its number; where it is few, noted. */
async function counted<K, T>(
  reader: Context['reader'],
  groups: ReadonlyMap<K, readonly Placeable[]>,
  told: (key: K) => T,
) {
  await noteFew(reader, [...groups.values()].map((group) => group.map(({ person }) => person.id)));
  return [...groups].map(([key, { length }]) => ({ ...told(key), people: length }));
} // prettier-ignore

@Resolver(() => types.SimulatedCommune)
export class SimulatedCommuneResolver {
  @FieldResolver(() => Commune, { nullable: true, description: 'Where they live.' })
  commune(@Root() { code }: { code: string }, @Ctx() ctx: Context) {
    return ctx.loaders.load(communeByCode, code);
  }
}

@Resolver(() => types.NewlyPlaceable)
export class NewlyPlaceableResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Who; null when not for you.' })
  person(@Root() { person }: Shown, @Ctx() ctx: Context) {
    return ctx.loaders.load(personById, person.id);
  }

  @FieldResolver(() => [Int], { description: 'By which drafts, by their numbers from 1; the best for them first.' })
  places(@Root() { places }: Shown) {
    return places.map((at) => at + 1);
  }

  @FieldResolver(() => [NeedTheme], { description: 'Open needs it would answer, which no place answers today.' })
  needs(@Root() { serves }: Shown) {
    return serves.filter((purpose) => purpose !== 'SOUGHT');
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether it is of a trade they wish or of the kind they seek, and no such place fits today.',
  })
  sought(@Root() { serves }: Shown) {
    return serves.includes('SOUGHT');
  }

  @FieldResolver(() => MatchRule, {
    nullable: true,
    description: 'What keeps them from a place today; null: nothing of the kind is offered.',
  })
  constraintToday(@Root() { person, serves, today: { supply, paired } }: Shown) {
    return lackOf(person, supply.serving(person, serves[0]!), paired);
  }

  @FieldResolver(() => [MatchReason], { description: 'What speaks for it, in the place that is best for them.' })
  reasons(@Root() { match }: Shown) {
    return match?.reasons ?? [];
  }

  @FieldResolver(() => [MatchedRule], { description: 'The rules there; those that are UNKNOWN are to be asked.' })
  rules(@Root() { match }: Shown) {
    return match?.rules ?? [];
  }
} // prettier-ignore
