import { Field, InputType, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description: 'Numbers by which others know the person; read by who follows the person. Never the NIR.',
})
export class PersonNumbers {
  @Field(() => String, { nullable: true, description: 'Number at France Travail (identifiant).' })
  franceTravail: string | null;

  @Field(() => String, { nullable: true, description: 'Number of the PASS IAE, twelve digits.' })
  passIae: string | null;
}

@InputType({ description: 'Numbers by which others know the person. Never the NIR.' })
export class NumbersInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Number at France Travail (identifiant): seven digits and a letter or digit, or eleven digits.',
  })
  franceTravail?: string | null;

  @Field(() => String, { nullable: true, description: 'Number of the PASS IAE: twelve digits.' })
  passIae?: string | null;
}
