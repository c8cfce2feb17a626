import type { Client } from './client.ts';
import type { Scene } from './referrals.ts';

/** Thursday morning of the week of the tests' clock. */
export const thursday = '2026-11-26T09:00:00.000Z';

const inputTypes = {
  scheduleMeeting: 'NewMeeting',
  inviteToMeeting: 'MeetingInvitation',
  moveMeeting: 'MeetingMove',
  cancelMeeting: 'MeetingCancellation',
  recordMeeting: 'MeetingRecord',
} as const;
export type MeetingMutation = keyof typeof inputTypes;

const attendances = `attendances { id state throughSender recordedAt nextId referral { id } }`;
export const meetingSelection = `meeting { id state kind way at minutes seats seatsTaken reason version site { id } member { id } ${attendances} }`;
const lines = 'lines { id referral { id state deadline } userErrors { code field } }';

/** The whole payload of a move of a meeting. */
export function meet(as: Client, mutation: MeetingMutation, input: object) {
  const selection = mutation === 'recordMeeting' ? `${lines} ${meetingSelection}` : meetingSelection;
  return as.run(mutation, inputTypes[mutation], input, selection);
}

/** A planned meeting of the scene's receiver with these referrals; fails when refused. */
export async function planned(scene: Scene, referrals: string[], over: object = {}) {
  const kind = referrals.length === 1 ? 'INDIVIDUAL' : 'COLLECTIVE';
  const input = { offer: scene.offer, kind, way: 'PHONE', at: thursday, minutes: 45, referrals, ...over };
  return meetingOf(await meet(scene.provider, 'scheduleMeeting', input));
}

export function meetingOf(payload: any) {
  if (payload.userErrors.length) throw new Error(JSON.stringify(payload));
  return payload.meeting;
}
