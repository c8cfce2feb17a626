import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { everyPartner, record } from '../events/journal.ts';
import { newId } from '../kernel/ids.ts';
import { knownCommune } from '../territory/commune.store.ts';
import { knownOrganisation } from './organisation.store.ts';
import { checkSite, pointOfSite } from './site.rules.ts';
import { saveNewSite } from './site.store.ts';
import type { NewSite } from './site.type.ts';

export async function addSite(tx: Transaction, input: NewSite) {
  const { id: owner } = await knownOrganisation(
    tx,
    input.organisation ?? tx.viewer.organisation,
    'organisation',
  );
  allow(tx.viewer, 'publish', owner);
  checkSite(input);
  const commune = await knownCommune(tx, input.commune, 'commune');
  const id = newId('Site');
  const { name, address = null } = input;
  await saveNewSite(tx, {
    id,
    organisationId: owner,
    name,
    address,
    communeCode: commune.code,
    ...pointOfSite(input, commune),
  });
  await record(tx, {
    type: 'site.added',
    subject: { type: 'Site', id, version: 1 },
    audience: [everyPartner],
    facts: { organisation: owner, commune: commune.code },
  });
  return { id };
}
