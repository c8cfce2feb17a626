import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Day } from '../graphql/scalars.ts';
import { MatchRule } from '../referrals/verdict.type.ts';
import type * as verdicts from '../matching/verdict.rules.ts';
import { OfferKind } from '../offers/offer.type.ts';
import type * as kinds from '../programme/offer-kind.rules.ts';
import type * as needs from '../people/need.rules.ts';
import { NeedTheme } from '../people/need.type.ts';
import type * as profile from '../people/profile.rules.ts';
import { FrenchLevel, Licence, TimeBand } from '../people/profile.type.ts';
import type * as publics from '../programme/public.rules.ts';
import { TargetPublic } from '../programme/public.type.ts';
import type { DraftFacts } from './draft.rules.ts';

@InputType({
  description:
    'Places as one might open them. What is not said is as the vacancy or offer they are like, else it asks nothing.',
})
export class DraftPlaces implements DraftFacts {
  @Field(() => ID, {
    nullable: true,
    description: 'Like this offer (`off_…`): one of them, a vacancy or a kind is required.',
  })
  offer?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Like this vacancy (`vac_…`), its place and first day included.',
  })
  vacancy?: string | null;

  @Field(() => Int, { description: 'How many places, from 1 to 10,000.' })
  places: number;

  @Field(() => OfferKind, { nullable: true, description: 'What kind of action it would be.' })
  kind?: kinds.OfferKind | null;

  @Field(() => String, {
    nullable: true,
    description: 'INSEE code of the commune it would be in; its centre is meant.',
  })
  commune?: string | null;

  @Field(() => [String], { nullable: true, description: 'Trades, as ROME codes: `A1203`.' })
  romeCodes?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Thématiques of data·inclusion: the needs it would answer.',
  })
  thematiques?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Publics it would be for (data·inclusion); an empty list: for all.',
  })
  publics?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Codes of the communes, EPCI or départements whose inhabitants it would be for.',
  })
  eligibilityZone?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether a structure of insertion by work (SIAE) would employ.',
  })
  siae?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether one need not come at all (à distance).' })
  remote?: boolean | null;

  @Field(() => Float, { nullable: true, description: 'Hours a week, from 0 to 168.' })
  weeklyHours?: number | null;

  @Field(() => Day, { nullable: true, description: 'First day.' })
  startsOn?: string | null;

  @Field(() => Day, { nullable: true, description: 'Last day, not before the first.' })
  endsOn?: string | null;

  @Field(() => [Licence], { nullable: true, description: 'Driving licences, each of them.' })
  licences?: profile.Licence[] | null;

  @Field(() => FrenchLevel, { nullable: true, description: 'At least this level of French. Not UNKNOWN.' })
  frenchLevel?: profile.FrenchLevel | null;

  @Field(() => [TimeBand], {
    nullable: true,
    description: 'Parts of the day or week the work would fall on, each of them.',
  })
  timeBands?: profile.TimeBand[] | null;
}

@ObjectType({ description: 'Somebody whom places would serve that are not there, and whom nothing serves today.' })
export class NewlyPlaceable {
  @Field(() => Int, { simple: true, description: 'The score in the place that is best for them, by the programme in force.' })
  score: number;
} // prettier-ignore

export const NewlyPlaceableConnection = connectionOf(
  () => NewlyPlaceable,
  'NewlyPlaceable',
  'people who would become placeable',
);

@ObjectType({ simpleResolvers: true, description: 'How many people become placeable, for one thing they seek or need.' })
export class SimulatedNeed {
  @Field(() => NeedTheme, { nullable: true, description: 'The theme of an open need; null: a trade or kind of action they seek.' })
  need: needs.NeedTheme | null;

  @Field(() => Int, { description: 'How many people; one who needs several things counts in each.' })
  people: number;
} // prettier-ignore

@ObjectType({ description: 'How many people of a commune become placeable.' })
export class SimulatedCommune {
  @Field(() => Int, { simple: true, description: 'How many people.' })
  people: number;
}

@ObjectType({ simpleResolvers: true, description: 'How many people of a priority public become placeable.' })
export class SimulatedPublic {
  @Field(() => TargetPublic, { description: 'Which, of those the programme in force puts first.' })
  public: publics.TargetPublic;

  @Field(() => Int, {
    description:
      'How many people, as far as their situation is open to you; one of several publics counts in each.',
  })
  people: number;
}

@ObjectType({ simpleResolvers: true, description: 'What one of the drafts would do.' })
export class SimulatedPlaces {
  @Field(() => Int, { description: 'Which of those asked about, from 1.' })
  number: number;

  @Field(() => Int, {
    description: 'How many of the people who become placeable it would serve, whatever its places.',
  })
  people: number;
}

/** Made of whom was found. */
@ObjectType({ description: 'What would change if these places were there. Nothing is kept of it.' })
export class Simulation {}

@ObjectType({
  simpleResolvers: true,
  description: 'People whom no place fits, for one thing they seek or need, by what keeps them from it.',
})
export class LackingPlace {
  @Field(() => NeedTheme, { nullable: true, description: 'The theme of an open need; null: a trade or kind of action they seek.' })
  need: needs.NeedTheme | null;

  @Field(() => MatchRule, {
    nullable: true,
    description:
      'The rule that alone keeps them from most places that would serve; else the one that fails at most. Null: nothing of ' +
      'the kind is offered.',
  })
  constraint: verdicts.MatchRule | null;

  @Field(() => Int, { description: 'How many people.' })
  people: number;
} // prettier-ignore

@ObjectType({
  simpleResolvers: true,
  description: 'People of a territory for whom some wish or need finds no place.',
})
export class PeopleWithoutPlace {
  @Field(() => Int, { description: 'How many people, each counted once.' })
  people: number;

  @Field(() => Int, { description: 'Of how many who wish, seek or need something a place may serve.' })
  of: number;

  @Field(() => [LackingPlace], { description: 'By need and constraint, the most people first.' })
  lacks: LackingPlace[];
}
