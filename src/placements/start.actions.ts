import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { invalid, Refusal, sameVersion } from '../kernel/refusal.ts';
import type { OfferRow } from '../offers/offer.row.ts';
import { knownOffer } from '../offers/offer.store.ts';
import { mayMove, moveReferral } from '../referrals/move.actions.ts';
import type { ReferralRow } from '../referrals/referral.row.ts';
import { closeOtherReferrals, lockReferralWithOthers } from '../referrals/others.actions.ts';
import { takeHeldPlace, untakePlace } from '../vacancies/places.ts';
import { checkFirst, needsContract } from './contract.rules.ts';
import { closeToParties, openToParties } from './disclosure.actions.ts';
import { saveContract } from './history.store.ts';
import { lockWithReferral, tell } from './moving.actions.ts';
import type { NewContract, PlacementStart, StartUndoing } from './placement.inputs.ts';
import { checkStart, checkUndo, overlaps, placementMoves, type OverlapReason } from './placement.rules.ts';
import { exclusivePlacements, saveNewPlacement, savePlacement } from './placement.store.ts';

export async function startPlacement(tx: Transaction, input: PlacementStart) {
  const referral = await lockReferralWithOthers(tx, input.referral, 'referral');
  allow(tx.viewer, 'place', referral.receiverId);
  sameVersion(referral, input.version);
  mayMove(tx, referral, 'start');
  const offer = await knownOffer(tx, referral.offerId, 'referral');
  checkStart(input.startedOn, parisDay(tx.now));
  const contract = contractOf(input, offer);
  await mayOverlap(tx, offer, referral.personId, input);
  const takesPlace = referral.holdsPlace;
  if (takesPlace) await takeHeldPlace(tx, referral.vacancyId!);
  return beginPlacement(tx, referral, { ...input, offer, contract, takesPlace });
}

export interface Beginning {
  offer: OfferRow;
  startedOn: string;
  contract: FirstContract | null;
  overlapReason?: OverlapReason | null;
  takesPlace: boolean;
}

/** From here on the person is there: the referral is placed, the parties see the person by it, other ways close. */
export async function beginPlacement(
  tx: Transaction,
  referral: ReferralRow,
  { offer, startedOn, contract, overlapReason = null, takesPlace }: Beginning,
) {
  await moveReferral(tx, referral, 'start');
  const { personId, offerId, vacancyId, senderId, receiverId, origin } = referral;
  const placement = await saveNewPlacement(tx, {
    id: newId('Placement'),
    referralId: referral.id,
    ...{ personId, offerId, vacancyId, senderId, receiverId, origin },
    state: 'STARTED',
    exclusive: offer.exclusive,
    ...{ overlapReason, takesPlace, startedOn },
    contractEndsOn: contract?.to ?? null,
  });
  if (contract) await saveFirstContract(tx, placement.id, contract);
  await openToParties(tx, placement, referral);
  if (offer.exclusive) await closeOtherReferrals(tx, personId, referral.id, 'STARTED_ELSEWHERE');
  await tell(tx, placement, 'started');
  return { id: placement.id };
}

/** A start recorded by mistake: the referral is accepted again, and its place held again; a direct entry never was. */
export async function undoStart(tx: Transaction, input: StartUndoing) {
  const { before, referral } = await lockWithReferral(tx, input);
  const state = placementMoves.next(before.state, 'undoStart', 'RECEIVER');
  checkUndo(before, tx.now);
  if (before.takesPlace) await untakePlace(tx, before.vacancyId!);
  const accepted = await moveReferral(tx, referral, 'undoStart', {
    change: { holdsPlace: before.takesPlace },
  });
  // nobody had referred the person: nothing is left to start anew, the place is free and so is the provider's own number
  if (before.origin !== 'REFERRAL')
    await moveReferral(tx, accepted, 'cancelAcceptance', {
      reason: 'MISTAKE',
      change: { externalReference: null },
    });
  const placement = await savePlacement(tx, before.id, { state, takesPlace: false });
  await closeToParties(tx, placement);
  await tell(tx, placement, 'start_undone');
  return { id: placement.id };
}

export function contractOf({ contract, startedOn }: Started, offer: OfferRow) {
  if (!contract) {
    if (needsContract(offer.kind)) throw invalid('contract', 'REQUIRED');
    return null;
  }
  const facts = whole(contract, startedOn);
  checkFirst(facts, startedOn);
  return facts;
}

type FirstContract = ReturnType<typeof whole>;
type Started = Pick<PlacementStart, 'startedOn' | 'contract' | 'overlapReason'>;

export function whole({ kind, from, to, weeklyHours }: NewContract, usualFrom: string) {
  return { kind, from: from ?? usualFrom, to: to ?? null, weeklyHours: weeklyHours ?? null };
}

function saveFirstContract(tx: Transaction, placementId: string, contract: FirstContract) {
  const { kind, from, to, weeklyHours } = contract;
  const id = newId('Contract');
  return saveContract(tx, { id, placementId, kind, fromDay: from, toDay: to, weeklyHours, renewsId: null });
}

/** Two exclusive placements at once are a warning to confirm; where the other one is, is not told (docs/domain.md §5). */
export async function mayOverlap(
  tx: Transaction,
  offer: OfferRow,
  person: string,
  { startedOn, overlapReason }: Started,
): Promise<void> {
  if (!offer.exclusive || overlapReason) return;
  const others = await tx.asHub('placement.overlap', () => exclusivePlacements(tx, person));
  if (others.some((other) => overlaps(startedOn, other)))
    throw new Refusal('OVERLAPPING_PLACEMENT', {}, 'overlapReason');
}
