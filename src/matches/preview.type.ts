import { Field, Float, InputType, ObjectType } from 'type-graphql';
import { Day } from '../graphql/scalars.ts';
import type { Said } from '../matching/requirement.rules.ts';
import type * as profile from '../people/profile.rules.ts';
import { FrenchLevel, Licence, TimeBand } from '../people/profile.type.ts';
import type { DraftFacts } from './draft.rules.ts';

const otherwise = 'If not said, as the offer says today.';

@InputType({
  description:
    'What an offer would ask. Licences, French and parts of the day are said all anew: what is not given is not asked; the rest ' +
    'stays as the offer says.',
})
export class RuleDraft implements Partial<Said>, Partial<DraftFacts> {
  @Field(() => [Licence], { nullable: true, description: 'Driving licences, each of them.' })
  licences?: profile.Licence[] | null;

  @Field(() => FrenchLevel, { nullable: true, description: 'At least this level of French.' })
  frenchLevel?: profile.FrenchLevel | null;

  @Field(() => [TimeBand], {
    nullable: true,
    description: 'Parts of the day or week the work falls on, each of them.',
  })
  timeBands?: profile.TimeBand[] | null;

  @Field(() => [String], {
    nullable: true,
    description: `Publics it would be for (data·inclusion); an empty list: for all. ${otherwise}`,
  })
  publics?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: `Communes, EPCI or départements whose inhabitants it would be for. ${otherwise}`,
  })
  eligibilityZone?: string[] | null;

  @Field(() => [String], { nullable: true, description: `Trades, as ROME codes. ${otherwise}` })
  romeCodes?: string[] | null;

  @Field(() => Float, { nullable: true, description: `Hours a week, from 0 to 168. ${otherwise}` })
  weeklyHours?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: `Whether a structure of insertion by work (SIAE) would employ. ${otherwise}`,
  })
  siae?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: `Whether one need not come at all. ${otherwise}` })
  remote?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: `INSEE code of the commune it would be in. ${otherwise}`,
  })
  commune?: string | null;

  @Field(() => Day, { nullable: true, description: 'First day, of a vacancy; if not said, none is asked.' })
  startsOn?: string | null;
}

/** Made of whom was compared. */
@ObjectType({
  description:
    'Whom a change of what an offer asks would bring in or leave out: of the people whose profile you may read, those who wish ' +
    'one of its trades, seek its kind of action or have a need it answers.',
})
export class RulePreview {}
