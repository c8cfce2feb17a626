import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import type { EventType } from '../events/event-types.ts';
import { everyPartner, record } from '../events/journal.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal, sameVersion } from '../kernel/refusal.ts';
import type { OfferRow } from '../offers/offer.row.ts';
import { knownOffer, lockOffer } from '../offers/offer.store.ts';
import { knownSite } from '../partners/site.store.ts';
import { lockVacancy } from './places.ts';
import { placeFreed, vacancyClosed } from './vacancy.facts.ts';
import type { VacancyRow } from './vacancy.row.ts';
import * as rules from './vacancy.rules.ts';
import { knownVacancy, saveNewVacancy, saveVacancy, vacanciesLeft } from './vacancy.store.ts';
import type { NewVacancy, VacancyClosing, VacancyUpdate } from './vacancy.type.ts';

export async function openVacancy(tx: Transaction, input: NewVacancy) {
  const offer = await lockOffer(tx, input.offer, 'offer');
  allow(tx.viewer, 'publish', offer.organisationId);
  const { offer: _, idempotencyKey: __, draft, site, ...details } = input;
  rules.checkVacancy(details);
  mayHaveVacancies(offer, draft);
  const row = await saveNewVacancy(tx, {
    ...details,
    ...(await placeOf(tx, offer, site)),
    id: newId('Vacancy'),
    offerId: offer.id,
    organisationId: offer.organisationId,
    refillUntil: details.refillUntil ?? rules.usualRefill(details.startsOn),
    state: draft
      ? 'DRAFT'
      : rules.stateByCount('OPEN', { places: details.places ?? null, held: 0, taken: 0 }),
    openedAt: draft ? null : tx.now,
  });
  await recordVacancy(tx, draft ? 'vacancy.drafted' : 'vacancy.opened', row);
  return { id: row.id };
}

export async function updateVacancy(tx: Transaction, input: VacancyUpdate) {
  // an offer is locked before its vacancies: opening waits for an archive under way, and the other way round
  if (input.open) await lockOffer(tx, (await knownVacancy(tx, input.vacancy, 'vacancy')).offerId, 'vacancy');
  const before = await lockVacancy(tx, input.vacancy, 'vacancy');
  allow(tx.viewer, 'publish', before.organisationId);
  sameVersion(before, input.version);
  const change = await changeOf(tx, before, input);
  const row = await saveVacancy(tx, before.id, change);
  await recordVacancy(tx, input.open ? 'vacancy.opened' : 'vacancy.updated', row);
  if (row.state === 'OPEN' && (row.free ?? 0) > (before.free ?? 0))
    await tx.say(placeFreed, { vacancy: row });
  return { id: row.id };
}

async function changeOf(
  tx: Transaction,
  before: VacancyRow,
  input: VacancyUpdate,
): Promise<Partial<VacancyRow>> {
  const { vacancy: _, version: __, idempotencyKey: ___, open, site, ...details } = input;
  const state = rules.vacancyMoves.next(before.state, open ? 'open' : 'update', 'PROVIDER');
  const places = details.places === undefined ? before.places : details.places;
  const refillUntil = rules.refillAfter(before, details);
  rules.checkVacancy({ ...before, ...given(details), ...given({ refillUntil }) });
  rules.checkPlaces(places, before);
  const needsOffer = open || site !== undefined;
  const offer = needsOffer ? await knownOffer(tx, before.offerId, 'vacancy') : null;
  if (open) mayHaveVacancies(offer!, false);
  return {
    ...details,
    ...(site !== undefined && (await placeOf(tx, offer!, site))),
    ...(open && { openedAt: tx.now }),
    refillUntil,
    state: rules.stateByCount(state, { ...before, places }),
  };
}

export async function closeVacancy(tx: Transaction, input: VacancyClosing) {
  const before = await lockVacancy(tx, input.vacancy, 'vacancy');
  allow(tx.viewer, 'publish', before.organisationId);
  sameVersion(before, input.version);
  return close(tx, before, input.reason, input.decisions ?? []);
}

/** An offer leaves the catalogue: its vacancies close with it, unless somebody accepted is still undecided. */
export async function closeAll(tx: Transaction, offerId: string): Promise<void> {
  for (const id of await vacanciesLeft(tx, offerId))
    await close(tx, await lockVacancy(tx, id, 'offer'), 'OFFER_ARCHIVED', []);
}

async function close(
  tx: Transaction,
  before: VacancyRow,
  closeReason: rules.VacancyCloseReason,
  decisions: readonly rules.ClosingDecision[],
) {
  rules.checkDecisions(decisions);
  const state = rules.vacancyMoves.next(before.state, 'close', 'PROVIDER');
  const row = await saveVacancy(tx, before.id, { state, closeReason, closedAt: tx.now });
  await recordVacancy(tx, 'vacancy.closed', row);
  await tx.say(vacancyClosed, { vacancy: row, decisions });
  rules.checkClosed(await knownVacancy(tx, row.id, 'vacancy'), decisions);
  return { id: row.id };
}

/** An archived offer has no new vacancy, and only a published one an open vacancy. */
function mayHaveVacancies(offer: OfferRow, draft: boolean): void {
  const may = draft ? offer.state !== 'ARCHIVED' : offer.state === 'PUBLISHED';
  if (!may) throw new Refusal('WRONG_STATE', { state: offer.state, move: 'openVacancy' }, 'offer');
}

/** Its own site, else its offer's, else its offer's commune: copied, so that searches look at one row. */
async function placeOf(tx: Transaction, offer: OfferRow, site: string | null | undefined) {
  const at = site ?? offer.siteId;
  const where = at != null ? await knownSite(tx, at, 'site') : offer;
  const { communeCode, latitude, longitude, approximate } = where;
  return { siteId: at, communeCode, latitude, longitude, approximate };
}

function given<T extends object>(change: T): Partial<T> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** Of what was never opened only its own organisation learns. */
function recordVacancy(tx: Transaction, type: EventType, row: VacancyRow) {
  return record(tx, {
    type,
    subject: { type: 'Vacancy', id: row.id, version: row.version },
    audience: [row.openedAt ? everyPartner : row.organisationId],
    facts: { offer: row.offerId, state: row.state, places: row.places, free: row.free },
  });
}
