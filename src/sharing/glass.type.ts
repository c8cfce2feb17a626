import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Command, Payload } from '../graphql/payload.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import type { Category } from '../people/access.rules.ts';
import { PersonCategory } from '../people/category.type.ts';
import * as rules from './glass.rules.ts';

const GlassReason = registerVocabulary('GlassReason', 'The emergency.', rules.GlassReason);
const SoughtBy = registerVocabulary('SoughtBy', 'How a person was named.', rules.SoughtBy);

@ObjectType({
  implements: Node,
  description:
    'A person opened for an emergency, for three hours (bris de glace); or an attempt that found nobody. Read by the ' +
    'organisation that did it, by who follows the person, and by the council.',
})
export class BrokenGlass extends Node {
  @Field(() => String, {
    simple: true,
    description: 'Name of the member who did, as it was then.',
  })
  brokenBy: string;

  @Field(() => GlassReason, { simple: true, description: 'The emergency stated.' })
  reason: rules.GlassReason;

  @Field(() => SoughtBy, { simple: true, description: 'How the person was named.' })
  soughtBy: rules.SoughtBy;

  @Field(() => [PersonCategory], {
    simple: true,
    description: 'What it opened; empty where nobody was found.',
  })
  categories: Category[];

  @Field(() => Instant, { simple: true, description: 'When.' })
  brokenAt: string;
}

export const BrokenGlassConnection = connectionOf(() => BrokenGlass, 'BrokenGlass', 'broken glasses');

@InputType({ description: 'Which broken glasses; every given condition must hold.' })
export class BrokenGlassFilter {
  @Field(() => ID, { nullable: true, description: 'Of this person.' })
  person?: string | null;

  @Field(() => ID, { nullable: true, description: 'By a member of this organisation.' })
  organisation?: string | null;

  @Field(() => [GlassReason], { nullable: true, description: 'For any of these emergencies.' })
  reasons?: rules.GlassReason[] | null;

  @Field(() => Instant, { nullable: true, description: 'At this instant or later.' })
  since?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: attempts that found nobody, alone; false or not said: what was opened.',
  })
  foundNobody?: boolean | null;
}

@InputType({
  description: 'Somebody as they say who they are; everything must be exact but accents and case.',
})
export class ExactIdentity {
  @Field(() => String, { description: 'Usual last name.' })
  lastName: string;

  @Field(() => String, { description: 'First name, or names, as registered.' })
  firstName: string;

  @Field(() => Day, { description: 'Date of birth.' })
  birthDate: string;
}

@InputType({ description: 'An emergency, and whom it is about.' })
export class GlassBreaking extends Command {
  @Field(() => ID, {
    nullable: true,
    description: 'The person by id; this, `reference` or `identity`.',
  })
  person?: string | null;

  @Field(() => String, { nullable: true, description: 'The person by reference, `P-7K3M2Q`.' })
  reference?: string | null;

  @Field(() => ExactIdentity, {
    nullable: true,
    description: 'The person by name and date of birth, where they fit one person alone.',
  })
  identity?: ExactIdentity | null;

  @Field(() => GlassReason, { description: 'The emergency.' })
  reason: rules.GlassReason;

  @Field(() => String, {
    description:
      'What you saw or heard, in a sentence of 20 to 500 characters, which the council reads. Nothing on health, ' +
      'offences, opinions or origins beyond what the emergency needs; never a social security number (NIR).',
  })
  detail: string;
}

@ObjectType({ description: 'What was opened, or why not.' })
export class BrokenGlassPayload extends Payload {
  @Field(() => BrokenGlass, { nullable: true, description: 'What was opened; null when refused.' })
  glass: BrokenGlass | null;
}
