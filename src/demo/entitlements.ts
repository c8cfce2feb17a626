import { createHash } from 'node:crypto';
import type { EntitlementPeriodRow, EntitlementRow } from '../entitlements/entitlement.row.ts';
import type { EntitlementReason, EntitlementState } from '../entitlements/entitlement.rules.ts';
import type { SituationRow } from '../people/situation.row.ts';
import type { OutcomeRow } from '../placements/outcome.row.ts';
import type { PlacementRow } from '../placements/placement.row.ts';
import { fresh, type Ground, type Rows } from './ground.ts';
import type { DemoPerson } from './people.ts';
import type { Random } from './random.ts';
import { iso, type Timeline } from './timeline.ts';

interface Facts {
  /** The partner behind each fund, by the fund's number. */
  funds: Readonly<Record<string, string>>;
  council: string;
  people: readonly DemoPerson[];
  situations: readonly Pick<SituationRow, 'personId' | 'public'>[];
  placements: readonly Pick<PlacementRow, 'id' | 'personId' | 'startedOn' | 'contractEndsOn'>[];
  outcomes: readonly Pick<OutcomeRow, 'placementId' | 'kind' | 'endedOn' | 'knownUntil'>[];
}

type Step = Pick<EntitlementPeriodRow, 'state' | 'fromDay' | 'reason'>;

/** What the CAF and the MSA told of the people of the demo, in each month's file; the last two files are kept as imports. */
export function entitlementsOf({ time, random }: Ground, facts: Facts): Rows {
  const chance = random.stream('entitlements');
  const files = filesOf(time, facts);
  const known = knownOf(facts);
  const told = facts.people.flatMap((person) => toldOf(time, chance, person, known));
  const batchOf = (at: number, fund: string) => files.find((file) => file.at === at && file.organism === fund)?.id ?? null;
  const instants = [...new Set(files.map(({ at }) => at))];
  const rows = told.map(({ person, steps, applied, reference }) => {
    const learnt = firstTold(person, instants, time);
    const id = time.id('Entitlement', learnt);
    const entitlement: EntitlementRow = {
      ...{ id, personId: person.row.id, benefit: 'RSA', role: chance.chance(0.14) || person.key === 'household-2' ? 'SPOUSE' : 'ALLOCATAIRE' },
      ...{ organism: chance.chance(0.05) ? 'MSA 440' : 'CAF 441', appliedOn: applied, applicationNumber: reference },
      ...{ rightsAndDuties: chance.chance(0.85), ...fresh(iso(learnt)) },
    };
    const periods = steps.map(
      (step, nth): EntitlementPeriodRow => {
        const at = Math.max(learnt, toldAfter(step.fromDay, instants, time));
        return {
          ...{ id: time.id('EntitlementPeriod', at), entitlementId: id, personId: person.row.id, ...step },
          ...{ untilDay: steps[nth + 1]?.fromDay ?? null, importBatchId: batchOf(at, entitlement.organism), knownFrom: iso(at), knownUntil: null, endedByBatchId: null },
        };
      },
    );
    return { entitlement, periods };
  });
  const periods = rows.flatMap((each) => each.periods);
  return {
    ...reportsOf(files, rows, facts),
    entitlement: rows.map((each) => each.entitlement),
    entitlement_period: periods,
  };
} // prettier-ignore

interface FundFile {
  id: string;
  at: number;
  organism: string;
  fund: string;
  referenceOn: string;
}

/** Each fund's file of the two last months, on the days the story was loaded after. */
function filesOf(time: Timeline, { funds }: Facts): FundFile[] {
  return [-32, -3].flatMap((day) =>
    Object.entries(funds).map(([organism, fund]) => {
      const at = time.at(day, 6, 10);
      const referenceOn = time.day(day - Number(time.day(day).slice(8)));
      return { id: time.id('ImportBatch', at), at, organism, fund, referenceOn };
    }),
  );
}

interface Rights {
  entitlement: EntitlementRow;
  periods: EntitlementPeriodRow[];
}

/** What the fund and the council read of each file. */
function reportsOf(files: readonly FundFile[], rows: readonly Rights[], { council }: Facts): Rows {
  const reports = files.map(({ id, at, organism, fund, referenceOn }) => {
    const told = rows.filter((each) => each.entitlement.organism === organism && Date.parse(each.entitlement.createdAt) <= at);
    const created = told.filter((each) => Date.parse(each.entitlement.createdAt) === at).length;
    const changed = told.filter(({ periods }) => periods.some(({ importBatchId }) => importBatchId === id)).length - created;
    const counts = { created, changed: Math.max(0, changed), unchanged: told.length - created - Math.max(0, changed) };
    return {
      ...{ id, organisationId: fund, importedBy: council, memberId: null, organism, referenceOn, monthly: true, state: 'DONE' },
      ...{ households: Math.round(told.length * 0.84), ...counts, refused: 1, absent: 0, faultRule: null, faultLine: null },
      ...{ refusals: [{ rule: 'NO_ADULT', count: 1 }], sha256: createHash('sha256').update(id).digest('hex') },
      ...{ startedAt: iso(at), finishedAt: iso(at + 41_000), fileDeletedAt: iso(at + 42_000) },
    };
  });
  const batches = reports.map(({ id, created, changed, unchanged, refused, startedAt, finishedAt }) => ({
    ...{ id, kind: 'flux', fingerprint: id, state: 'DONE', created, changed, unchanged, refused, startedAt, finishedAt },
  }));
  return { import_batch: batches, entitlement_import: reports };
} // prettier-ignore

interface Known {
  /** People of the public RSA. */
  entitled: ReadonlySet<string>;
  /** The day from which somebody has earned too much: a contract that lasts, or the job they left for. */
  working: ReadonlyMap<string, string>;
}

function knownOf({ situations, placements, outcomes }: Facts): Known {
  const jobs = new Map(outcomes.filter(({ kind, knownUntil }) => kind === 'JOB' && knownUntil === null).map((row) => [row.placementId, row.endedOn])); // prettier-ignore
  const working = new Map<string, string>();
  for (const { id, personId, startedOn, contractEndsOn } of placements) {
    const since = jobs.get(id) ?? (contractEndsOn === null ? null : startedOn);
    if (since !== null && since > (working.get(personId) ?? '')) working.set(personId, since);
  }
  const entitled = situations.filter((row) => row.public === 'RSA').map(({ personId }) => personId);
  return { working, entitled: new Set(entitled) };
}

interface Told {
  person: DemoPerson;
  steps: Step[];
  applied: string;
  reference: string;
}

/** Whoever is of the public RSA has the right; of the others a few applied, or were refused. */
function toldOf(time: Timeline, chance: Random, person: DemoPerson, known: Known): Told[] {
  const told = storyOf(time, person.key);
  const has = told !== null || known.entitled.has(person.row.id);
  const applied = time.offset(person.created) - chance.int(20, has ? 700 : 60);
  const reference = String(chance.int(0, 99_999_999)).padStart(8, '0') + '044';
  const drawn = has ? openOf(time, chance, { person, applied, known }) : undecided(time, chance, applied);
  const steps = told ?? drawn;
  return steps.length ? [{ person, steps, applied: time.day(applied), reference }] : [];
}

/** Nadia has the right; Marc's was closed two months ago, long after he began. */
function storyOf(time: Timeline, key: string | null): Step[] | null {
  const open = step(monthOf(time.day(-520)), 'OPEN');
  if (key === 'nadia') return [open];
  if (key === 'marc') return [open, step(monthsAfter(monthOf(time.day(0)), -2), 'CLOSED', 'NOTHING_DUE')];
  return null;
}

function undecided(time: Timeline, chance: Random, applied: number): Step[] {
  const drawn = chance.next();
  if (drawn > 0.12) return [];
  const decided = Math.min(-1, applied + 35);
  if (drawn > 0.05) return [step(time.day(applied), 'REFUSED', drawn > 0.08 ? 'RESOURCES' : 'NOT_ELIGIBLE')];
  return decided < -60 ? [] : [step(time.day(applied), 'REQUESTED')];
}

/** Open from the month of the application (CASF L262-18); some had it suspended, some earn enough since they work. */
function openOf(time: Timeline, chance: Random, { person, applied, known }: { person: DemoPerson; applied: number; known: Known }): Step[] {
  const steps = [step(monthOf(time.day(applied)), 'OPEN')];
  const [suspended, lasting] = [chance.chance(0.16), chance.int(1, 5)];
  if (suspended && applied < -160) {
    const from = monthOf(time.day(chance.int(Math.max(applied + 70, -380), -40)));
    steps.push(step(from, 'SUSPENDED', chance.chance(0.7) ? 'DECLARATION_MISSING' : 'OTHER'));
    const again = monthsAfter(from, lasting);
    if (again < time.day(0)) steps.push(step(again, 'OPEN'));
  }
  const works = known.working.get(person.row.id);
  const closed = works && monthsAfter(monthOf(works), 5);
  if (!closed || closed >= time.day(0) || !chance.chance(0.8)) return steps;
  // four months in which nothing is due, and the right is at an end
  return [...steps.filter(({ fromDay }) => fromDay < closed), step(closed, 'CLOSED', 'NOTHING_DUE')];
} // prettier-ignore

/** The month's file is of its last day and comes on the fifth of the next one. */
function toldAfter(day: string, files: readonly number[], time: Timeline): number {
  const at = Date.parse(`${monthsAfter(monthOf(day), 1).slice(0, 8)}05T05:10:00Z`);
  const last = files.at(-1)!;
  if (at > files[0]!) return last;
  return at > files[0]! - 27 * 86_400_000 ? files[0]! : Math.min(at, time.now);
}

function firstTold({ created, row }: DemoPerson, files: readonly number[], time: Timeline): number {
  return toldAfter(row.createdAt.slice(0, 10) < time.day(-365) ? time.day(-365) : iso(created).slice(0, 10), files, time);
} // prettier-ignore

function step(fromDay: string, state: EntitlementState, reason: EntitlementReason | null = null): Step {
  return { fromDay, state, reason };
}

const monthOf = (day: string) => `${day.slice(0, 8)}01`;

function monthsAfter(day: string, months: number): string {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}
