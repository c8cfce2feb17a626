import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import type { Counted } from './figures.rules.ts';
import type { OutcomeKind } from '../placements/outcome.rules.ts';

export const ExitSituation = vocabulary({
  EMPLOYMENT: 'In work: a job, subsidised or not, the civil service, a business (en emploi)',
  OTHER_SIAE: 'Hired by another insertion structure (autre SIAE)',
  TRAINING: 'In training (en formation)',
  CONTINUES: 'The path goes on (poursuite du parcours)',
  JOB_SEEKING: 'Looking for work (en recherche d’emploi)',
  INACTIVE: 'Neither in work nor looking for it (inactif)',
  UNKNOWN: 'Not known, or not yet (inconnu)',
});
export type ExitSituation = Vocabulary<typeof ExitSituation>;

const situationOf: Readonly<Record<OutcomeKind, ExitSituation>> = {
  JOB: 'EMPLOYMENT',
  SUBSIDISED_JOB: 'EMPLOYMENT',
  CIVIL_SERVICE: 'EMPLOYMENT',
  BUSINESS_CREATION: 'EMPLOYMENT',
  OTHER_SIAE: 'OTHER_SIAE',
  TRAINING: 'TRAINING',
  CONTINUES: 'CONTINUES',
  UNEMPLOYED: 'JOB_SEEKING',
  INACTIVE: 'INACTIVE',
  NOT_YET_KNOWN: 'UNKNOWN',
  UNKNOWN: 'UNKNOWN',
};

export const AgeAtEntry = vocabulary({
  UNDER_18: 'Under 18, by the year of birth',
  FROM_18_TO_29: 'From 18 to 29',
  FROM_30_TO_54: 'From 30 to 54',
  FROM_55: '55 or older',
  UNKNOWN: 'Not known',
});
export type AgeAtEntry = Vocabulary<typeof AgeAtEntry>;

export const StatusAtEntry = vocabulary({
  LONG_TERM_UNEMPLOYED: 'Had sought work for twelve months or more (chômeur de longue durée)',
  UNKNOWN: 'Not recorded: the hub holds no other status at entry (inconnu)',
});
export type StatusAtEntry = Vocabulary<typeof StatusAtEntry>;

export const IncomeAtEntry = vocabulary({
  MINIMUM_INCOME: 'Received the minimum income (bénéficiaire du RSA)',
  UNKNOWN: 'Not recorded (inconnu)',
});
export type IncomeAtEntry = Vocabulary<typeof IncomeAtEntry>;

/** So many people of whom the same is known. */
export interface Participants {
  /** Least age of the band; null where the year of birth is not known. */
  age: number | null;
  longTerm: boolean;
  minimumIncome: boolean;
  outcome: OutcomeKind | null;
  ended: boolean;
  people: number;
}

/** Counts by a characteristic, every code of it named, in its order. */
function countsBy<Row, Code extends string>(
  rows: readonly Row[],
  of: { codes: Readonly<Record<Code, string>>; code: (row: Row) => Code; count: (row: Row) => number },
): Counted<Code>[] {
  const codes = Object.keys(of.codes) as Code[];
  return codes.map((code) => {
    const same = rows.filter((row) => of.code(row) === code);
    return { code, count: same.reduce((sum, row) => sum + of.count(row), 0) };
  });
}

const ages: Readonly<Record<number, AgeAtEntry>> = {
  0: 'UNDER_18',
  18: 'FROM_18_TO_29',
  30: 'FROM_30_TO_54',
  55: 'FROM_55',
};
const people = ({ people: so }: Participants) => so;

export function ageAtEntry(rows: readonly Participants[]): Counted<AgeAtEntry>[] {
  const code = ({ age }: Participants) => (age === null ? 'UNKNOWN' : ages[age]!);
  return countsBy(rows, { codes: AgeAtEntry, code, count: people });
}

export function statusAtEntry(rows: readonly Participants[]): Counted<StatusAtEntry>[] {
  const code = ({ longTerm }: Participants) => (longTerm ? 'LONG_TERM_UNEMPLOYED' : 'UNKNOWN');
  return countsBy(rows, { codes: StatusAtEntry, code, count: people });
}

export function incomeAtEntry(rows: readonly Participants[]): Counted<IncomeAtEntry>[] {
  const code = ({ minimumIncome }: Participants) => (minimumIncome ? 'MINIMUM_INCOME' : 'UNKNOWN');
  return countsBy(rows, { codes: IncomeAtEntry, code, count: people });
}

export function situationAtExit(rows: readonly Participants[]): Counted<ExitSituation>[] {
  const left = rows.filter(({ ended }) => ended);
  const code = ({ outcome }: Participants) => (outcome === null ? 'UNKNOWN' : situationOf[outcome]);
  return countsBy(left, { codes: ExitSituation, code, count: people });
}

export function total(rows: readonly Participants[]): number {
  return rows.reduce((sum, row) => sum + row.people, 0);
}
