import type { Client } from './client.ts';
import type { MemberOf, Partner, World } from './world.ts';

export interface RegisteredPerson {
  id: string;
  reference: string;
  version: number;
}

let serial = 0;

/** What a coordinator types of a person: named, living in Nantes, on a ground its organisation may state. */
export function newPerson(over: object = {}): Record<string, any> {
  const identity = { lastName: `Durand${++serial}`, firstName: 'Nadia', birthDate: '1990-05-17' };
  return { identity, commune: '44109', legalBasis: 'PUBLIC_INTEREST', ...over };
}

/** Registers a person through the API, and fails with what the hub said. */
export async function registerPerson(coordinator: Client, over: object = {}): Promise<RegisteredPerson> {
  const { person, userErrors } = await coordinator.run(
    'registerPerson',
    'NewPerson',
    newPerson(over),
    'person { id reference version }',
  );
  if (userErrors.length) throw new Error(JSON.stringify(userErrors));
  return person;
}

/** The council and two partners that follow people. */
export async function followers(world: World) {
  return {
    council: await world.organisation({ kind: 'COUNCIL' }),
    plie: await world.organisation({ kind: 'PLIE' }),
    association: await world.organisation({ kind: 'ASSOCIATION' }),
  };
}

export const coordinator = (of: Partner, more: MemberOf = {}) =>
  of.member({ roles: ['COORDINATOR'], ...more });
