import { invalid } from '../kernel/refusal.ts';
import { checkDays } from '../partners/organisation.rules.ts';
import type { TargetPublic } from '../programme/public.rules.ts';
import type { Category } from './access.rules.ts';

/**
 * What must be open to see that somebody is of a public: all of these categories, the first being its own. JUSTICE
 * beside another one is how the law closes asylum and homelessness to those it names (docs/domain.md §7).
 * `person_situation` computes the same from the code.
 */
const opensWith: Readonly<Record<TargetPublic, readonly [Category, ...Category[]]>> = {
  RSA: ['ENTITLEMENTS'],
  ASS: ['ENTITLEMENTS'],
  DETLD: ['ENTITLEMENTS'],
  DELD: ['ENTITLEMENTS'],
  AAH: ['HEALTH'],
  TH: ['HEALTH'],
  DETENTION_MJ: ['JUSTICE'],
  ASE: ['JUSTICE'],
  REF_DA: ['IDENTITY', 'JUSTICE'],
  PSH_PR: ['CONTACT', 'JUSTICE'],
  QPV: ['CONTACT'],
  ZRR: ['CONTACT'],
  CAP_BEP: ['PROFILE'],
  FLE: ['PROFILE'],
  PI: ['NEEDS'],
  PM: ['NEEDS'],
};

export function categoriesOf(of: TargetPublic): readonly [Category, ...Category[]] {
  return opensWith[of];
}

export interface SituationDays {
  statedOn: string;
  until?: string | null;
}

/** What was stated is true from that day; an end still to come may be known already. */
export function checkSituation({ statedOn, until }: SituationDays, today: string): void {
  if (statedOn > today) throw invalid('statedOn', 'FUTURE');
  checkDays('until', statedOn, until);
}
