import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal, sameVersion } from '../kernel/refusal.ts';
import type { OfferRow } from '../offers/offer.row.ts';
import { knownOffer, lockOffer } from '../offers/offer.store.ts';
import { knownSite } from '../partners/site.store.ts';
import { recordVacancy } from './history.actions.ts';
import { lockVacancy } from './places.ts';
import { daysOfSessions, sessionsMeant, type Session } from './session.rules.ts';
import { placeFreed, placesCounted, placesWantedBack, replacementOpened } from './vacancy.facts.ts';
import type { NewVacancy, VacancyUpdate } from './vacancy.inputs.ts';
import type { VacancyRow } from './vacancy.row.ts';
import * as rules from './vacancy.rules.ts';
import { knownVacancy, saveNewVacancy, saveVacancy } from './vacancy.store.ts';

export async function openVacancy(tx: Transaction, input: NewVacancy) {
  const offer = await lockOffer(tx, input.offer, 'offer');
  allow(tx.viewer, 'publish', offer.organisationId);
  const { offer: _, idempotencyKey: __, draft, site, replacing, ...said } = input;
  const details = { ...said, ...dated(said, []) };
  rules.checkVacancy(details);
  mayHaveVacancies(offer, draft);
  const row = await saveNewVacancy(tx, {
    ...details,
    ...(await placeOf(tx, offer, site)),
    id: newId('Vacancy'),
    offerId: offer.id,
    organisationId: offer.organisationId,
    refillUntil: details.refillUntil ?? rules.usualRefill(details),
    state: draft
      ? 'DRAFT'
      : rules.stateByCount('OPEN', { places: details.places ?? null, held: 0, taken: 0 }),
    openedAt: draft ? null : tx.now,
  });
  await recordVacancy(tx, draft ? 'vacancy.drafted' : 'vacancy.opened', row);
  if (replacing != null) await tx.say(replacementOpened, { vacancy: row, placement: replacing });
  return { id: row.id };
}

export async function updateVacancy(tx: Transaction, input: VacancyUpdate) {
  // an offer is locked before its vacancies: opening waits for an archive under way, and the other way round
  if (input.open) await lockOffer(tx, (await knownVacancy(tx, input.vacancy, 'vacancy')).offerId, 'vacancy');
  const before = await lockVacancy(tx, input.vacancy, 'vacancy');
  allow(tx.viewer, 'publish', before.organisationId);
  sameVersion(before, input.version);
  const asked = before.places === null ? countedFrom : withPlacesBack;
  const change = await changeOf(tx, await asked(tx, before, input.places), input);
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
  const { vacancy: _, version: __, idempotencyKey: ___, open, site, ...said } = input;
  const details = { ...said, ...dated(said, before.sessions) };
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
    ...{ held: before.held, taken: before.taken },
    state: rules.stateByCount(state, { ...before, places }),
  };
}

/** Places that were not counted are from now on: whoever was accepted or has started before has one. */
async function countedFrom(tx: Transaction, before: VacancyRow, places: number | null | undefined) {
  const inUse = { held: 0, taken: 0 };
  if (places != null) await tx.say(placesCounted, { vacancy: before, inUse });
  return { ...before, ...inUse };
}

/** Fewer places than are in use: those only reserved for the waiting list are taken back before those of anybody accepted. */
async function withPlacesBack(tx: Transaction, before: VacancyRow, places: number | null | undefined) {
  const count = places == null ? 0 : before.held + before.taken - places;
  if (count <= 0) return before;
  await tx.say(placesWantedBack, { vacancy: before, count });
  return knownVacancy(tx, before.id, 'vacancy');
}

/** The sessions in their order, and the days that follow from them; null says there are none any more. */
function dated(said: Pick<VacancyUpdate, 'sessions' | 'startsOn' | 'endsOn'>, before: readonly Session[]) {
  const sessions = said.sessions === undefined ? undefined : sessionsMeant(said.sessions ?? []);
  return { sessions, ...daysOfSessions({ ...said, sessions }, before) };
}

/** An archived offer has no new vacancy, and only a published one an open vacancy. */
export function mayHaveVacancies(offer: OfferRow, draft: boolean): void {
  const may = draft ? offer.state !== 'ARCHIVED' : offer.state === 'PUBLISHED';
  if (!may) throw new Refusal('WRONG_STATE', { state: offer.state, move: 'openVacancy' }, 'offer');
}

/** Its own site, else its offer's, else its offer's commune: copied, so that searches look at one row. */
export async function placeOf(tx: Transaction, offer: OfferRow, site: string | null | undefined) {
  const at = site ?? offer.siteId;
  const where = at != null ? await knownSite(tx, at, 'site') : offer;
  const { communeCode, latitude, longitude, approximate, organisationId } = where;
  const hostId = organisationId === offer.organisationId ? null : organisationId;
  return { siteId: at, hostId, communeCode, latitude, longitude, approximate };
}

function given<T extends object>(change: T): Partial<T> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<T>;
}
