import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { VersionedCommand } from '../graphql/payload.ts';
import { Day } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './person.rules.ts';

export const LegalBasis = registerVocabulary(
  'LegalBasis',
  'On what ground an organisation follows a person (RGPD, article 6).',
  rules.LegalBasis,
);

@ObjectType({ description: 'Who follows a person (référent unique).' })
export class Referent {
  @Field(() => LegalBasis, { simple: true, description: 'On what ground.' })
  legalBasis: rules.LegalBasis;

  @Field(() => Day, { simple: true, description: 'Since this day.' })
  since: string;
}

@InputType({ description: 'Who is to follow a person.' })
export class NewReferent {
  @Field(() => ID, { nullable: true, description: 'The organisation; your own if not said.' })
  organisation?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The member in charge; yourself if neither organisation nor member is said.',
  })
  member?: string | null;
}

@InputType({ description: 'A new referent of a person.' })
export class ReferentAssignment extends VersionedCommand {
  @Field(() => ID, { description: 'The person.' })
  person: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The organisation that follows from now on; your own if not said.',
  })
  organisation?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The member in charge; yourself if neither organisation nor member is said.',
  })
  member?: string | null;

  @Field(() => LegalBasis, { description: 'On what ground it follows.' })
  legalBasis: rules.LegalBasis;
}
