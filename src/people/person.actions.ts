import { randomBytes } from 'node:crypto';
import sql from 'sql-template-tag';
import { allow, requireScope } from '../auth/policy.ts';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import type { EventType } from '../events/event-types.ts';
import { record } from '../events/journal.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { invalid, Refusal, sameVersion } from '../kernel/refusal.ts';
import { checkExternalReference } from '../partners/organisation.rules.ts';
import type { CommuneRow } from '../territory/commune.row.ts';
import { knownCommune } from '../territory/commune.store.ts';
import { allowFollowing, audienceOf, moveAccess, openAccess } from './access.ts';
import { openedTo } from './closed.rules.ts';
import { holderOf } from './holder.store.ts';
import { refuseNir } from './nir.rules.ts';
import { checkedNumbers } from './number.rules.ts';
import { personHoused, personNamed } from './person.facts.ts';
import type { PersonRow } from './person.row.ts';
import {
  birthYear,
  checkContact,
  checkIdentity,
  checkLegalBasis,
  referenceOf,
  shownCommune,
} from './person.rules.ts';
import {
  contactOf,
  identityOf,
  lockPerson,
  numbersOf,
  saveContact,
  saveHandle,
  saveIdentity,
  saveNewPerson,
  saveNumbers,
  touchPerson,
} from './person.store.ts';
import type { NewPerson, PersonUpdate } from './person.inputs.ts';
import { checkProfile } from './profile.rules.ts';
import { saveProfile } from './profile.store.ts';
import type { Known } from './rectification.rules.ts';
import { keepReplaced } from './rectification.store.ts';
import { chosenReferent, nameReferent, openProgramme } from './referent.actions.ts';

export async function registerPerson(tx: Transaction, input: NewPerson) {
  allow(tx.viewer, 'followPeople');
  checkNewPerson(tx, input);
  const commune = await residence(tx, input.commune);
  mayKeep(tx, commune);
  const id = newId('Person');
  const referent =
    input.referent && (await chosenReferent(tx, id, input.referent, input.legalBasis, 'referent.'));
  await savePerson(tx, id, input, commune);
  if (referent) await nameReferent(tx, { id, registeredBy: tx.viewer.organisation }, null, referent);
  // who registered knows that it did, also when the person is no longer open to it
  const audience = [tx.viewer.organisation, ...(await audienceOf(tx, id, 'CORE'))];
  await recordPerson(tx, 'person.registered', { id, version: 1 }, audience);
  await tx.say(personNamed, { person: id });
  return { id };
}

function checkNewPerson(tx: Transaction, input: NewPerson): void {
  refuseNir(input);
  checkIdentity(input.identity, parisDay(tx.now));
  checkedNumbers(input.numbers ?? {});
  checkContact(input.contact ?? {});
  checkExternalReference(input.externalReference);
  checkProfile(input.profile ?? {});
  // a referent elsewhere stands on the ground given: chosenReferent checks it for that organisation
  const elsewhere = (input.referent?.organisation ?? tx.viewer.organisation) !== tx.viewer.organisation;
  if (!elsewhere) checkLegalBasis(input.legalBasis, { kind: tx.viewer.organisationKind, delegated: false });
}

/** Nobody registers a person they would not see themselves. */
function mayKeep({ viewer }: Transaction, commune: CommuneRow | null): void {
  requireScope(viewer, 'people:read');
  if (viewer.people === 'NONE') throw new Refusal('NOT_ALLOWED', { act: 'followPeople' });
  if (viewer.people === 'TERRITORY' && !viewer.territory.includes(commune?.epciCode ?? ''))
    throw invalid('commune', 'TERRITORY');
}

/** The core first, then the rights that let its registrar write the rest. */
async function savePerson(tx: Transaction, id: string, input: NewPerson, commune: CommuneRow | null) {
  const { viewer } = tx;
  await saveNewPerson(tx, {
    id,
    reference: await freeReference(tx),
    registeredBy: viewer.organisation,
    birthYear: birthYear(input.identity.birthDate),
    epciCode: commune?.epciCode ?? null,
    communeCode: shownCommune(commune),
    soughtKind: input.soughtKind ?? null,
  });
  await openAccess(tx, {
    person: id,
    organisation: viewer.organisation,
    categories: openedTo('REGISTRAR', await holderOf(tx, viewer.organisation)),
    reason: 'REGISTRAR',
    source: id,
    member: viewer.member,
    legalBasis: input.legalBasis,
  });
  await openProgramme(tx, id, viewer.organisationKind === 'COUNCIL' ? viewer.member : null);
  await saveIdentity(tx, id, { ...input.identity });
  await saveNumbers(tx, id, checkedNumbers(input.numbers ?? {}));
  await saveContact(tx, id, { ...input.contact, communeCode: commune?.code ?? null });
  await saveProfile(tx, id, input.profile ?? {}, parisDay(tx.now));
  if (input.externalReference != null) await saveHandle(tx, id, input.externalReference);
}

/** Drawn at random, so that it tells neither rank nor date; drawn again in the rare case it is taken. */
export async function freeReference(tx: Transaction): Promise<string> {
  const reference = referenceOf(randomBytes(6));
  const query = sql`select 1 from person where reference = ${reference}`;
  const taken = await tx.asHub('reference', () => firstRow(tx, query));
  return taken ? freeReference(tx) : reference;
}

export async function updatePerson(tx: Transaction, input: PersonUpdate) {
  const person = await lockPerson(tx, input.person, 'person');
  await allowFollowing(tx, person.id, 'IDENTITY');
  await allowFollowing(tx, person.id, 'CONTACT');
  sameVersion(person, input.version);
  checkUpdate(tx, input);
  const commune = input.commune === undefined ? undefined : await residence(tx, input.commune);
  const before = await known(tx, person);
  const { identity, contact, soughtKind } = input;
  const version = await touchPerson(tx, person.id, {
    soughtKind,
    ...(identity?.birthDate !== undefined && { birthYear: birthYear(identity.birthDate) }),
    ...(commune !== undefined && { epciCode: commune?.epciCode ?? null, communeCode: shownCommune(commune) }),
  });
  await saveIdentity(tx, person.id, given(identity ?? {}));
  await saveContact(tx, person.id, {
    ...contact,
    communeCode: commune === undefined ? undefined : (commune?.code ?? null),
  });
  await saveNumbers(tx, person.id, checkedNumbers(input.numbers ?? {}));
  if (input.externalReference != null) await saveHandle(tx, person.id, input.externalReference);
  const after = await known(tx, { ...person, ...(soughtKind !== undefined && { soughtKind }) });
  await keepReplaced(tx, person.id, { before, after, because: input.because });
  // whoever received what is now put right sees the core: all of them are told (RGPD art. 19)
  const audience = await audienceOf(tx, person.id, 'CORE');
  if (commune !== undefined) await moveAccess(tx, person.id, commune?.epciCode ?? null);
  await recordPerson(tx, 'person.updated', { id: person.id, version }, audience);
  if (identity || input.numbers) await tx.say(personNamed, { person: person.id });
  if (commune !== undefined) await tx.say(personHoused, { person: person.id });
  return { id: person.id };
}

/** What an update may replace, as it is now. */
async function known(tx: Transaction, { id, soughtKind }: PersonRow): Promise<Known> {
  const [[identity], [numbers]] = [await identityOf.load(tx, [id]), await numbersOf.load(tx, [id])];
  const [contact] = await contactOf.load(tx, [id]);
  return { CORE: { soughtKind }, IDENTITY: { ...identity, ...numbers }, CONTACT: contact ?? null };
}

function checkUpdate(tx: Transaction, input: PersonUpdate): void {
  refuseNir(input);
  checkIdentity(input.identity ?? {}, parisDay(tx.now));
  checkedNumbers(input.numbers ?? {});
  checkContact(input.contact ?? {});
  checkExternalReference(input.externalReference);
}

/** A name is never taken away: null leaves it as it is. */
function given({ lastName, firstName, ...rest }: NonNullable<PersonUpdate['identity']>) {
  return { lastName: lastName ?? undefined, firstName: firstName ?? undefined, ...rest };
}

async function residence(tx: Transaction, code: string | null | undefined): Promise<CommuneRow | null> {
  return code == null ? null : knownCommune(tx, code, 'commune');
}

async function recordPerson(
  tx: Transaction,
  type: EventType,
  { id, version }: { id: string; version: number },
  audience: readonly string[],
) {
  await record(tx, { type, subject: { type: 'Person', id, version }, person: id, audience });
}
