import type { Transaction } from '../db/transaction.ts';
import type { Happened } from '../events/event-types.ts';
import { record } from '../events/journal.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { invalid, Refusal } from '../kernel/refusal.ts';
import { checkExternalReference } from '../partners/organisation.rules.ts';
import { knownOrganisation } from '../partners/organisation.store.ts';
import { allowFollowing, followersOf, openAccess } from '../people/access.ts';
import { refuseNir } from '../people/nir.rules.ts';
import { checkLegalBasis } from '../people/person.rules.ts';
import { lockPerson } from '../people/person.store.ts';
import { knownMember } from '../people/referent.actions.ts';
import type { NewSharing } from './grant.inputs.ts';
import type { GrantRow } from './grant.row.ts';
import { checkCategories, isGuarded, type Recipient, termOf, withCore } from './grant.rules.ts';
import { recipients, recipientsOfKind, saveNewGrant, unendedGrants } from './grant.store.ts';

/** Whoever follows a person shares what it sees of them; nobody shares more, and the law closes what it closes. */
export async function grantSharing(tx: Transaction, input: NewSharing) {
  const person = await lockPerson(tx, input.person, 'person');
  await allowFollowing(tx, person.id, 'CORE');
  refuseNir({ externalReference: input.externalReference });
  checkExternalReference(input.externalReference);
  const { purpose, legalBasis } = input;
  const term = termOf(input, parisDay(tx.now), tx.now);
  const named = await namedBy(tx, person.id, input);
  checkCategories(input.categories, purpose, named.recipients);
  const categories = withCore(input.categories);
  for (const category of categories) await allowFollowing(tx, person.id, category);
  checkLegalBasis(legalBasis, { kind: named.kind, delegated: tx.viewer.organisationKind === 'COUNCIL' });
  await runsNotYet(tx, person.id, input);
  const { viewer } = tx;
  const id = newId('SharingGrant');
  const organisationIds = named.organisations;
  await saveNewGrant(tx, {
    ...{ id, personId: person.id, organisationIds, organisationKind: input.organisationKind ?? null },
    ...{ categories, purpose, legalBasis, ...term, externalReference: input.externalReference ?? null },
    ...{ grantedBy: viewer.organisation, grantedByMember: viewer.member },
  });
  const right = { person: person.id, categories, reason: 'GRANT', source: id, legalBasis } as const;
  const during = { from: term.opensAt, until: term.closesAt, member: input.member ?? null };
  for (const organisation of organisationIds) await openAccess(tx, { ...right, ...during, organisation });
  const facts = { purpose, kind: input.organisationKind ?? null, organisation: input.organisation ?? null };
  await tellGrant(
    tx,
    {
      id,
      version: 1,
      personId: person.id,
      organisationIds,
      grantedBy: viewer.organisation,
      purpose,
      categories,
    },
    'given',
    facts,
  );
  return { id };
}

interface Named {
  kind: string;
  organisations: string[];
  recipients: Recipient[];
}

function namedBy(tx: Transaction, person: string, input: NewSharing): Promise<Named> {
  const { organisation, organisationKind, member } = input;
  if ((organisation == null) === (organisationKind == null)) throw invalid('organisation', 'ONE_OF');
  if (organisation != null) return theOne(tx, person, { organisation, member });
  if (member != null) throw invalid('member', 'ONE_OF');
  return allOfKind(tx, person, organisationKind!);
}

async function theOne(
  tx: Transaction,
  person: string,
  { organisation, member }: { organisation: string; member?: string | null | undefined },
): Promise<Named> {
  const { id, kind } = await knownOrganisation(tx, organisation, 'organisation');
  if (id === tx.viewer.organisation) throw invalid('organisation', 'OWN');
  if ((await followersOf(tx, person)).includes(id)) throw invalid('organisation', 'FOLLOWS_ALREADY');
  if (member != null) await knownMember(tx, member, id, 'member');
  return { kind, organisations: [id], recipients: await recipients(tx, [id]) };
}

/** How many organisations one grant may name: a line each, in one short transaction. */
const mostNamed = 100;

/**
 * A grant to a kind is to those there are today: whom a person is shown to is known the day they agree. The bare kind is
 * judged with them, so that what is closed to a kind is refused also where nobody of it is here yet.
 */
async function allOfKind(tx: Transaction, person: string, kind: string): Promise<Named> {
  const all = await recipientsOfKind(tx, kind, mostNamed);
  if (all.length > mostNamed) throw invalid('organisationKind', 'TOO_MANY_OF_KIND', { most: mostNamed });
  const except = [tx.viewer.organisation, ...(await followersOf(tx, person))];
  const organisations = all.map(({ id }) => id).filter((id) => !except.includes(id));
  const bare = { id: '', kind, remit: null, employs: false, mayFollow: true };
  if (!organisations.length) throw invalid('organisationKind', 'NOBODY_OF_KIND');
  return { kind, organisations, recipients: [bare, ...all] };
}

/** One grant for one purpose at a time: what is ended is then ended whole. */
async function runsNotYet(tx: Transaction, person: string, input: NewSharing) {
  const { purpose, organisation, organisationKind } = input;
  const same = (row: GrantRow) =>
    organisation == null
      ? row.organisationKind === organisationKind
      : row.organisationKind === null && row.organisationIds.includes(organisation);
  if ((await unendedGrants(tx, person, purpose)).some(same))
    throw new Refusal('ALREADY_EXISTS', { reason: 'GRANT' }, 'purpose');
}

type Told = Pick<
  GrantRow,
  'id' | 'version' | 'personId' | 'organisationIds' | 'grantedBy' | 'purpose' | 'categories'
>;

/** Tells who follows the person (of a guarded one, who may read it), who gave it and whom it names: codes and ids alone. */
export async function tellGrant(
  tx: Transaction,
  grant: Told,
  happened: Happened<'grant'>,
  facts: Readonly<Record<string, string | null>>,
): Promise<void> {
  const { id, version, personId, organisationIds, grantedBy } = grant;
  const followers = await followersOf(tx, personId, isGuarded(grant) ? 'JUSTICE' : 'CORE');
  await record(tx, {
    type: `grant.${happened}`,
    subject: { type: 'SharingGrant', id, version },
    person: personId,
    audience: [grantedBy, ...organisationIds, ...followers],
    facts,
  });
}
