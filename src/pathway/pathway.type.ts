import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Command, Payload, VersionedCommand } from '../graphql/payload.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import { LegalBasis, NewReferent } from '../people/referent.type.ts';
import type { LegalBasis as Basis } from '../people/person.rules.ts';
import * as rules from './pathway.rules.ts';

export const Orientation = registerVocabulary(
  'Orientation',
  'Towards which kind of help a person is directed (CASF L262-29).',
  rules.Orientation,
);
export const PathwayEndReason = registerVocabulary(
  'PathwayEndReason',
  'Why a pathway ended.',
  rules.PathwayEndReason,
);
export const ReorientationReason = registerVocabulary(
  'ReorientationReason',
  'Why another orientation was decided.',
  rules.ReorientationReason,
);
export const PathwayStepKind = registerVocabulary(
  'PathwayStepKind',
  'What was decided of a pathway, or followed.',
  rules.PathwayStepKind,
);

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'A person’s way through the programme (parcours): from the orientation to its end, one at a time. Open to who sees the ' +
    'pathway.',
})
export class Pathway extends Node {
  @Field(() => Day, { description: 'The day of the orientation.' })
  beganOn: string;

  @Field(() => Day, { nullable: true, description: 'Its last day; null while it runs.' })
  endedOn: string | null;

  @Field(() => PathwayEndReason, { nullable: true, description: 'Why it ended.' })
  endReason: rules.PathwayEndReason | null;

  @Field(() => Orientation, { description: 'Towards what, as decided last.' })
  orientation: rules.Orientation;

  @Field(() => Day, {
    description:
      'The day by which its engagement contract is to be signed: a month after it began (CASF L262-34).',
  })
  engagementDueOn: string;

  @Field(() => Int, { description: 'Grows with each change; give it back when you change it.' })
  version: number;

  @Field(() => Instant, { description: 'When it last changed.' })
  updatedAt: string;
}

export const PathwayConnection = connectionOf(() => Pathway, 'Pathway', 'pathways');

@ObjectType({
  simpleResolvers: true,
  description: 'One thing decided of a pathway, kept as it was known then.',
})
export class PathwayStep {
  @Field(() => PathwayStepKind, { description: 'What.' })
  kind: rules.PathwayStepKind;

  @Field(() => Orientation, { description: 'The orientation from then on.' })
  orientation: rules.Orientation;

  @Field(() => String, {
    nullable: true,
    description: 'Why: a code of `ReorientationReason` or of `PathwayEndReason`; null where none is asked.',
  })
  reason: string | null;

  @Field(() => Instant, { description: 'When it was recorded.' })
  at: string;
}

@InputType({ description: 'Who is to follow, where somebody else is to.' })
abstract class NamingReferent extends VersionedCommand {
  @Field(() => NewReferent, {
    nullable: true,
    description:
      'The referent organisation (organisme référent) and its member in charge; if not said, who follows already, else ' +
      'your own. Another one moves the following of open referrals, as `assignReferent` does.',
  })
  referent?: NewReferent | null;

  @Field(() => LegalBasis, {
    nullable: true,
    description: 'On what ground another referent follows; PUBLIC_INTEREST if not said.',
  })
  legalBasis?: Basis | null;
}

@InputType({ description: 'A first orientation.' })
export class NewPathway extends NamingReferent {
  @Field(() => ID, { description: 'Whose. One with an open pathway refuses ALREADY_EXISTS.' })
  person: string;

  @Field(() => Orientation, { description: 'Towards what.' })
  orientation: rules.Orientation;

  @Field(() => Day, {
    nullable: true,
    description: 'The day of the decision; today if not said, after the end of the last pathway.',
  })
  on?: string | null;
}

@InputType({ description: 'Another orientation of an open pathway.' })
export class Reorientation extends NamingReferent {
  @Field(() => ID, { description: 'The pathway (`path_…`).' })
  pathway: string;

  @Field(() => Orientation, { description: 'Towards what from now on.' })
  orientation: rules.Orientation;

  @Field(() => ReorientationReason, { description: 'Why.' })
  reason: rules.ReorientationReason;

  @Field(() => Day, { nullable: true, description: 'The day of the decision; today if not said.' })
  on?: string | null;
}

@InputType({ description: 'A pathway to end.' })
export class PathwayEnd extends VersionedCommand {
  @Field(() => ID, { description: 'The pathway (`path_…`).' })
  pathway: string;

  @Field(() => Day, { nullable: true, description: 'Its last day; today if not said.' })
  endedOn?: string | null;

  @Field(() => PathwayEndReason, { description: 'Why.' })
  reason: rules.PathwayEndReason;
}

@InputType({ description: 'What is right of an end recorded wrongly.' })
export class PathwayEndCorrection extends VersionedCommand {
  @Field(() => ID, { description: 'The pathway (`path_…`).' })
  pathway: string;

  @Field(() => Day, { nullable: true, description: 'Its last day; as it is if not said.' })
  endedOn?: string | null;

  @Field(() => PathwayEndReason, { nullable: true, description: 'Why; as it is if not said.' })
  reason?: rules.PathwayEndReason | null;
}

@InputType({ description: 'A pathway that goes on after all.' })
export class PathwayReopening extends Command {
  @Field(() => ID, { description: 'The one that ended (`path_…`).' })
  pathway: string;

  @Field(() => Day, {
    nullable: true,
    description:
      'The day it begins again; today if not said. TOO_LATE beyond 45 days after its end: orient the person anew.',
  })
  on?: string | null;
}

@ObjectType({ description: 'The pathway, or why not.' })
export class PathwayPayload extends Payload {
  @Field(() => Pathway, { nullable: true, description: 'As it now is; null when refused.' })
  pathway: Pathway | null;
}
