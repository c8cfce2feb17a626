import type { Database } from '../db/database.ts';
import type { Transaction } from '../db/transaction.ts';
import { record } from '../events/journal.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { lockMember, saveMember } from '../partners/member.store.ts';
import { addresseeOf, type Addressee } from './about.store.ts';
import { preferencesOf } from './kind.rules.ts';
import { noticeById } from './notice.store.ts';
import { hashOfToken } from './secret.ts';
import { liveStop, useStop } from './stop.store.ts';

const hub = hubViewer('notices');

/** Whose morning message a link stops; null for one unknown or used. Looking uses nothing up: mail scanners look. */
export async function stoppedBy(db: Database, token: string): Promise<Addressee | null> {
  const reader = db.as(hub);
  const id = /^[\w-]{43}$/.test(token) ? await liveStop(reader, hashOfToken(token)) : null;
  const notice = id && (await noticeById(reader, id));
  return notice ? addresseeOf(reader, notice.memberId) : null;
}

/** What reached this member each morning reaches them no more; what asks for an act at once still does. */
export async function stopMornings(db: Database, token: string): Promise<Addressee | null> {
  const member = await stoppedBy(db, token);
  const done = member && (await db.write(hub, (tx) => stop(tx, token, member.id)));
  return done ? member : null;
}

async function stop(tx: Transaction, token: string, id: string): Promise<boolean> {
  if (!(await useStop(tx, hashOfToken(token)))) return false;
  const { member } = await lockMember(tx, id, 'member');
  const daily = preferencesOf(member).filter(({ delivery }) => delivery === 'DAILY');
  const noticeDelivery = {
    ...member.noticeDelivery,
    ...Object.fromEntries(daily.map(({ kind }) => [kind, 'NONE'])),
  };
  const version = await saveMember(tx, member, { noticeDelivery });
  await record(tx, {
    type: 'member.updated',
    subject: { type: 'Member', id, version },
    audience: [member.organisationId],
  });
  return true;
}
