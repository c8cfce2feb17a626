import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Day } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import { SiaeKind } from '../offers/offer.type.ts';
import type { SiaeKind as Siae } from '../offers/offer.rules.ts';
import { Opinion } from './agreement.type.ts';
import * as exit from './exit.rules.ts';
import type { Counted } from './figures.rules.ts';
import type { Opinion as Said } from './opinion.rules.ts';

const ExitSituation = registerVocabulary(
  'ExitSituation',
  'What people went on to, of the outcomes recorded.',
  exit.ExitSituation,
);
const AgeAtEntry = registerVocabulary(
  'AgeAtEntry',
  'Age in the year of entry, in the bands of the ESF.',
  exit.AgeAtEntry,
);
const StatusAtEntry = registerVocabulary(
  'StatusAtEntry',
  'What was known of somebody’s work at entry.',
  exit.StatusAtEntry,
);
const IncomeAtEntry = registerVocabulary(
  'IncomeAtEntry',
  'Whether somebody received the minimum income at entry.',
  exit.IncomeAtEntry,
);

const few = 'Null, with the counts beside it, where one of them would be of fewer than five people.';

@ObjectType({
  simpleResolvers: true,
  description: 'What an agreement achieves against what it funds, over days (docs/domain.md §9).',
})
export class AgreementFigures {
  @Field(() => Day, { description: 'First day counted.' })
  from: string;

  @Field(() => Day, { description: 'Last day counted: never to come.' })
  to: string;

  @Field(() => Float, { nullable: true, description: 'Full-time equivalents funded, averaged over these days; null if none were.' })
  fundedFte: number | null;

  @Field(() => Float, {
    description:
      'Full-time equivalents occupied, an estimate: weekly hours of the contracts under it ÷ 35, day by day, suspensions apart, ' +
      'averaged over these days.',
  })
  occupiedFte: number;

  @Field(() => Int, { description: 'Placements of these days whose contract states no hours: not in `occupiedFte`.' })
  placementsWithoutHours: number;

  @Field(() => Float, { description: 'Hours worked that were told, of the months these days lie in; of a social clause: realised.' })
  declaredHours: number;

  @Field(() => Int, { nullable: true, description: 'Hours a year that make one full-time equivalent for this kind of structure; null where none is set.' })
  annualHours: number | null;

  @Field(() => Float, { nullable: true, description: 'Full-time equivalents of the hours told: hours ÷ `annualHours`, over their months.' })
  declaredFte: number | null;

  @Field(() => Int, { description: 'Placements under it on the last day.' })
  occupiedPlaces: number;
} // prettier-ignore

@ObjectType({ simpleResolvers: true, description: 'Of those counted, what they went on to.' })
export class ExitCount {
  @Field(() => ExitSituation, { description: 'What.' })
  code: exit.ExitSituation;

  @Field(() => Int, { nullable: true, description: few })
  count: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'Of those counted, how old they were.' })
export class AgeCount {
  @Field(() => AgeAtEntry, { description: 'Which band.' })
  code: exit.AgeAtEntry;

  @Field(() => Int, { nullable: true, description: few })
  count: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'Of those counted, what was known of their work.' })
export class StatusCount {
  @Field(() => StatusAtEntry, { description: 'What.' })
  code: exit.StatusAtEntry;

  @Field(() => Int, { nullable: true, description: few })
  count: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'Of those counted, who received the minimum income.' })
export class IncomeCount {
  @Field(() => IncomeAtEntry, { description: 'Whether.' })
  code: exit.IncomeAtEntry;

  @Field(() => Int, { nullable: true, description: few })
  count: number | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'Those who took part in what an ESF grant covers, or whom the PLIE of a protocol sent, at entry and exit: by what the hub holds of ' +
    'the common indicators of the ESF. It holds neither sex nor origin, education nor household. Counts until the end of the last month.',
})
export class ParticipantFigures {
  @Field(() => Int, { description: 'People who entered, each once.' })
  entered: number;

  @Field(() => Int, { description: 'Of them, those whose every placement under it has ended.' })
  exited: number;

  @Field(() => [AgeCount], { description: 'Of those who entered, their age; they add up to `entered`.' })
  age: Counted<exit.AgeAtEntry>[];

  @Field(() => [StatusCount], { description: 'Of those who entered, their work; they add up to `entered`.' })
  status: Counted<exit.StatusAtEntry>[];

  @Field(() => [IncomeCount], { description: 'Of those who entered, the minimum income; they add up to `entered`.' })
  income: Counted<exit.IncomeAtEntry>[];

  @Field(() => [ExitCount], { description: 'Of those who exited, what came after; they add up to `exited`.' })
  exits: Counted<exit.ExitSituation>[];
} // prettier-ignore

@ObjectType({ simpleResolvers: true, description: 'What a session of the IAE council decides on.' })
export class IaeDossier {
  @Field(() => SiaeKind, { description: 'As which kind of structure.' })
  siaeKind: Siae;

  @Field(() => Opinion, { nullable: true, description: 'The last opinion given; null while there is none.' })
  opinion: Said | null;
}

@ObjectType({ simpleResolvers: true, description: 'A session of the IAE council: its working paper. It names no person.' })
export class IaeSession {
  @Field(() => Day, { description: 'Its day.' })
  on: string;

  @Field(() => [IaeDossier], { description: 'The dossiers you may see, in the order they were drafted.' })
  dossiers: object[];
} // prettier-ignore
