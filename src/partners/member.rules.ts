import { invalid } from '../kernel/refusal.ts';
import type { PeopleScope, Role } from '../kernel/viewer.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import { checkEmail, checkLength } from './organisation.rules.ts';

export const MemberState = vocabulary({
  ACTIVE: 'May sign in with this e-mail address',
  SUSPENDED: 'May not: every token is refused at once (suspendu)',
});
export type MemberState = Vocabulary<typeof MemberState>;

export const MemberLanguage = vocabulary({
  FR: 'French (français)',
  EN: 'English (anglais)',
});
export type MemberLanguage = Vocabulary<typeof MemberLanguage>;

export interface MemberFacts {
  email?: string | null;
  displayName?: string | null;
  phone?: string | null;
  roles?: readonly Role[] | null;
}

export function checkMember({ email, displayName, phone, roles }: MemberFacts): void {
  if (email != null) checkEmail('email', email);
  if (displayName != null) checkLength('displayName', displayName, 2, 100);
  if (phone != null) checkLength('phone', phone, 6, 30);
  if (roles != null && roles.length === 0) throw invalid('roles', 'REQUIRED');
}

/** What people a member sees when nobody says: as few as the role needs (docs/domain.md §1). */
export function peopleByDefault(
  roles: readonly Role[],
  organisationKind: string,
  territory: readonly string[],
): PeopleScope {
  if (roles.includes('MANAGER')) return 'ALL';
  if (roles.includes('COORDINATOR') && organisationKind === 'COUNCIL' && territory.length) return 'TERRITORY';
  // a provider sees whom it took charge of: acknowledging is what opens a name
  return roles.includes('COORDINATOR') || roles.includes('PROVIDER') ? 'PORTFOLIO' : 'NONE';
}

export function checkScope(people: PeopleScope, territory: readonly string[]): void {
  if (people === 'TERRITORY' && territory.length === 0) throw invalid('territory', 'REQUIRED');
}

interface Manager {
  id: string;
  roles: readonly Role[];
  state: MemberState;
}

/** An organisation keeps at least one active manager, or nobody could ever manage it again. */
export function keepsManager(others: readonly Manager[], after: Manager, field: string): void {
  const manages = ({ roles, state }: Manager) => roles.includes('MANAGER') && state === 'ACTIVE';
  if (!manages(after) && !others.some(manages)) throw invalid(field, 'LAST_MANAGER');
}
