import { Arg, Args, Ctx, FieldResolver, Float, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { windowOf } from '../graphql/cut.ts';
import type { Judged } from '../matching/judged.rules.ts';
import type { Reason } from '../matching/score.rules.ts';
import { personById } from '../people/person.store.ts';
import type { PersonRow } from '../people/person.row.ts';
import { Person } from '../people/person.type.ts';
import { MatchRule } from '../referrals/verdict.type.ts';
import type { VacancyRow } from '../vacancies/vacancy.row.ts';
import { vacancyById } from '../vacancies/vacancy.store.ts';
import { Vacancy } from '../vacancies/vacancy.type.ts';
import { candidatesOf, matchOf, suggestionsOf } from './match.store.ts';
import {
  Match,
  MatchChange,
  MatchConnection,
  MatchedRule,
  MatchReason,
  MatchStanding,
  MatchUnit,
} from './match.type.ts';
import type { Match as Matched } from './matched.rules.ts';
import { changeIn, detailOf, factOf, questionOf } from './sentence.ts';
import { standingOf } from './standing.store.ts';

@Resolver(() => Match)
export class MatchResolver {
  @Query(() => Match, {
    nullable: true,
    description:
      'Why a person and a vacancy fit, or do not, and what would change it. Null where the person’s profile is not open to ' +
      'you. What is not open to you of the person is UNKNOWN, as what nobody stated.',
  })
  explainMatch(
    @Arg('person', () => ID, { description: 'TypeID `per_…`.' }) person: string,
    @Arg('vacancy', () => ID, { description: 'TypeID `vac_…`.' }) vacancy: string,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'people:read');
    return ctx.loaders.load(matchOf, { person, vacancy });
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who; null when not for you.' })
  person(@Root() match: Matched, @Ctx() ctx: Context) {
    return ctx.loaders.load(personById, match.personId);
  }

  @FieldResolver(() => Vacancy, { nullable: true, description: 'Which place; null when not for you.' })
  vacancy(@Root() match: Matched, @Ctx() ctx: Context) {
    return ctx.loaders.load(vacancyById, match.vacancyId);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'In the list it stands in, 1 for the best; asked by itself, the person’s rank among those who fit the vacancy ' +
      '(`standing`). Null where a rule excludes it.',
  })
  async rank(@Root() match: Matched, @Ctx() ctx: Context) {
    return match.rank ?? (await ctx.loaders.load(standingOf, pairOf(match))).rank;
  }

  @FieldResolver(() => MatchStanding, {
    description: 'Where the person stands among those you follow who fit the vacancy: numbers, and nobody’s name. Costs 20 points.',
  })
  standing(@Root() match: Matched, @Ctx() ctx: Context) {
    return ctx.loaders.load(standingOf, pairOf(match));
  }

  @FieldResolver(() => [MatchReason], { description: 'A line for each criterion the programme weighs.' })
  reasons(@Root() match: Matched) {
    return match.reasons;
  }

  @FieldResolver(() => [MatchedRule], {
    description: 'A line for each kind of rule the place sets, what binds most first.',
  })
  rules(@Root() match: Matched) {
    return match.rules;
  }

  @FieldResolver(() => MatchRule, {
    nullable: true,
    description: 'The rule that keeps them apart, else the first that is to be asked; null where every rule passes.',
  })
  bindingConstraint(@Root() match: Matched) {
    return match.binding?.rule ?? null;
  }

  @FieldResolver(() => MatchChange, {
    nullable: true,
    description: 'What would make the binding rule pass; null where every rule passes.',
  })
  smallestChange(@Root() { binding }: Matched) {
    return binding;
  }
} // prettier-ignore

const pairOf = ({ personId: person, vacancyId: vacancy }: Matched) => ({ person, vacancy });

@Resolver(() => MatchChange)
export class MatchChangeResolver {
  @FieldResolver(() => Float, {
    nullable: true,
    description: 'By how much, in `unit`: whole kilometres, hours a week or days; the rank on the waiting list.',
  })
  by(@Root() { change }: Judged) {
    return change?.by ?? null;
  }

  @FieldResolver(() => MatchUnit, { nullable: true, description: 'What `by` counts.' })
  unit(@Root() { change }: Judged) {
    return change?.unit ?? null;
  }

  @FieldResolver(() => [String], {
    description: 'What is to be acquired or accepted, by its codes (licences, level, parts of the day, trades), or the day.',
  })
  to(@Root() { change }: Judged) {
    return change?.to ?? [];
  }

  @FieldResolver(() => String, { description: 'In words, in your language (`Accept-Language`): “3 km beyond reach”.' })
  sentence(@Root() judged: Judged, @Ctx() { locale }: Context) {
    return changeIn(judged, locale);
  }
} // prettier-ignore

@Resolver(() => MatchedRule)
export class MatchedRuleResolver {
  @FieldResolver(() => String, { nullable: true, description: 'The fact the verdict rests on, in your language; null while unknown.' })
  fact(@Root() judged: Judged, @Ctx() { locale }: Context) {
    return factOf(judged, locale);
  }

  @FieldResolver(() => String, { nullable: true, description: 'What to ask, in your language; null where the answer is known.' })
  question(@Root() judged: Judged, @Ctx() { locale }: Context) {
    return questionOf(judged, locale);
  }

  @FieldResolver(() => MatchChange, { nullable: true, description: 'What would make it pass; null where it does.' })
  change(@Root() judged: Judged) {
    return judged.verdict === 'PASS' ? null : judged;
  }
} // prettier-ignore

@Resolver(() => MatchReason)
export class MatchReasonResolver {
  @FieldResolver(() => String, { description: 'The fact that counts, in your language.' })
  detail(@Root() reason: Reason, @Ctx() { locale }: Context) {
    return detailOf(reason, locale);
  }
}

@Resolver(() => Person)
export class PersonSuggestionsResolver {
  @FieldResolver(() => MatchConnection, {
    nullable: true,
    description:
      'Open vacancies with a place left that fit the person best, the best first: of the hundred the hub looks closest at, which ' +
      '`totalCount` counts. Null when the profile is not open to you. Costs 30 points.',
  })
  suggestions(@Root() { id: of }: PersonRow, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    windowOf(page, of);
    return ctx.loaders.load(suggestionsOf, { of, page });
  }
} // prettier-ignore

@Resolver(() => Vacancy)
export class VacancyCandidatesResolver {
  @FieldResolver(() => MatchConnection, {
    description:
      'People you follow who fit it best, the best first: of the hundred the hub looks closest at among those who wish the ' +
      'trade, seek that kind of action in the territory or have a need it answers. Empty for who follows nobody: a provider ' +
      'gets no list of people. Costs 30 points.',
  })
  candidates(@Root() { id: of }: VacancyRow, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    windowOf(page, of);
    return ctx.loaders.load(candidatesOf, { of, page });
  }
} // prettier-ignore
