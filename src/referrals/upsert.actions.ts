import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { found, invalid } from '../kernel/refusal.ts';
import { checkExternalReference } from '../partners/organisation.rules.ts';
import { inLineForNumber } from '../partners/own-number.store.ts';
import { refuseNir } from '../people/nir.rules.ts';
import { lockPerson, personBehind } from '../people/person.store.ts';
import type { Upserted } from '../people/upsert.rules.ts';
import type { ReferralUpsert } from './referral.inputs.ts';
import type { ReferralRow } from './referral.row.ts';
import { lockToRun, referralBehind } from './referral.store.ts';
import { bindReferral, referPerson, sendReferral } from './send.actions.ts';

/**
 * A partner's software says a referral under its own number: prepared or sent the first time; ever after it takes the vacancy
 * given while that may still be said, and a draft is sent. Where it stands otherwise is moved by the moves, never from here.
 */
export async function upsertReferral(
  tx: Transaction,
  input: ReferralUpsert,
): Promise<{ id: string; outcome: Upserted }> {
  allow(tx.viewer, 'refer');
  const { externalReference, personReference } = input;
  refuseNir({ externalReference, personReference });
  checkExternalReference(externalReference);
  await inLineForNumber(tx, 'referral', externalReference);
  const person = await personNamedBy(tx, input);
  const known = await referralBehind(tx, externalReference);
  if (!known) return { id: (await referPerson(tx, { ...input, person })).id, outcome: 'CREATED' };
  const row = await lockToRun(tx, known, 'externalReference', { vacancy: input.vacancy });
  if (row.personId !== person) throw invalid('person', 'OTHER_PERSON');
  if (input.offer != null && row.offerId !== input.offer) throw invalid('offer', 'OTHER_OFFER');
  return { id: row.id, outcome: await bringForward(tx, row, input) };
}

/** By id or by one's own number, open to the viewer: whose a closed referral was is not to be found out by trying people. */
async function personNamedBy(tx: Transaction, { person, personReference }: ReferralUpsert): Promise<string> {
  if (personReference == null) {
    if (person == null) throw invalid('person', 'REQUIRED');
    return (await lockPerson(tx, person, 'person')).id;
  }
  const behind = found(await personBehind(tx, personReference), 'personReference');
  if (person != null && person !== behind) throw invalid('person', 'OTHER_PERSON');
  return (await lockPerson(tx, behind, 'personReference')).id;
}

async function bringForward(tx: Transaction, row: ReferralRow, input: ReferralUpsert): Promise<Upserted> {
  const referral = row.id;
  const { vacancy, personAgreement, despiteRefusal } = input;
  const binds = vacancy != null && vacancy !== row.vacancyId;
  if (binds) await bindReferral(tx, { referral, vacancy });
  const sends = input.send && row.state === 'DRAFT';
  if (sends) await sendReferral(tx, { referral, personAgreement, despiteRefusal });
  return binds || sends ? 'CHANGED' : 'UNCHANGED';
}
