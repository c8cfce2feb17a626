import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import type { Context } from '../graphql/context.ts';
import { Day } from '../graphql/scalars.ts';
import { parisDay } from '../kernel/clock.ts';
import { classesOf, rulesOf, ruleSetsOn, type ClassRow } from './outcome-class.store.ts';
import { ClassedOutcome, OutcomeRule, OutcomeRuleSet } from './outcome-class.type.ts';
import type { OutcomeRuleRow, OutcomeRuleSetRow } from './outcome-rule.row.ts';
import type { OutcomeRow } from './outcome.row.ts';
import { Outcome } from './placement-history.type.ts';

const inWords = ({ labelFr, labelEn }: OutcomeRuleRow, { locale }: Context) =>
  locale === 'fr' ? labelFr : labelEn;
const reason = ({ whyFr, whyEn }: OutcomeRuleRow, { locale }: Context) => (locale === 'fr' ? whyFr : whyEn);

@Resolver(() => Outcome)
export class OutcomeClassesResolver {
  @FieldResolver(() => [ClassedOutcome], {
    description: 'What each rule set in force on its day makes of it, as things stand today.',
  })
  classes(@Root() { id }: OutcomeRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(classesOf, String(id));
  }
}

@Resolver(() => ClassedOutcome)
export class ClassedOutcomeResolver {
  @FieldResolver(() => String, {
    description: 'The class in words, in your language, as the rule set calls it.',
  })
  label(@Root() row: ClassRow, @Ctx() ctx: Context) {
    return inWords(row, ctx);
  }

  @FieldResolver(() => String, { description: 'Why it is of this class, in words, in your language.' })
  why(@Root() row: ClassRow, @Ctx() ctx: Context) {
    return reason(row, ctx);
  }
}

@Resolver(() => OutcomeRule)
export class OutcomeRuleResolver {
  @FieldResolver(() => String, { description: 'The class in words, in your language.' })
  label(@Root() row: OutcomeRuleRow, @Ctx() ctx: Context) {
    return inWords(row, ctx);
  }

  @FieldResolver(() => String, { description: 'What it means, in your language.' })
  why(@Root() row: OutcomeRuleRow, @Ctx() ctx: Context) {
    return reason(row, ctx);
  }
}

@Resolver(() => OutcomeRuleSet)
export class OutcomeRuleSetResolver {
  @Query(() => [OutcomeRuleSet], { description: 'The rules by which outcomes of a day are classed.' })
  outcomeRuleSets(
    @Arg('on', () => Day, { nullable: true, description: 'The day; today if not said.' }) on: string | null,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'offers:read');
    return ctx.loaders.load(ruleSetsOn, on ?? parisDay(ctx.reader.now));
  }

  @FieldResolver(() => [OutcomeRule], { description: 'Its lines, in order.' })
  rules(@Root() version: OutcomeRuleSetRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(rulesOf, version);
  }
} // prettier-ignore
