import type { Transaction } from '../db/transaction.ts';
import { record } from '../events/journal.ts';
import { invalid, Refusal, sameVersion } from '../kernel/refusal.ts';
import { knownOrganisation } from '../partners/organisation.store.ts';
import { allowFollowing, endAccess, followersOf } from '../people/access.ts';
import type { PersonRow } from '../people/person.row.ts';
import { lockPerson } from '../people/person.store.ts';
import { tellGrant } from './grant.actions.ts';
import type { SharingEnding } from './grant.inputs.ts';
import type { GrantRow } from './grant.row.ts';
import { type GrantEndReason, mayEnd, type SharingEndReason } from './grant.rules.ts';
import { lockGrant, unendedGrantsTo, saveGrant } from './grant.store.ts';
import { sharingEnded } from './sharing.facts.ts';

/** Whoever follows the person ends what is shared, whoever gave it: at once, with all that rests on it. */
export function endSharing(tx: Transaction, input: SharingEnding) {
  const { grant, person, organisation, reason, version } = input;
  if ((grant == null) === (person == null)) throw invalid('grant', 'ONE_OF');
  if ((person == null) !== (organisation == null)) throw invalid('organisation', 'REQUIRED');
  return grant == null
    ? endTowards(tx, { person: person!, organisation: organisation!, reason, version })
    : endOne(tx, { grant, reason, version });
}

interface Asked {
  reason: SharingEndReason;
  version: number | null | undefined;
}

async function endOne(tx: Transaction, { grant, reason, version }: Asked & { grant: string }) {
  const row = await lockGrant(tx, grant, 'grant');
  await allowFollowing(tx, row.personId, 'CORE');
  sameVersion(row, version);
  mayEnd(row, tx.now);
  await endGrant(tx, row, reason);
  return { id: row.personId };
}

/** One grant ends as a whole, and what was sent to those it names since it began. */
export async function endGrant(tx: Transaction, row: GrantRow, endReason: GrantEndReason): Promise<void> {
  await close(tx, row, endReason);
  const { personId: person, organisationIds: organisations, opensAt: since } = row;
  await tx.say(sharingEnded, { person, organisations, since, ended: [] });
}

async function close(tx: Transaction, row: GrantRow, endReason: GrantEndReason): Promise<void> {
  const after = await saveGrant(tx, row, { endedAt: tx.now, endReason });
  await endAccess(tx, { source: row.id, reason: 'GRANT' });
  await tellGrant(tx, after, 'ended', { reason: endReason });
}

/**
 * All that is shared of a person with one organisation. When it is the person who says stop, every live referral to it
 * rests on their word, whether a grant was ever given or not.
 */
async function endTowards(
  tx: Transaction,
  of: Asked & { person: string; organisation: string },
): Promise<{ id: string }> {
  const { reason, version } = of;
  const person = await lockPerson(tx, of.person, 'person');
  await allowFollowing(tx, person.id, 'CORE');
  const { id: organisation } = await knownOrganisation(tx, of.organisation, 'organisation');
  sameVersion(person, version);
  const grants = await unendedGrantsTo(tx, person.id, organisation);
  for (const row of grants) await leave(tx, row, organisation, reason);
  const ended = grants.map(({ id }) => id);
  const begun = grants.map(({ opensAt }) => opensAt).sort()[0];
  const since = reason === 'PERSON_REQUEST' ? null : begun;
  if (since !== undefined)
    await tx.say(sharingEnded, { person: person.id, organisations: [organisation], since, ended });
  if (!ended.length) throw new Refusal('WRONG_STATE', { reason: 'NOTHING_SHARED' }, 'organisation');
  await tellPerson(tx, person, organisation, reason);
  return { id: person.id };
}

/** The organisation is out of it: the others of its kind stay, if there are any. */
async function leave(tx: Transaction, row: GrantRow, organisation: string, reason: SharingEndReason) {
  const organisationIds = row.organisationIds.filter((id) => id !== organisation);
  if (!organisationIds.length) return close(tx, row, reason);
  const after = await saveGrant(tx, row, { organisationIds });
  await endAccess(tx, { source: row.id, organisation, reason: 'GRANT' });
  await tellGrant(tx, { ...after, organisationIds: [organisation] }, 'narrowed', { reason, organisation });
}

async function tellPerson(tx: Transaction, { id, version }: PersonRow, organisation: string, reason: string) {
  await record(tx, {
    type: 'person.sharing_ended',
    subject: { type: 'Person', id, version },
    person: id,
    audience: [organisation, ...(await followersOf(tx, id))],
    facts: { organisation, reason },
  });
}
