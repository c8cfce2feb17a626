import type { Client } from './client.ts';
import { agreed, personInTables, type Scene } from './referrals.ts';
import { offerInTables } from './vacancies.ts';

/** Everything a client may read of a placement but its person. */
export const placementSelection = `placement { id state version startedOn endedOn endReason contractEndsOn outcomeDueAt outcomeReminders followUpDueOn exclusive overlapReason takesPlace
  offer { id } vacancy { id free taken held } sender { id } receiver { id } referral { id state version }
  contracts { id kind from to weeklyHours renews } currentContract { id } contractCorrections { contract kind from to weeklyHours correctedBecause } episodes { id kind from expectedTo to suspends }
  outcome { kind contract weeklyHours from to certification endedOn endReason knownFrom knownUntil correctedBecause }
  outcomeHistory { kind endedOn endReason knownFrom knownUntil correctedBecause }
  startCorrections { startedOn knownUntil correctedBecause }
  followUps { months dueOn situation on recordedAt by { id } } }`;

export const cddi = { kind: 'FIXED_TERM_I', to: '2027-05-22', weeklyHours: 26 };
export const toJob = { kind: 'JOB', contract: 'PERMANENT', weeklyHours: 35, from: '2026-11-23' };

const inputTypes = {
  startPlacement: 'PlacementStart',
  recordDirectPlacement: 'DirectPlacement',
  undoStart: 'StartUndoing',
  suspendPlacement: 'PlacementSuspension',
  recordHours: 'HoursRecord',
  recordAttendance: 'AttendanceRecord',
  recordEpisode: 'EpisodeRecord',
  endEpisode: 'EpisodeEnding',
  resumePlacement: 'PlacementResumption',
  amendContract: 'ContractAmendment',
  correctContract: 'ContractCorrecting',
  renewContract: 'ContractRenewal',
  endPlacement: 'PlacementEnd',
  correctPlacement: 'PlacementCorrection',
  recordFollowUp: 'FollowUpRecord',
} as const;
export type PlacementMutation = keyof typeof inputTypes;

/** The whole payload of a move of a placement. */
export function place(as: Client, mutation: PlacementMutation, input: object) {
  return as.run(mutation, inputTypes[mutation], input, placementSelection);
}

/** The same; fails when refused. */
export async function placed(as: Client, mutation: PlacementMutation, input: object) {
  const payload = await place(as, mutation, input);
  if (payload.userErrors.length) throw new Error(JSON.stringify(payload.userErrors));
  return payload.placement;
}

/** Starts an accepted referral today, under a CDDI. */
export function startOf(scene: Scene, referral: string, over: object = {}) {
  return place(scene.provider, 'startPlacement', {
    referral,
    startedOn: '2026-11-23',
    contract: cddi,
    ...over,
  });
}

/** A placement that started on this day, in a vacancy of so many places. */
export async function started(
  scene: Scene,
  over: { vacancy?: string; startedOn?: string; person?: string } = {},
) {
  const { startedOn = '2026-11-02', person } = over;
  const vacancy = over.vacancy ?? (await scene.vacancy(2));
  const referral = await scene.accepted({ vacancy, ...(person && { person }) });
  return placed(scene.provider, 'startPlacement', { referral: referral.id, startedOn, contract: cddi });
}

/** A placement in a service, without contract, whose attendance is told. */
export async function serviceStarted(scene: Scene, over: Record<string, unknown> = {}) {
  const offer = await offerInTables(scene.receiver, { kind: 'QUALIFYING_TRAINING', exclusive: false });
  const referral = await scene.accepted({ offer, ...over });
  return placed(scene.provider, 'startPlacement', { referral: referral.id, startedOn: '2026-11-02' });
}

export async function ended(
  scene: Scene,
  over: { endedOn?: string; outcome?: object; vacancy?: string } = {},
) {
  const { endedOn = '2026-11-20', outcome = toJob, vacancy } = over;
  const placement = await started(scene, { ...(vacancy && { vacancy }) });
  return placed(scene.provider, 'endPlacement', { placement: placement.id, endedOn, outcome });
}

/** The whole payload of a direct entry, today, of somebody the provider registered itself. */
export async function entered(scene: Scene, over: Record<string, unknown> = {}, as: Client = scene.provider) {
  const person = over.person ?? (await personInTables(scene.receiver));
  const where = over.vacancy ? {} : { vacancy: await scene.vacancy(1) };
  return place(as, 'recordDirectPlacement', {
    ...{
      person,
      ...where,
      origin: 'SPONTANEOUS',
      personAgreement: agreed,
      startedOn: '2026-11-23',
      contract: cddi,
    },
    ...over,
  });
}
