import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { listed } from '../graphql/lists.ts';
import { parisDay } from '../kernel/clock.ts';
import { invalid } from '../kernel/refusal.ts';
import { OfferConnection } from '../offers/offer.type.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { ReferralConnection } from '../referrals/referral.type.ts';
import type { Answers } from '../referrals/timeliness.rules.ts';
import { OfferAnswers } from '../referrals/timeliness.type.ts';
import { communeByCode, knownCommune, knownEpci } from '../territory/commune.store.ts';
import { Commune } from '../territory/commune.type.ts';
import { answersGiven, referralsExpiring, staleOffers } from './agenda.store.ts';
import { PartnersAgenda, ProviderAnswers, UnmetCommune, UnmetNeed } from './agenda.type.ts';
import { gathered, monthAsked, type Unmet } from './unmet.rules.ts';
import { unmetLines } from './unmet.store.ts';

const mostAnswers = 100;

@Resolver(() => UnmetNeed)
export class UnmetNeedResolver {
  @Query(() => [UnmetNeed], {
    description:
      'Needs of people of a territory that no place within their reach answers, the most people first (besoins sans réponse). ' +
      'Counted are the people whose needs you read, and nobody else: the council reads those of its programme; who reads none asks ' +
      '`publishedTable(UNMET_NEEDS)`. A person whose ' +
      'referral to such an offer is open or placed is not counted. Distances are estimates over a straight line. Costs fifty points.',
  })
  async unmetNeeds(
    @Arg('territory', () => String, {
      description: 'Code of an EPCI (nine digits) or of a commune (five characters).',
    })
    territory: string,
    @Arg('month', () => String, {
      description:
        'A month of the five years past, `2026-11`. Of the present one it is known what is free; of a past one what was open in it.',
    })
    month: string,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'people:read');
    requireScope(ctx.viewer, 'referrals:read');
    const { now } = ctx.reader;
    const asked = monthAsked(month, parisDay(now));
    if (territory.length === 9) await knownEpci(ctx.reader, territory, 'territory');
    else await knownCommune(ctx.reader, territory, 'territory');
    return gathered(await unmetLines(ctx.reader, territory, asked));
  }

  @FieldResolver(() => [UnmetCommune], {
    description: 'Commune by commune, the most people first; who lives nobody knows where is in none.',
  })
  communes(@Root() { communes }: Unmet) {
    return communes;
  }
}

@Resolver(() => UnmetCommune)
export class UnmetCommuneResolver {
  @FieldResolver(() => Commune, { nullable: true, description: 'Where they live.' })
  commune(@Root() { commune }: Unmet['communes'][number], @Ctx() ctx: Context) {
    return ctx.loaders.load(communeByCode, commune);
  }
}

@Resolver(() => PartnersAgenda)
export class PartnersAgendaResolver {
  @Query(() => PartnersAgenda, { description: 'What partners look at together each week.' })
  partnersAgenda(@Ctx() ctx: Context): PartnersAgenda {
    return { now: ctx.reader.now };
  }

  @FieldResolver(() => ReferralConnection, {
    description:
      'Open referrals, of all you see, that expire within three business days unless somebody answers; the first to go first.',
  })
  referralsExpiring(@Root() { now }: PartnersAgenda, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    requireScope(ctx.viewer, 'referrals:read');
    return listed(ctx, referralsExpiring(now), page);
  }

  @FieldResolver(() => OfferConnection, {
    description: 'Offers of the catalogue that nobody said for 90 days still hold; who has been silent longest first.',
  })
  staleOffers(@Root() { now }: PartnersAgenda, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    requireScope(ctx.viewer, 'offers:read');
    return listed(ctx, staleOffers(now), page);
  }

  @FieldResolver(() => [ProviderAnswers], {
    description:
      'How partners with offers in the catalogue answer, the lowest rate first; none of whom fewer than ten were due. Rates ' +
      'and times are exact for the council and of oneself, else rounded. Costs fifty points.',
  })
  answers(
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, from 1 to 100.' }) first: number,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'offers:read');
    if (first < 1 || first > mostAnswers) throw invalid('first', 'RANGE', { least: 1, most: mostAnswers });
    return answersGiven(ctx.reader, first);
  }
} // prettier-ignore

@Resolver(() => ProviderAnswers)
export class ProviderAnswersResolver {
  @FieldResolver(() => Organisation, { nullable: true, description: 'Who answers.' })
  organisation(@Root() { organisation }: Answers, @Ctx() ctx: Context) {
    return ctx.loaders.load(organisationById, organisation);
  }

  @FieldResolver(() => OfferAnswers, { description: 'How, over all its offers.' })
  answers(@Root() answers: Answers) {
    return answers;
  }
}
