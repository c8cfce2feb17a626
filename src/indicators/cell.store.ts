import sql from 'sql-template-tag';
import type { Reader } from '../db/reader.ts';
import { parisDay } from '../kernel/clock.ts';
import { ContributionDomain } from '../offers/offer.rules.ts';
import { OfferKind } from '../programme/offer-kind.rules.ts';
import { NeedTheme } from '../people/need.rules.ts';
import { count, type Count, type Counts } from './count.store.ts';
import { monthOf } from './period.rules.ts';
import { catalogue, type CellLevel, type Counted, type TableName } from './published.rules.ts';
import { unmetCounted, type UnmetCount } from './unmet-count.store.ts';

/** The cells of a table of a month as they were known at a moment, as the role of figures: all that can be, in one order. */
export async function cellsOf(reader: Reader, name: TableName, month: string, asOf: string): Promise<Counted[]> {
  const { indicator, by } = catalogue[name];
  if (!indicator) return byNeed(await frame(reader), await unmetCounted(reader, { ...monthOf(month), present: false }, asOf));
  const looking = { ...monthOf(month), asOf, day: parisDay(asOf) };
  const counts = await count(reader, { name: indicator, looking, by, filter: {}, wholeMonths: true, year: null });
  if (name === 'BENEFICIARIES_BY_TERRITORY') return byCommune(await frame(reader), counts);
  if (name === 'PATHS_ENDED_BY_TERRITORY') return byOutcome(await frame(reader), counts);
  if (name === 'HOURS_BY_DOMAIN') return byCode(Object.keys(ContributionDomain), 'CONTRIBUTION_DOMAIN', counts);
  return byCode(Object.keys(OfferKind), 'OFFER_KIND', counts);
} // prettier-ignore

const all = 'ALL';
const elsewhere = 'OTHER';

function whole({ total }: Counts): Counted {
  return { level: 'WHOLE', code: all, parent: null, value: total.value, of: total.of };
}

function byCode(codes: readonly string[], level: CellLevel, counts: Counts): Counted[] {
  const found = new Map(counts.groups.map((group) => [group.keys[0], group]));
  const cells = codes.map((code) => ({ level, code, parent: all, value: found.get(code)?.value ?? 0, of: found.get(code)?.of ?? null }));
  return [whole(counts), ...cells];
} // prettier-ignore

interface Place {
  epci: string;
  communes: string[];
}

/** The council's own EPCIs, with their communes large enough to hide one person in; all else is elsewhere. */
async function frame(reader: Reader): Promise<Place[]> {
  return reader.rows<Place>(sql`select commune.epci_code as epci,
      coalesce(array_agg(commune.code order by commune.code) filter (where commune.population > 5000), '{}') as communes
    from commune where commune.epci_code is not null and commune.departement_code = (select council.departement_code
      from organisation join commune council on council.code = organisation.commune_code where organisation.kind = 'COUNCIL')
    group by 1 order by 1`);
}

const sum = (groups: readonly Count[], of: (group: Count) => number | null) =>
  groups.reduce((total, group) => total + (of(group) ?? 0), 0);

function byCommune(places: readonly Place[], counts: Counts): Counted[] {
  const groups = counts.groups.map(({ keys, value }) => ({ epci: keys[0] ?? null, commune: keys[1] ?? null, value: value ?? 0 }));
  return [{ ...whole(counts), of: null }, ...communes(places, groups, '')];
} // prettier-ignore

/** Theme by theme, then where: somebody has a theme once, and lives in one place, so that all of it adds up. */
function byNeed(places: readonly Place[], found: readonly UnmetCount[]): Counted[] {
  const themes = Object.keys(NeedTheme).flatMap((theme): Counted[] => {
    const own = found.filter((each) => each.theme === theme);
    return [{ level: 'NEED', code: theme, parent: all, value: valueOf(own), of: null }, ...communes(places, own, theme)];
  });
  return [{ level: 'WHOLE', code: all, parent: null, value: valueOf(found), of: null }, ...themes];
} // prettier-ignore

type Home = Pick<UnmetCount, 'epci' | 'commune' | 'value'>;

const valueOf = (groups: readonly Home[]) => groups.reduce((total, { value }) => total + value, 0);

/** Each EPCI with its communes, of the whole or of a part of it. */
function communes(places: readonly Place[], groups: readonly Home[], of: string): Counted[] {
  const known = new Set(places.map(({ epci }) => epci));
  const code = (place: string) => (of ? `${of} ${place}` : place);
  const cell = (level: CellLevel, place: string, parent: string, here: readonly Home[]): Counted => ({ level, code: code(place), parent, value: valueOf(here), of: null });
  const cells = places.flatMap(({ epci, communes: large }) => {
    const within = groups.filter((each) => each.epci === epci);
    const rest = within.filter(({ commune }) => !large.includes(commune ?? ''));
    const parts = large.map((place) => cell('COMMUNE', place, code(epci), within.filter(({ commune }) => commune === place)));
    return [cell('EPCI', epci, of || all, within), ...parts, ...(parts.length ? [cell('COMMUNE', `${epci} REST`, code(epci), rest)] : [])];
  });
  return [...cells, cell('EPCI', elsewhere, of || all, groups.filter(({ epci }) => !known.has(epci ?? '')))];
} // prettier-ignore

/** Whether it was a success first, then where: each part adds up, and no two ways lead to one cell. */
function byOutcome(places: readonly Place[], { total, groups }: Counts): Counted[] {
  const failed = ({ value, of }: Count) => (of ?? 0) - (value ?? 0);
  const known = new Set(places.map(({ epci }) => epci));
  const branch = (code: string, value: (group: Count) => number | null): Counted[] => {
    const cell = (epci: string, here: readonly Count[]): Counted => ({ level: 'EPCI', code: `${code} ${epci}`, parent: code, value: sum(here, value), of: null });
    return [
      { level: 'OUTCOME', code, parent: all, value: value(total), of: null },
      ...places.map(({ epci }) => cell(epci, groups.filter(({ keys }) => keys[0] === epci))),
      cell(elsewhere, groups.filter(({ keys }) => !known.has(keys[0] ?? ''))),
    ];
  };
  const ended: Counted = { level: 'WHOLE', code: all, parent: null, value: total.of, of: null };
  return [ended, ...branch('SUCCESS', (group) => group.value), ...branch('OTHER', failed)];
} // prettier-ignore
