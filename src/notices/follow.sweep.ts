import type { Database } from '../db/database.ts';
import type { Transaction } from '../db/transaction.ts';
import { newId } from '../kernel/ids.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { referralById } from '../referrals/referral.store.ts';
import type { ReferralRow } from '../referrals/referral.row.ts';
import { toTell, type InHand } from './candidate.rules.ts';
import { membersOf, position, type Line, type MemberToTell } from './follow.store.ts';
import { deliveryOf, type NoticeDelivery } from './kind.rules.ts';
import type { NoticeRow } from './notice.row.ts';
import { saveNotices } from './notice.store.ts';
import { tellings } from './tellings.ts';
import { nextDigest } from './time.rules.ts';

const viewer = hubViewer('notices');
const linesAtOnce = 200;

/** How notices are to go; without mail they are only listed. */
export interface Following {
  mails: boolean;
  digestHour: number;
}

export function beginNotices(db: Database): Promise<void> {
  return db.write(viewer, (tx) => position.beginAtHorizon(tx));
}

/**
 * Reads on in the journal and writes who is to be told of what, with how far it has read: both or neither, so that a
 * process killed in between has told nobody anything and lost nothing. Answers how many notices were made.
 */
export async function followJournal(db: Database, following: Following): Promise<number> {
  for (let made = 0; ;) {
    const step = await db.write(viewer, (tx) => readOn(tx, following));
    made += step.made;
    if (!step.more) return made;
  }
}

async function readOn(tx: Transaction, following: Following): Promise<{ made: number; more: boolean }> {
  if (!(await position.onlyReader(tx))) return { made: 0, more: false };
  const lines = await position.next<Line['type']>(tx, linesAtOnce);
  if (lines.length === 0) return { made: 0, more: false };
  const rows: Partial<NoticeRow>[] = [];
  for (const line of lines) if (tellings[line.type]) rows.push(...(await noticesFor(tx, line, following)));
  const made = await saveNotices(tx, rows);
  await position.move(tx, lines.at(-1)!);
  return { made, more: lines.length === linesAtOnce };
}

async function noticesFor(tx: Transaction, line: Line, following: Following): Promise<Partial<NoticeRow>[]> {
  const referral = await referralOf(tx, line);
  const sides = referral ? [referral.followerId ?? referral.senderId, referral.receiverId] : [];
  const concerned = tellings[line.type]!.some(({ to }) => to === 'FOLLOWERS' || to === 'MANAGERS') ? line.audience : sides;
  const members = await membersOf(tx, [...new Set(concerned)], line.personId);
  const byId = new Map(members.map((member) => [member.id, member]));
  const actor = { organisationId: line.organisationId, member: line.actorKind === 'MEMBER' ? line.actorId : null };
  return tellings[line.type]!.flatMap(({ kind, to }) =>
    toTell(to, members, inHand(referral), actor).map((id) => {
      const member = byId.get(id)!;
      const delivery = deliveryOf(kind, member);
      const of = { eventId: line.id, kind, subjectType: line.subjectType, subjectId: line.subjectId, referralId: referral?.id ?? null };
      return { ...of, ...planned(tx.now, member, delivery, following) };
    }),
  );
} // prettier-ignore

function planned(now: string, member: MemberToTell, delivery: NoticeDelivery, { mails, digestHour }: Following): Partial<NoticeRow> {
  const { id: memberId, organisationId } = member;
  const mailed = mails && delivery !== 'NONE';
  return {
    ...{ id: newId('Notice'), memberId, organisationId, delivery, createdAt: now },
    state: mailed ? 'WAITING' : 'NOT_MAILED',
    dueAt: !mailed ? null : delivery === 'DAILY' ? nextDigest(now, digestHour) : now,
    closedAt: mailed ? null : now,
  };
} // prettier-ignore

async function referralOf(tx: Transaction, line: Line): Promise<ReferralRow | null> {
  const id = line.subjectType === 'Referral' ? line.subjectId : line.facts.referral;
  return id ? (await referralById.load(tx, [id]))[0]! : null;
}

function inHand(referral: ReferralRow | null): InHand {
  return {
    receiverId: referral?.receiverId ?? null,
    receiverMember: referral?.acknowledgedBy ?? null,
    senderId: referral?.followerId ?? referral?.senderId ?? null,
    senderMember: referral?.senderMemberId ?? null,
  };
}
