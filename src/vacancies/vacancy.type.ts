import { Directive, Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Event } from '../events/event.type.ts';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Command, Payload, VersionedCommand } from '../graphql/payload.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './vacancy.rules.ts';

export const VacancyState = registerVocabulary(
  'VacancyState',
  'Where a vacancy stands. OPEN and FILLED follow the count of its places.',
  rules.VacancyState,
);
export const ContractKind = registerVocabulary(
  'ContractKind',
  'Kind of contract (type de contrat), the list of les-emplois.',
  rules.ContractKind,
);
const VacancyCloseReason = registerVocabulary(
  'VacancyCloseReason',
  'Why a provider closes a vacancy.',
  rules.VacancyCloseReason,
);
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

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'One recruitment (some posts from a date) or one session (some seats on dates) of an offer, and the only count of places there is. Open to every authenticated partner; a draft to its own organisation.',
})
export class Vacancy extends Node {
  @Field(() => VacancyState, { description: 'Where it stands.' })
  state: rules.VacancyState;

  @Field(() => String, { nullable: true, description: 'What tells it from the offer’s other vacancies.' })
  title: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Places of this recruitment or session; null: not counted (a drop-in service).',
  })
  places: number | null;

  @Field(() => Int, { description: 'Places held for accepted people, or reserved for the waiting list.' })
  held: number;

  @Field(() => Int, { description: 'Places taken by people who started.' })
  taken: number;

  @Field(() => Int, { nullable: true, description: 'places − held − taken; null when not counted.' })
  free: number | null;

  @Field(() => Day, { nullable: true, description: 'First day, if known.' })
  startsOn: string | null;

  @Field(() => Day, { nullable: true, description: 'Last day, if known.' })
  endsOn: string | null;

  @Field(() => Day, {
    nullable: true,
    description:
      'Whoever leaves before this day is replaced from the waiting list; later the place stays used. Null: always replaced.',
  })
  refillUntil: string | null;

  @Field(() => Float, { nullable: true, description: 'Hours a week, 0 to 168.' })
  weeklyHours: number | null;

  @Field(() => ContractKind, { nullable: true, description: 'Kind of contract, where there is one.' })
  contractKind: rules.ContractKind | null;

  @Field(() => String, {
    nullable: true,
    description: 'Trade, by its ROME code (a letter and four digits).',
  })
  romeCode: string | null;

  @Field(() => Float, { nullable: true, description: 'Degrees north (WGS 84): its site’s or commune’s.' })
  latitude: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east (WGS 84): its site’s or commune’s.' })
  longitude: number | null;

  @Field(() => Boolean, { description: 'The point is its commune’s: distances are about right.' })
  approximate: boolean;

  @Field(() => Instant, { nullable: true, description: 'When it was opened; null for a draft.' })
  openedAt: string | null;

  @Field(() => VacancyCloseReason, {
    nullable: true,
    description: 'Why it was closed; null while it is not.',
  })
  closeReason: rules.VacancyCloseReason | null;

  @Field(() => Instant, { nullable: true, description: 'When it was closed; null while it is not.' })
  closedAt: string | null;

  @Field(() => String, { nullable: true, description: 'The provider’s own number for it.' })
  externalReference: string | null;

  @Field(() => Int, { description: 'Grows with each change; give it back when you update.' })
  version: number;

  @Field(() => Instant, { description: 'When it was written.' })
  createdAt: string;

  @Field(() => Instant, { description: 'When it or its count last changed.' })
  updatedAt: string;
}

export const VacancyConnection = connectionOf(() => Vacancy, 'Vacancy', 'vacancies');

@ObjectType({ simpleResolvers: true, description: 'A vacancy changed, and how it now is.' })
export class VacancyMessage {
  @Field(() => Event, { description: 'What happened.' })
  event: Event;

  @Field(() => Vacancy, { description: 'The vacancy as it is now: maybe further than the event.' })
  vacancy: Vacancy;
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

  @Field(() => Day, { nullable: true, description: 'First day.' })
  startsOn?: string | null;

  @Field(() => Day, { nullable: true, description: 'Last day, not before the first.' })
  endsOn?: string | null;

  @Field(() => Day, {
    nullable: true,
    description:
      'Until when a leaver is replaced from the waiting list; one month after the start if not said.',
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

  @Field(() => ClosingChoice, { description: 'Kept or cancelled.' })
  decision: rules.ClosingChoice;

  @Field(() => CancellationReason, { nullable: true, description: 'Required with CANCEL, none with KEEP.' })
  reason?: rules.CancellationReason | null;
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

@ObjectType({ description: 'The vacancy, or why not.' })
export class VacancyPayload extends Payload {
  @Field(() => Vacancy, { nullable: true, description: 'As it now is; null when there is none for you.' })
  vacancy: Vacancy | null;
}
