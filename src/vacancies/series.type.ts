import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Days } from '../graphql/days.type.ts';
import { Node } from '../graphql/node.ts';
import { Command, Payload } from '../graphql/payload.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './series.rules.ts';
import { ClosingDecision } from './vacancy.inputs.ts';
import type { VacancyCloseReason as CloseReason } from './vacancy.rules.ts';
import { VacancyCloseReason } from './vacancy.type.ts';

const Weekday = registerVocabulary('Weekday', 'A day of the week.', rules.Weekday);

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'Sessions of one workshop opened together (série d’ateliers): each is a vacancy of its own, with its own places.',
})
export class VacancySeries extends Node {
  @Field(() => String, { nullable: true, description: 'What tells it from the offer’s other series.' })
  title: string | null;

  @Field(() => Instant, { description: 'When it was opened.' })
  createdAt: string;
}

@InputType({ description: 'The same days of every week, or of every so many.' })
export class WeeklyRule implements rules.WeeklyRule {
  @Field(() => [Weekday], { description: 'On these days of the week; at least one.' })
  weekdays: rules.Weekday[];

  @Field(() => Day, { description: 'First day on which there may be a session.' })
  from: string;

  @Field(() => Day, { description: 'Last day on which there may be one, at most 24 months later.' })
  until: string;

  @Field(() => Int, {
    defaultValue: 1,
    description: 'Every so many weeks, from 1 to 8, counted from the week of `from`.',
  })
  everyWeeks: number;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Whether there is a session on public holidays too (of Alsace-Moselle by the site’s commune).',
  })
  onHolidays: boolean;

  @Field(() => [Days], {
    nullable: true,
    description:
      'Days without a session, beside those on which the provider, or the site, is declared closed.',
  })
  except?: Days[] | null;
}

@InputType({ description: 'Sessions to open together, on dates or by a weekly rule: one vacancy each.' })
export class NewVacancySeries extends Command {
  @Field(() => ID, { description: 'One of your own offers, published.' })
  offer: string;

  @Field(() => String, {
    nullable: true,
    description: 'Of the series and each session: from 3 to 200 characters.',
  })
  title?: string | null;

  @Field(() => Int, { nullable: true, description: 'Of each session, from 0 to 10,000; null: not counted.' })
  places?: number | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Where they happen, maybe at another organisation; the offer’s place if not said.',
  })
  site?: string | null;

  @Field(() => [Day], { nullable: true, description: 'On these days, from 1 to 60; this or `weekly`.' })
  dates?: string[] | null;

  @Field(() => WeeklyRule, {
    nullable: true,
    description: 'From 1 to 60 sessions by this rule; this or `dates`.',
  })
  weekly?: WeeklyRule | null;

  @Field(() => String, {
    nullable: true,
    description: 'When each begins, `hh:mm` in Paris; with `to`, or neither.',
  })
  from?: string | null;

  @Field(() => String, { nullable: true, description: 'When each ends, `hh:mm`, after it begins.' })
  to?: string | null;
}

@InputType({ description: 'The rest of a series to close.' })
export class VacancySeriesClosing extends Command {
  @Field(() => ID, { description: 'TypeID `ser_…`.' })
  series: string;

  @Field(() => Day, { nullable: true, description: 'Sessions of this day and later; today if not said.' })
  from?: string | null;

  @Field(() => VacancyCloseReason, { description: 'Why.' })
  reason: CloseReason;

  @Field(() => [ClosingDecision], {
    nullable: true,
    description:
      'What becomes of each accepted referral of the sessions that close; one that is missing refuses with PLACES_IN_USE.',
  })
  decisions?: ClosingDecision[] | null;
}

@ObjectType({ description: 'The series, or why not.' })
export class VacancySeriesPayload extends Payload {
  @Field(() => VacancySeries, {
    nullable: true,
    description: 'As it now is; null when there is none for you.',
  })
  series: VacancySeries | null;
}
