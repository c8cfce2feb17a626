import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import { ContractKind } from '../vacancies/vacancy.type.ts';
import type * as contract from './contract.rules.ts';
import * as episode from './episode.rules.ts';
import * as followUp from './follow-up.rules.ts';
import * as outcome from './outcome.rules.ts';

export { ContractKind };

export const EpisodeKind = registerVocabulary(
  'EpisodeKind',
  'What happens during a placement.',
  episode.EpisodeKind,
);
export const EndReason = registerVocabulary(
  'PlacementEndReason',
  'Why a placement ended (motif de sortie).',
  outcome.EndReason,
);
export const OutcomeKind = registerVocabulary(
  'OutcomeKind',
  'What the person went on to (sortie): the fact, not its class.',
  outcome.OutcomeKind,
);
export const Certification = registerVocabulary(
  'Certification',
  'What a training leads to.',
  outcome.Certification,
);
export const CorrectionReason = registerVocabulary(
  'CorrectionReason',
  'Why what was recorded is corrected.',
  outcome.CorrectionReason,
);
export const FollowUpSituation = registerVocabulary(
  'FollowUpSituation',
  'How the person is, some months after the end.',
  followUp.FollowUpSituation,
);

/** Columns called from_day and to_day, since `from` and `to` are words of SQL, are `from` and `to` to clients. */
const from = { name: 'from', simple: false };
const to = { name: 'to', simple: false };

@ObjectType({ simpleResolvers: true, description: 'A contract of a placement; a renewal is one more line.' })
export class Contract {
  @Field(() => ID, { description: 'TypeID `con_…`.' })
  id: string;

  @Field(() => ContractKind, { description: 'Kind of contract.' })
  kind: contract.ContractKind;

  @Field(() => Day, { ...from, description: 'First day.' })
  fromDay: string;

  @Field(() => Day, { ...to, nullable: true, description: 'Last day; null for an open-ended contract.' })
  toDay: string | null;

  @Field(() => Float, { nullable: true, description: 'Hours a week.' })
  weeklyHours: number | null;

  @Field(() => ID, {
    name: 'renews',
    simple: false,
    nullable: true,
    description: 'Id of the contract it renews; null for the first.',
  })
  renewsId: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What a contract was believed to say, until corrected.' })
export class ContractCorrection {
  @Field(() => ID, { name: 'contract', simple: false, description: 'Id of the contract.' })
  contractId: string;

  @Field(() => ContractKind, { description: 'Kind believed until then.' })
  kind: contract.ContractKind;

  @Field(() => Day, { ...from, description: 'First day believed until then.' })
  fromDay: string;

  @Field(() => Day, { ...to, nullable: true, description: 'Last day believed until then.' })
  toDay: string | null;

  @Field(() => Float, { nullable: true, description: 'Hours a week believed until then.' })
  weeklyHours: number | null;

  @Field(() => Instant, { description: 'When it was corrected.' })
  knownUntil: string;

  @Field(() => CorrectionReason, { description: 'Why.' })
  correctedBecause: outcome.CorrectionReason;
}

@ObjectType({ simpleResolvers: true, description: 'What interrupts or accompanies a placement for a time.' })
export class Episode {
  @Field(() => ID, { description: 'TypeID `epi_…`.' })
  id: string;

  @Field(() => Day, { ...from, description: 'First day.' })
  fromDay: string;

  @Field(() => Day, { nullable: true, description: 'Last day expected, if somebody said.' })
  expectedTo: string | null;

  @Field(() => Day, {
    ...to,
    nullable: true,
    description: 'The day the work was taken up again, or the placement’s last; null while it lasts.',
  })
  toDay: string | null;

  @Field(() => Boolean, { description: 'Whether the placement is suspended meanwhile.' })
  suspends: boolean;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'The end of a placement and what the person went on to (sortie), as it was known from `knownFrom` to `knownUntil`.',
})
export class Outcome {
  @Field(() => OutcomeKind, { description: 'What the person went on to.' })
  kind: outcome.OutcomeKind;

  @Field(() => ContractKind, {
    name: 'contract',
    simple: false,
    nullable: true,
    description: 'Kind of contract of the job.',
  })
  contractKind: contract.ContractKind | null;

  @Field(() => Float, { nullable: true, description: 'Hours a week of the job.' })
  weeklyHours: number | null;

  @Field(() => Day, { ...from, nullable: true, description: 'First day of the job, training or business.' })
  fromDay: string | null;

  @Field(() => Day, {
    ...to,
    nullable: true,
    description: 'Last day agreed; null when open-ended or unknown.',
  })
  toDay: string | null;

  @Field(() => Certification, { nullable: true, description: 'What the training leads to.' })
  certification: outcome.Certification | null;

  @Field(() => Day, { description: 'Last day of the placement.' })
  endedOn: string;

  @Field(() => EndReason, { description: 'Why it ended.' })
  endReason: outcome.EndReason;

  @Field(() => Instant, { description: 'Since when this was known.' })
  knownFrom: string;

  @Field(() => Instant, { nullable: true, description: 'When it was corrected; null for what holds now.' })
  knownUntil: string | null;

  @Field(() => CorrectionReason, {
    nullable: true,
    description: 'Why it replaced what was known before; null for the first.',
  })
  correctedBecause: outcome.CorrectionReason | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A day that was believed to be the first, until corrected.',
})
export class StartCorrection {
  @Field(() => Day, { description: 'The day believed until then.' })
  startedOn: string;

  @Field(() => Instant, { description: 'When it was corrected.' })
  knownUntil: string;

  @Field(() => CorrectionReason, { description: 'Why.' })
  correctedBecause: outcome.CorrectionReason;
}

@ObjectType({
  simpleResolvers: true,
  description: 'How the person is, 1, 3 and 6 months after the end (suivi post-sortie).',
})
export class FollowUp {
  @Field(() => ID, { description: 'TypeID `fup_…`.' })
  id: string;

  @Field(() => Int, { description: 'Months after the end: 1, 3 or 6.' })
  months: number;

  @Field(() => Day, { description: 'Day on which it is due.' })
  dueOn: string;

  @Field(() => FollowUpSituation, { nullable: true, description: 'How the person is; null until recorded.' })
  situation: followUp.FollowUpSituation | null;

  @Field(() => Day, {
    name: 'on',
    simple: false,
    nullable: true,
    description: 'Day on which it was so; null until recorded.',
  })
  onDay: string | null;

  @Field(() => Instant, { nullable: true, description: 'When it was recorded.' })
  recordedAt: string | null;
}
