import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import type { EventType } from '../events/event-types.ts';
import { everyPartner, record } from '../events/journal.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { sameVersion } from '../kernel/refusal.ts';
import { accreditationsOf, knownOrganisation } from '../partners/organisation.store.ts';
import type { NewOffer, OfferMove, OfferSuspension, OfferUpdate } from './offer-input.type.ts';
import { offerArchived, offerChanged, offerResumed, offerSuspended } from './offer.facts.ts';
import { changeOf, placeOf } from './offer.change.ts';
import type { OfferRow } from './offer.row.ts';
import {
  checkOffer,
  checkPublishable,
  checkSiaeKind,
  checkSuspension,
  exclusiveByDefault,
  offerMoves,
  type OfferMove as Move,
} from './offer.rules.ts';
import { knownOffer, lockOffer, saveNewOffer, saveOffer } from './offer.store.ts';

export async function draftOffer(tx: Transaction, input: NewOffer) {
  const owner = await knownOrganisation(tx, input.organisation ?? tx.viewer.organisation, 'organisation');
  allow(tx.viewer, 'publish', owner.id);
  const { kind, title } = input;
  checkOffer(input);
  const { exclusive = exclusiveByDefault(kind), ...change } = changeOf(input);
  await checkSiae(tx, { organisationId: owner.id, kind, siaeKind: change.siaeKind ?? null });
  const id = newId('Offer');
  const place = await placeOf(tx, input);
  const born = { id, organisationId: owner.id, kind, title, exclusive, state: 'DRAFT' } as const;
  await saveNewOffer(tx, { ...change, ...place, ...born });
  await recordOffer(tx, 'offer.drafted', await knownOffer(tx, id, 'offer'));
  return { id };
}

export async function updateOffer(tx: Transaction, input: OfferUpdate) {
  const { offer, state } = await moving(tx, input, 'update');
  checkOffer(input);
  const change = { ...changeOf(input), ...(await placeOf(tx, input)) };
  await checkSiae(tx, { ...offer, ...change });
  if (state !== 'DRAFT') checkPublishable({ ...offer, ...change });
  // who changes a published offer has looked at it: that confirms it
  const confirmedAt = state === 'DRAFT' ? offer.confirmedAt : tx.now;
  const updated = await saveOffer(tx, offer.id, { ...change, confirmedAt });
  await recordOffer(tx, 'offer.updated', updated);
  if (countedOtherwise(offer, updated)) await tx.say(offerChanged, { offer: offer.id });
  return { id: offer.id };
}

/** Whoever was ever placed in it is counted anew: not for a new title. */
function countedOtherwise(before: OfferRow, after: OfferRow): boolean {
  return before.countsAsAction !== after.countsAsAction || before.communeCode !== after.communeCode;
}

/** Puts a draft into the catalogue, or a suspended offer back. */
export async function publishOffer(tx: Transaction, input: OfferMove) {
  const suspended = (offer: OfferRow) => offer.state === 'SUSPENDED';
  const { offer, state } = await moving(tx, input, (found) => (suspended(found) ? 'resume' : 'publish'));
  checkPublishable(offer);
  await checkSiae(tx, offer);
  const publishedAt = offer.publishedAt ?? tx.now;
  const change = { state, publishedAt, confirmedAt: tx.now, suspendedUntil: null };
  const type = suspended(offer) ? 'offer.resumed' : 'offer.published';
  const published = await saveOffer(tx, offer.id, change);
  await recordOffer(tx, type, published);
  if (suspended(offer)) await tx.say(offerResumed, { offer: published });
  return { id: offer.id };
}

/** Says that it still holds as it is. */
export async function confirmOffer(tx: Transaction, input: OfferMove) {
  const { offer } = await moving(tx, input, 'confirm');
  await recordOffer(tx, 'offer.confirmed', await saveOffer(tx, offer.id, { confirmedAt: tx.now }));
  return { id: offer.id };
}

export async function suspendOffer(tx: Transaction, input: OfferSuspension) {
  const { offer, state } = await moving(tx, input, 'suspend');
  checkSuspension(input.until, parisDay(tx.now));
  const change = { state, suspendedUntil: input.until ?? null };
  const suspended = await saveOffer(tx, offer.id, change);
  await recordOffer(tx, 'offer.suspended', suspended);
  await tx.say(offerSuspended, { offer: suspended });
  return { id: offer.id };
}

export async function archiveOffer(tx: Transaction, input: OfferMove) {
  const { offer, state } = await moving(tx, input, 'archive');
  const archived = await saveOffer(tx, offer.id, { state, suspendedUntil: null });
  await recordOffer(tx, 'offer.archived', archived);
  await tx.say(offerArchived, { offer: archived });
  return { id: offer.id };
}

interface Asked {
  offer: string;
  version?: number | null;
}

/** Lock → allow → decide, the same for every move: the offer as it was, and the state it goes to. */
async function moving(tx: Transaction, input: Asked, move: Move | ((offer: OfferRow) => Move)) {
  const offer = await lockOffer(tx, input.offer, 'offer');
  allow(tx.viewer, 'publish', offer.organisationId);
  sameVersion(offer, input.version);
  const name = typeof move === 'function' ? move(offer) : move;
  return { offer, state: offerMoves.next(offer.state, name, 'PROVIDER') };
}

async function checkSiae(
  tx: Transaction,
  offer: Pick<OfferRow, 'organisationId' | 'kind' | 'siaeKind'>,
): Promise<void> {
  if (offer.siaeKind === null) return;
  const [held] = await accreditationsOf.load(tx, [offer.organisationId]);
  checkSiaeKind(offer, held ?? [], parisDay(tx.now));
}

/** A draft is its own organisation’s affair; whatever was published once is everybody’s. */
export function recordOffer(tx: Transaction, type: EventType, offer: OfferRow) {
  const { id, version, kind, state, organisationId, suspendedUntil } = offer;
  const audience = [offer.publishedAt === null ? organisationId : everyPartner];
  const facts = {
    organisation: organisationId,
    kind,
    state,
    ...(suspendedUntil && { until: suspendedUntil }),
  };
  return record(tx, { type, subject: { type: 'Offer', id, version }, audience, facts });
}
