import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';

@ObjectType({
  simpleResolvers: true,
  description: 'An inter-municipal body (établissement public de coopération intercommunale).',
})
export class Epci {
  @Field(() => ID, { description: 'SIREN of the EPCI, nine digits.' })
  code: string;

  @Field(() => String, { description: 'Its official name.' })
  name: string;
}

@ObjectType({ simpleResolvers: true, description: 'A commune of the official geographic code (COG).' })
export class Commune {
  @Field(() => ID, { description: 'INSEE code, five characters.' })
  code: string;

  @Field(() => String, { description: 'Its official name.' })
  name: string;

  @Field(() => String, { description: 'Code of its département.' })
  departementCode: string;

  @Field(() => Int, { description: 'Inhabitants (population municipale).' })
  population: number;

  @Field(() => [String], { description: 'Its postal codes.' })
  postalCodes: string[];

  @Field(() => Float, { nullable: true, description: 'Degrees north (WGS 84), from GeoNames (CC BY 4.0).' })
  latitude: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east (WGS 84), from GeoNames (CC BY 4.0).' })
  longitude: number | null;

  @Field(() => Boolean, { description: 'The point is a neighbour’s or an average, not the commune’s own.' })
  approximate: boolean;
}

export const CommuneConnection = connectionOf(() => Commune, 'Commune', 'communes');

@InputType({ description: 'Which communes. Conditions add up.' })
export class CommuneFilter {
  @Field(() => String, {
    nullable: true,
    description: 'A part of the name, accents and case aside; forgives a misspelling.',
  })
  text?: string | null;

  @Field(() => String, { nullable: true, description: 'Code of the département.' })
  departement?: string | null;

  @Field(() => ID, { nullable: true, description: 'SIREN of the EPCI.' })
  epci?: string | null;
}
