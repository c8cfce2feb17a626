import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { calendarOf } from '../kernel/calendar.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { closuresOfPlace } from '../partners/closure.store.ts';
import { lockOffer } from '../offers/offer.store.ts';
import { closeTogether, lockedOf, lockTogether } from './closing.actions.ts';
import { recordVacancy } from './history.actions.ts';
import { sessionsOfSeries } from './series.rules.ts';
import { knownSeries, saveNewSeries, seriesLeft } from './series.store.ts';
import type { NewVacancySeries, VacancySeriesClosing } from './series.type.ts';
import { mayHaveVacancies, placeOf } from './vacancy.actions.ts';
import * as rules from './vacancy.rules.ts';
import { saveNewVacancy } from './vacancy.store.ts';

/** By a weekly rule nobody is called to a day on which the house has said that it is closed; a date named is meant. */
async function openOn(
  tx: Transaction,
  organisation: string,
  input: NewVacancySeries,
): Promise<NewVacancySeries> {
  if (!input.weekly) return input;
  const closed = await closuresOfPlace(tx, organisation, null);
  if (input.site) closed.push(...(await closuresOfPlace(tx, organisation, input.site)));
  const except = closed.map(({ fromDay, toDay }) => ({ from: fromDay, to: toDay }));
  return { ...input, weekly: { ...input.weekly, except: [...(input.weekly.except ?? []), ...except] } };
}

/** The sessions of a workshop, all or none: one vacancy each, with places of its own. */
export async function openVacancySeries(tx: Transaction, input: NewVacancySeries) {
  const offer = await lockOffer(tx, input.offer, 'offer');
  allow(tx.viewer, 'publish', offer.organisationId);
  const { title = null, places = null } = input;
  rules.checkVacancy({ title, places });
  mayHaveVacancies(offer, false);
  const where = await placeOf(tx, offer, input.site);
  const sessions = sessionsOfSeries(
    await openOn(tx, offer.organisationId, input),
    calendarOf(where.communeCode),
  );
  const id = newId('VacancySeries');
  const { id: offerId, organisationId } = offer;
  await saveNewSeries(tx, { id, offerId, organisationId, title, createdAt: tx.now });
  for (const session of sessions) {
    const days = { startsOn: session.on, endsOn: session.on };
    const row = await saveNewVacancy(tx, {
      ...{ ...where, ...days, id: newId('Vacancy'), offerId, organisationId, seriesId: id, title, places },
      sessions: [session],
      refillUntil: rules.usualRefill(days),
      state: rules.stateByCount('OPEN', { places, held: 0, taken: 0 }),
      openedAt: tx.now,
    });
    await recordVacancy(tx, 'vacancy.opened', row);
  }
  return { id };
}

/** The workshop stops: what is left of it closes, each accepted person decided as for a single session. */
export async function closeVacancySeries(tx: Transaction, input: VacancySeriesClosing) {
  const { id, organisationId } = await knownSeries(tx, input.series, 'series');
  allow(tx.viewer, 'publish', organisationId);
  const decisions = input.decisions ?? [];
  const left = await seriesLeft(tx, id, input.from ?? parisDay(tx.now));
  await lockTogether(tx, left, decisions);
  const open = (await lockedOf(tx, left, 'series')).filter(({ state }) => state !== 'CLOSED');
  await closeTogether(tx, open, { reason: input.reason, decisions });
  return { id };
}
