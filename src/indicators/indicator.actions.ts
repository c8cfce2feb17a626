import sql from 'sql-template-tag';
import { holds, requireScope } from '../auth/policy.ts';
import type { Context } from '../graphql/context.ts';
import { listed } from '../graphql/lists.ts';
import { parisDay } from '../kernel/clock.ts';
import type { PageRequest } from '../kernel/page.ts';
import { invalid, Refusal } from '../kernel/refusal.ts';
import type { Viewer } from '../kernel/viewer.ts';
import type { Transaction } from '../db/transaction.ts';
import { personList } from '../people/person.list.ts';
import { ruleSetsOn } from '../placements/outcome-class.store.ts';
import type { Target } from '../programme/programme.rules.ts';
import { programmeOn } from '../programme/programme.store.ts';
import { count, namesOf, peopleCounted, type Counting, type Counts, type Narrowed } from './count.store.ts';
import {
  isAdditive,
  meanings,
  type IndicatorDimension,
  type IndicatorName,
  type Meaning,
} from './indicator.rules.ts';
import type { IndicatorFigure, IndicatorGroup } from './indicator.type.ts';
import type { Sheet } from './sheet.rules.ts';
import { inMonths, spanOf, until, wholeYear, type Asked } from './period.rules.ts';

export interface Question {
  name: IndicatorName;
  period: Asked;
  asOf: string | null;
  groupBy: readonly IndicatorDimension[];
  filter: Narrowed;
}

const mostDimensions = 3;

/** Who may ask: the council anything; any other what says nothing of people, of its own provision, sending or sites. */
export function mayAsk(viewer: Viewer, { name, filter }: Pick<Question, 'name' | 'filter'>): void {
  requireScope(viewer, 'indicators:read');
  if (holds(viewer, 'readIndicators')) return;
  const own =
    filter.provider === viewer.organisation ||
    filter.sender === viewer.organisation ||
    filter.host === viewer.organisation;
  if (meanings[name].ofPeople || !own) throw new Refusal('NOT_ALLOWED', { act: 'readIndicators' });
}

/** Counts what is asked, as the role of figures: whoever may ask is told the same number. */
export async function figureOf(ctx: Context, question: Question): Promise<IndicatorFigure> {
  mayAsk(ctx.viewer, question);
  const counting = countingOf(question, ctx.reader.now);
  return ctx.db.write(ctx.viewer, (tx) => tx.asFigures(() => answered(tx, counting, ctx.locale)));
}

async function answered(tx: Transaction, counting: Counting, locale: Context['locale']): Promise<IndicatorFigure> {
  const { name, looking, by } = counting;
  const meaning = meanings[name];
  const counts = await count(tx, counting);
  return {
    ...{ name, counting, from: looking.from, to: looking.to, asOf: looking.asOf },
    ...{ value: counts.total.value, of: partOf(meaning, counts.total.of), unit: meaning.unit, territory: meaning.territory },
    additive: isAdditive(meaning, by),
    definition: meaning[locale],
    ruleVersion: await ruleVersion(tx, meaning, looking.to),
    target: await targetOf(tx, counting),
    groups: (await grouped(tx, by, counts)).map((group) => ({ ...group, of: partOf(meaning, group.of) })),
  };
} // prettier-ignore

function countingOf({ name, period, asOf, groupBy, filter }: Question, now: string): Counting {
  checkDimensions(name, groupBy);
  checkFilter(name, filter);
  const moment = asOf ?? now;
  if (moment > now) throw invalid('asOf', 'FUTURE');
  const asked = spanOf(period);
  const day = parisDay(moment);
  return { name, looking: { ...until(asked, day), asOf: moment, day }, by: groupBy, filter, wholeMonths: inMonths(asked), year: wholeYear(asked) };
} // prettier-ignore

function checkDimensions(name: IndicatorName, by: readonly IndicatorDimension[]): void {
  if (by.length > mostDimensions) throw invalid('groupBy', 'TOO_MANY', { most: mostDimensions });
  if (new Set(by).size < by.length) throw invalid('groupBy', 'TWICE');
  if (by.some((each) => !meanings[name].by.includes(each))) throw invalid('groupBy', 'NOT_OF_THIS_INDICATOR');
}

const told: Record<keyof Narrowed, IndicatorDimension> = {
  ...{
    homeEpci: 'HOME_EPCI',
    homeCommune: 'HOME_COMMUNE',
    siteEpci: 'SITE_EPCI',
    siteCommune: 'SITE_COMMUNE',
  },
  ...{
    offerKind: 'OFFER_KIND',
    provider: 'PROVIDER',
    sender: 'PROVIDER',
    host: 'HOST',
    domain: 'CONTRIBUTION_DOMAIN',
  },
} as const;

/** What an indicator cannot be told apart by, it cannot be narrowed to; a sender is known where a provider is, save of places. */
function checkFilter(name: IndicatorName, filter: Narrowed): void {
  const { by, unit } = meanings[name];
  for (const key of Object.keys(told) as (keyof Narrowed)[])
    if (filter[key] != null && (!by.includes(told[key]) || (key === 'sender' && unit === 'PLACE')))
      throw invalid(`filter.${key}`, 'NOT_OF_THIS_INDICATOR');
}

export async function ruleVersion(
  tx: Transaction,
  { ruleSet }: Pick<Meaning, 'ruleSet'>,
  day: string,
): Promise<string | null> {
  if (!ruleSet) return null;
  const [inForce] = await ruleSetsOn.load(tx, [day]);
  const version = inForce?.find((each) => each.ruleSet === ruleSet)?.version;
  return version ? `${ruleSet} v${version}` : null;
}

async function targetOf(tx: Transaction, { name, looking, year, filter }: Counting): Promise<number | null> {
  if (year === null || Object.values(filter).some((each) => each != null)) return null;
  const [programme] = await programmeOn.load(tx, [looking.day]);
  const targets: readonly Target[] = programme?.targets ?? [];
  return targets.find((each) => each.indicator === name && each.year === year)?.value ?? null;
}

async function grouped(tx: Transaction, by: readonly IndicatorDimension[], { groups }: Counts): Promise<IndicatorGroup[]> {
  const names: Map<string, string>[] = [];
  for (const [at, dimension] of by.entries())
    names.push(await namesOf(tx, dimension, [...new Set(groups.flatMap(({ keys }) => keys[at] ?? []))]));
  return groups.map(({ keys, value, of }) => ({
    keys: by.map((dimension, at) => ({ dimension, code: keys[at] ?? null, label: names[at]!.get(keys[at] ?? '') ?? null })),
    value,
    of,
  }));
} // prettier-ignore

const partOf = ({ whole }: Meaning, of: number | null) => (whole ? null : of);

const mostPeople = 20_000;

/** The list behind a figure: as the viewer sees people, none that are not theirs to see. */
export async function peopleBehind(ctx: Context, counting: Counting, page: PageRequest) {
  const { name, looking, filter } = counting;
  if (!meanings[name].by.includes('HOME_EPCI')) throw invalid('people', 'NOT_OF_THIS_INDICATOR');
  const counted = await ctx.db.write(ctx.viewer, (tx) => tx.asFigures(() => peopleCounted(tx, counting, mostPeople + 1)));
  if (counted.length > mostPeople) throw invalid('people', 'TOO_MANY', { most: mostPeople });
  const list = personList(ctx.viewer, {}, 'ID');
  return listed(ctx, { ...list, where: [...list.where, sql`person.id = any(${counted})`] }, page, { name, looking, filter });
} // prettier-ignore

export function sheetOfFigure(figure: IndicatorFigure): Sheet {
  const { name, value, of, groups, counting } = figure;
  const whole = { keys: counting.by.map((_, at) => (at ? '' : 'ALL')), value, of };
  const rows = groups.map((group) => ({
    ...group,
    keys: group.keys.map(({ code, label }) => label ?? code ?? ''),
  }));
  return {
    title: `${name} ${figure.from} – ${figure.to}`,
    about: [
      ['definition', figure.definition],
      ['unit', figure.unit],
      ['territory', figure.territory],
      ['additive', String(figure.additive)],
      ['rules', figure.ruleVersion ?? ''],
      ['asOf', figure.asOf],
    ],
    headers: counting.by,
    rows: [whole, ...rows],
  };
}
