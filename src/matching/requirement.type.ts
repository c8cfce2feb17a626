import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { VersionedCommand } from '../graphql/payload.ts';
import { Instant } from '../graphql/scalars.ts';
import type * as profile from '../people/profile.rules.ts';
import { FrenchLevel, Licence, TimeBand } from '../people/profile.type.ts';
import type { Said } from './requirement.rules.ts';

const told = {
  licences: 'Driving licences, each of them.',
  frenchLevel: 'At least this level of French.',
  timeBands: 'Parts of the day or week the work falls on, each of them.',
};

@ObjectType({
  simpleResolvers: true,
  description: 'What an offer or vacancy asks of who comes, beyond its publics and hours. Each version says all anew.',
})
export class Requirement {
  @Field(() => Int, { description: 'First, second…; 0 while nothing was ever said.' })
  number: number;

  @Field(() => [Licence], { nullable: true, description: `${told.licences} Null: nothing said.` })
  licences: profile.Licence[] | null;

  @Field(() => FrenchLevel, { nullable: true, description: `${told.frenchLevel} Null: nothing said.` })
  frenchLevel: profile.FrenchLevel | null;

  @Field(() => [TimeBand], { nullable: true, description: `${told.timeBands} Null: nothing said.` })
  timeBands: profile.TimeBand[] | null;

  @Field(() => Instant, { description: 'Since when.' })
  setAt: string;

  @Field(() => Instant, { nullable: true, description: 'Until when; null for what is in force.' })
  replacedAt: string | null;
} // prettier-ignore

@InputType({ description: 'What is asked, all of it anew: what is not given is not asked.' })
abstract class RequirementDetails extends VersionedCommand implements Partial<Said> {
  @Field(() => [Licence], { nullable: true, description: told.licences })
  licences?: profile.Licence[] | null;

  @Field(() => FrenchLevel, { nullable: true, description: `${told.frenchLevel} Not UNKNOWN.` })
  frenchLevel?: profile.FrenchLevel | null;

  @Field(() => [TimeBand], { nullable: true, description: told.timeBands })
  timeBands?: profile.TimeBand[] | null;
}

@InputType({
  description: 'What an offer asks of who comes, all of it anew: what is not given is not asked.',
})
export class OfferRequirement extends RequirementDetails {
  @Field(() => ID, { description: 'The offer; of your organisation.' })
  offer: string;
}

@InputType({
  description: 'What a vacancy asks, all of it anew: what is not given, or null, is as its offer asks; an empty list asks none.',
})
export class VacancyRequirement extends RequirementDetails {
  @Field(() => ID, { description: 'The vacancy; of your organisation.' })
  vacancy: string;
} // prettier-ignore
