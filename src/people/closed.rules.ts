import { Category, type AccessReason } from './access.rules.ts';

/** Of an organisation, all that decides what the law closes to it. */
export interface Holder {
  kind: string;
  remit: string | null;
  /** Whether it employs the people it receives: it carries an accreditation (ACI, EI, AI, ETTI, EITI, GEIQ…). */
  employs: boolean;
}

const employers = ['INSERTION_ENTERPRISE', 'COMPANY'];
const publicBodies = ['STATE', 'STATE_SERVICE', 'IAE_COUNCIL', 'CITY_CONTRACT'];
export const closedToEmployers: readonly Category[] = ['HEALTH', 'JUSTICE', 'ENTITLEMENTS'];
const closedToPublicBodies: readonly Category[] = ['HEALTH', 'JUSTICE'];

/** Whether an organisation is, or may become, the employer of who is referred to it. */
export function isEmployer({ kind, employs }: Pick<Holder, 'kind' | 'employs'>): boolean {
  return employs || employers.includes(kind);
}

/**
 * What no grant, referral or emergency can open (docs/domain.md §7): health, justice and entitlements never to an
 * employer, health and justice never to a State service nor to a commune outside its social centre; a benefits fund reads import reports and no person at all.
 */
export function mayOpen(category: Category, holder: Holder): boolean {
  const { kind, remit } = holder;
  if (kind === 'BENEFITS_FUND') return false;
  if (isEmployer(holder)) return !closedToEmployers.includes(category);
  const townHall = kind === 'COMMUNE' && remit !== 'CCAS';
  return !(townHall || publicBodies.includes(kind)) || !closedToPublicBodies.includes(category);
}

/** What only a referent needs, and the council: who registered names itself the referent to state any of it. */
const ofReferents: readonly Category[] = ['ENTITLEMENTS', 'HEALTH', 'JUSTICE'];

/** What following a person opens, of what the law leaves open to that organisation. */
export function openedTo(reason: AccessReason, holder: Holder): readonly Category[] {
  const open = Object.values(Category).filter((category) => mayOpen(category, holder));
  return reason === 'REGISTRAR' ? open.filter((category) => !ofReferents.includes(category)) : open;
}
