import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Funder } from './agreement.type.ts';
import type { Funder as Pays } from './terms.rules.ts';

@ObjectType({
  simpleResolvers: true,
  description:
    'What a funder pays in a year and what is realised with it, over the signed agreements that exist for you and whose amounts you read ' +
    '(docs/domain.md §9). Of an agreement several pay, each has its share of posts and hours by what it pays.',
})
export class FunderFigures {
  @Field(() => Funder, { description: 'Who pays.' })
  funder: Pays;

  @Field(() => Int, { description: 'Agreements it pays something of.' })
  agreements: number;

  @Field(() => Float, { description: 'What falls on these days, in cents of euros: evenly over the days of each agreement.' })
  cents: number;

  @Field(() => Float, { description: 'Its share of the full-time equivalents funded, averaged over the year, until today in this one.' })
  fundedFte: number;

  @Field(() => Float, { description: 'Its share of those occupied, an estimate by the contracts.' })
  occupiedFte: number;

  @Field(() => Float, { description: 'Its share of the hours told.' })
  declaredHours: number;
} // prettier-ignore
