import type { NoticeKind } from '../notices/kind.rules.ts';
import type { NoticeRow } from '../notices/notice.row.ts';
import type { MemberRow } from '../partners/member.row.ts';
import { actors } from './actors.ts';
import type { Ground } from './ground.ts';
import type { Told } from './referral.rows.ts';
import { iso } from './timeline.ts';

const eachActor = 3;
const day = 86_400_000;

interface DemoEvent {
  id: string;
  type: string;
  subjectId: string;
  occurredAt: string;
}

/** What the actors are told on the first morning: the first start writes it into files. */
export function noticesOf(
  ground: Ground,
  { told, events, members }: { told: readonly Told[]; events: readonly DemoEvent[]; members: readonly MemberRow[] },
): Partial<NoticeRow>[] {
  const rowOf = new Map(told.map(({ row }) => [row.id, row]));
  const emails = new Set(actors.filter(({ kind }) => kind === 'MEMBER').map(({ email }) => email));
  const telling = members.filter(({ email, roles }) => emails.has(email) && !roles.includes('READER'));
  const newest = [...events].reverse();
  return telling.flatMap((member) => {
    const of = (event: DemoEvent): NoticeKind | null => {
      const row = rowOf.get(event.subjectId)!;
      if (event.type === 'referral.sent' && row.state === 'SENT' && row.receiverId === member.organisationId) return 'REFERRAL_TO_ANSWER';
      const answered = ['referral.accepted', 'referral.declined', 'referral.waitlisted'].includes(event.type);
      return answered && row.senderMemberId === member.id ? 'ANSWER_RECEIVED' : null;
    };
    const mine = newest.filter((event) => of(event) !== null).slice(0, eachActor);
    return mine.map((event) => noticeOf(ground, member, event, of(event)!));
  });
} // prettier-ignore

function noticeOf({ time }: Ground, member: MemberRow, event: DemoEvent, kind: NoticeKind): Partial<NoticeRow> {
  const now = iso(time.now);
  return {
    ...{ id: time.id('Notice', time.now - day), eventId: event.id, kind, memberId: member.id },
    ...{ organisationId: member.organisationId, subjectType: 'Referral', subjectId: event.subjectId },
    ...{ referralId: event.subjectId, delivery: 'AT_ONCE', state: 'WAITING', dueAt: now, createdAt: event.occurredAt },
  };
} // prettier-ignore
