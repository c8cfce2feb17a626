import { FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { parisDay } from '../kernel/clock.ts';
import { meaningsOf } from '../kernel/vocabulary.ts';
import { againFrom, consequences } from './decline.rules.ts';
import { Decline, DeclineRule } from './decline.type.ts';
import { DeclineReason } from './reason.rules.ts';
import type { ReferralRow } from './referral.row.ts';
import { Referral } from './referral.type.ts';

function ruleOf(code: DeclineReason): DeclineRule {
  return { code, label: meaningsOf(DeclineReason)[code]!, ...consequences[code] };
}

@Resolver(() => Referral)
export class DeclineResolver {
  @Query(() => [DeclineRule], {
    description:
      'What follows from each reason to decline: whose it is, how long the offer is not proposed again.',
  })
  declineReasons(): DeclineRule[] {
    return Object.keys(DeclineReason).map((code) => ruleOf(code as DeclineReason));
  }

  @FieldResolver(() => Decline, {
    nullable: true,
    description: 'What follows from its refusal; null unless it was declined.',
  })
  decline(@Root() { state, reason, closedAt }: ReferralRow): Decline | null {
    if (state !== 'DECLINED' || closedAt === null || reason === null || !(reason in consequences))
      return null;
    const code = reason as DeclineReason;
    return { rule: ruleOf(code), againFrom: againFrom(code, parisDay(closedAt)) };
  }
}
