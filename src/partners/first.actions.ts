import type { Transaction } from '../db/transaction.ts';
import { record } from '../events/journal.ts';
import { newId } from '../kernel/ids.ts';
import { beginAlone, hasPartners, managedBy } from './first.store.ts';
import { checkMember } from './member.rules.ts';
import { saveNewMember } from './member.store.ts';
import { registerOrganisation } from './organisation.actions.ts';
import type { OrganisationKind } from './organisation.rules.ts';

/** The first organisation of an empty hub and who manages it: every other one is registered and invited through the API. */
export interface First {
  siret: string;
  name: string;
  kind: OrganisationKind;
  commune: string | null;
  /** Their e-mail address, by which the issuer's tokens name them. */
  manager: string;
  managerName: string;
}

/** `AGAIN`: the same organisation and manager are there already; `TAKEN`: the hub has partners of its own. */
export type Began = { outcome: 'BEGUN' | 'AGAIN'; organisation: string } | { outcome: 'TAKEN' };

export async function beginHub(tx: Transaction, first: First): Promise<Began> {
  await beginAlone(tx);
  const { siret, name, kind, commune, manager: email, managerName: displayName } = first;
  checkMember({ email, displayName });
  const there = await alreadyThere(tx, siret, email);
  if (there) return there;
  const { id } = await registerOrganisation(tx, { siret, name, kind, commune });
  const member = newId('Member');
  await saveNewMember(tx, {
    ...{ id: member, organisationId: id, email, displayName, phone: null, language: 'FR' },
    ...{ roles: ['MANAGER'], people: 'ALL', territory: [], state: 'ACTIVE' },
  });
  const subject = { type: 'Member', id: member, version: 1 };
  await record(tx, { type: 'member.invited', subject, audience: [id] });
  return { outcome: 'BEGUN', organisation: id };
}

async function alreadyThere(tx: Transaction, siret: string, email: string): Promise<Began | null> {
  if (!(await hasPartners(tx))) return null;
  const organisation = await managedBy(tx, siret, email);
  return organisation ? { outcome: 'AGAIN', organisation } : { outcome: 'TAKEN' };
}
