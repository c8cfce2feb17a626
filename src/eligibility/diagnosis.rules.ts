import { Temporal } from 'temporal-polyfill';
import { invalid } from '../kernel/refusal.ts';
import { meaningsOf, type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import type { SiaeKind } from '../offers/offer.rules.ts';
import type { Category } from '../people/access.rules.ts';
import { TargetPublic } from '../programme/public.rules.ts';
import { categoriesOf } from '../people/situation.rules.ts';

export const DiagnosisKind = vocabulary({
  AUTHORISED_PRESCRIBER: 'By an authorised prescriber, who needs no criterion (prescripteur habilité)',
  EMPLOYER: 'By the structure that employs, for itself, on official criteria (auto-prescription)',
});
export type DiagnosisKind = Vocabulary<typeof DiagnosisKind>;

/** The official criteria (critères administratifs), by the codes of les-emplois: the publics of the law, and two of age. */
export const IaeCriterion = vocabulary({
  ...(meaningsOf(TargetPublic) as Record<TargetPublic, string>),
  JEUNE: 'Is under 26 (jeune de moins de 26 ans)',
  SENIOR: 'Is 50 or over (senior de 50 ans ou plus)',
});
export type IaeCriterion = Vocabulary<typeof IaeCriterion>;

const firstLevel: readonly IaeCriterion[] = ['RSA', 'ASS', 'AAH', 'DETLD'];
/** How many of the second level stand for one of the first: two in an AI or ETTI, three elsewhere. */
const enough: Readonly<Record<SiaeKind, number>> = { ACI: 3, EI: 3, EITI: 3, AI: 2, ETTI: 2 };
/** Nobody is both. */
const contrary: readonly (readonly [IaeCriterion, IaeCriterion])[] = [
  ['JEUNE', 'SENIOR'],
  ['DELD', 'DETLD'],
];

export function levelOf(criterion: IaeCriterion): 1 | 2 {
  return firstLevel.includes(criterion) ? 1 : 2;
}

/** What must be open to see a criterion: the categories of its public; the age stands in the core. */
export function categoriesOfCriterion(criterion: IaeCriterion): readonly Category[] {
  return criterion === 'JEUNE' || criterion === 'SENIOR' ? ['CORE'] : categoriesOf(criterion);
}

export interface DiagnosisFacts {
  kind: DiagnosisKind;
  siaeKind?: SiaeKind | null;
  criteria?: readonly IaeCriterion[] | null;
}

/** Criteria are for the employer who prescribes for itself, and for nobody else: a prescriber's would tell and serve nothing. */
export function checkCriteria({ kind, siaeKind, criteria }: DiagnosisFacts): void {
  if (kind === 'AUTHORISED_PRESCRIBER') {
    if (criteria?.length) throw invalid('criteria', 'NOT_ASKED');
    if (siaeKind != null) throw invalid('siaeKind', 'NOT_ASKED');
    return;
  }
  if (siaeKind == null) throw invalid('siaeKind', 'REQUIRED');
  const given = new Set(criteria ?? []);
  for (const pair of contrary)
    if (pair.every((each) => given.has(each))) throw invalid('criteria', 'CONTRARY');
  const level = (wanted: 1 | 2) => [...given].filter((each) => levelOf(each) === wanted).length;
  if (level(1) < 1 && level(2) < enough[siaeKind])
    throw invalid('criteria', 'NOT_ENOUGH', { second: enough[siaeKind] });
}

/** A diagnosis holds six months. */
export function validUntil(on: string): string {
  return Temporal.PlainDate.from(on).add({ months: 6 }).toString();
}
