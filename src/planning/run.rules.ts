import { invalid } from '../kernel/refusal.ts';
import { Transitions } from '../kernel/transitions.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import type { TargetPublic } from '../programme/public.rules.ts';

export const RunState = vocabulary({
  QUEUED: 'Waits for its turn (en attente)',
  RUNNING: 'Is being solved (en cours)',
  DONE: 'Solved: `status` says how (terminé)',
  FAILED: 'Not solved: `failure` says why (échoué)',
  CANCELLED: 'Called off before it was solved (annulé)',
});
export type RunState = Vocabulary<typeof RunState>;

export const PlanStatus = vocabulary({
  OPTIMAL:
    'Proven: nobody can place more people nor, placing as many, reach a greater total (optimal prouvé)',
  FEASIBLE: 'The best found in the time given; `bound` says how much more there could be (réalisable)',
  INFEASIBLE: 'The floors cannot hold together: `unmet` names them, and there are no lines (irréalisable)',
});
export type PlanStatus = Vocabulary<typeof PlanStatus>;

export const RunKind = vocabulary({
  NEW: 'Of people and places as they are (nouveau)',
  REOPTIMISED: 'The same again, accepted lines kept (ré-optimisé)',
  REPAIRED: 'As many placed as can be, with the fewest changes to the run before (réparé)',
});
export type RunKind = Vocabulary<typeof RunKind>;

export const RunStage = vocabulary({
  READING: 'What its author may know of people and places is read (lecture)',
  JUDGING: 'Each pair is judged and weighed (rapprochement)',
  SOLVING: 'The best plan is sought (calcul)',
  PRICING: 'What each floor costs is worked out (prix des planchers)',
});
export type RunStage = Vocabulary<typeof RunStage>;

export const RunFailure = vocabulary({
  RIGHTS_ENDED: 'Its author may no longer refer people, or sign in (droits retirés)',
  NO_PLAN_IN_TIME: 'No plan was found in the time given, nor proven that there is none (temps écoulé)',
  TOO_LARGE: 'More pairs are possible than can be weighed (trop grand)',
  INTERRUPTED: 'The hub ended twice while it was being solved (interrompu)',
  FAULT: 'A fault of the hub; its log says which (erreur)',
});
export type RunFailure = Vocabulary<typeof RunFailure>;

export const runMoves = new Transitions<RunState, RunMove, 'AUTHOR' | 'HUB'>([
  { from: ['QUEUED', 'RUNNING'], move: 'cancel', to: 'CANCELLED', by: ['AUTHOR'] },
  { from: ['QUEUED', 'RUNNING'], move: 'start', to: 'RUNNING', by: ['HUB'] },
  { from: ['RUNNING'], move: 'release', to: 'QUEUED', by: ['HUB'] },
  { from: ['RUNNING'], move: 'finish', to: 'DONE', by: ['HUB'] },
  { from: ['QUEUED', 'RUNNING'], move: 'fail', to: 'FAILED', by: ['HUB'] },
]);
export type RunMove = 'cancel' | 'start' | 'release' | 'finish' | 'fail';

/** What a plan must keep to, beside the places there are and one place a person. */
export interface Terms {
  /** In all the places of any one organisation. */
  mostPerOrganisation: number | null;
  /** In all the places of this one. */
  organisations: readonly { organisation: string; most: number }[];
  /** Of the people any one member is the referent of. */
  mostPerReferent: number | null;
  floors: readonly { public: TargetPublic; least: number }[];
  ceilings: readonly { public: TargetPublic; most: number }[];
}

export const limits = {
  people: 5_000,
  vacancies: 2_000,
  pairs: 5_000_000,
  open: 5,
  seconds: { least: 1, most: 300 },
};

/** Few enough to be judged pair by pair in a minute or so. */
export function checkSize({ people, vacancies }: { people: number; vacancies: number }): void {
  if (people === 0) throw invalid('people', 'REQUIRED');
  if (vacancies === 0) throw invalid('vacancies', 'REQUIRED');
  if (people > limits.people) throw invalid('people', 'TOO_MANY', { most: limits.people });
  const most = Math.min(limits.vacancies, Math.floor(limits.pairs / people));
  if (vacancies > most) throw invalid('vacancies', 'TOO_MANY', { most });
}

export function checkSeconds(seconds: number): void {
  const { least, most } = limits.seconds;
  if (seconds < least || seconds > most) throw invalid('atMostSeconds', 'RANGE', { least, most });
}

/** Numbers of people are none below zero; a public or an organisation is named once, and the programme names the public. */
export function checkTerms(terms: Terms, priorityPublics: readonly TargetPublic[]): void {
  const { mostPerOrganisation, mostPerReferent, organisations, floors, ceilings } = terms;
  const counts: [string, number | null][] = [
    ['mostPerOrganisation', mostPerOrganisation],
    ['mostPerReferent', mostPerReferent],
    ...organisations.map(({ most }, at): [string, number] => [`organisations.${at}.most`, most]),
    ...floors.map(({ least }, at): [string, number] => [`floors.${at}.least`, least]),
    ...ceilings.map(({ most }, at): [string, number] => [`ceilings.${at}.most`, most]),
  ];
  for (const [field, count] of counts)
    if (count !== null && (count < 0 || count > limits.people))
      throw invalid(field, 'RANGE', { least: 0, most: limits.people });
  once('organisations', organisations.map(({ organisation }) => organisation));
  for (const [field, of] of Object.entries({ floors, ceilings })) {
    once(field, of.map((each) => each.public));
    const other = of.findIndex((each) => !priorityPublics.includes(each.public));
    if (other >= 0) throw invalid(`${field}.${other}.public`, 'NOT_PRIORITY');
  }
} // prettier-ignore

function once(field: string, named: readonly string[]): void {
  if (new Set(named).size < named.length) throw invalid(field, 'TWICE');
}
