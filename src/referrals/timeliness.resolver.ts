import { Ctx, FieldResolver, Float, Resolver, Root } from 'type-graphql';
import type { Context } from '../graphql/context.ts';
import type { Viewer } from '../kernel/viewer.ts';
import type { OfferRow } from '../offers/offer.row.ts';
import { Offer } from '../offers/offer.type.ts';
import type { OrganisationRow } from '../partners/organisation.row.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { daysOf, rateOf, sentenceOf, type Answers } from './timeliness.rules.ts';
import { answersOfOffer, answersOfOrganisation } from './timeliness.store.ts';
import { AnswerTime, OfferAnswers } from './timeliness.type.ts';

@Resolver(() => Offer)
export class OfferAnswersResolver {
  @FieldResolver(() => OfferAnswers, {
    nullable: true,
    description: 'How referrals to it are answered; null while too few were due. Costs five points.',
  })
  answers(@Root() offer: OfferRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(answersOfOffer, offer.id);
  }
}

@Resolver(() => OfferAnswers)
export class AnswersResolver {
  @FieldResolver(() => Float, {
    description:
      'Share answered in time, from 0 to 1; waitlisting is an answer. In tenths for other partners.',
  })
  rate(@Root() answers: Answers, @Ctx() ctx: Context) {
    return rateOf(answers, isExact(answers, ctx.viewer));
  }

  @FieldResolver(() => AnswerTime, { nullable: true, description: 'How long an answer takes.' })
  usualTime(@Root() answers: Answers) {
    return answers.minutes === null ? null : answers;
  }
}

@Resolver(() => AnswerTime)
export class AnswerTimeResolver {
  @FieldResolver(() => Float, {
    description: 'Business days: to a tenth where `exact`, else whole ones.',
  })
  days(@Root() answers: Answers, @Ctx() ctx: Context) {
    return daysOf(answers.minutes!, isExact(answers, ctx.viewer));
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether it is exact: for the provider itself and the council.',
  })
  exact(@Root() answers: Answers, @Ctx() ctx: Context) {
    return isExact(answers, ctx.viewer);
  }

  @FieldResolver(() => String, {
    description: 'The same in words, in the language of `Accept-Language`: “answers in about 4 days”.',
  })
  band(@Root() answers: Answers, @Ctx() ctx: Context) {
    return sentenceOf(answers.minutes!, isExact(answers, ctx.viewer), ctx.locale);
  }
}

@Resolver(() => Organisation)
export class OrganisationAnswersResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'How long it takes to answer a referral, over all its offers, in words and in the language of ' +
      '`Accept-Language`: “answers in about 4 days”; null while too few were due. Costs ten points.',
  })
  async usualAnswerTime(@Root() organisation: OrganisationRow, @Ctx() ctx: Context): Promise<string | null> {
    const answers = await ctx.loaders.load(answersOfOrganisation, organisation.id);
    if (!answers || answers.minutes === null) return null;
    return sentenceOf(answers.minutes, isExact(answers, ctx.viewer), ctx.locale);
  }
}

function isExact({ organisation }: Answers, viewer: Viewer): boolean {
  return viewer.organisation === organisation || viewer.organisationKind === 'COUNCIL';
}
