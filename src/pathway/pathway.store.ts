import sql, { join, type Sql } from 'sql-template-tag';
import { constraintMeans } from '../db/constraints.ts';
import { tells } from '../db/disclosures.ts';
import { byId as byIdOrder, type Listing } from '../db/list.ts';
import { firstRow } from '../db/reader.ts';
import { assignments, insertInto } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { openStates } from '../entitlements/entitlement.rules.ts';
import { periods } from '../entitlements/entitlement.store.ts';
import { edge } from '../graphql/lists.ts';
import { byId, grouped } from '../graphql/loaders.ts';
import { newId, subjectOf } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { categoryTable } from '../people/access.ts';
import { byPerson, lockPerson } from '../people/person.store.ts';
import { outcomes } from '../placements/history.store.ts';
import { classed } from '../placements/outcome-class.store.ts';
import { placements } from '../placements/placement.store.ts';
import { PathwayRow, PathwayStepRow } from './pathway.row.ts';

export const pathways = categoryTable('pathway', PathwayRow, 'PATHWAY');
export const steps = categoryTable('pathway_step', PathwayStepRow, 'PATHWAY');
export const pathwayById = byId(pathways, 'Pathway');
const open = sql`pathway.ended_on is null`;
export const openPathwayOf = byPerson(pathways, open);
/** The latest first. */
export const pathwaysOf = edge(pathways, 'personId', byIdOrder('pathway', true));

constraintMeans('pathway_one_open', 'ALREADY_EXISTS', 'person');
constraintMeans('pathway_continues', 'WRONG_STATE', 'pathway');

/** What became of a pathway, in the order in which it was known. */
export const stepsOf = grouped<PathwayStepRow, string>(
  (reader, ids) =>
    reader.rows(sql`select ${steps.columns} from pathway_step where pathway_step.pathway_id = any(${[...ids]})
      and ${steps.scope(reader.viewer)} order by pathway_step.at, pathway_step.id`),
  (row) => row.pathwayId,
);

/** The person's pathways as the viewer sees them, the latest first: their line is held. */
export function knownPathways(tx: Transaction, person: string): Promise<PathwayRow[]> {
  return tx.rows(sql`select ${pathways.columns} from pathway where pathway.person_id = ${person}
    and ${pathways.scope(tx.viewer)} order by pathway.began_on desc, pathway.id desc`);
}

/** The person first, then the pathway: the one order of locks. */
export async function lockPathway(tx: Transaction, id: string, field: string): Promise<PathwayRow> {
  const visible = sql`select ${pathways.columns} from pathway where pathway.id = ${id} and ${pathways.scope(tx.viewer)}`;
  const before = subjectOf(id) === 'Pathway' ? await firstRow<PathwayRow>(tx, visible) : null;
  await lockPerson(tx, found(before, field).personId, field);
  return found(await firstRow<PathwayRow>(tx, visible), field);
}

/** The one that is open, as the hub, whose line somebody holds. */
export function openPathway(tx: Transaction, person: string): Promise<PathwayRow | null> {
  return firstRow(
    tx,
    sql`select ${pathways.columns} from pathway where pathway.person_id = ${person} and ${open} and ${pathways.scope(tx.viewer)}`,
  );
}

const today = sql`(select (app.clock() at time zone 'Europe/Paris')::date)`;

const right = (viewer: Viewer, which: Sql) => sql`exists (select from entitlement_period
  where entitlement_period.person_id = pathway.person_id and entitlement_period.known_until is null
    and entitlement_period.until_day is null and ${which} and ${periods.scope(viewer)})`;

const closed = (viewer: Viewer): Sql => sql`(${right(viewer, sql`entitlement_period.state = 'CLOSED'`)}
  and not ${right(viewer, sql`entitlement_period.state in (${join(openStates)})`)})`;

/** An action of the pathway led to what the rules of the programme call durable, and no other is under way. */
function reached(viewer: Viewer): Sql {
  const ofPathway = sql`outcome.known_until is null and outcome_rule.rule_set = 'PDI_2007' and placement.state = 'ENDED'
    and placement.person_id = pathway.person_id and outcome.ended_on >= pathway.began_on and ${outcomes.scope(viewer)}`;
  return sql`(exists (select from (${classed(ofPathway, today)}) class where class.class in ('DURABLE_JOB', 'QUALIFYING_TRAINING'))
    and not exists (select from placement where placement.person_id = pathway.person_id
      and placement.state in ('STARTED', 'SUSPENDED') and ${placements.scope(viewer)}))`;
}

/**
 * Open pathways of the viewer's organisation of people whose right to a minimum income is closed, or who went on to a durable job or
 * a qualifying training by the rules of its day; as far as the viewer may know.
 */
export function pathwaysToEnd(viewer: Viewer): Listing<PathwayRow> {
  return {
    table: pathways,
    where: [
      sql`${open} and pathway.referent_organisation_id = ${viewer.organisation}`,
      sql`(${closed(viewer)} or ${reached(viewer)})`,
    ],
    order: byIdOrder('pathway'),
    // an outcome tells of no category of its own: who sees the placement reads it
    extra: tells(sql`case when ${closed(viewer)} then 'ENTITLEMENTS' end`, sql`pathway.person_id`),
    telling: true,
  };
}

type NewPathway = Omit<PathwayRow, 'version' | 'createdAt' | 'updatedAt'>;

export async function saveNewPathway(tx: Transaction, row: NewPathway): Promise<PathwayRow> {
  const made = { ...row, version: 1, createdAt: tx.now, updatedAt: tx.now };
  await tx.change(insertInto(pathways, made), 1);
  return made;
}

export async function savePathway(
  tx: Transaction,
  before: PathwayRow,
  change: Partial<PathwayRow>,
): Promise<PathwayRow> {
  const after = { ...before, ...change, version: before.version + 1, updatedAt: tx.now };
  const { version, updatedAt } = after;
  const set = assignments<PathwayRow>({ ...change, version, updatedAt });
  await tx.change(sql`update pathway set ${set} where id = ${before.id}`, 1);
  return after;
}

type Step = Pick<PathwayStepRow, 'kind' | 'onDay'> & Partial<Pick<PathwayStepRow, 'reason'>>;

/** Who did it is the viewer's organisation; what the hub carried out is nobody's. */
export async function saveStep(tx: Transaction, of: PathwayRow, step: Step): Promise<void> {
  const { id: pathwayId, personId, orientation, referentOrganisationId } = of;
  const row = { id: newId('PathwayStep'), pathwayId, personId, orientation, referentOrganisationId };
  const organisationId = tx.viewer.organisation || null;
  await tx.change(insertInto(steps, { ...row, reason: null, ...step, organisationId, at: tx.now }), 1);
}
