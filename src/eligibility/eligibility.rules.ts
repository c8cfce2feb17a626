import { Temporal } from 'temporal-polyfill';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import type { DiagnosisKind } from './diagnosis.rules.ts';
import type { Verdict } from './verdict.rules.ts';

/** What makes a person eligible to insertion by work (docs/domain.md §6); never by which criterion. */
export const IaeGround = vocabulary({
  PASS: 'A PASS IAE in force, valid in every structure',
  PRESCRIBER_DIAGNOSIS: 'A diagnosis of an authorised prescriber, valid in every structure',
  EMPLOYER_DIAGNOSIS: 'A diagnosis of the employer for itself, valid with it alone',
});
export type IaeGround = Vocabulary<typeof IaeGround>;

/** What is not known is a question: a person is never found ineligible by the hub. */
export const IaeQuestion = vocabulary({
  NOTHING_KNOWN: 'Neither pass nor diagnosis is known: has the person one, or who can diagnose?',
  PASS_NOT_BEGUN: 'A pass is to begin later: from which day is the contract?',
  PASS_SUSPENDED: 'The pass is suspended: does it run again?',
  PASS_ENDED: 'The pass has ended: was it prolonged, or is there a new diagnosis?',
  DIAGNOSIS_NOT_BEGUN: 'A diagnosis is dated later than the day asked for: on which day was it made?',
  DIAGNOSIS_ENDED: 'The diagnosis is over six months old: is there a newer one, or a pass?',
});
export type IaeQuestion = Vocabulary<typeof IaeQuestion>;

export interface PassFacts {
  fromDay: string;
  /** Its last day, prolongations and suspensions counted. */
  endsOn: string;
  suspendedFrom: string | null;
  suspendedUntil: string | null;
}

export interface DiagnosisFacts {
  organisationId: string;
  kind: DiagnosisKind;
  onDay: string;
  validUntil: string;
}

/** What is recorded of a person and not withdrawn. */
export interface IaeFacts {
  passes: readonly PassFacts[];
  diagnoses: readonly DiagnosisFacts[];
}

/** Days, both included, on which something makes the person eligible: all that a receiver is told of it. */
export interface IaeWindow {
  ground: IaeGround;
  diagnosedBy: string | null;
  from: string;
  until: string;
}

export interface IaeStanding {
  verdict: Exclude<Verdict, 'FAIL'>;
  ground: IaeGround | null;
  diagnosedBy: string | null;
  until: string | null;
  question: IaeQuestion | null;
}

/**
 * When the person is eligible with this employer, the strongest ground first. No criterion is asked for: an authorised
 * prescriber needs none, and an employer's own diagnosis was refused without them.
 */
export function windowsOf({ passes, diagnoses }: IaeFacts, employer: string | null): IaeWindow[] {
  const of = (kind: DiagnosisKind) => diagnoses.filter((each) => each.kind === kind);
  return [
    ...passes.flatMap(runningOf),
    ...of('AUTHORISED_PRESCRIBER').map((each) => diagnosed('PRESCRIBER_DIAGNOSIS', each)),
    ...of('EMPLOYER')
      .filter(({ organisationId }) => organisationId === employer)
      .map((each) => diagnosed('EMPLOYER_DIAGNOSIS', each)),
  ];
}

function diagnosed(ground: IaeGround, { organisationId, onDay, validUntil }: DiagnosisFacts): IaeWindow {
  return { ground, diagnosedBy: organisationId, from: onDay, until: validUntil };
}

/** A pass runs before and after its suspension. */
function runningOf({ fromDay, endsOn, suspendedFrom, suspendedUntil }: PassFacts): IaeWindow[] {
  const running = (from: string, until: string): IaeWindow[] =>
    from <= until ? [{ ground: 'PASS', diagnosedBy: null, from, until }] : [];
  if (suspendedFrom === null || suspendedUntil === null) return running(fromDay, endsOn);
  return [
    ...running(fromDay, earlier(dayAfter(suspendedFrom, -1), endsOn)),
    ...running(dayAfter(suspendedUntil, 1), endsOn),
  ];
}

const earlier = (one: string, other: string) => (one < other ? one : other);

export function dayAfter(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** Whether one of these windows is open that day, by whom diagnosed, until when; otherwise UNKNOWN, never FAIL. */
export function standingIn(windows: readonly IaeWindow[], on: string): IaeStanding {
  const open = windows.find(({ from, until }) => from <= on && on <= until);
  if (!open) return { verdict: 'UNKNOWN', ground: null, diagnosedBy: null, until: null, question: null };
  const { ground, diagnosedBy, until } = open;
  return { verdict: 'PASS', ground, diagnosedBy, until, question: null };
}

/** Eligibility on a day with an employer, for those who follow the person: where it is unknown, what to ask. */
export function iaeEligibility(facts: IaeFacts, on: string, employer: string | null = null): IaeStanding {
  const standing = standingIn(windowsOf(facts, employer), on);
  return standing.verdict === 'PASS' ? standing : { ...standing, question: questionOf(facts, on, employer) };
}

function questionOf({ passes, diagnoses }: IaeFacts, on: string, employer: string | null): IaeQuestion {
  const suspended = passes.some((pass) => isSuspended(pass, on));
  if (suspended) return 'PASS_SUSPENDED';
  if (passes.some(({ fromDay }) => fromDay > on)) return 'PASS_NOT_BEGUN';
  const counted = diagnoses.filter(
    ({ kind, organisationId }) => kind !== 'EMPLOYER' || organisationId === employer,
  );
  if (counted.some(({ onDay }) => onDay > on)) return 'DIAGNOSIS_NOT_BEGUN';
  if (passes.length) return 'PASS_ENDED';
  return counted.length ? 'DIAGNOSIS_ENDED' : 'NOTHING_KNOWN';
}

function isSuspended({ suspendedFrom, suspendedUntil }: PassFacts, on: string): boolean {
  return suspendedFrom !== null && suspendedUntil !== null && suspendedFrom <= on && on <= suspendedUntil;
}
