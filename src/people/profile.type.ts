import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { VersionedCommand } from '../graphql/payload.ts';
import { Day } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './profile.rules.ts';
import type * as rectification from './rectification.rules.ts';
import { RectificationReason } from './rectification.type.ts';

export const Licence = registerVocabulary(
  'Licence',
  'A driving licence (permis de conduire).',
  rules.Licence,
);
export const FrenchLevel = registerVocabulary(
  'FrenchLevel',
  'Level of French in the European framework (CECRL).',
  rules.FrenchLevel,
);
const TravelMode = registerVocabulary(
  'TravelMode',
  'How the person travels; speeds are estimates.',
  rules.TravelMode,
);
export const TimeBand = registerVocabulary('TimeBand', 'A part of the day or week.', rules.TimeBand);
export const WorkConstraint = registerVocabulary(
  'WorkConstraint',
  'What the work must be like, never why.',
  rules.WorkConstraint,
);
const ProfileLine = registerVocabulary('ProfileLine', 'A line of a profile.', rules.ProfileLine);

@ObjectType('Travel', { simpleResolvers: true, description: 'How, and how far, the person travels to work.' })
@InputType('TravelInput', { description: 'How, and how far: in minutes or in kilometres, not both.' })
export class Travel implements rules.Travel {
  @Field(() => TravelMode, { description: 'By what means.' })
  mode: rules.TravelMode;

  @Field(() => Int, { nullable: true, description: 'At most so many minutes one way, from 1 to 240.' })
  maxMinutes?: number | null;

  @Field(() => Int, { nullable: true, description: 'At most so many kilometres one way, from 1 to 200.' })
  maxKm?: number | null;
}

@ObjectType('AwayPeriod', { simpleResolvers: true, description: 'Days the person is away.' })
@InputType('AwayPeriodInput', { description: 'Days the person is away.' })
export class AwayPeriod {
  @Field(() => Day, { description: 'First day away.' })
  from: string;

  @Field(() => Day, { description: 'Day back.' })
  to: string;
}

@ObjectType('Availability', { simpleResolvers: true, description: 'When the person is available.' })
@InputType('AvailabilityInput', { description: 'When the person is available; what is not said is unknown.' })
export class Availability implements rules.Availability {
  @Field(() => Float, { nullable: true, description: 'At least so many hours a week, from 0 to 48.' })
  weeklyHoursLeast?: number | null;

  @Field(() => Float, { nullable: true, description: 'At most so many hours a week, from 0 to 48.' })
  weeklyHoursMost?: number | null;

  @Field(() => [TimeBand], { nullable: true, description: 'Parts of the day or week; none said: any.' })
  timeBands?: rules.TimeBand[] | null;

  @Field(() => Day, { nullable: true, description: 'Available from this day.' })
  from?: string | null;

  @Field(() => [AwayPeriod], { nullable: true, description: 'Periods away, at most 12.' })
  away?: AwayPeriod[] | null;
}

@ObjectType({ simpleResolvers: true, description: 'When a line of the profile was stated, and by whom.' })
export class ProfileStatement {
  @Field(() => ProfileLine, { description: 'Which line.' })
  line: rules.ProfileLine;

  @Field(() => Day, { description: 'The day it was stated.' })
  statedOn: string;

  statedById: string;
}

@ObjectType({
  description: 'What a person can and wants to do. All optional: unknown is a question to ask, not a no.',
})
export class Profile {
  @Field(() => [Licence], {
    nullable: true,
    simple: true,
    description: 'Driving licences; null while unknown, empty when none.',
  })
  licences: rules.Licence[] | null;

  @Field(() => FrenchLevel, {
    nullable: true,
    simple: true,
    description: 'Level of French; null while nobody asked.',
  })
  frenchLevel: rules.FrenchLevel | null;

  @Field(() => [String], {
    simple: true,
    description: 'Skills, in a few words each, at most 30.',
  })
  skills: string[];

  @Field(() => [WorkConstraint], { simple: true, description: 'What the work must be like.' })
  workConstraints: rules.WorkConstraint[];
}

@InputType({
  description:
    'Lines of a profile: those given are stated now, null makes one unknown again, others stay. ' +
    'Nothing on health, offences, opinions or origins.',
})
export class ProfileInput implements rules.ProfileFacts {
  @Field(() => [String], { nullable: true, description: 'ROME codes wished, e.g. `A1203`; at most 20.' })
  wishedTrades?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'ROME codes refused; at most 20.' })
  refusedTrades?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Up to 30, from 1 to 100 characters each.' })
  skills?: string[] | null;

  @Field(() => [Licence], { nullable: true, description: 'Empty when the person has none.' })
  licences?: rules.Licence[] | null;

  @Field(() => FrenchLevel, { nullable: true, description: 'Level of French.' })
  frenchLevel?: rules.FrenchLevel | null;

  @Field(() => Travel, { nullable: true, description: 'How and how far.' })
  travel?: Travel | null;

  @Field(() => Availability, { nullable: true, description: 'When; replaces what was said before.' })
  availability?: Availability | null;

  @Field(() => [WorkConstraint], { nullable: true, description: 'What the work must be like.' })
  workConstraints?: rules.WorkConstraint[] | null;
}

@InputType({ description: 'What a person now says of their profile.' })
export class ProfileUpdate extends VersionedCommand {
  @Field(() => ID, { description: 'Whose.' })
  person: string;

  @Field(() => ProfileInput, { description: 'The lines that change.' })
  profile: ProfileInput;

  @Field(() => Day, { nullable: true, description: 'The day it was said; today if not given.' })
  statedOn?: string | null;

  @Field(() => RectificationReason, { nullable: true, description: 'Why; kept with what is replaced.' })
  because?: rectification.RectificationReason | null;
}
