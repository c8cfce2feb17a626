import type { Database } from '../db/database.ts';
import type { Transaction } from '../db/transaction.ts';
import { newId } from '../kernel/ids.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { referralById } from '../referrals/referral.store.ts';
import type { ReferralRow } from '../referrals/referral.row.ts';
import { toTell, type InHand } from './candidate.rules.ts';
import {
  membersConcerned,
  position,
  referentsOf,
  type Line,
  type MemberToTell,
  type Referent,
} from './follow.store.ts';
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
  const lines = (await position.next(tx, linesAtOnce)) as Line[];
  if (lines.length === 0) return { made: 0, more: false };
  const told = await toldBy(tx, lines);
  const made = await saveNotices(
    tx,
    told.flatMap((each) => noticesFor(tx.now, each, following)),
  );
  await position.move(tx, lines.at(-1)!);
  return { made, more: lines.length === linesAtOnce };
}

/** A line that somebody is to be told of, its referral, and the members of those it concerns. */
interface Told {
  line: Line;
  referral: ReferralRow | null;
  referent: Referent | null;
  members: MemberToTell[];
}

/** What all lines need is asked for at once, however many they are. */
async function toldBy(tx: Transaction, lines: readonly Line[]): Promise<Told[]> {
  const of = lines.filter(({ type }) => tellings[type]);
  const ids = of.map(referralOf);
  const known = [...new Set(ids.filter((id) => id !== null))];
  const rows = known.length ? await referralById.load(tx, known) : [];
  const referrals = new Map(known.map((id, at) => [id, rows[at] ?? null]));
  const engagements = of.filter(({ subjectType }) => subjectType === 'Engagement').map(({ subjectId }) => subjectId);
  const referents = new Map((engagements.length ? await referentsOf(tx, engagements) : []).map((each) => [each.id, each]));
  const told = of.map((line, at) => {
    const referral = referrals.get(ids[at] ?? '') ?? null;
    const referent = referents.get(line.subjectId) ?? null;
    const pairs = concernedBy(line, referral, referent).map((organisation) => ({ organisation, person: line.personId }));
    return { line, referral, referent, pairs };
  });
  const membersOf = await membersConcerned(tx, told.flatMap(({ pairs }) => pairs));
  return told.map(({ line, referral, referent, pairs }) => ({ line, referral, referent, members: pairs.flatMap(membersOf).sort(byId) }));
} // prettier-ignore

const byId = (one: MemberToTell, other: MemberToTell) => (one.id < other.id ? -1 : 1);

function concernedBy(
  { type, audience }: Line,
  referral: ReferralRow | null,
  referent: Referent | null,
): string[] {
  if (referent) return [referent.organisation];
  const sides = referral ? [referral.followerId ?? referral.senderId, referral.receiverId] : [];
  const all = tellings[type]!.some(({ to }) => ['FOLLOWERS', 'MANAGERS', 'OTHER_MANAGERS'].includes(to));
  return [...new Set(all ? audience : sides)];
}

function noticesFor(now: string, { line, referral, referent, members }: Told, following: Following): Partial<NoticeRow>[] {
  const byId = new Map(members.map((member) => [member.id, member]));
  const actor = { organisationId: line.organisationId, member: line.actorKind === 'MEMBER' ? line.actorId : null };
  return tellings[line.type]!.flatMap(({ kind, to }) =>
    toTell(to, members, inHand(referral, referent), actor).map((id) => {
      const member = byId.get(id)!;
      const delivery = deliveryOf(kind, member);
      const of = { eventId: line.id, kind, subjectType: line.subjectType, subjectId: line.subjectId, referralId: referral?.id ?? null };
      return { ...of, ...planned(now, member, delivery, following) };
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

function referralOf({ subjectType, subjectId, facts }: Line): string | null {
  return subjectType === 'Referral' ? subjectId : ((facts.referral as string | undefined) ?? null);
}

function inHand(referral: ReferralRow | null, referent: Referent | null): InHand {
  return {
    receiverId: referral?.receiverId ?? null,
    receiverMember: referral?.acknowledgedBy ?? null,
    senderId: referral?.followerId ?? referral?.senderId ?? null,
    senderMember: referral?.senderMemberId ?? null,
    referentMember: referent?.member ?? null,
  };
}
