import { type Vocabulary, vocabulary } from './vocabulary.ts';

export const Role = vocabulary({
  READER: 'Reads what the organisation may read (lecteur)',
  COORDINATOR: 'Follows people and refers them (coordonnateur, référent)',
  PROVIDER: 'Publishes offers, answers referrals, records placements (prestataire, employeur)',
  MANAGER: 'Manages the organisation and its members; may do all of the above (responsable)',
});
export type Role = Vocabulary<typeof Role>;

export const PeopleScope = vocabulary({
  NONE: 'No person at all',
  PORTFOLIO: 'The people this member follows or registered (portefeuille)',
  TERRITORY: 'The people of the member’s territorial unit (unité territoriale)',
  ALL: 'Every person the organisation may see',
});
export type PeopleScope = Vocabulary<typeof PeopleScope>;

export const scopes = [
  'offers:read',
  'offers:write',
  'people:read',
  'people:write',
  'referrals:read',
  'referrals:write',
  'agreements:read',
  'agreements:write',
  'events:read',
  'indicators:read',
] as const;
export type Scope = (typeof scopes)[number];

/** Who asks: a member of an organisation, a tool acting for one, or the hub itself carrying out what follows. */
export interface Viewer {
  kind: 'MEMBER' | 'TOOL' | 'HUB';
  /** Empty for the hub, which belongs to nobody. */
  organisation: string;
  organisationKind: string;
  remit: string | null;
  member: string | null;
  /** API client of a tool; a member's requests are remembered under the member's own id. */
  client: string | null;
  roles: readonly Role[];
  /** A member may use every scope; a tool those it was given. */
  scopes: readonly Scope[];
  people: PeopleScope;
  /** EPCI codes of the member's unit, for TERRITORY. */
  territory: readonly string[];
  /** Whether this hub keeps health data (HEALTH_DATA); where it does not, the category exists for nobody. */
  health: boolean;
  /** What made the hub act; null for everybody else. */
  cause: string | null;
}

export function hubViewer(cause: string): Viewer {
  return {
    kind: 'HUB', organisation: '', organisationKind: '', remit: null, member: null, client: null,
    roles: [], scopes, people: 'ALL', territory: [], health: false, cause,
  }; // prettier-ignore
}

export function hasScope(viewer: Viewer, scope: Scope): boolean {
  return viewer.scopes.includes(scope);
}

/**
 * All that visibility may depend on, and nothing else. It is the row-level setting (`app.scope`), the key of
 * loaders and of fan-out groups: two viewers with the same key see the same world.
 */
export function scopeKey(viewer: Viewer): string {
  if (viewer.kind === 'HUB') return 'HUB';
  const reads = viewer.scopes.filter((scope) => scope.endsWith(':read')).map((scope) => scope.split(':')[0]);
  if (viewer.health) reads.push('health');
  const people = hasScope(viewer, 'people:read') ? viewer.people : 'NONE';
  const detail =
    people === 'PORTFOLIO'
      ? viewer.member
      : people === 'TERRITORY'
        ? [...viewer.territory].sort().join(',')
        : '';
  return [viewer.organisation, people, detail, reads.sort().join(',')].join('|');
}

/** Whether nothing that a viewer may see or do has changed from one login to the next. */
export function sameRights(one: Viewer, other: Viewer): boolean {
  return rightsOf(one) === rightsOf(other);
}

function rightsOf(viewer: Viewer): string {
  const { organisationKind, remit, member, client, roles, scopes: given } = viewer;
  return JSON.stringify([
    scopeKey(viewer),
    organisationKind,
    remit,
    member,
    client,
    [...roles].sort(),
    [...given].sort(),
  ]);
}
