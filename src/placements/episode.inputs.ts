import { Field, ID, InputType } from 'type-graphql';
import { Day } from '../graphql/scalars.ts';
import type * as episode from './episode.rules.ts';
import { EpisodeKind } from './placement-history.type.ts';
import { PlacementCommand } from './placement.inputs.ts';

@InputType({ description: 'The placement is interrupted for a time; its place stays taken.' })
export class PlacementSuspension extends PlacementCommand {
  @Field(() => EpisodeKind, { description: 'By what.' })
  kind: episode.EpisodeKind;

  @Field(() => Day, { description: 'First day: today or before.' })
  from: string;

  @Field(() => Day, { nullable: true, description: 'Last day expected.' })
  expectedTo?: string | null;
}

@InputType({ description: 'A suspended placement goes on.' })
export class PlacementResumption extends PlacementCommand {
  @Field(() => Day, { nullable: true, description: 'The day it was taken up again; today if not said.' })
  on?: string | null;
}

@InputType({ description: 'What happens within a placement for a time.' })
export class EpisodeRecord extends PlacementCommand {
  @Field(() => EpisodeKind, {
    description:
      'What it is. Of a sick or family leave all but you, and who follows the person’s health, read LEAVE; where the hub keeps no health data nothing else is kept.',
  })
  kind: episode.EpisodeKind;

  @Field(() => Day, { description: 'First day: after the start, today or before.' })
  from: string;

  @Field(() => Day, { nullable: true, description: 'Last day expected.' })
  expectedTo?: string | null;

  @Field(() => Day, {
    nullable: true,
    description: 'The day the work was taken up again, when it is over already.',
  })
  to?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the contract is suspended meanwhile. If not said: trial periods and leaves suspend, immersions, trainings and others do not. A trial period always does.',
  })
  suspends?: boolean | null;
}

@InputType({ description: 'An episode has ended.' })
export class EpisodeEnding extends PlacementCommand {
  @Field(() => ID, { description: 'The episode (`epi_…`), one of this placement.' })
  episode: string;

  @Field(() => Day, {
    nullable: true,
    description: 'The day the work was taken up again; today if not said.',
  })
  on?: string | null;
}
