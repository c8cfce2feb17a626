import { Directive, Field, Float, Int, ObjectType } from 'type-graphql';
import { LiveMessage } from '../events/event.type.ts';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Payload } from '../graphql/payload.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import type { Session } from './session.rules.ts';
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
export const VacancyCloseReason = registerVocabulary(
  'VacancyCloseReason',
  'Why a provider closes a vacancy.',
  rules.VacancyCloseReason,
);

@ObjectType({
  simpleResolvers: true,
  description:
    'One session (séance) of a vacancy: a day and, if known, from when to when, as clocks show it in Paris.',
})
export class VacancySession implements Session {
  @Field(() => Day, { description: 'The day.' })
  on: string;

  @Field(() => String, { nullable: true, description: 'When it begins, `hh:mm`; null when not said.' })
  from: string | null;

  @Field(() => String, { nullable: true, description: 'When it ends, `hh:mm`; null when not said.' })
  to: string | null;
}

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

  @Field(() => Day, {
    nullable: true,
    description: 'First day, if known; of its sessions, where it names them.',
  })
  startsOn: string | null;

  @Field(() => Day, {
    nullable: true,
    description: 'Last day, if known; of its sessions, where it names them.',
  })
  endsOn: string | null;

  @Field(() => [VacancySession], {
    description:
      'The sessions of a cycle that one group follows from beginning to end, in order; empty where it names none.',
  })
  sessions: Session[];

  @Field(() => Day, {
    nullable: true,
    description:
      'Whoever leaves before this day is replaced from the waiting list; later the place stays used, and the provider may open ' +
      'another vacancy that replaces (`replacing`). Null: always replaced.',
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
export class VacancyMessage extends LiveMessage {
  @Field(() => Vacancy, {
    nullable: true,
    description: 'The vacancy as it is now: maybe further than the event; null in a checkpoint.',
  })
  vacancy: Vacancy | null;
}

@ObjectType({ description: 'The vacancy, or why not.' })
export class VacancyPayload extends Payload {
  @Field(() => Vacancy, { nullable: true, description: 'As it now is; null when there is none for you.' })
  vacancy: Vacancy | null;
}
