import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import type { EventType } from '../events/event-types.ts';
import { record } from '../events/journal.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal, sameVersion } from '../kernel/refusal.ts';
import { knownEpci } from '../territory/commune.store.ts';
import type { MemberRow } from './member.row.ts';
import { checkMember, checkScope, keepsManager, peopleByDefault } from './member.rules.ts';
import { lockMember, saveMember, saveNewMember } from './member.store.ts';
import type { MemberSuspension, MemberUpdate, NewMember } from './member.type.ts';

export async function inviteMember(tx: Transaction, input: NewMember) {
  allowManaging(tx, tx.viewer.organisation);
  checkMember(input);
  const { email, displayName, phone, roles } = input;
  const territory = await knownTerritory(tx, input.territory ?? []);
  const people = input.people ?? peopleByDefault(roles, tx.viewer.organisationKind, territory);
  checkScope(people, territory);
  const id = newId('Member');
  const organisationId = tx.viewer.organisation;
  await saveNewMember(tx, {
    id, organisationId, email, displayName, phone: phone ?? null, roles: [...new Set(roles)], people, territory,
    state: 'ACTIVE', language: input.language ?? 'FR',
  }); // prettier-ignore
  await recordMember(tx, 'member.invited', { id, organisationId }, 1);
  return { id };
}

export async function updateMember(tx: Transaction, input: MemberUpdate) {
  const { member, others } = await lockMember(tx, input.member, 'member');
  allowManaging(tx, member.organisationId);
  sameVersion(member, input.version);
  checkMember(input);
  const after = {
    roles: input.roles ? [...new Set(input.roles)] : member.roles,
    people: input.people ?? member.people,
    territory: input.territory ? await knownTerritory(tx, input.territory) : member.territory,
    state: input.reactivate ? 'ACTIVE' : member.state,
    language: input.language ?? member.language,
  } as const;
  checkScope(after.people, after.territory);
  keepsManager(others, { id: member.id, ...after }, 'roles');
  const { displayName, phone } = input;
  const version = await saveMember(tx, member, {
    ...{ displayName: displayName ?? undefined, phone, ...after },
    ...(input.retryMail && { mailFailures: 0, mailBouncedAt: null }),
  });
  await recordMember(tx, 'member.updated', member, version);
  return { id: member.id };
}

export async function suspendMember(tx: Transaction, input: MemberSuspension) {
  const { member, others } = await lockMember(tx, input.member, 'member');
  allowManaging(tx, member.organisationId);
  sameVersion(member, input.version);
  if (member.state === 'SUSPENDED') return { id: member.id };
  keepsManager(others, { ...member, state: 'SUSPENDED' }, 'member');
  const version = await saveMember(tx, member, { state: 'SUSPENDED' });
  await recordMember(tx, 'member.suspended', member, version);
  return { id: member.id };
}

/** A key must not make members who could make keys: people manage people. */
function allowManaging({ viewer }: Transaction, organisation: string): void {
  allow(viewer, 'manageMembers', organisation);
  if (viewer.kind === 'TOOL') throw new Refusal('NOT_ALLOWED', { act: 'manageMembers' });
}

async function knownTerritory(tx: Transaction, codes: readonly string[]): Promise<string[]> {
  for (const [at, code] of codes.entries()) await knownEpci(tx, code, `territory.${at}`);
  return [...new Set(codes)];
}

async function recordMember(
  tx: Transaction,
  type: EventType,
  { id, organisationId }: Pick<MemberRow, 'id' | 'organisationId'>,
  version: number,
) {
  await record(tx, { type, subject: { type: 'Member', id, version }, audience: [organisationId] });
}
