import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { newId } from '../kernel/ids.ts';
import { invalid, Refusal } from '../kernel/refusal.ts';
import { councilId } from '../partners/organisation.store.ts';
import type { AgreementCommand, AgreementUpdate, NewAgreement } from './agreement.inputs.ts';
import type { AgreementRow } from './agreement.row.ts';
import { checkNamed } from './agreement.rules.ts';
import { knownAgreement, saveAgreement, saveNewAgreement } from './agreement.store.ts';
import { moving } from './moving.actions.ts';
import {
  bothSides,
  checkParties,
  mayLead,
  missingRole,
  providersOf,
  shapes,
  type PartyFacts,
} from './party.rules.ts';
import { checkStillCovered, partiesNamed, termsSaid } from './saying.actions.ts';
import { tellAgreement } from './telling.actions.ts';
import { rewriteTerms, saveParties, saveTerms } from './terms.store.ts';

/** Whoever leads an agreement of its kind writes it; until it is submitted it exists for nobody else. */
export async function draftAgreement(tx: Transaction, input: NewAgreement) {
  allow(tx.viewer, 'leadAgreements');
  const { kind, title, reference = null, siaeKind = null, from } = input;
  const { organisation: lead, organisationKind, remit } = tx.viewer;
  if (!mayLead(kind, { kind: organisationKind, remit } as never))
    throw new Refusal('NOT_ALLOWED', { act: 'leadAgreements', kind });
  checkNamed(input);
  checkSiae(input);
  const parties = await partiesNamed(tx, input.parties);
  checkParties(kind, parties, lead);
  const said = await termsSaid(tx, input.terms, { kind, from, inForceFrom: from, parties });
  const agreement = await saveNewAgreement(tx, {
    ...{ id: newId('Agreement'), kind, state: 'DRAFT', title: title.trim(), reference, siaeKind },
    ...{ organisationId: lead, providerId: providersOf(parties)[0]?.organisationId ?? null, readers: [lead] },
    ...{ fromDay: from, toDay: input.terms.to, renewsId: await renewed(tx, input) },
  });
  const { id } = agreement;
  await saveParties(tx, id, [{ organisationId: lead, role: shapes[kind].lead }, ...parties]);
  await saveTerms(tx, { ...said, terms: { ...said.terms, agreementId: id, number: 1 } });
  return tellAgreement(tx, agreement, 'drafted');
}

function checkSiae({ kind, siaeKind = null }: NewAgreement): void {
  if (kind === 'IAE_CONVENTION' && siaeKind === null) throw invalid('siaeKind', 'REQUIRED');
  if (kind !== 'IAE_CONVENTION' && siaeKind !== null) throw invalid('siaeKind', 'CONVENTION_ONLY');
}

/** Of the same kind and lead, signed, and over when this begins. */
async function renewed(tx: Transaction, { kind, renews, from }: NewAgreement): Promise<string | null> {
  if (renews == null) return null;
  const before = await knownAgreement(tx, renews, 'renews');
  const same = before.kind === kind && before.organisationId === tx.viewer.organisation;
  if (!same || before.signedOn === null) throw invalid('renews', 'RENEWS_OTHER');
  if (from <= before.toDay) throw invalid('from', 'BEFORE_RENEWED', { until: before.toDay });
  return before.id;
}

/** Parties and terms are each said anew, whole; what is not said stays. */
export async function updateAgreement(tx: Transaction, input: AgreementUpdate) {
  const { agreement, parties: before } = await moving(tx, input, { act: 'leadAgreements', move: 'update' });
  checkNamed(input);
  const parties = await partiesSaid(tx, input, { agreement, before });
  const from = input.from ?? agreement.fromDay;
  await termsSaidAnew(tx, input, { agreement, parties, from });
  const saved = await saveAgreement(tx, agreement.id, {
    ...{ title: input.title?.trim() ?? agreement.title, reference: input.reference ?? agreement.reference },
    ...{ providerId: providersOf(parties)[0]?.organisationId ?? null },
    ...{ fromDay: from, toDay: input.terms?.to ?? agreement.toDay },
  });
  return tellAgreement(tx, saved, 'updated');
}

interface Drafted {
  agreement: AgreementRow;
  before: PartyFacts[];
}

async function partiesSaid(tx: Transaction, said: AgreementUpdate, { agreement, before }: Drafted) {
  if (!said.parties) return before;
  const { id, kind, organisationId: lead } = agreement;
  const parties = await partiesNamed(tx, said.parties);
  checkParties(kind, parties, lead);
  await saveParties(tx, id, [{ organisationId: lead, role: shapes[kind].lead }, ...parties]);
  return parties;
}

interface Redrafted {
  agreement: AgreementRow;
  parties: PartyFacts[];
  from: string;
}

async function termsSaidAnew(
  tx: Transaction,
  input: AgreementUpdate,
  { agreement, parties, from }: Redrafted,
): Promise<void> {
  const { id: agreementId, kind } = agreement;
  if (!input.terms) {
    if (input.from != null) throw invalid('from', 'WITH_TERMS');
    return checkStillCovered(tx, agreementId, parties);
  }
  const said = await termsSaid(tx, input.terms, { kind, from, inForceFrom: from, parties });
  await rewriteTerms(tx, { ...said, terms: { ...said.terms, agreementId, number: 1 } });
}

/** Laid before its parties: from now on it exists for them, and for the council that governs the programme. */
export async function submitAgreement(tx: Transaction, input: AgreementCommand) {
  const { agreement, parties, state } = await moving(tx, input, { act: 'leadAgreements', move: 'submit' });
  const { id, kind, organisationId: lead } = agreement;
  const missing = missingRole(kind, parties);
  if (missing) throw invalid('agreement', 'PARTY_MISSING', { role: missing });
  const leading = { kind: tx.viewer.organisationKind } as never;
  if (kind === 'CAOM' && !bothSides(leading, parties)) throw invalid('agreement', 'OTHER_SIDE');
  const council = await councilId(tx);
  const named = [lead, ...parties.map(({ organisationId }) => organisationId), ...(council ? [council] : [])];
  const readers = [...new Set(named)].sort();
  return tellAgreement(tx, await saveAgreement(tx, id, { state, readers }), 'submitted');
}
