import type { AccessLogRow } from '../audit/access-log.row.ts';
import type { Category } from '../people/access.rules.ts';
import type { ReferralMoveRow } from '../referrals/move.row.ts';
import type { ReferralMove } from '../referrals/referral.rules.ts';
import type { NewRight, Rights } from './access.ts';
import type { Ground } from './ground.ts';
import type { Partners } from './organisations.ts';
import type { Told } from './referral.rows.ts';
import { iso } from './timeline.ts';

const recentDays = 60;

/** What who made a move had before their eyes, as far as it was open to them. */
const looked: Partial<Record<ReferralMove, { operation: string; at: Category[] }>> = {
  send: { operation: 'person', at: ['CONTACT', 'IDENTITY', 'NEEDS', 'PROFILE'] },
  acknowledge: { operation: 'acknowledgeReferral', at: ['CONTACT', 'IDENTITY'] },
  accept: { operation: 'acceptReferral', at: ['CONTACT', 'IDENTITY'] },
  start: { operation: 'referral', at: ['CONTACT', 'IDENTITY'] },
};

/** The last weeks of the access log: each move was made by somebody who had looked at the person. */
export function accessLogOf(
  { time }: Ground,
  { partners, rights, told }: { partners: Partners; rights: Rights; told: readonly Told[] },
): object[] {
  const since = iso(time.now - recentDays * 86_400_000);
  const everybody = new Map(partners.all.flatMap(({ members }) => members.map((each) => [each.id, each])));
  const open = new Map<string, NewRight[]>();
  for (const right of rights.rows) {
    const known = open.get(right.personId + right.organisationId);
    if (known) known.push(right);
    else open.set(right.personId + right.organisationId, [right]);
  }
  const lines = told.flatMap(({ moves }) => moves).flatMap((move) => {
    const look = looked[move.move];
    if (!look || !move.memberId || move.at < since) return [];
    const theirs = (open.get(move.personId + move.organisationId!) ?? []).filter((right) => runs(right, move));
    const seen = theirs.filter(({ category }) => look.at.includes(category));
    if (!seen.length) return [];
    const portfolio = theirs.some(({ memberId }) => memberId === move.memberId);
    return { ...lineOf(move, seen), operation: look.operation, outside: everybody.get(move.memberId)?.people === 'ALL' && !portfolio };
  });
  lines.sort((one, other) => (one.at < other.at ? -1 : 1));
  return lines.map((line, nth) => ({ ...line, id: time.id('AccessLogEntry', Date.parse(line.at)), requestId: `demo-${nth}` }));
} // prettier-ignore

function lineOf(move: ReferralMoveRow, seen: readonly NewRight[]): Omit<AccessLogRow, 'id' | 'pos' | 'operation' | 'outside' | 'requestId'> {
  return {
    at: move.at,
    personId: move.personId,
    organisationId: move.organisationId!,
    memberId: move.memberId,
    clientId: null,
    categories: [...new Set(seen.map(({ category }) => category))].sort(),
    reasons: [...new Set(seen.map(({ reason }) => reason))].sort(),
    purpose: null,
  };
} // prettier-ignore

function runs({ validFrom, validUntil }: NewRight, { at }: ReferralMoveRow): boolean {
  return validFrom <= at && (validUntil === null || validUntil > at);
}
