import type { Transaction } from '../db/transaction.ts';
import { parisDay } from '../kernel/clock.ts';
import { verdictsOf } from '../matching/verdict.rules.ts';
import { holderOf } from '../people/holder.store.ts';
import { ageBand } from '../people/person.rules.ts';
import type { ReferralRow } from './referral.row.ts';
import { saveVerdicts, toJudge } from './verdict.store.ts';

/**
 * Judges what its sender sends, once, and keeps the verdicts alone. A provider that changes its offer afterwards, or
 * binds another vacancy, learns nothing more: it cannot put one question after another to the facts.
 */
export async function judgeReferral(tx: Transaction, referral: ReferralRow): Promise<void> {
  const today = parisDay(tx.now);
  const receiver = await holderOf(tx, referral.receiverId);
  await tx.asHub('verdicts', async () => {
    const { birthYear, publics, weeklyHours, ...known } = await toJudge(tx, referral, today);
    const facts = { ...known, ageBand: ageBand(birthYear, today) };
    await saveVerdicts(tx, referral, verdictsOf({ publics, weeklyHours }, facts, receiver));
  });
}
