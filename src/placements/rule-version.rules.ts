import { SiaeKind } from '../offers/offer.rules.ts';
import { ContractKind } from '../vacancies/vacancy.rules.ts';
import { FollowUpSituation } from './follow-up.rules.ts';
import { LengthBound, OutcomeClass, RuleSet } from './outcome-class.rules.ts';
import { Certification, EndReason, OutcomeKind } from './outcome.rules.ts';

/** A line as an operator writes it: what it does not name asks nothing. */
export interface RuleLine {
  code: string;
  class: OutcomeClass;
  labelFr: string;
  labelEn: string;
  whyFr: string;
  whyEn: string;
  kinds: string[] | null;
  contracts: string[] | null;
  certifications: string[] | null;
  endReasons: string[] | null;
  lastsMonths: number | null;
  bound: LengthBound | null;
  lengthTold: boolean | null;
  hoursBelow: number | null;
  hoursTold: boolean | null;
  notAfterMonths: number | null;
  followedAs: string[] | null;
  siaeKinds: string[] | null;
  stayMonths: number | null;
  stayHours: number | null;
}

/** A version of a rule set to come, as an operator adopts it from a file. */
export interface RuleVersion {
  ruleSet: RuleSet;
  /** Its first day. */
  from: string;
  /** The text it follows. */
  source: string;
  rules: readonly Partial<RuleLine>[];
}

/** What a line may ask, and of which codes. */
const asks = {
  ...{ kinds: OutcomeKind, contracts: ContractKind, certifications: Certification, endReasons: EndReason },
  ...{ followedAs: FollowUpSituation, siaeKinds: SiaeKind },
} as const;
const numbers = ['lastsMonths', 'hoursBelow', 'notAfterMonths', 'stayMonths', 'stayHours'] as const;
const whether = ['lengthTold', 'hoursTold'] as const;
const words = ['code', 'labelFr', 'labelEn', 'whyFr', 'whyEn'] as const;
/** All that a line may hold: anything else is a slip of the pen, which would ask nothing in silence. */
export const lineKeys = [
  ...words,
  'class',
  'bound',
  ...Object.keys(asks),
  ...numbers,
  ...whether,
] as (keyof RuleLine)[];

/** What is wrong with a version, in sentences; none if it may be adopted. `last` is the first day of the one in force. */
export function faultsOf(version: RuleVersion, { last, today }: { last: string | null; today: string }): string[] {
  const { ruleSet, from, source, rules } = version;
  const faults: string[] = [];
  const unless = (holds: boolean, fault: string) => holds || faults.push(fault);
  unless(ruleSet in RuleSet, `ruleSet: one of ${Object.keys(RuleSet).join(', ')}.`);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(String(from)) && !Number.isNaN(Date.parse(from));
  unless(isDay, 'from: its first day, 2027-01-01.');
  unless(!isDay || from > today, `from: after today (${today}): no outcome that has its class gets another.`);
  unless(last === null || from > last, `from: after ${last}, the first day of the version before.`);
  unless(typeof source === 'string' && source.trim() !== '', 'source: the text it follows.');
  if (!Array.isArray(rules) || rules.length === 0) return [...faults, 'rules: its lines, the first that holds is the class.'];
  for (const [at, line] of rules.entries()) faults.push(...faultsOfLine(line).map((fault) => `rules.${at}.${fault}`));
  unless(new Set(rules.map(({ code }) => code)).size === rules.length, 'rules: a code stands twice.');
  unless(asksNothing(rules.at(-1)!), 'rules: the last line asks nothing, so that every outcome has a class.');
  unless(!rules.slice(0, -1).some(asksNothing), 'rules: what stands behind a line that asks nothing is never read.');
  return faults;
} // prettier-ignore

const given = (value: unknown) => value !== undefined && value !== null;
const asksNothing = (line: Partial<RuleLine>) => ![...Object.keys(asks), 'bound', ...numbers, ...whether].some((key) => given(line[key as keyof RuleLine])); // prettier-ignore

function faultsOfLine(line: Partial<RuleLine>): string[] {
  const unknown = Object.keys(line).filter((key) => !lineKeys.includes(key as keyof RuleLine));
  const missing = words.filter((key) => typeof line[key] !== 'string' || line[key].trim() === '');
  const codes = Object.entries(asks).flatMap(([key, of]) => {
    const list = line[key as keyof typeof asks];
    if (!given(list)) return [];
    return Array.isArray(list) && list.length && list.every((code) => code in of) ? [] : [`${key}: of ${Object.keys(of).join(', ')}.`];
  });
  const amounts = numbers.filter((key) => given(line[key]) && !(Number(line[key]) > 0 && typeof line[key] === 'number'));
  return [
    ...unknown.map((key) => `${key}: no such thing is asked.`),
    ...missing.map((key) => `${key}: is required.`),
    ...((line.class as string) in OutcomeClass ? [] : [`class: one of ${Object.keys(OutcomeClass).join(', ')}.`]),
    ...codes,
    ...amounts.map((key) => `${key}: a number above 0.`),
    ...whether.filter((key) => given(line[key]) && typeof line[key] !== 'boolean').map((key) => `${key}: true or false.`),
    ...(!given(line.bound) || (line.bound! in LengthBound && given(line.lastsMonths)) ? [] : [`bound: one of ${Object.keys(LengthBound).join(', ')}, with lastsMonths.`]),
    ...(given(line.lastsMonths) && !given(line.bound) && !given(line.followedAs) ? ['lastsMonths: with bound or followedAs.'] : []),
  ];
} // prettier-ignore
