import sql from 'sql-template-tag';
import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { sameVersion } from '../kernel/refusal.ts';
import { recordVacancy } from './history.actions.ts';
import { lockVacancy } from './places.ts';
import { vacanciesClosed } from './vacancy.facts.ts';
import type { VacancyClosing } from './vacancy.inputs.ts';
import type { VacancyRow } from './vacancy.row.ts';
import * as rules from './vacancy.rules.ts';
import { knownVacancy, saveVacancy, vacanciesLeft } from './vacancy.store.ts';

/** Vacancies take nobody any more: each accepted person has a decision, and nobody is lost on the way. */

export async function closeVacancy(tx: Transaction, input: VacancyClosing) {
  const decisions = input.decisions ?? [];
  await lockTogether(tx, [input.vacancy], decisions);
  const before = await lockVacancy(tx, input.vacancy, 'vacancy');
  allow(tx.viewer, 'publish', before.organisationId);
  sameVersion(before, input.version);
  await closeTogether(tx, [before], { reason: input.reason, decisions });
  return { id: before.id };
}

/** An offer leaves the catalogue: its vacancies close with it, unless somebody accepted is still undecided. */
export async function closeAll(tx: Transaction, offerId: string): Promise<void> {
  const ids = await vacanciesLeft(tx, offerId);
  await closeTogether(tx, await lockedOf(tx, ids, 'offer'), { reason: 'OFFER_ARCHIVED', decisions: [] });
}

/** What closes, and where its people may go, is locked at once: in the one order, so that two closings never wait for each other. */
export async function lockTogether(
  tx: Transaction,
  closing: readonly string[],
  decisions: readonly rules.ClosingDecision[],
): Promise<void> {
  const targets = decisions.flatMap(({ vacancy }) => vacancy ?? []);
  await tx.rows(
    sql`select 1 from vacancy where id = any(${[...closing, ...targets]}) order by id for update`,
  );
}

/** Each locked in turn, in the order given. */
export async function lockedOf(
  tx: Transaction,
  ids: readonly string[],
  field: string,
): Promise<VacancyRow[]> {
  const rows: VacancyRow[] = [];
  for (const id of ids) rows.push(await lockVacancy(tx, id, field));
  return rows;
}

interface Closing {
  reason: rules.VacancyCloseReason;
  decisions: readonly rules.ClosingDecision[];
}

/** Nobody goes from one that closes to another that closes with it: all are closed before anybody is moved. */
export async function closeTogether(
  tx: Transaction,
  locked: readonly VacancyRow[],
  { reason, decisions }: Closing,
): Promise<void> {
  rules.checkDecisions(decisions);
  const vacancies: VacancyRow[] = [];
  for (const before of locked) {
    const state = rules.vacancyMoves.next(before.state, 'close', 'PROVIDER');
    const row = await saveVacancy(tx, before.id, { state, closeReason: reason, closedAt: tx.now });
    await recordVacancy(tx, 'vacancy.closed', row);
    vacancies.push(row);
  }
  await tx.say(vacanciesClosed, { vacancies, decisions });
  let held = 0;
  for (const { id } of vacancies) held += (await knownVacancy(tx, id, 'vacancy')).held;
  rules.checkClosed({ held }, decisions);
}
