import type { Logger } from 'pino';
import { memberViewer } from '../auth/login.ts';
import { holds } from '../auth/policy.ts';
import type { Database } from '../db/database.ts';
import { refusalOfConstraint } from '../db/constraints.ts';
import type { Transaction } from '../db/transaction.ts';
import { Refusal } from '../kernel/refusal.ts';
import { hubViewer, type Viewer } from '../kernel/viewer.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { acknowledgeReferral, declineReferral, waitlistReferral } from '../referrals/answer.actions.ts';
import type { DeclineReason } from '../referrals/reason.rules.ts';
import type { ReferralRow } from '../referrals/referral.row.ts';
import { referralById } from '../referrals/referral.store.ts';
import { addresseeOf, titleOf, type Addressee } from './about.store.ts';
import { answerableKinds } from './kind.rules.ts';
import type { NoticeLinkRow } from './link.row.ts';
import { countTry, liveLink, saveCode, useLink } from './link.store.ts';
import { codeMessageOf } from './mail.rules.ts';
import type { NoticeRow } from './notice.row.ts';
import { noticeById } from './notice.store.ts';
import type { Office } from './office.ts';
import { faultInCodes } from './post.ts';
import { hashOfCode, hashOfToken, newCode, sameHash } from './secret.ts';
import { answeredSince, codeLasts } from './time.rules.ts';

const hub = hubViewer('notices');

export interface Linking {
  db: Database;
  office: Office;
  log: Logger;
}

/** What a link opens, while it opens anything. */
export interface Opened {
  token: string;
  notice: NoticeRow;
  member: Addressee;
  viewer: Viewer;
  referral: ReferralRow;
  offer: string;
  /** Whether it may answer too: the provider allowed it, and it is this member's to answer. */
  answers: boolean;
}

/**
 * Looking uses nothing up: mail scanners open every link. Null for a link unknown, used, too old, or revoked by an answer,
 * and for a member who may no longer see the referral: all alike.
 */
export async function openedBy(of: Linking, token: string): Promise<Opened | null> {
  const reader = of.db.as(hub);
  const link = /^[\w-]{43}$/.test(token) ? await liveLink(reader, hashOfToken(token)) : null;
  const notice = link && (await noticeById(reader, link.noticeId));
  const member = notice && (await addresseeOf(reader, notice.memberId));
  const viewer = member && (await memberViewer(of.db.pool, member.email, of.office.health));
  if (!viewer) return null;
  const [referral] = await referralById.load(of.db.as(viewer), [notice!.referralId!]);
  if (!referral || revoked(link!, referral)) return null;
  const offer = await titleOf(reader, referral.offerId);
  const answers = await mayAnswer(of, notice!, viewer, referral);
  return { token, notice: notice!, member: member!, viewer, referral, offer, answers };
}

function revoked({ referralState, expiresAt }: NoticeLinkRow, referral: ReferralRow): boolean {
  const { state, acknowledgedAt, answeredAt } = referral;
  return state !== referralState || answeredSince(expiresAt, [acknowledgedAt, answeredAt]);
}

async function mayAnswer({ db }: Linking, { kind }: NoticeRow, viewer: Viewer, referral: ReferralRow): Promise<boolean> {
  const own = referral.receiverId === viewer.organisation && holds(viewer, 'answer');
  const [organisation] = await organisationById.load(db.as(hub), [viewer.organisation]);
  return own && answerableKinds.includes(kind) && organisation!.answersByMail;
} // prettier-ignore

/** By the member, signed in: what it opens, once. */
export async function openSignedIn(of: Linking, token: string, asker: Viewer): Promise<Opened | null> {
  const opened = await openedBy(of, token);
  if (!opened || asker.kind !== 'MEMBER' || asker.member !== opened.member.id) return null;
  return (await of.db.write(hub, (tx) => useLink(tx, hashOfToken(token)))) ? opened : null;
}

/** Sends a code to the member's own address; asked too often, the answer is the same and no code leaves. */
export async function sendCode({ db, office, log }: Linking, { token, member, notice }: Opened): Promise<void> {
  const code = newCode();
  const until = new Date(Date.parse(db.clock.now()) + codeLasts).toISOString();
  const hash = hashOfToken(token);
  if (!(await db.write(hub, (tx) => saveCode(tx, hash, hashOfCode(token, code), until)))) return;
  const letter = { ...codeMessageOf(code, member.language), from: office.from, to: member.email };
  // nobody waits for a mail server: how long it takes tells nothing of the link either
  void office.post
    .send({ ...letter, id: `${notice.id}.${code.length}.${Date.parse(until)}` })
    .catch((error: unknown) => log.warn({ notice: notice.id, ...faultInCodes(error) }, 'a code was not sent'));
} // prettier-ignore

export const answers = {
  acknowledge: (tx: Transaction, referral: string) => acknowledgeReferral(tx, { referral }),
  waitlist: (tx: Transaction, referral: string) => waitlistReferral(tx, { referral }),
  decline: (tx: Transaction, referral: string, reason: DeclineReason) =>
    declineReferral(tx, { referral, reason }),
} as const;
export type Answer = keyof typeof answers;

export interface Answering {
  code: string;
  answer: Answer;
  reason: DeclineReason;
}

/** Answers as the member, by the ordinary action; the link is used up with it, or not at all. */
export async function answerBy(
  { db }: Linking,
  { token, viewer, referral }: Opened,
  { code, answer, reason }: Answering,
): Promise<'DONE' | 'WRONG_CODE' | Refusal> {
  const hash = hashOfToken(token);
  const expected = await db.write(hub, (tx) => countTry(tx, hash));
  if (expected === null || !sameHash(expected, hashOfCode(token, code.trim()))) return 'WRONG_CODE';
  try {
    await db.write(viewer, async (tx) => {
      if (!(await tx.asHub('notice.answered', () => useLink(tx, hash)))) throw new Refusal('NOT_FOUND');
      await answers[answer](tx, referral.id, reason);
    });
    return 'DONE';
  } catch (error) {
    const refusal = error instanceof Refusal ? error : refusalOfConstraint(error);
    if (!refusal) throw error;
    return refusal;
  }
}
