import type { ReferralMove } from '../referrals/referral.rules.ts';
import type { Ground } from './ground.ts';
import type { Told } from './referral.rows.ts';
import { iso } from './timeline.ts';

const recentDays = 7;

const participles: Record<ReferralMove, string> = {
  send: 'sent', acknowledge: 'acknowledged', bind: 'bound', accept: 'accepted', waitlist: 'waitlisted',
  decline: 'declined', withdraw: 'withdrawn', expire: 'expired', reroute: 'rerouted',
  cancelAcceptance: 'cancelled', requestCancellation: 'cancellation_requested', confirmCancellation: 'cancelled',
  keep: 'kept', cancel: 'cancelled', start: 'placed', lapse: 'lapsed', reinstate: 'reinstated',
  undoStart: 'start_undone', close: 'closed',
}; // prettier-ignore

/** The last week of the journal, as the moves would have written it; what is older is history without events. */
export function eventsOf({ time }: Ground, told: readonly Told[], council: string): object[] {
  const since = iso(time.now - recentDays * 86_400_000);
  const events = told.flatMap(({ row, moves }) =>
    moves.flatMap((line, nth) => {
      if (line.at < since) return [];
      const type = line.toState === 'CANCELLED' ? 'cancelled' : participles[line.move];
      return {
        id: time.id('Event', Date.parse(line.at)),
        type: `referral.${type}`,
        subjectType: 'Referral',
        subjectId: row.id,
        subjectVersion: nth + 2,
        personId: row.personId,
        organisationId: line.organisationId,
        actorKind: line.actorKind,
        actorId: line.memberId,
        causedBy: line.actorKind === 'HUB' ? 'sweep' : null,
        audience: [...new Set([row.senderId, row.receiverId, council])],
        facts: { move: line.move, from: line.fromState, to: line.toState, reason: line.reason, offer: row.offerId, vacancy: row.vacancyId },
        occurredAt: line.at,
      };
    }),
  ); // prettier-ignore
  return events.sort((one, other) => (one.occurredAt < other.occurredAt ? -1 : 1));
}
