import { Field, Int, ObjectType } from 'type-graphql';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import type { NeedTheme as Theme } from '../people/need.rules.ts';
import { NeedTheme } from '../people/need.type.ts';
import * as rules from './unmet.rules.ts';

export const UnmetConstraint = registerVocabulary(
  'UnmetConstraint',
  'What keeps a need without a place.',
  rules.UnmetConstraint,
);

@ObjectType({
  simpleResolvers: true,
  description: 'How many people of a commune have a need without a place.',
})
export class UnmetCommune {
  @Field(() => Int, { description: 'People, each once; joined records of one person each.' })
  people: number;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'A need that people of a territory have and no place within their reach answers (besoin sans réponse).',
})
export class UnmetNeed {
  @Field(() => NeedTheme, { description: 'The need.' })
  need: Theme;

  @Field(() => Int, {
    description:
      'People who have it, each once (joined records of one person each), as far as you read their needs.',
  })
  people: number;

  @Field(() => UnmetConstraint, { description: 'What keeps most of them without a place.' })
  topConstraint: rules.UnmetConstraint;
}

@ObjectType({
  description:
    'What partners look at together each week (ordre du jour de la réunion hebdomadaire): each list is computed only when ' +
    'asked, in one statement.',
})
export class PartnersAgenda {
  /** When it is asked. */
  now: string;
}

@ObjectType({ description: 'How a partner with offers in the catalogue answers referrals.' })
export class ProviderAnswers {
  /** What its resolvers work from. */
  organisation: string;
}
