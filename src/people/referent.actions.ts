import sql from 'sql-template-tag';
import { mayFollowPeople } from '../auth/policy.ts';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import { record } from '../events/journal.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { found, invalid, Refusal, sameVersion } from '../kernel/refusal.ts';
import { councilId, knownOrganisation } from '../partners/organisation.store.ts';
import { allowFollowing, audienceOf, endAccess, openAccess } from './access.ts';
import { openedTo } from './closed.rules.ts';
import { holderOf } from './holder.store.ts';
import type { PersonRow } from './person.row.ts';
import { checkLegalBasis, type LegalBasis } from './person.rules.ts';
import { lockPerson, touchPerson } from './person.store.ts';
import { referentAssigned } from './referent.facts.ts';
import type { ReferentRow } from './referent.row.ts';
import { currentReferent, replaceReferent } from './referent.store.ts';
import type { NewReferent, ReferentAssignment } from './referent.type.ts';

export async function assignReferent(tx: Transaction, input: ReferentAssignment) {
  const person = await lockPerson(tx, input.person, 'person');
  await allowFollowing(tx, person.id, 'PATHWAY');
  const before = await currentReferent(tx, person.id);
  mayHandOver(tx, before?.organisationId ?? person.registeredBy);
  sameVersion(person, input.version);
  const after = await chosenReferent(tx, person.id, input, input.legalBasis, '');
  await handOver(tx, person, before, after);
  return { id: person.id };
}

/** Whoever follows is told, and who follows from now on; nothing happens where it is so already. */
export async function handOver(
  tx: Transaction,
  person: PersonRow,
  before: ReferentRow | null,
  after: ReferentRow,
): Promise<void> {
  if (before && same(before, after)) return;
  const told = await audienceOf(tx, person.id, 'PATHWAY');
  const version = await touchPerson(tx, person.id);
  await nameReferent(tx, person, before, after);
  await record(tx, {
    type: 'person.referent_assigned',
    subject: { type: 'Person', id: person.id, version },
    person: person.id,
    audience: [...told, after.organisationId],
    facts: { referent: after.organisationId },
  });
}

/** A person is handed over by the one who follows them, or by the council. */
function mayHandOver({ viewer }: Transaction, holder: string): void {
  if (viewer.kind !== 'HUB' && viewer.organisation !== holder && viewer.organisationKind !== 'COUNCIL')
    throw new Refusal('NOT_ALLOWED', { act: 'assignReferent' });
}

function same(before: ReferentRow, after: ReferentRow): boolean {
  return (
    before.organisationId === after.organisationId &&
    before.memberId === after.memberId &&
    before.legalBasis === after.legalBasis
  );
}

/** The referent an input names: an organisation that may follow people, a member of it, a ground that holds. */
export async function chosenReferent(
  tx: Transaction,
  person: string,
  { organisation, member }: NewReferent,
  legalBasis: LegalBasis,
  path: string,
): Promise<ReferentRow> {
  const { viewer } = tx;
  const holder = await knownOrganisation(tx, organisation ?? viewer.organisation, `${path}organisation`);
  if (!mayFollowPeople(holder.kind, holder.remit)) throw invalid(`${path}organisation`, 'KIND');
  checkLegalBasis(legalBasis, { kind: holder.kind, delegated: viewer.organisationKind === 'COUNCIL' });
  if (member != null) await knownMember(tx, member, holder.id, `${path}member`);
  const self = organisation || member ? null : viewer.member;
  return {
    id: newId('Referent'),
    personId: person,
    organisationId: holder.id,
    memberId: member ?? self,
    legalBasis,
    since: parisDay(tx.now),
    until: null,
  };
}

/** Members of others are not the viewer's to see: the hub looks whether this one is there and active. */
export async function knownMember(
  tx: Transaction,
  id: string,
  organisation: string,
  field: string,
): Promise<void> {
  const query = sql`select id from member
    where id = ${id} and organisation_id = ${organisation} and state = 'ACTIVE'`;
  found(await tx.asHub('referent', () => firstRow(tx, query)), field);
}

/** The following moves: what the former referent could see closes, what the new one needs opens. */
export async function nameReferent(
  tx: Transaction,
  person: Pick<PersonRow, 'id' | 'registeredBy'>,
  before: ReferentRow | null,
  after: ReferentRow,
): Promise<void> {
  await replaceReferent(tx, before, after);
  const { organisationId: organisation, memberId: member, legalBasis } = after;
  const holder = await holderOf(tx, organisation);
  if (before) await endAccess(tx, { source: before.id });
  const categories = openedTo('REFERENT', holder);
  await openAccess(tx, {
    person: person.id, organisation, categories, reason: 'REFERENT', source: after.id, member, legalBasis,
  }); // prettier-ignore
  if (organisation !== person.registeredBy)
    await endAccess(tx, { source: person.id, organisation: person.registeredBy, reason: 'REGISTRAR' });
  await openProgramme(tx, person.id, holder.kind === 'COUNCIL' ? member : null);
  await tx.say(referentAssigned, { person: person.id, before, after });
}

/** The council runs the programme: it sees every person, the one it follows itself in a member's portfolio. */
export async function openProgramme(tx: Transaction, person: string, member: string | null): Promise<void> {
  const organisation = await councilId(tx);
  if (!organisation) return;
  await openAccess(tx, {
    person,
    organisation,
    categories: openedTo('PROGRAMME', await holderOf(tx, organisation)),
    reason: 'PROGRAMME',
    source: person,
    member,
    legalBasis: 'PUBLIC_INTEREST',
  });
}
