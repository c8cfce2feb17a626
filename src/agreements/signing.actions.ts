import type { Transaction } from '../db/transaction.ts';
import { parisDay } from '../kernel/clock.ts';
import { invalid, Refusal } from '../kernel/refusal.ts';
import type { AgreementAmendment, AgreementSignature } from './agreement.inputs.ts';
import type { AgreementRow } from './agreement.row.ts';
import { checkPaper } from './agreement.rules.ts';
import { overlapping, saveAgreement } from './agreement.store.ts';
import { moving } from './moving.actions.ts';
import { checkSigning } from './opinion.rules.ts';
import { termsSaid } from './saying.actions.ts';
import { tellAgreement } from './telling.actions.ts';
import { checkAmendment, checkGranted } from './terms.rules.ts';
import { lastTerms, saveTerms, signTerms } from './terms.store.ts';

/** The lead signs, once: what is funded may then differ from what was asked for. */
export async function signAgreement(tx: Transaction, input: AgreementSignature) {
  const { agreement, state } = await moving(tx, input, { act: 'signAgreements', move: 'sign' });
  const { reason = null, fundedFte, fundedPlaces } = input;
  checkSigning({ ...agreement, reason });
  const signedOn = input.signedOn ?? parisDay(tx.now);
  checkPaper('signedOn', signedOn, { today: parisDay(tx.now) });
  if (agreement.kind === 'IAE_CONVENTION' && signedOn < agreement.sessionOn!)
    throw invalid('signedOn', 'BEFORE_SESSION', { on: agreement.sessionOn! });
  checkGranted(input);
  await requireAlone(tx, agreement, 'agreement');
  await signTerms(tx, agreement.id, {
    ...(fundedFte != null && { fundedFte }),
    ...(fundedPlaces != null && { fundedPlaces }),
    signedOn,
  });
  const saved = await saveAgreement(tx, agreement.id, { state, signedOn, signReason: reason });
  return tellAgreement(tx, saved, 'signed', { from: saved.fromDay, to: saved.toDay });
}

/** An amendment (avenant) says the terms anew, from a day on; those before it stay what was in force until then. */
export async function amendAgreement(tx: Transaction, input: AgreementAmendment) {
  const { agreement, parties } = await moving(tx, input, { act: 'signAgreements', move: 'amend' });
  const { id, kind, fromDay } = agreement;
  const { inForceFrom, terms } = input;
  const last = await lastTerms(tx, id);
  checkAmendment(inForceFrom, last, terms.to);
  const signedOn = input.signedOn ?? parisDay(tx.now);
  checkPaper('signedOn', signedOn, { today: parisDay(tx.now), least: agreement.signedOn! });
  const said = await termsSaid(tx, terms, { kind, from: fromDay, inForceFrom, parties });
  await requireAlone(tx, { ...agreement, toDay: terms.to }, 'terms.to');
  const number = last.number + 1;
  await saveTerms(tx, { ...said, terms: { ...said.terms, agreementId: id, number, signedOn } });
  const saved = await saveAgreement(tx, id, { toDay: terms.to, termsNumber: number });
  return tellAgreement(tx, saved, 'amended', { terms: number, inForceFrom, to: terms.to });
}

async function requireAlone(tx: Transaction, agreement: AgreementRow, field: string): Promise<void> {
  const days = await tx.asHub('agreement.sign', () => overlapping(tx, agreement));
  if (days) throw new Refusal('OVERLAPPING_AGREEMENT', { ...days }, field);
}
