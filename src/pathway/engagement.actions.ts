import type { Transaction } from '../db/transaction.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { found, invalid, Refusal, sameVersion } from '../kernel/refusal.ts';
import { placementById } from '../placements/placement.store.ts';
import { referralById } from '../referrals/referral.store.ts';
import { closeEngagement, tellEngagement } from './ending.actions.ts';
import type { EngagementRow } from './engagement.row.ts';
import * as rules from './engagement.rules.ts';
import * as store from './engagement.store.ts';
import type * as type from './engagement.type.ts';
import { allowAccompanying } from './pathway.actions.ts';
import type { PathwayRow } from './pathway.row.ts';
import { checkOpen } from './pathway.rules.ts';
import { lockPathway } from './pathway.store.ts';

/** Prepared with the person; another one may be in force until this one is signed. */
export async function draftEngagement(tx: Transaction, input: type.NewEngagement) {
  const pathway = await lockPathway(tx, input.pathway, 'pathway');
  await allowAccompanying(tx, pathway);
  checkOpen(pathway, 'draftEngagement');
  const { kind, goals } = input;
  rules.checkGoals('goals', goals);
  const toDay = rules.termOf(kind, input.to);
  const activities = await checkedActivities(tx, pathway.personId, input.activities);
  const standing = await store.standingEngagements(tx, pathway.id);
  if (standing.some(({ state }) => state === 'DRAFT'))
    throw new Refusal('ALREADY_EXISTS', { reason: 'ENGAGEMENT_DRAFT' }, 'pathway');
  const made = await store.saveNewEngagement(tx, {
    ...{
      id: newId('Engagement'),
      personId: pathway.personId,
      pathwayId: pathway.id,
      kind,
      goals,
      activities,
    },
    ...{ state: 'DRAFT', draftedBy: tx.viewer.organisation, toDay, reviewOn: null, reviewToldOn: null },
    ...{ personSignedOn: null, referentSignedOn: null, signedOn: null, signedAt: null },
    ...{ endedOn: null, endReason: null },
  });
  await tellEngagement(tx, made, 'engagement.drafted');
  return { id: made.id };
}

/** Goals and activities follow the person's life, before and after it is signed. */
export async function updateEngagement(tx: Transaction, input: type.EngagementUpdate) {
  const before = await lockAccompanied(tx, input);
  rules.checkNotEnded(before, 'update');
  const { goals, to, reviewOn } = input;
  if (goals) rules.checkGoals('goals', goals);
  const activities = input.activities && (await checkedActivities(tx, before.personId, input.activities));
  const toDay = to === undefined ? undefined : rules.termOf(before.kind, to);
  if (before.signedOn !== null && toDay != null && toDay < before.signedOn) throw invalid('to', 'DATES_REVERSED');
  if (before.signedOn !== null && reviewOn != null && reviewOn < before.signedOn) throw invalid('reviewOn', 'DATES_REVERSED');
  const change: Partial<EngagementRow> = { goals: goals ?? undefined, activities: activities ?? undefined, toDay, reviewOn };
  if (Object.values(change).every((each) => each === undefined)) throw invalid('goals', 'NOTHING_GIVEN');
  const after = await store.saveEngagement(tx, before, { ...change, ...withdrawn(before, change) });
  await tellEngagement(tx, after, 'engagement.updated');
  return { id: after.id };
} // prettier-ignore

/** What one party signed was the draft as it stood: changed, it is to be signed anew by both. */
function withdrawn({ state }: EngagementRow, { goals, activities, toDay }: Partial<EngagementRow>): Partial<EngagementRow> {
  const touched = [goals, activities, toDay].some((each) => each !== undefined);
  return state === 'DRAFT' && touched ? { personSignedOn: null, referentSignedOn: null } : {};
} // prettier-ignore

/** Each party signs on a day of its own; from the last one it is in force, and replaces the one before. */
export async function signEngagement(tx: Transaction, input: type.EngagementSigning) {
  const { engagement: before, pathway } = await lockWithPathway(tx, input);
  rules.checkDraft(before);
  const [today, on] = [parisDay(tx.now), input.signedOn ?? parisDay(tx.now)];
  const { kind, toDay } = before;
  rules.checkSigning({ kind, toDay, beganOn: pathway.beganOn }, on, today);
  const signatures = rules.signedBy(before, input.by ?? null, on);
  const signedOn = rules.inForceFrom(signatures);
  const reviewOn = input.reviewOn ?? before.reviewOn;
  if (reviewOn !== null && reviewOn < (signedOn ?? on)) throw invalid('reviewOn', 'DATES_REVERSED');
  const change = { ...signatures, reviewOn };
  if (signedOn === null) {
    const half = await store.saveEngagement(tx, before, change);
    await tellEngagement(tx, half, 'engagement.half_signed');
    return { id: half.id };
  }
  const standing = await store.standingEngagements(tx, pathway.id);
  for (const former of standing.filter(({ state }) => state === 'SIGNED'))
    await replace(tx, former, signedOn);
  const after = await store.saveEngagement(tx, before, { ...change, state: 'SIGNED', signedOn, signedAt: tx.now });
  await tellEngagement(tx, after, 'engagement.signed');
  return { id: after.id };
} // prettier-ignore

async function replace(tx: Transaction, former: EngagementRow, signedOn: string): Promise<void> {
  if (signedOn < former.signedOn!) throw invalid('signedOn', 'SIGNED_SINCE', { signedOn: former.signedOn });
  await closeEngagement(tx, former, { endedOn: signedOn, endReason: 'REPLACED' });
}

/** What a review decided is carried out by its own moves: nothing follows by itself. */
export async function recordReview(tx: Transaction, input: type.NewReview) {
  const before = await lockAccompanied(tx, input);
  const heldOn = input.heldOn ?? parisDay(tx.now);
  const { nextOn = null, decision, goalsReached } = input;
  rules.checkReview(before, { heldOn, nextOn }, parisDay(tx.now));
  rules.checkGoals('goalsReached', goalsReached);
  if (!goalsReached.every((each) => before.goals.includes(each))) throw invalid('goalsReached', 'NOT_A_GOAL');
  const { organisation: organisationId, member: memberId } = tx.viewer;
  await store.saveReview(tx, {
    ...{ id: newId('EngagementReview'), engagementId: before.id, personId: before.personId },
    ...{ heldOn, decision, goalsReached, organisationId, memberId, recordedAt: tx.now },
  });
  const after = await store.saveEngagement(tx, before, { reviewOn: nextOn });
  await tellEngagement(tx, after, 'engagement.reviewed');
  return { id: after.id };
}

export async function endEngagement(tx: Transaction, input: type.EngagementEnd) {
  const before = await lockAccompanied(tx, input);
  rules.checkNotEnded(before, 'end');
  rules.checkReason(input.reason);
  const endedOn = input.endedOn ?? parisDay(tx.now);
  rules.checkLastDay(before, endedOn, parisDay(tx.now));
  const after = await closeEngagement(tx, before, { endedOn, endReason: input.reason });
  return { id: after.id };
}

interface Naming {
  engagement: string;
  version?: number | null;
}

async function lockAccompanied(tx: Transaction, input: Naming): Promise<EngagementRow> {
  return (await lockWithPathway(tx, input)).engagement;
}

async function lockWithPathway(tx: Transaction, input: Naming): Promise<{ engagement: EngagementRow; pathway: PathwayRow }> {
  const engagement = await store.lockEngagement(tx, input.engagement, 'engagement');
  const pathway = await lockPathway(tx, engagement.pathwayId, 'engagement');
  await allowAccompanying(tx, pathway);
  sameVersion(engagement, input.version);
  return { engagement, pathway };
} // prettier-ignore

/** Within a referral or placement of the same person, as far as the viewer sees them. */
async function checkedActivities(
  tx: Transaction,
  person: string,
  asked: readonly type.NewActivity[],
): Promise<rules.Activity[]> {
  const activities = asked.map(({ kind, weeklyHours = null, referral = null, placement = null }) => ({
    ...{ kind, weeklyHours, referral, placement },
  }));
  rules.checkActivities(activities);
  const ids = (of: 'referral' | 'placement') => activities.map((each) => each[of] ?? '');
  const referrals = await referralById.load(tx, ids('referral'));
  const placements = await placementById.load(tx, ids('placement'));
  for (const [at, { referral, placement }] of activities.entries()) {
    const own = (row: { personId: string } | null | undefined) => (row?.personId === person ? row : null);
    if (referral !== null) found(own(referrals[at]), `activities.${at}.referral`);
    if (placement !== null) found(own(placements[at]), `activities.${at}.placement`);
  }
  return activities;
}
