import { Field, Float, ID, InputType, Int } from 'type-graphql';
import { Command, VersionedCommand } from '../graphql/payload.ts';
import { Day } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import type { Session } from './session.rules.ts';
import * as rules from './vacancy.rules.ts';
import { ContractKind, VacancyCloseReason } from './vacancy.type.ts';

const ClosingChoice = registerVocabulary(
  'ClosingChoice',
  'What becomes of an accepted referral when its vacancy closes.',
  rules.ClosingChoice,
);
const CancellationReason = registerVocabulary(
  'CancellationReason',
  'Why the receiver cancels what it accepted.',
  rules.CancellationReason,
);

@InputType({
  description: 'One session (séance): a day and, if known, from when to when, as clocks show it in Paris.',
})
export class SessionInput implements Session {
  @Field(() => Day, { description: 'The day.' })
  on: string;

  @Field(() => String, { nullable: true, description: 'When it begins, `hh:mm`; with `to`, or neither.' })
  from?: string | null;

  @Field(() => String, { nullable: true, description: 'When it ends, `hh:mm`, after it begins.' })
  to?: string | null;
}

@InputType({ description: 'What a vacancy says of itself. What is left out of an update stays as it was.' })
abstract class VacancyDetails extends Command {
  @Field(() => String, { nullable: true, description: 'From 3 to 200 characters.' })
  title?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'From 0 to 10,000; null: not counted. Below what is held and taken: PLACES_IN_USE.',
  })
  places?: number | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Where it happens, maybe at another organisation (structure d’accueil); the offer’s place if not said.',
  })
  site?: string | null;

  @Field(() => Day, {
    nullable: true,
    description: 'First day; that of the first session where sessions are named.',
  })
  startsOn?: string | null;

  @Field(() => Day, {
    nullable: true,
    description: 'Last day, not before the first; that of the last session where sessions are named.',
  })
  endsOn?: string | null;

  @Field(() => [SessionInput], {
    nullable: true,
    description:
      'The sessions of a cycle that one group follows: at most 100, none over another; an empty list: none named.',
  })
  sessions?: SessionInput[] | null;

  @Field(() => Day, {
    nullable: true,
    description:
      'Until when a leaver is replaced from the waiting list; one month after the start if not said, and not past the last day.',
  })
  refillUntil?: string | null;

  @Field(() => Float, { nullable: true, description: 'Hours a week, 0 to 168.' })
  weeklyHours?: number | null;

  @Field(() => ContractKind, { nullable: true, description: 'Kind of contract.' })
  contractKind?: rules.ContractKind | null;

  @Field(() => String, { nullable: true, description: 'ROME code: a letter and four digits.' })
  romeCode?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Your own number for it, up to 200 characters; twice in one organisation: ALREADY_EXISTS.',
  })
  externalReference?: string | null;
}

@InputType({ description: 'A recruitment or a session to open.' })
export class NewVacancy extends VacancyDetails {
  @Field(() => ID, { description: 'One of your own offers, published unless `draft`.' })
  offer: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Keep it as a draft that only your organisation sees; `updateVacancy(open: true)` opens it.',
  })
  draft: boolean;

  @Field(() => ID, {
    nullable: true,
    description:
      'A placement of your own in the same offer (`pla_…`) whose person leaves or will: it may be opened before. Once ' +
      'opened, that place stays used whenever the person leaves. A second one while it is open: ALREADY_EXISTS.',
  })
  replacing?: string | null;
}

@InputType({ description: 'What changes in a vacancy.' })
export class VacancyUpdate extends VacancyDetails {
  @Field(() => ID, { description: 'TypeID `vac_…`.' })
  vacancy: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The version you read; another one since then refuses with STALE.',
  })
  version?: number | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Opens a draft; its offer must be published.' })
  open: boolean;
}

@InputType({ description: 'What becomes of one accepted referral.' })
export class ClosingDecision implements rules.ClosingDecision {
  @Field(() => ID, { description: 'TypeID `ref_…`, accepted for this vacancy.' })
  referral: string;

  @Field(() => ClosingChoice, { description: 'Kept, cancelled or moved.' })
  decision: rules.ClosingChoice;

  @Field(() => CancellationReason, { nullable: true, description: 'Required with CANCEL, none otherwise.' })
  reason?: rules.CancellationReason | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Required with MOVE, none otherwise: an open vacancy of the same offer that does not close (`vac_…`). Full: NO_PLACE_LEFT.',
  })
  vacancy?: string | null;
}

@InputType({ description: 'A vacancy to close.' })
export class VacancyClosing extends VersionedCommand {
  @Field(() => ID, { description: 'TypeID `vac_…`.' })
  vacancy: string;

  @Field(() => VacancyCloseReason, { description: 'Why.' })
  reason: rules.VacancyCloseReason;

  @Field(() => [ClosingDecision], {
    nullable: true,
    description: 'What becomes of each accepted referral; one that is missing refuses with PLACES_IN_USE.',
  })
  decisions?: ClosingDecision[] | null;
}
