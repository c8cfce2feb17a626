import type { Transaction } from '../db/transaction.ts';
import { invalid } from '../kernel/refusal.ts';
import { acceptReferral, acknowledgeReferral, declineReferral, waitlistReferral } from './answer.actions.ts';
import type { AnswerLine } from './answers.type.ts';
import { bindReferral } from './send.actions.ts';

/** One line of many: the ordinary answer, after binding the referral to the vacancy it is accepted for. */
export async function answerReferral(tx: Transaction, line: AnswerLine): Promise<{ id: string }> {
  checkLine(line);
  const { referral, reason } = line;
  const version = await bound(tx, line);
  const input = { referral, ...(version != null && { version }) };
  switch (line.move) {
    case 'ACKNOWLEDGE':
      return acknowledgeReferral(tx, input);
    case 'ACCEPT':
      return acceptReferral(tx, input);
    case 'WAITLIST':
      return waitlistReferral(tx, input);
    case 'DECLINE':
      return declineReferral(tx, { ...input, reason: reason! });
  }
}

/** A reason goes with a refusal alone, a vacancy with what waits for one of its places. */
function checkLine({ move, reason, vacancy }: AnswerLine): void {
  const declines = move === 'DECLINE';
  if (declines && reason == null) throw invalid('reason', 'REQUIRED');
  if (!declines && reason != null) throw invalid('reason', 'NOT_OF_THIS_MOVE');
  if (vacancy != null && (declines || move === 'ACKNOWLEDGE')) throw invalid('vacancy', 'NOT_OF_THIS_MOVE');
}

/** The version the referral has once it is bound; as it was asked where there is nothing to bind. */
async function bound(tx: Transaction, { referral, version, vacancy }: AnswerLine) {
  if (vacancy == null) return version;
  const row = await bindReferral(tx, { referral, vacancy, ...(version != null && { version }) });
  return row.version;
}
