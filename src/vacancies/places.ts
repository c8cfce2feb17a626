import sql, { raw, type Sql } from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import { everyPartner, record } from '../events/journal.ts';
import { found, Refusal } from '../kernel/refusal.ts';
import { placeFreed } from './vacancy.facts.ts';
import type { VacancyRow } from './vacancy.row.ts';
import { vacancies } from './vacancy.store.ts';

/**
 * The only way a place changes hands: one guarded statement each, so that N people who want k places at the same
 * instant get exactly k. Each keeps OPEN and FILLED with the count, counts a version and writes its event.
 */

export async function lockVacancy(tx: Transaction, id: string, field: string): Promise<VacancyRow> {
  const query = sql`select ${vacancies.columns} from vacancy
    where id = ${id} and ${vacancies.scope(tx.viewer)} for update`;
  return found(await firstRow<VacancyRow>(tx, query), field);
}

/** Holds a place for an accepted referral; a vacancy that is not counted holds nothing (`holds` false). */
export async function holdPlace(
  tx: Transaction,
  vacancy: { id: string },
): Promise<{ row: VacancyRow; holds: boolean }> {
  const row = await moved(tx, vacancy.id, { held: 1 }, openAndFree);
  return row ? { row, holds: true } : { row: await uncounted(tx, vacancy.id), holds: false };
}

/** Gives a held place back: the referral was cancelled, lapsed or withdrawn. Says `placeFreed`. */
export async function releaseHeldPlace(tx: Transaction, id: string): Promise<VacancyRow> {
  return freed(tx, await must(tx, id, { held: -1 }, sql`held > 0`));
}

/** A place that was only reserved is taken back by who provides it: nobody else is to have it. */
export function dropReserved(tx: Transaction, id: string): Promise<VacancyRow> {
  return must(tx, id, { held: -1 }, sql`held > 0`);
}

/** The placement starts: the held place is taken. */
export function takeHeldPlace(tx: Transaction, id: string): Promise<VacancyRow> {
  return must(tx, id, { held: -1, taken: 1 }, sql`held > 0`);
}

/** Takes a place nobody held (a direct entry); a vacancy that is not counted stays as it is. */
export async function takePlace(tx: Transaction, id: string): Promise<VacancyRow> {
  return (await moved(tx, id, { taken: 1 }, openAndFree)) ?? uncounted(tx, id);
}

/** Gives a taken place back: the placement ended before `refillUntil` (see `refills`). Says `placeFreed`. */
export async function returnTakenPlace(tx: Transaction, id: string): Promise<VacancyRow> {
  return freed(tx, await must(tx, id, { taken: -1 }, sql`taken > 0`));
}

/** The start was recorded by mistake: the taken place is held again. */
export function untakePlace(tx: Transaction, id: string): Promise<VacancyRow> {
  return must(tx, id, { held: 1, taken: -1 }, sql`taken > 0`);
}

const openAndFree = sql`state = 'OPEN' and held + taken < places`;

interface Step {
  held?: 1 | -1;
  taken?: 1 | -1;
}

/** Null when the guard does not hold; under a race the guard is judged on the row as the winner left it. */
async function moved(tx: Transaction, id: string, step: Step, guard: Sql): Promise<VacancyRow | null> {
  const held = sql`held + ${raw(String(step.held ?? 0))}`;
  const taken = sql`taken + ${raw(String(step.taken ?? 0))}`;
  const row = await firstRow<VacancyRow>(
    tx,
    sql`update vacancy set held = ${held}, taken = ${taken},
        state = case when state not in ('OPEN', 'FILLED') then state
          when places = (${held}) + (${taken}) then 'FILLED' else 'OPEN' end,
        version = version + 1, updated_at = ${tx.now}
      where id = ${id} and places is not null and ${guard} and ${vacancies.scope(tx.viewer)}
      returning ${vacancies.columns}`,
  );
  if (row) await recordPlaces(tx, row);
  return row;
}

/** For a place somebody is known to have: that it is not there is a fault of ours, not a refusal. */
async function must(tx: Transaction, id: string, step: Step, guard: Sql): Promise<VacancyRow> {
  const row = await moved(tx, id, step, guard);
  if (!row) throw new Error(`vacancy ${id} has no such place to move: ${JSON.stringify(step)}`);
  return row;
}

/** Why no place could be had; the row itself when the vacancy is open and does not count. */
async function uncounted(tx: Transaction, id: string): Promise<VacancyRow> {
  const query = sql`select ${vacancies.columns} from vacancy where id = ${id} and ${vacancies.scope(tx.viewer)}`;
  const row = found(await firstRow<VacancyRow>(tx, query), 'vacancy');
  if (row.state === 'OPEN' && row.places === null) return row;
  if (row.state === 'DRAFT' || row.state === 'CLOSED')
    throw new Refusal('WRONG_STATE', { state: row.state }, 'vacancy');
  throw new Refusal('NO_PLACE_LEFT', { places: row.places }, 'vacancy');
}

/** What is freed on a closed vacancy is nobody's. */
async function freed(tx: Transaction, row: VacancyRow): Promise<VacancyRow> {
  if (row.state === 'OPEN') await tx.say(placeFreed, { vacancy: row });
  return row;
}

async function recordPlaces(tx: Transaction, row: VacancyRow): Promise<void> {
  const write = () =>
    record(tx, {
      type: 'vacancy.places_changed',
      subject: { type: 'Vacancy', id: row.id, version: row.version },
      audience: [everyPartner],
      facts: { state: row.state, places: row.places, held: row.held, taken: row.taken, free: row.free },
    });
  // everybody reads this line: it must not tell which sender's referral the place belonged to
  if (tx.viewer.organisation === row.organisationId || tx.viewer.kind === 'HUB') await write();
  else await tx.asHub('vacancy.places_changed', write);
}
