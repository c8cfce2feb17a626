import type { Category } from '../people/access.rules.ts';
import type { LegalBasis } from '../people/person.rules.ts';
import type { GlassReason } from '../sharing/glass.rules.ts';
import type { GrantEndReason, SharingPurpose } from '../sharing/grant.rules.ts';

/** A grant of the demo; days are counted from the day of loading. */
export interface DemoGrant {
  person: string;
  /** Key of an organisation, or a kind. */
  to: string;
  purpose: SharingPurpose;
  more: Category[];
  basis: LegalBasis;
  from: number;
  until: number;
  ended?: [day: number, reason: GrantEndReason];
}

const given = (
  person: string,
  to: string,
  purpose: SharingPurpose,
  [from, until]: [number, number],
  rest: Partial<DemoGrant> = {},
): DemoGrant => ({ person, to, purpose, from, until, more: [], basis: 'CONSENT', ...rest });

/** What the coordinators of the story have shared of their people; one to a kind, one that ends soon, some that ended. */
export const demoGrants: readonly DemoGrant[] = [
  given('p2', 'berges-vives', 'PREPARE_REFERRAL', [-20, 70], { more: ['PROFILE'] }),
  given('two-acceptances', 'roue-libre', 'MOBILITY', [-60, 120], { more: ['PROFILE'] }),
  given('household-1', 'clef-de-sol', 'HOUSING', [-90, 180], { more: ['NEEDS', 'ENTITLEMENTS'] }),
  given('household-1', 'petits-pas', 'CHILDCARE', [-88, 10], { more: ['NEEDS'] }),
  given('late', 'budget-serein', 'RIGHTS', [-75, 200], { more: ['ENTITLEMENTS'] }),
  given('mover', 'ft-nantes', 'JOINT_FOLLOW_UP', [-50, 250], { more: ['PROFILE', 'PATHWAY'], basis: 'PUBLIC_INTEREST' }),
  given('homonym-1', 'passerelles-loire', 'JOINT_FOLLOW_UP', [-100, 200], { more: ['NEEDS', 'PROFILE'] }),
  given('due-2', 'petits-pas', 'CHILDCARE', [-30, 60]),
  given('waiting-w', 'EMPLOYMENT_SERVICE', 'PREPARE_REFERRAL', [-25, 90], { more: ['PROFILE'], basis: 'PUBLIC_INTEREST' }),
  given('due-1', 'clic-et-lien', 'RIGHTS', [-95, 85], { ended: [-40, 'PERSON_REQUEST'] }),
  given('late', 'roue-libre', 'MOBILITY', [-140, -45], { ended: [-44, 'TERM'] }),
  given('marc', 'geiq-loire', 'PREPARE_REFERRAL', [-380, -100], { more: ['PROFILE'], ended: [-310, 'NO_LONGER_NEEDED'] }),
]; // prettier-ignore

export interface DemoGlass {
  person: string;
  by: string;
  /** E-mail of the member, and the name it is kept under. */
  member: [email: string, name: string];
  day: number;
  hour: number;
  reason: GlassReason;
  detail: string;
}

export const demoGlasses: readonly DemoGlass[] = [
  {
    person: 'due-3',
    by: 'ccas-nantes',
    member: ['marion.petit@passerelle.example', 'Marion Petit'],
    day: -23,
    hour: 18,
    reason: 'SHELTER_TONIGHT',
    detail: 'Rencontré à la gare, sans solution pour la nuit ; une place est libre s’il peut être joint.',
  },
  {
    person: 'late',
    by: 'passerelles-loire',
    member: ['yves.tanguy@passerelle.example', 'Yves Tanguy'],
    day: -51,
    hour: 11,
    reason: 'VIOLENCE',
    detail: 'Elle a appelé l’atelier en demandant de l’aide, puis la ligne a été coupée.',
  },
];
