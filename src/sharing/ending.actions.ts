import type { Transaction } from '../db/transaction.ts';
import { record } from '../events/journal.ts';
import { invalid, Refusal, sameVersion } from '../kernel/refusal.ts';
import { knownOrganisation } from '../partners/organisation.store.ts';
import { allowFollowing, endAccess, followersOf } from '../people/access.ts';
import { recordsOf } from '../people/count.store.ts';
import { lockPerson, versionOf } from '../people/person.store.ts';
import { tellGrant } from './grant.actions.ts';
import type { SharingEnding } from './grant.inputs.ts';
import type { GrantRow } from './grant.row.ts';
import { type GrantEndReason, isGuarded, mayEnd, type SharingEndReason } from './grant.rules.ts';
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

interface Towards extends Asked {
  person: string;
  organisation: string;
}

/**
 * All that is shared of a person with one organisation, as whoever speaks sees it. When it is the person who says stop,
 * their word reaches further: every live referral to it, whether a grant was ever given or not, what whoever passes the
 * word on may not read, and their other records, where they have several. The answer is then the same whatever there was.
 */
async function endTowards(tx: Transaction, of: Towards): Promise<{ id: string }> {
  const person = await lockPerson(tx, of.person, 'person');
  await allowFollowing(tx, person.id, 'CORE');
  const { id: organisation } = await knownOrganisation(tx, of.organisation, 'organisation');
  sameVersion(person, of.version);
  const asked = { person: person.id, organisation, reason: of.reason };
  if (of.reason === 'PERSON_REQUEST') await endByTheirWord(tx, asked);
  else if (!(await endOfRecord(tx, asked)))
    throw new Refusal('WRONG_STATE', { reason: 'NOTHING_SHARED' }, 'organisation');
  return { id: person.id };
}

async function endByTheirWord(
  tx: Transaction,
  { person, ...asked }: Omit<Towards, 'version'>,
): Promise<void> {
  const ended = await endOfRecord(tx, { person, ...asked });
  await tx.asHub('person.said_stop', async () => {
    for (const record of await recordsOf(tx, person))
      await endOfRecord(tx, { person: record, ...asked }, record === person ? ended : false);
  });
}

/** Of one record, what the viewer at this step sees; answers whether anything ended, of which the parties are told once. */
async function endOfRecord(
  tx: Transaction,
  { person, organisation, reason }: Omit<Towards, 'version'>,
  told = false,
): Promise<boolean> {
  const grants = await unendedGrantsTo(tx, person, organisation);
  for (const row of grants) await leave(tx, row, organisation, reason);
  const ended = grants.map(({ id }) => id);
  const begun = grants.map(({ opensAt }) => opensAt).sort()[0];
  const since = reason === 'PERSON_REQUEST' ? null : begun;
  if (since !== undefined)
    await tx.say(sharingEnded, { person, organisations: [organisation], since, ended });
  if (!ended.length) return false;
  if (!told) await tellPerson(tx, { person, organisation, reason, guarded: grants.some(isGuarded) });
  return true;
}

/** The organisation is out of it: the others of its kind stay, if there are any. */
async function leave(tx: Transaction, row: GrantRow, organisation: string, reason: SharingEndReason) {
  const organisationIds = row.organisationIds.filter((id) => id !== organisation);
  if (!organisationIds.length) return close(tx, row, reason);
  const after = await saveGrant(tx, row, { organisationIds });
  await endAccess(tx, { source: row.id, organisation, reason: 'GRANT' });
  await tellGrant(tx, { ...after, organisationIds: [organisation] }, 'narrowed', { reason, organisation });
}

interface Ending {
  person: string;
  organisation: string;
  reason: string;
  guarded: boolean;
}

/** To whom something guarded was shared is no news to who may not read what it was for. */
async function tellPerson(tx: Transaction, { person, guarded, ...facts }: Ending): Promise<void> {
  const followers = await followersOf(tx, person, guarded ? 'JUSTICE' : 'CORE');
  await record(tx, {
    type: 'person.sharing_ended',
    subject: { type: 'Person', id: person, version: await versionOf(tx, person) },
    person,
    audience: [facts.organisation, ...followers],
    facts,
  });
}
