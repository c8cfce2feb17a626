import type { Logger } from 'pino';
import { memberViewer } from '../auth/login.ts';
import type { Database } from '../db/database.ts';
import { hubViewer, type Viewer } from '../kernel/viewer.ts';
import { saveMailState } from '../partners/member.store.ts';
import { engagementById } from '../pathway/engagement.store.ts';
import { personById } from '../people/person.store.ts';
import { referralById } from '../referrals/referral.store.ts';
import type { ReferralRow } from '../referrals/referral.row.ts';
import { addresseeOf, nextBest, titleOf, type Addressee } from './about.store.ts';
import {
  asksForAnswer,
  stillHolds,
  stillOfEngagement,
  type NoticeReason,
  type NoticeState,
} from './kind.rules.ts';
import { saveLink } from './link.store.ts';
import { digestOf, messageOf, type Item } from './mail.rules.ts';
import type { NoticeRow } from './notice.row.ts';
import { claimDue, saveNotice } from './notice.store.ts';
import { addressesOf, type Office } from './office.ts';
import { faultInCodes, faultOf } from './post.ts';
import { hashOfToken, newToken } from './secret.ts';
import { saveStop } from './stop.store.ts';
import { linkLasts, mostAttempts, mostRefusals, nextTry } from './time.rules.ts';

const viewer = hubViewer('notices');
const claimedAtOnce = 60;
const sentAtOnce = 3;

interface Delivering {
  db: Database;
  office: Office;
  log: Logger;
  /** The mail server does not answer: the rest waits, and nobody for it. */
  away: boolean;
}

/** Sends what is due, each member's day in one message. Answers how many messages were handed over. */
export async function deliverNotices(db: Database, office: Office, log: Logger): Promise<number> {
  const of: Delivering = { db, office, log, away: false };
  let sent = 0;
  for (let claimed; (claimed = await db.write(viewer, (tx) => claimDue(tx, claimedAtOnce))).length > 0;) {
    const groups = together(claimed);
    const work = async () => {
      for (let group = groups.pop(); group; group = groups.pop()) if (await deliver(of, group)) sent++;
    };
    await Promise.all(Array.from({ length: sentAtOnce }, work));
    if (of.away) break;
  }
  return sent;
} // prettier-ignore

function together(claimed: readonly NoticeRow[]): NoticeRow[][] {
  const daily = new Map<string, NoticeRow[]>();
  for (const each of claimed.filter(({ delivery }) => delivery === 'DAILY'))
    daily.set(each.memberId, [...(daily.get(each.memberId) ?? []), each]);
  return [...claimed.filter(({ delivery }) => delivery !== 'DAILY').map((each) => [each]), ...daily.values()];
}

/** Whether a message went. What cannot be told to this member any more is dropped, with its reason. */
async function deliver(of: Delivering, claimed: NoticeRow[]): Promise<boolean> {
  const told: NoticeRow[] = [];
  try {
    const member = await addresseeOf(of.db.as(viewer), claimed[0]!.memberId);
    if (of.away) return await later(of, claimed);
    const items: Item[] = [];
    const who = member ? await addressed(of, member) : 'NOT_OPEN';
    for (const notice of claimed) {
      const item = typeof who === 'string' ? who : await itemOf(of, notice, who);
      if (typeof item === 'string') await close(of, [notice], item === 'ADDRESS_BOUNCED' ? 'FAILED' : 'DROPPED', item);
      else {
        items.push(item);
        told.push(notice);
      }
    }
    if (told.length === 0) return false;
    await of.office.post.send(await letterTo(of, member!, told, items));
    if (member!.mailFailures > 0) await of.db.write(viewer, (tx) => saveMailState(tx, member!.id, { mailFailures: 0 }));
    await close(of, told, 'SENT');
    return true;
  } catch (error) {
    await failed(of, told.length ? told : claimed, error);
    return false;
  }
} // prettier-ignore

async function letterTo(of: Delivering, member: Addressee, told: readonly NoticeRow[], items: readonly Item[]) {
  const { office } = of;
  const id = told[0]!.id;
  const letter = { id, from: office.from, to: member.email };
  if (told[0]!.delivery !== 'DAILY') {
    const addresses = addressesOf(office);
    return { ...letter, ...messageOf(items[0]!, member.language, addresses), unsubscribe: addresses.preferences };
  }
  const stop = await stopTo(of, id);
  const digest = digestOf(items, member.language, { ...addressesOf(office), stop });
  return { ...letter, ...digest, unsubscribe: stop, oneClick: true };
} // prettier-ignore

/** The link by which a reader stops the morning's message, without signing in. */
async function stopTo({ db, office }: Delivering, noticeId: string): Promise<string> {
  const token = newToken();
  await db.write(viewer, (tx) => saveStop(tx, { noticeId, tokenHash: hashOfToken(token), usedAt: null }));
  return `${office.publicUrl}/notices/stop/${token}`;
}

/** As whom the message is written: once for all that is in it. */
async function addressed({ db, office }: Delivering, to: Addressee): Promise<Viewer | NoticeReason> {
  return to.mailBouncedAt ? 'ADDRESS_BOUNCED' : ((await memberViewer(db.pool, to.email, office.health)) ?? 'NOT_OPEN');
} // prettier-ignore

/** What to say of it, or why nothing is said: rights are asked now, as this member. */
async function itemOf(of: Delivering, notice: NoticeRow, who: Viewer): Promise<Item | NoticeReason> {
  const { kind } = notice;
  if (notice.referralId === null) {
    const closed = await closedTo(of, notice, who);
    return closed ?? { kind, offer: null, deadline: null, others: [], link: null };
  }
  const [referral] = await referralById.load(of.db.as(who), [notice.referralId]);
  if (!referral) return 'NOT_OPEN';
  if (!stillHolds(kind, referral.state)) return 'ANSWERED';
  const hub = of.db.as(viewer);
  const others = kind === 'EXPIRING' ? await nextBest(hub, referral, 3) : [];
  const link = await linkTo(of, notice, referral);
  return { kind, offer: await titleOf(hub, referral.offerId), deadline: deadlineOf(notice, referral), others, link };
} // prettier-ignore

/** Why nothing is said of what is no referral: the person or engagement is not the member's to see, or what was asked is done. */
async function closedTo({ db }: Delivering, { kind, subjectType, subjectId }: NoticeRow, who: Viewer): Promise<NoticeReason | null> {
  if (subjectType === 'Person') return (await personById.load(db.as(who), [subjectId]))[0] ? null : 'NOT_OPEN';
  if (subjectType !== 'Engagement') return null;
  const [engagement] = await engagementById.load(db.as(who), [subjectId]);
  return !engagement ? 'NOT_OPEN' : stillOfEngagement(kind, engagement) ? null : 'ANSWERED';
} // prettier-ignore

function deadlineOf({ kind }: NoticeRow, { dueAt, placeOfferedUntil }: ReferralRow): string | null {
  if (kind === 'PLACE_OFFERED') return placeOfferedUntil;
  return asksForAnswer.includes(kind) || kind === 'CANCELLATION_REQUESTED' || kind === 'WAIT_ENDING'
    ? dueAt
    : null;
}

async function linkTo({ db, office }: Delivering, notice: NoticeRow, referral: ReferralRow): Promise<string> {
  const token = newToken();
  const expiresAt = new Date(Date.parse(db.clock.now()) + linkLasts).toISOString();
  await db.write(viewer, (tx) =>
    saveLink(tx, {
      noticeId: notice.id,
      tokenHash: hashOfToken(token),
      referralState: referral.state,
      expiresAt,
    }),
  );
  return `${office.publicUrl}/n/${token}`;
}

async function failed(of: Delivering, notices: NoticeRow[], error: unknown): Promise<void> {
  const fault = faultOf(error);
  of.log.warn({ notice: notices[0]!.id, fault, ...faultInCodes(error) }, 'a notice was not taken by the mail server');
  if (fault === 'MESSAGE') return close(of, notices, 'FAILED', 'MESSAGE_REFUSED');
  if (fault === 'ADDRESS') {
    await refused(of, notices[0]!.memberId);
    return close(of, notices, 'FAILED', 'ADDRESS_REFUSED');
  }
  of.away ||= !(error as { responseCode?: number }).responseCode;
  await later(of, notices);
} // prettier-ignore

async function later(of: Delivering, notices: NoticeRow[]): Promise<false> {
  for (const { id, attempts } of notices)
    if (attempts >= mostAttempts) await close(of, [{ id }], 'FAILED', 'TOO_LATE');
    else await of.db.write(viewer, (tx) => saveNotice(tx, [id], { dueAt: nextTry(tx.now, attempts) }));
  return false;
}

async function refused({ db }: Delivering, id: string): Promise<void> {
  const member = await addresseeOf(db.as(viewer), id);
  const mailFailures = member!.mailFailures + 1;
  const bounced = mailFailures >= mostRefusals && { mailBouncedAt: db.clock.now() };
  await db.write(viewer, (tx) => saveMailState(tx, id, { mailFailures, ...bounced }));
}

async function close(
  { db }: Delivering,
  notices: readonly Pick<NoticeRow, 'id'>[],
  state: NoticeState,
  reason: NoticeReason | null = null,
): Promise<void> {
  const ids = notices.map(({ id }) => id);
  await db.write(viewer, (tx) => saveNotice(tx, ids, { state, reason, dueAt: null, closedAt: tx.now }));
}
