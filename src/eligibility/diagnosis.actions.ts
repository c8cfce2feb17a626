import type { Transaction } from '../db/transaction.ts';
import type { EventType } from '../events/event-types.ts';
import { record } from '../events/journal.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { invalid, Refusal, sameVersion } from '../kernel/refusal.ts';
import { accreditationsOf, knownOrganisation } from '../partners/organisation.store.ts';
import { allowFollowing, audienceOf } from '../people/access.ts';
import { lockPerson } from '../people/person.store.ts';
import type { DiagnosisRow } from './diagnosis.row.ts';
import { categoriesOfCriterion, checkCriteria, validUntil } from './diagnosis.rules.ts';
import { lockDiagnosis, saveDiagnosis, saveNewDiagnosis, standingDiagnosesOf } from './diagnosis.store.ts';
import type { DiagnosisWithdrawal, NewDiagnosis } from './diagnosis.type.ts';
import { eligibilityChanged } from './eligibility.facts.ts';
import { checkStands } from './pass.rules.ts';

export async function recordDiagnosis(tx: Transaction, input: NewDiagnosis) {
  const person = await lockPerson(tx, input.person, 'person');
  await allowFollowing(tx, person.id, 'PATHWAY');
  const onDay = input.on ?? parisDay(tx.now);
  if (onDay > parisDay(tx.now)) throw invalid('on', 'FUTURE');
  checkCriteria(input);
  await mayDiagnose(tx, input, onDay);
  await refuseSecond(tx, person.id, onDay);
  const { kind, siaeKind = null, criteria } = input;
  const id = newId('IaeDiagnosis');
  const by = { personId: person.id, organisationId: tx.viewer.organisation };
  await saveNewDiagnosis(
    tx,
    { id, ...by, kind, siaeKind, onDay, validUntil: validUntil(onDay) },
    criteria ?? [],
  );
  await changed(tx, 'iae_diagnosis.recorded', { id, personId: person.id, version: 1 });
  return { id };
}

/** By who made it, or whoever follows the person now; it stays readable with the reason. */
export async function withdrawDiagnosis(tx: Transaction, input: DiagnosisWithdrawal) {
  const diagnosis = await lockDiagnosis(tx, input.diagnosis, 'diagnosis');
  await allowFollowing(tx, diagnosis.personId, 'PATHWAY');
  sameVersion(diagnosis, input.version);
  checkStands(diagnosis, 'withdraw');
  const { organisation: withdrawnBy } = tx.viewer;
  const change = { withdrawnAt: tx.now, withdrawnBy, withdrawReason: input.reason };
  const version = await saveDiagnosis(tx, diagnosis, change);
  await changed(tx, 'iae_diagnosis.withdrawn', { ...diagnosis, version });
  return { id: diagnosis.id };
}

/** An authorised prescriber, or an employer for the kind of structure it is accredited as that day. */
async function mayDiagnose(tx: Transaction, { kind, siaeKind, criteria }: NewDiagnosis, on: string) {
  const { organisation: id, health } = tx.viewer;
  if (kind === 'EMPLOYER') {
    const [held] = await accreditationsOf.load(tx, [id]);
    const accredited = held!.some(
      (each) => each.kind === siaeKind && each.fromDay <= on && (each.toDay === null || on < each.toDay),
    );
    if (!accredited) throw invalid('siaeKind', 'NOT_ACCREDITED', { siaeKind: siaeKind! });
    const onHealth = criteria?.some((each) => categoriesOfCriterion(each).includes('HEALTH'));
    if (onHealth && !health) throw invalid('criteria', 'HEALTH_OFF');
    return;
  }
  const { authorisedPrescriber, authorisedPrescriberSince: since } = await knownOrganisation(tx, id, 'kind');
  if (authorisedPrescriber === null || (since !== null && on < since))
    throw new Refusal('NOT_ALLOWED', { reason: 'NOT_A_PRESCRIBER' }, 'kind');
}

/** Another of the same organisation adds nothing while one runs. */
async function refuseSecond(tx: Transaction, person: string, on: string): Promise<void> {
  const [known] = await standingDiagnosesOf.load(tx, [person]);
  if (
    known!.some(
      (each) => each.organisationId === tx.viewer.organisation && each.onDay <= on && on <= each.validUntil,
    )
  )
    throw new Refusal('ALREADY_EXISTS', {}, 'person');
}

/** Told to who sees the pathway; nothing says by which criterion. */
async function changed(
  tx: Transaction,
  type: EventType,
  { id, personId, version }: Pick<DiagnosisRow, 'id' | 'personId' | 'version'>,
) {
  const subject = { type: 'IaeDiagnosis', id, version };
  await record(tx, { type, subject, person: personId, audience: await audienceOf(tx, personId, 'PATHWAY') });
  await tx.say(eligibilityChanged, { person: personId });
}
