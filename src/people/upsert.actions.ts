import sql from 'sql-template-tag';
import { allow } from '../auth/policy.ts';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import { checkExternalReference } from '../partners/organisation.rules.ts';
import { inLineForNumber } from '../partners/own-number.store.ts';
import { allowFollowing } from './access.ts';
import { refuseNir } from './nir.rules.ts';
import { checkedNumbers } from './number.rules.ts';
import { registerPerson, updatePerson } from './person.actions.ts';
import type { PersonUpsert } from './person.inputs.ts';
import type { PersonRow } from './person.row.ts';
import { contactOf, identityOf, lockPerson, numbersOf, personBehind } from './person.store.ts';
import { updateProfile } from './profile.actions.ts';
import { profileColumns, profileOf } from './profile.store.ts';
import type { RectificationReason } from './rectification.rules.ts';
import { differing, restating, type Upserted } from './upsert.rules.ts';

/**
 * A partner's software says what it knows under its own number: the person is registered the first time, and brought up to date
 * ever after. Who follows the person, and on what ground, is said once; a later referent is named as anybody names one.
 */
export async function upsertPerson(
  tx: Transaction,
  input: PersonUpsert,
): Promise<{ id: string; outcome: Upserted }> {
  allow(tx.viewer, 'followPeople');
  refuseNir(input);
  checkExternalReference(input.externalReference);
  await inLineForNumber(tx, 'person', input.externalReference);
  const known = await personBehind(tx, input.externalReference);
  if (known === null) return { ...(await registerPerson(tx, input)), outcome: 'CREATED' };
  await seenSince(tx, known);
  const person = await lockPerson(tx, known, 'externalReference');
  const outcome = (await bringUpToDate(tx, person, input)) ? 'CHANGED' : 'UNCHANGED';
  return { id: person.id, outcome };
}

/** Whether anything said something else: what is the same is not written again, and tells nobody. */
async function bringUpToDate(tx: Transaction, person: PersonRow, input: PersonUpsert): Promise<boolean> {
  for (const category of ['IDENTITY', 'CONTACT'] as const) await allowFollowing(tx, person.id, category);
  if (input.profile) await allowFollowing(tx, person.id, 'PROFILE');
  const because: RectificationReason = 'CHANGED';
  const update = await differences(tx, person, input);
  if (update) await updatePerson(tx, { ...update, person: person.id, because });
  const [known] = await profileOf.load(tx, [person.id]);
  const profile = input.profile && restating(known ?? null, input.profile, profileColumns);
  if (profile) await updateProfile(tx, { person: person.id, profile, because });
  return Boolean(update ?? profile);
}

async function differences(tx: Transaction, person: PersonRow, input: PersonUpsert) {
  const [[identity], [numbers]] = [
    await identityOf.load(tx, [person.id]),
    await numbersOf.load(tx, [person.id]),
  ];
  const [contact] = await contactOf.load(tx, [person.id]);
  const { soughtKind, commune } = input;
  const update = {
    identity: differing(identity ?? null, input.identity),
    numbers: differing(numbers ?? null, checkedNumbers(input.numbers ?? {})),
    contact: differing(contact ?? null, input.contact),
    ...differing(person, { soughtKind }),
    ...(differing(contact ?? null, { communeCode: commune }) && { commune }),
  };
  return Object.values(update).some((value) => value !== undefined) ? update : undefined;
}

/**
 * Who waited for the one that registered the person may stand at an instant before its rights began, and would not see it: such
 * a transaction is run again, at a later one.
 */
async function seenSince(tx: Transaction, person: string): Promise<void> {
  const later = sql`select 1 from person_access where person_id = ${person} and reason = 'REGISTRAR'
    and organisation_id = ${tx.viewer.organisation} and valid_from > ${tx.now} limit 1`;
  if (await tx.asHub('person.upserted', () => firstRow(tx, later)))
    throw Object.assign(new Error('the person was registered meanwhile'), { code: serialisationFailure });
}

const serialisationFailure = '40001';
