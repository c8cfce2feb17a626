import { Refusal } from '../kernel/refusal.ts';
import { hasScope, type Role, type Scope, type Viewer } from '../kernel/viewer.ts';

interface Right {
  /** Any of these roles; a MANAGER may always act for its organisation. */
  roles: readonly Role[];
  scope: Scope;
  /** Kinds of organisation this act belongs to, maybe with a remit; absent: any. */
  kinds?: readonly string[];
  /** What a named person answers for: no tool does it, whatever its scopes. */
  membersOnly?: true;
}

const providers = ['PROVIDER'] as const;
const coordinators = ['COORDINATOR'] as const;
/** Who may follow people: a kind of organisation, or a kind with one remit only. */
const followers = [
  'COUNCIL',
  'COUNCIL_SERVICE',
  'PLIE',
  'ASSOCIATION',
  'COMMUNE CCAS',
  'EMPLOYMENT_SERVICE',
  'INSERTION_ENTERPRISE',
];

/** Who leads agreements of some kind; which of them, src/agreements/party.rules.ts says. */
const agreementLeads = [
  ...['COUNCIL', 'COUNCIL_SERVICE', 'STATE', 'STATE_SERVICE EMPLOYMENT'],
  ...['PLIE', 'CITY_CONTRACT', 'COMMUNE'],
];

/** Who may do what for their own organisation. What is not here is not done. */
export const rights = {
  manageOrganisation: { roles: [], scope: 'offers:write' },
  manageMembers: { roles: [], scope: 'offers:write' },
  manageClients: { roles: [], scope: 'offers:write' },
  governProgramme: { roles: [], scope: 'offers:write', kinds: ['COUNCIL'] },
  leadAgreements: { roles: [], scope: 'agreements:write', kinds: agreementLeads },
  signAgreements: { roles: [], scope: 'agreements:write', kinds: agreementLeads, membersOnly: true },
  withdrawAgreements: { roles: [], scope: 'agreements:write' },
  giveOpinion: { roles: [], scope: 'agreements:write', kinds: ['IAE_COUNCIL'], membersOnly: true },
  followReservations: {
    roles: [],
    scope: 'agreements:write',
    kinds: ['STATE', 'STATE_SERVICE EMPLOYMENT', 'IAE_COUNCIL'],
  },
  readIndicators: {
    roles: ['READER', 'COORDINATOR', 'PROVIDER'],
    scope: 'indicators:read',
    kinds: ['COUNCIL'],
  },
  setDelays: { roles: [], scope: 'offers:write', kinds: ['COUNCIL'] },
  registerOrganisation: { roles: [], scope: 'offers:write', kinds: ['COUNCIL', 'STATE_SERVICE', 'PLIE'] },
  authorisePrescribers: { roles: [], scope: 'offers:write', kinds: ['COUNCIL', 'STATE_SERVICE EMPLOYMENT'] },
  publish: { roles: providers, scope: 'offers:write' },
  followPeople: { roles: coordinators, scope: 'people:write', kinds: followers },
  breakGlass: { roles: coordinators, scope: 'people:write', kinds: followers },
  refer: { roles: coordinators, scope: 'referrals:write', kinds: followers },
  planAssignments: { roles: coordinators, scope: 'referrals:write', kinds: followers },
  acceptAssignments: {
    roles: coordinators,
    scope: 'referrals:write',
    kinds: followers,
    membersOnly: true,
  },
  answer: { roles: providers, scope: 'referrals:write' },
  place: { roles: providers, scope: 'referrals:write' },
  openCalendar: { roles: ['COORDINATOR', 'PROVIDER'], scope: 'referrals:write', membersOnly: true },
  meet: { roles: ['COORDINATOR', 'PROVIDER'], scope: 'referrals:write' },
  exportPerson: { roles: coordinators, scope: 'people:write', kinds: followers, membersOnly: true },
  erasePerson: { roles: coordinators, scope: 'people:write', kinds: ['COUNCIL'], membersOnly: true },
  followUp: { roles: ['COORDINATOR', 'PROVIDER'], scope: 'referrals:write' },
} as const satisfies Record<string, Right>;

export type Act = keyof typeof rights;

/** Whether the viewer holds the right at all, for its own organisation. */
export function holds(viewer: Viewer, act: Act): boolean {
  if (viewer.kind === 'HUB') return true;
  const right: Right = rights[act];
  const role = viewer.roles.includes('MANAGER') || right.roles.some((each) => viewer.roles.includes(each));
  if (right.membersOnly && viewer.kind !== 'MEMBER') return false;
  return role && (!right.kinds || isOneOf(right.kinds, viewer.organisationKind, viewer.remit));
}

/** A commune follows nobody; its social centre does (CCAS). */
export function mayFollowPeople(kind: string, remit: string | null): boolean {
  return isOneOf(followers, kind, remit);
}

function isOneOf(kinds: readonly string[], kind: string, remit: string | null): boolean {
  return kinds.includes(kind) || kinds.includes(`${kind} ${remit}`);
}

/** Refuses what the viewer's role does not give, or what belongs to another organisation it can see. */
export function allow(viewer: Viewer, act: Act, organisation: string = viewer.organisation): void {
  requireScope(viewer, rights[act].scope);
  if (viewer.kind === 'HUB') return;
  if (!holds(viewer, act)) throw new Refusal('NOT_ALLOWED', { act });
  if (organisation !== viewer.organisation) throw new Refusal('NOT_ALLOWED', { act });
}

export function requireScope(viewer: Viewer, scope: Scope): void {
  if (!hasScope(viewer, scope)) throw new Refusal('INSUFFICIENT_SCOPE', { scope });
}
