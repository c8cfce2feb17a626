import { invalid, Refusal } from '../kernel/refusal.ts';
import { scopes, type PeopleScope, type Scope } from '../kernel/viewer.ts';
import { checkLength } from './organisation.rules.ts';

/** For how many days a replaced key may still open. */
export const longestOverlap = 7;
export const usualOverlap = 1;

export interface ClientFacts {
  name: string;
  scopes: readonly string[];
  actingMemberId: string | null;
}

/** What a tool is: a name to tell it by, what it may do, and for whom where people are concerned. */
export function checkClient({ name, scopes: given, actingMemberId }: ClientFacts): Scope[] {
  checkLength('name', name, 2, 100);
  const asked = checkScopes(given);
  // the access log names a human, whoever's software it was
  if (asked.some((scope) => scope.startsWith('people:')) && actingMemberId === null)
    throw invalid('actingMember', 'REQUIRED');
  return asked;
}

function checkScopes(given: readonly string[]): Scope[] {
  if (given.length === 0) throw invalid('scopes', 'REQUIRED');
  if (given.length > scopes.length) throw invalid('scopes', 'TOO_MANY', { most: scopes.length });
  const unknown = given.find((scope) => !(scopes as readonly string[]).includes(scope));
  if (unknown !== undefined) throw invalid('scopes', 'CODE', { value: unknown });
  return scopes.filter((scope) => given.includes(scope));
}

interface Seeing {
  people: PeopleScope;
  territory: readonly string[];
}

/** A colleague's portfolio may lie anywhere: only who sees all, or the same territory, sees what they see. */
function within(acting: Seeing, own: Seeing): boolean {
  if (acting.people === 'NONE' || own.people === 'ALL') return true;
  return (
    acting.people === 'TERRITORY' &&
    own.people === 'TERRITORY' &&
    acting.territory.every((epci) => own.territory.includes(epci))
  );
}

/** Whoever is handed a key reads with it what the acting member reads: no more than they see themselves. */
export function refuseWider(acting: Seeing, own: Seeing): void {
  if (within(acting, own)) return;
  throw new Refusal('NOT_ALLOWED', { act: 'manageClients', reason: 'WIDER_SCOPE' }, 'actingMember');
}

/** When a replaced key ends; it may end at once, and what a leaked key may still do must not last. */
export function overlapDays(asked: number | null | undefined): number {
  const days = asked ?? usualOverlap;
  if (days < 0 || days > longestOverlap)
    throw invalid('overlapDays', 'RANGE', { least: 0, most: longestOverlap });
  return days;
}

export function requireUnrevoked({ revokedAt }: { revokedAt: string | null }): void {
  if (revokedAt !== null) throw new Refusal('WRONG_STATE', { state: 'REVOKED' });
}
