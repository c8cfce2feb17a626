import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { found, Refusal } from '../kernel/refusal.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { programmeOn } from '../programme/programme.store.ts';
import { peopleChosen, toldByChoice, vacanciesChosen } from './chosen.store.ts';
import { linesSeen, saveConsidered } from './line.store.ts';
import type { AssignmentAgain, NewAssignment } from './run.inputs.ts';
import type { AssignmentRunRow } from './run.row.ts';
import { checkSeconds, checkSize, checkTerms, limits, type RunKind, type Terms } from './run.rules.ts';
import { countOpen, eyesOf, lockRun, saveNewRun, type NewRunRow } from './run.store.ts';
import { tellRun } from './telling.actions.ts';

const secondsIfNotSaid = 60;

/** Keeps the question; whoever solves it asks again what its author may see by then. */
export async function proposeAssignment(tx: Transaction, input: NewAssignment) {
  allow(tx.viewer, 'planAssignments');
  const seconds = input.atMostSeconds ?? secondsIfNotSaid;
  checkSeconds(seconds);
  const terms = termsOf(input);
  const [edition] = await programmeOn.load(tx, [parisDay(tx.now)]);
  checkTerms(terms, edition?.priorityPublics ?? []);
  await checkOrganisations(tx, terms);
  const people = await peopleChosen(tx, input);
  const vacancies = await vacanciesChosen(tx, input);
  checkSize({ people: people.length, vacancies: vacancies.length });
  const asked = { terms, vacancies, atMostSeconds: seconds };
  return proposed(tx, { asked, people, told: toldByChoice(input), kind: 'NEW', previous: null });
}

/** The same question again: accepted lines whose referral has not ended stand. */
export function reoptimise(tx: Transaction, input: AssignmentAgain) {
  return again(tx, input, 'REOPTIMISED');
}

/** The same question, answered with the fewest changes to the plan before. */
export function repairAssignment(tx: Transaction, input: AssignmentAgain) {
  return again(tx, input, 'REPAIRED');
}

async function again(tx: Transaction, input: AssignmentAgain, kind: RunKind) {
  allow(tx.viewer, 'planAssignments');
  const before = await lockRun(tx, input.run, 'run');
  if (before.state !== 'DONE') throw new Refusal('WRONG_STATE', { state: before.state }, 'run');
  const { terms, vacancies } = before;
  const atMostSeconds = input.atMostSeconds ?? before.atMostSeconds;
  checkSeconds(atMostSeconds);
  const lines = await linesSeen(tx, before.id);
  const people = lines.map(({ personId }) => personId);
  checkSize({ people: people.length, vacancies: vacancies.length });
  const told = [...new Set(lines.flatMap((line) => line.told.split(',')))].sort();
  return proposed(tx, {
    asked: { terms, vacancies, atMostSeconds },
    people,
    told,
    kind,
    previous: before.id,
  });
}

interface Proposed {
  asked: Pick<AssignmentRunRow, 'terms' | 'vacancies' | 'atMostSeconds'>;
  people: readonly string[];
  told: readonly string[];
  kind: RunKind;
  previous: string | null;
}

async function proposed(tx: Transaction, { asked, people, told, kind, previous }: Proposed) {
  const { viewer } = tx;
  const open = await tx.asHub('assignment.open', () => countOpen(tx, viewer.organisation));
  if (open >= limits.open) throw new Refusal('INVALID_INPUT', { reason: 'RUNS_OPEN', most: limits.open });
  const row: NewRunRow = {
    ...{ id: newId('AssignmentRun'), organisationId: viewer.organisation, eyes: eyesOf(viewer) },
    ...{ memberId: viewer.member, clientId: viewer.client, kind, previousId: previous, state: 'QUEUED' },
    ...{ people: people.length, ...asked },
  };
  const run = await saveNewRun(tx, row);
  await saveConsidered(tx, { run: run.id, people, told });
  return tellRun(tx, run, 'proposed', { people: people.length, vacancies: asked.vacancies.length });
}

function termsOf(input: NewAssignment): Terms {
  const { mostPerOrganisation = null, mostPerReferent = null, organisations, floors, ceilings } = input;
  return {
    ...{ mostPerOrganisation, mostPerReferent },
    organisations: (organisations ?? []).map(({ organisation, most }) => ({ organisation, most })),
    floors: (floors ?? []).map(({ public: of, least }) => ({ public: of, least })),
    ceilings: (ceilings ?? []).map(({ public: of, most }) => ({ public: of, most })),
  };
}

async function checkOrganisations(tx: Transaction, { organisations }: Terms): Promise<void> {
  const known = await organisationById.load(
    tx,
    organisations.map(({ organisation }) => organisation),
  );
  const missing = known.indexOf(null);
  if (missing >= 0) found(null, `organisations.${missing}.organisation`);
}
