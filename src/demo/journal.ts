import { eventOf } from '../referrals/move.actions.ts';
import type { Ground } from './ground.ts';
import type { Told } from './referral.rows.ts';
import { iso } from './timeline.ts';

const recentDays = 7;

/** The last week of the journal, as the moves would have written it; what is older is history without events. */
export function eventsOf({ time }: Ground, told: readonly Told[], council: string): object[] {
  const since = iso(time.now - recentDays * 86_400_000);
  const events = told.flatMap(({ row, moves }) =>
    moves.flatMap((line, nth) => {
      if (line.at < since) return [];
      return {
        id: time.id('Event', Date.parse(line.at)),
        type: `referral.${eventOf(line.move, line.toState)}`,
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
