import type { Transaction } from '../db/transaction.ts';
import { standingIn, windowsOf } from '../eligibility/eligibility.rules.ts';
import { iaeFactsOf } from '../eligibility/eligibility.store.ts';
import { parisDay } from '../kernel/clock.ts';
import { verdictsOf } from '../matching/verdict.rules.ts';
import { holderOf } from '../people/holder.store.ts';
import { ageBand } from '../people/person.rules.ts';
import type { ReferralRow } from './referral.row.ts';
import { saveIae, saveVerdicts, toJudge, toJudgeAgain } from './verdict.store.ts';

/**
 * Judges what its sender sends, once, and keeps the verdicts alone. A provider that changes its offer afterwards, or
 * binds another vacancy, learns nothing more: it cannot put one question after another to the facts.
 */
export async function judgeReferral(tx: Transaction, referral: ReferralRow): Promise<void> {
  const today = parisDay(tx.now);
  const receiver = await holderOf(tx, referral.receiverId);
  await tx.asHub('verdicts', async () => {
    const { birthYear, publics, siae, weeklyHours, asked, ...known } = await toJudge(tx, referral, today);
    const windows = siae ? await eligibleWith(tx, referral.personId, referral.receiverId) : null;
    const iae = standingIn(windows ?? [], today).verdict;
    const facts = { ...known, iae, ageBand: ageBand(birthYear, today) };
    await saveVerdicts(tx, referral, {
      asked,
      verdicts: verdictsOf({ publics, siae, weeklyHours, ...asked }, facts, receiver),
      iae: windows,
    });
  });
}

/** A pass or diagnosis came or went: of live referrals to a SIAE that one verdict is judged again, and no other. */
export async function judgeEligibilityAgain(tx: Transaction, person: string): Promise<void> {
  for (const { referralId, receiverId } of await toJudgeAgain(tx, person))
    await saveIae(tx, referralId, await eligibleWith(tx, person, receiverId));
}

async function eligibleWith(tx: Transaction, person: string, employer: string) {
  const [facts] = await iaeFactsOf.load(tx, [person]);
  return windowsOf(facts!, employer);
}
