import { requireScope } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { record } from '../events/journal.ts';
import { invalid, Refusal, sameVersion } from '../kernel/refusal.ts';
import { lockMember, saveMember } from '../partners/member.store.ts';
import type { NoticePreferences } from './notice.type.ts';

/** How one is told is one's own affair: no manager chooses it, and no tool. */
export async function setNoticePreferences(tx: Transaction, input: NoticePreferences) {
  requireScope(tx.viewer, 'referrals:write');
  const { member } = await lockMember(tx, input.member, 'member');
  const own = tx.viewer.kind === 'MEMBER' && tx.viewer.member === member.id;
  if (!own) throw new Refusal('NOT_ALLOWED', { act: 'setNoticePreferences' }, 'member');
  sameVersion(member, input.version);
  const noticeDelivery = { ...member.noticeDelivery };
  const given = new Set<string>();
  for (const [at, { kind, delivery }] of (input.choices ?? []).entries()) {
    if (given.has(kind)) throw invalid(`choices.${at}.kind`, 'TWICE');
    given.add(kind);
    if (delivery == null) delete noticeDelivery[kind];
    else noticeDelivery[kind] = delivery;
  }
  const version = await saveMember(tx, member, {
    noticeDelivery,
    language: input.language ?? undefined,
  });
  await record(tx, {
    type: 'member.updated',
    subject: { type: 'Member', id: member.id, version },
    audience: [member.organisationId],
  });
  return { id: member.id };
}
