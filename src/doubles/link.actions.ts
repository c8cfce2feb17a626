import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import type { EventType } from '../events/event-types.ts';
import { record } from '../events/journal.ts';
import { newId } from '../kernel/ids.ts';
import { invalid, sameVersion } from '../kernel/refusal.ts';
import { allowFollowing, follows } from '../people/access.ts';
import { inLine } from '../people/count.store.ts';
import { lockPerson } from '../people/person.store.ts';
import { compare, knownAs } from './compare.store.ts';
import { grouped } from './group.rules.ts';
import { recordsGrouped } from './double.facts.ts';
import { joinedWith, saveGroups } from './group.store.ts';
import type { PersonLinkRow } from './link.row.ts';
import { decided, type LinkActor, type LinkMove, type LinkReason } from './link.rules.ts';
import { liveBetween, lockLink, oneAtATime, saveLink, saveNewLink, saveStep } from './link.store.ts';
import type { PeopleMerge, PersonLinkDecision } from './link.type.ts';
import { closeToDecider, refreshSight } from './sight.actions.ts';

export function confirmPersonLink(tx: Transaction, input: PersonLinkDecision) {
  return decide(tx, input, 'confirm');
}

/** Two people: the pair is never proposed again, but the record may be somebody else who is known. */
export async function refusePersonLink(tx: Transaction, input: PersonLinkDecision) {
  const link = await decide(tx, input, 'refuse');
  await tx.asHub('person.link_refused', () => compare(tx, link.personId));
  return link;
}

/** Parted again: each record is counted for itself, and what happened meanwhile stays with the one it happened to. */
export function unmergePeople(tx: Transaction, input: PersonLinkDecision) {
  return decide(tx, input, 'unmerge');
}

async function decide(tx: Transaction, input: PersonLinkDecision, move: LinkMove) {
  const link = await lockLink(tx, input.link, 'link');
  allow(tx.viewer, 'followPeople');
  sameVersion(link, input.version);
  return moveLink(tx, link, move, input.reason);
}

/** By whoever follows both records; a link that waited between the two is thereby confirmed. */
export async function mergePeople(tx: Transaction, input: PeopleMerge) {
  const { person, into, reason } = input;
  await oneAtATime(tx);
  await inLine(tx, person, into);
  const known = await lockPerson(tx, person, 'person');
  await lockPerson(tx, into, 'into');
  await allowFollowing(tx, person, 'IDENTITY');
  await allowFollowing(tx, into, 'IDENTITY');
  sameVersion(known, input.version);
  if (person === into) throw invalid('into', 'TWICE');
  const joint = await liveBetween(tx, person, into);
  if (joint) return moveLink(tx, joint, 'merge', reason);
  const { organisation: deciderId } = await tx.asHub('person.linked', () => knownAs(tx, into));
  const link = await saveNewLink(tx, {
    id: newId('PersonLink'),
    personId: person,
    intoId: into,
    deciderId,
    state: 'CONFIRMED',
    ground: 'BY_HAND',
    decidedAt: tx.now,
  });
  await trace(tx, link, { move: 'merge', from: null, reason });
  return link;
}

async function moveLink(tx: Transaction, before: PersonLinkRow, move: LinkMove, reason: LinkReason) {
  const state = decided(before.state, move, await sidesOf(tx, before));
  const link = await saveLink(tx, before.id, { state, decidedAt: tx.now });
  await closeToDecider(tx, link);
  await trace(tx, link, { move, from: before.state, reason });
  return link;
}

async function sidesOf(tx: Transaction, link: PersonLinkRow): Promise<LinkActor[]> {
  const both = (await follows(tx, link.personId, 'IDENTITY')) && (await follows(tx, link.intoId, 'IDENTITY'));
  return [
    ...(link.deciderId === tx.viewer.organisation ? (['DECIDER'] as const) : []),
    ...(both ? (['FOLLOWER'] as const) : []),
  ];
}

interface Done {
  move: LinkMove | 'propose';
  from: PersonLinkRow['state'] | null;
  reason: LinkReason | null;
}

const happened: Record<Done['move'], EventType> = {
  propose: 'person.link_proposed',
  confirm: 'person.link_confirmed',
  merge: 'person.link_confirmed',
  refuse: 'person.link_refused',
  unmerge: 'person.link_undone',
};

/** What every move of a link ends with: a line of its history, the records counted again, and who is told. */
export async function trace(
  tx: Transaction,
  link: PersonLinkRow,
  { move, from, reason }: Done,
): Promise<void> {
  const { viewer } = tx;
  await saveStep(tx, {
    id: newId('PersonLinkStep'),
    linkId: link.id,
    move: move.toUpperCase(),
    fromState: from,
    toState: link.state,
    reason,
    actorKind: viewer.kind,
    organisationId: viewer.organisation || null,
    memberId: viewer.member,
    at: tx.now,
  });
  await recount(tx, [link.personId, link.intoId]);
  await announce(tx, link, happened[move]);
}

/** Counts and shows these records, and all that links join with them, as the links now stand. */
export async function recount(tx: Transaction, records: readonly string[]): Promise<void> {
  await tx.asHub('person.linked', async () => {
    const { people, joints } = await joinedWith(tx, records);
    const groups = grouped(people, joints);
    await saveGroups(tx, groups);
    await refreshSight(tx, groups);
    await tx.say(recordsGrouped, { people });
  });
}

/** A new referent changes who sees the records of the person, not how they are joined: no other person is touched. */
export async function showToReferent(tx: Transaction, person: string): Promise<void> {
  await tx.asHub('person.linked', async () => {
    const { people, joints } = await joinedWith(tx, [person]);
    const groups = grouped(people, joints);
    const { sameAs } = groups.find((each) => each.person === person)!;
    await refreshSight(
      tx,
      groups.filter((each) => each.sameAs === sameAs),
    );
  });
}

/** Told to who decides and to who acted: never to who only registered the record. */
export async function announce(tx: Transaction, link: PersonLinkRow, type: EventType): Promise<void> {
  const { id, version, intoId, state, ground, deciderId } = link;
  await record(tx, {
    type,
    subject: { type: 'PersonLink', id, version },
    person: intoId,
    audience: [deciderId, tx.viewer.organisation].filter((organisation) => organisation !== null && organisation !== '') as string[],
    facts: { state, ground },
  });
} // prettier-ignore
