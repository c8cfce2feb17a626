import type { Transaction } from '../db/transaction.ts';
import type { EventType } from '../events/event-types.ts';
import { everyPartner, record } from '../events/journal.ts';
import type { VacancyRow } from './vacancy.row.ts';

/** Tells every partner what became of a vacancy; of what was never opened only its own organisation learns. */
export function recordVacancy(tx: Transaction, type: EventType, row: VacancyRow) {
  return record(tx, {
    type,
    subject: { type: 'Vacancy', id: row.id, version: row.version },
    audience: [row.openedAt ? everyPartner : row.organisationId],
    facts: { offer: row.offerId, state: row.state, places: row.places, free: row.free },
  });
}
