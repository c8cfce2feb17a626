import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { command } from '../graphql/command.ts';
import type { Context } from '../graphql/context.ts';
import { OfferPayload } from '../offers/offer-input.type.ts';
import type { OfferRow } from '../offers/offer.row.ts';
import { offerById } from '../offers/offer.store.ts';
import { Offer } from '../offers/offer.type.ts';
import type { VacancyRow } from '../vacancies/vacancy.row.ts';
import { vacancyById } from '../vacancies/vacancy.store.ts';
import { Vacancy, VacancyPayload } from '../vacancies/vacancy.type.ts';
import { setOfferRequirement, setVacancyRequirement } from './requirement.actions.ts';
import { requirementsOf } from './requirement.store.ts';
import { OfferRequirement, Requirement, VacancyRequirement } from './requirement.type.ts';

@Resolver(() => Offer)
export class OfferRequirementResolver {
  @FieldResolver(() => [Requirement], {
    description: 'What it asks of who comes, the version in force first, then those before; empty while nothing was said.',
  })
  requirements(@Root() offer: OfferRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(requirementsOf, offer.id);
  }

  @Mutation(() => OfferPayload, {
    description:
      'Says what an offer asks of who comes: licences, French, parts of the day. By its providers and managers. Referrals ' +
      'already sent keep the verdicts they were sent with. `previewRule` tells beforehand whom it brings in or leaves out.',
  })
  setOfferRequirement(
    @Arg('input', () => OfferRequirement, { description: 'What is asked.' }) input: OfferRequirement,
    @Ctx() ctx: Context,
  ) {
    const of = { operation: 'setOfferRequirement', scope: 'offers:write', noun: 'offer', read: offerById } as const;
    return command({ ctx, ...of, input, subject: input.offer, act: (tx) => setOfferRequirement(tx, input) });
  }
} // prettier-ignore

@Resolver(() => Vacancy)
export class VacancyRequirementResolver {
  @FieldResolver(() => [Requirement], {
    description:
      'What it asks of who comes where it says otherwise than its offer, the version in force first; what is null in it is as ' +
      'the offer asks. Empty: as the offer asks in all.',
  })
  requirements(@Root() vacancy: VacancyRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(requirementsOf, vacancy.id);
  }

  @Mutation(() => VacancyPayload, {
    description: 'Says what a vacancy asks of who comes, where it is not what its offer asks. By its providers and managers.',
  })
  setVacancyRequirement(
    @Arg('input', () => VacancyRequirement, { description: 'What is asked.' }) input: VacancyRequirement,
    @Ctx() ctx: Context,
  ) {
    const of = { operation: 'setVacancyRequirement', scope: 'offers:write', noun: 'vacancy', read: vacancyById } as const;
    return command({ ctx, ...of, input, subject: input.vacancy, act: (tx) => setVacancyRequirement(tx, input) });
  }
} // prettier-ignore
