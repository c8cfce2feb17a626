import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import type { OfferKind as Kind, ContributionDomain as Domain } from '../offers/offer.rules.ts';
import { ContributionDomain } from '../offers/offer.type.ts';
import { OfferKind } from '../programme/offer-kind.type.ts';
import type { Counting, Narrowed } from './count.store.ts';
import * as rules from './indicator.rules.ts';
import type { Asked } from './period.rules.ts';

export const IndicatorName = registerVocabulary(
  'IndicatorName',
  'What is measured (docs/domain.md §12).',
  rules.IndicatorName,
);
export const IndicatorUnit = registerVocabulary(
  'IndicatorUnit',
  'What a figure counts.',
  rules.IndicatorUnit,
);
export const IndicatorTerritory = registerVocabulary(
  'IndicatorTerritory',
  'To which territory a figure is counted.',
  rules.IndicatorTerritory,
);
export const IndicatorDimension = registerVocabulary(
  'IndicatorDimension',
  'By what a figure is told apart.',
  rules.IndicatorDimension,
);

@InputType({ description: 'Of which days: a year, a month, or two days; one of the three.' })
export class IndicatorPeriod implements Asked {
  @Field(() => Int, { nullable: true, description: 'A whole year, from 2000 to 2100.' })
  year?: number | null;

  @Field(() => Day, { nullable: true, description: 'A whole month, by any of its days.' })
  month?: string | null;

  @Field(() => Day, { nullable: true, description: 'First day, with `to`; ten years at most.' })
  from?: string | null;

  @Field(() => Day, { nullable: true, description: 'Last day.' })
  to?: string | null;
}

@InputType({
  description:
    'Of what alone; every given condition must hold. What an indicator does not know refuses INVALID_INPUT.',
})
export class IndicatorFilter implements Narrowed {
  @Field(() => String, { nullable: true, description: 'Of people who live in this EPCI.' })
  homeEpci?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of people who live in this commune of over 5,000 inhabitants.',
  })
  homeCommune?: string | null;

  @Field(() => String, { nullable: true, description: 'Of actions in this EPCI.' })
  siteEpci?: string | null;

  @Field(() => String, { nullable: true, description: 'Of actions in this commune.' })
  siteCommune?: string | null;

  @Field(() => OfferKind, { nullable: true, description: 'Of offers of this kind.' })
  offerKind?: Kind | null;

  @Field(() => ID, {
    nullable: true,
    description: 'At this organisation. Who is not the council names its own here, in `sender` or in `host`.',
  })
  provider?: string | null;

  @Field(() => ID, { nullable: true, description: 'Sent by this organisation.' })
  sender?: string | null;

  @Field(() => ID, { nullable: true, description: 'On the sites of this organisation, of hours and places.' })
  host?: string | null;

  @Field(() => ContributionDomain, {
    nullable: true,
    description: 'Of offers that contribute to this domain.',
  })
  domain?: Domain | null;
}

@ObjectType({ simpleResolvers: true, description: 'What a group is told apart by.' })
export class IndicatorKey {
  @Field(() => IndicatorDimension, { description: 'By what.' })
  dimension: rules.IndicatorDimension;

  @Field(() => String, {
    nullable: true,
    description: 'Code, id, or first day of the month; null where it is not known.',
  })
  code: string | null;

  @Field(() => String, { nullable: true, description: 'What it is called, where it has a name.' })
  label: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'One group of a figure.' })
export class IndicatorGroup {
  @Field(() => [IndicatorKey], { description: 'Which group, in the order of `groupBy`.' })
  keys: IndicatorKey[];

  @Field(() => Float, {
    nullable: true,
    description: 'The value, in the unit of the figure; null where nothing was measured.',
  })
  value: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'What the value is of, where it is a part of something.',
  })
  of: number | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A figure: what was counted, of what, as it was known at a moment, and what it means.',
})
export class IndicatorFigure {
  @Field(() => IndicatorName, { description: 'What is measured.' })
  name: rules.IndicatorName;

  @Field(() => Float, { nullable: true, description: 'The value of the whole, counted and never added up; null where nothing was measured.' })
  value: number | null;

  @Field(() => Float, { nullable: true, description: 'What the value is of (denominator); null where it is a part of nothing.' })
  of: number | null;

  @Field(() => IndicatorUnit, { description: 'What it counts.' })
  unit: rules.IndicatorUnit;

  @Field(() => IndicatorTerritory, { description: 'To which territory.' })
  territory: rules.IndicatorTerritory;

  @Field(() => Boolean, { description: 'Whether its groups add up to the whole; false where one may stand in several.' })
  additive: boolean;

  @Field(() => String, { description: 'What is counted, in your language.' })
  definition: string;

  @Field(() => String, { nullable: true, description: 'The rule set by which outcomes are classed, with its version; null without.' })
  ruleVersion: string | null;

  @Field(() => Int, { nullable: true, description: 'What the programme in force wants to reach in this year; null for any other period.' })
  target: number | null;

  @Field(() => Day, { description: 'First day counted.' })
  from: string;

  @Field(() => Day, { description: 'Last day counted: not after the day of `asOf`.' })
  to: string;

  @Field(() => Instant, { description: 'As it was known at this moment.' })
  asOf: string;

  @Field(() => [IndicatorGroup], { description: 'Each group, in the order of its codes; none if not told apart.' })
  groups: IndicatorGroup[];

  /** What was asked, for the list behind it. */
  counting: Counting;
} // prettier-ignore
