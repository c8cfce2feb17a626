import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import type { EventType } from '../events/event-types.ts';
import { everyPartner, record } from '../events/journal.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { invalid, Refusal, sameVersion } from '../kernel/refusal.ts';
import { knownCommune } from '../territory/commune.store.ts';
import { checkDays, checkLength, checkOrganisation } from './organisation.rules.ts';
import {
  knownOrganisation,
  lockOrganisation,
  saveNewOrganisation,
  saveOrganisation,
} from './organisation.store.ts';
import type { NewOrganisation, OrganisationUpdate, PrescriberAuthorisation } from './organisation.type.ts';

export async function registerOrganisation(tx: Transaction, input: NewOrganisation) {
  allow(tx.viewer, 'registerOrganisation');
  checkOrganisation(input);
  const { accreditations, commune, parent, idempotencyKey: _, ...row } = input;
  for (const [at, { number, from, to }] of (accreditations ?? []).entries()) {
    if (number != null) checkLength(`accreditations.${at}.number`, number, 1, 100);
    checkDays(`accreditations.${at}.to`, from, to);
  }
  if (commune != null) await knownCommune(tx, commune, 'commune');
  if (parent != null) await knownOrganisation(tx, parent, 'parent');
  const id = newId('Organisation');
  await saveNewOrganisation(
    tx,
    { ...row, id, communeCode: commune ?? null, parentId: parent ?? null },
    accreditations ?? [],
  );
  await recordOrganisation(tx, 'organisation.registered', id, 1);
  return { id };
}

export async function updateOrganisation(tx: Transaction, input: OrganisationUpdate) {
  const before = await lockOrganisation(tx, input.organisation, 'organisation');
  allow(tx.viewer, 'manageOrganisation', before.id);
  sameVersion(before, input.version);
  const { organisation: id, version: _, idempotencyKey: __, commune, ...change } = input;
  checkOrganisation({ ...change, kind: before.kind, remit: before.remit });
  if (commune != null) await knownCommune(tx, commune, 'commune');
  const version = await saveOrganisation(tx, id, {
    ...change,
    name: change.name ?? undefined,
    answersByMail: change.answersByMail ?? undefined,
    communeCode: commune,
  });
  await recordOrganisation(tx, 'organisation.updated', id, version);
  return { id };
}

/** The State keeps the list of prescribers; the council may note others for it, never itself (docs/adr/0019). */
export async function authorisePrescriber(tx: Transaction, input: PrescriberAuthorisation) {
  const before = await lockOrganisation(tx, input.organisation, 'organisation');
  allow(tx.viewer, 'authorisePrescribers');
  if (tx.viewer.organisationKind === 'COUNCIL' && before.id === tx.viewer.organisation)
    throw new Refusal('NOT_ALLOWED', { act: 'authorisePrescribers' });
  sameVersion(before, input.version);
  const { kind = null, since = null } = input;
  const today = parisDay(tx.now);
  if (since !== null && kind === null) throw invalid('since', 'NOT_ASKED');
  if (since !== null && since > today) throw invalid('since', 'FUTURE');
  const version = await saveOrganisation(tx, before.id, {
    authorisedPrescriber: kind,
    authorisedPrescriberSince: kind && (since ?? today),
  });
  await recordOrganisation(tx, 'organisation.prescriber_changed', before.id, version);
  return { id: before.id };
}

function recordOrganisation(tx: Transaction, type: EventType, id: string, version: number) {
  return record(tx, { type, subject: { type: 'Organisation', id, version }, audience: [everyPartner] });
}
