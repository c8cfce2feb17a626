import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { command } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { listed } from '../graphql/lists.ts';
import type { PersonRow } from '../people/person.row.ts';
import { Person, PersonConnection } from '../people/person.type.ts';
import { chooseAcceptance } from './choice.actions.ts';
import { acceptancesOf, peopleToChooseFor } from './choice.store.ts';
import { AcceptanceChoice } from './referral.inputs.ts';
import { referralById } from './referral.store.ts';
import { Referral, ReferralPayload } from './referral.type.ts';

@Resolver(() => Person)
export class AcceptanceChoiceResolver {
  @Query(() => PersonConnection, {
    description:
      'People of whom you follow two acceptances or more by exclusive offers: a choice is yours to make (`chooseAcceptance`). ' +
      'The first start would make it, by closing the others.',
  })
  peopleToChooseFor(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    requireScope(ctx.viewer, 'people:read');
    requireScope(ctx.viewer, 'referrals:read');
    return listed(ctx, peopleToChooseFor(ctx.viewer), page, 'TO_CHOOSE');
  }

  @FieldResolver(() => [Referral], {
    nullable: true,
    description:
      'The acceptances by exclusive offers that you follow, oldest first, where there are two or more to choose between; ' +
      'else null.',
  })
  async acceptancesToChoose(@Root() person: PersonRow, @Ctx() ctx: Context) {
    const accepted = await ctx.loaders.load(acceptancesOf, person.id);
    return accepted.length > 1 ? accepted : null;
  }

  @Mutation(() => ReferralPayload, {
    description:
      'Keeps one acceptance of a person by an exclusive offer: of each other that you follow, the cancellation is asked ' +
      '(done at once when the person refuses or cannot). Their receivers are not told what was kept. By the sender.',
  })
  chooseAcceptance(
    @Arg('input', () => AcceptanceChoice, { description: 'Which one is kept, and why not the others.' })
    input: AcceptanceChoice,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'chooseAcceptance',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      subject: input.keep,
      act: (tx) => chooseAcceptance(tx, input),
    });
  }
}
