import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../graphql/context.ts';
import { Day } from '../graphql/scalars.ts';
import { offerById } from '../offers/offer.store.ts';
import { Offer } from '../offers/offer.type.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { siteById } from '../partners/site.store.ts';
import { Site } from '../partners/site.type.ts';
import { vacancyById } from '../vacancies/vacancy.store.ts';
import { Vacancy } from '../vacancies/vacancy.type.ts';
import {
  AgreementAmount,
  AgreementOpinion,
  AgreementParty,
  AgreementReservation,
  AgreementTerms,
} from './agreement.type.ts';
import type { OpinionRow } from './opinion.row.ts';
import { reservationsOf } from './opinion.store.ts';
import type { PartyRow } from './party.row.ts';
import type { TermsRow } from './terms.row.ts';
import { amountsOfTerms, coversOf } from './terms.store.ts';

@Resolver(() => AgreementParty)
export class AgreementPartyResolver {
  @FieldResolver(() => Organisation, { description: 'Who.' })
  organisation(@Root() { organisationId }: PartyRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(organisationById, organisationId);
  }
}

@Resolver(() => AgreementTerms)
export class AgreementTermsResolver {
  @FieldResolver(() => Day, { description: 'Last day of the agreement, as these say.' })
  to(@Root() { toDay }: TermsRow) {
    return toDay;
  }

  @FieldResolver(() => [AgreementAmount], {
    nullable: true,
    description: 'Who pays how much; for the parties and the council, null for the body that gives its opinion.',
  })
  amounts(@Root() { agreementId, number }: TermsRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(amountsOfTerms, `${agreementId} ${number}`);
  }

  @FieldResolver(() => [Offer], { description: 'Whole offers these are about, as far as you see them.' })
  async offers(@Root() { agreementId, number }: TermsRow, @Ctx() ctx: Context) {
    const covers = await ctx.loaders.load(coversOf, agreementId);
    const whole = covers.filter((each) => each.number === number && each.vacancyId === null);
    const found = await Promise.all(whole.map(({ offerId }) => ctx.loaders.load(offerById, offerId)));
    return found.filter((offer) => offer !== null);
  }

  @FieldResolver(() => [Vacancy], { description: 'Single vacancies these are about, as far as you see them.' })
  async vacancies(@Root() { agreementId, number }: TermsRow, @Ctx() ctx: Context) {
    const covers = await ctx.loaders.load(coversOf, agreementId);
    const single = covers.flatMap((each) => (each.number === number && each.vacancyId ? [each.vacancyId] : []));
    const found = await Promise.all(single.map((id) => ctx.loaders.load(vacancyById, id)));
    return found.filter((vacancy) => vacancy !== null);
  }

  @FieldResolver(() => Site, { nullable: true, description: 'Where the work is done; null if not said.' })
  site(@Root() { siteId }: TermsRow, @Ctx() ctx: Context) {
    return siteId && ctx.loaders.load(siteById, siteId);
  }
} // prettier-ignore

@Resolver(() => AgreementOpinion)
export class AgreementOpinionResolver {
  @FieldResolver(() => Organisation, { description: 'Whose it is.' })
  council(@Root() { organisationId }: OpinionRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(organisationById, organisationId);
  }

  @FieldResolver(() => [AgreementReservation], { description: 'What it asks to be seen to, in its order.' })
  reservations(@Root() { id }: OpinionRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(reservationsOf, id);
  }
}
