import sql, { type Sql } from 'sql-template-tag';
import { byId as byIdOrder } from '../db/list.ts';
import { firstRow } from '../db/reader.ts';
import { assignments, insertInto, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { edge } from '../graphql/lists.ts';
import { byId, grouped } from '../graphql/loaders.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { categoryTable, reaches } from '../people/access.ts';
import { lockPerson } from '../people/person.store.ts';
import { CriterionRow, DiagnosisRow } from './diagnosis.row.ts';
import type { IaeCriterion } from './diagnosis.rules.ts';

export const diagnoses = categoryTable('iae_diagnosis', DiagnosisRow, 'PATHWAY');
export const diagnosisById = byId(diagnoses, 'IaeDiagnosis');
/** The latest first, withdrawn ones included. */
export const diagnosesOf = edge(diagnoses, 'personId', byIdOrder('iae_diagnosis', true));

/** Diagnoses that were not withdrawn. */
export const standingDiagnosesOf = grouped<DiagnosisRow, string>(
  (reader, people) =>
    reader.rows(sql`select ${diagnoses.columns} from iae_diagnosis where iae_diagnosis.person_id = any(${[...people]})
      and iae_diagnosis.withdrawn_at is null and ${diagnoses.scope(reader.viewer)} order by iae_diagnosis.id desc`),
  (row) => row.personId,
);

/** Each criterion by its own category, as the public it names. */
const category = sql`iae_criterion.category || case when iae_criterion.sensitive then ',JUSTICE' else '' end`;
const criteria = table('iae_criterion', CriterionRow, scope, { category, of: 'personId' });

function scope(viewer: Viewer): Sql {
  const person = sql`iae_criterion.person_id`;
  return sql`(${reaches(viewer, person, sql`iae_criterion.category`)}
    and (not iae_criterion.sensitive or ${reaches(viewer, person, 'JUSTICE')}))`;
}

export const criteriaOf = grouped<CriterionRow, string>(
  (reader, ids) =>
    reader.rows(sql`select ${criteria.columns} from iae_criterion where iae_criterion.diagnosis_id = any(${[...ids]})
      and ${criteria.scope(reader.viewer)} order by iae_criterion.criterion`),
  (row) => row.diagnosisId,
);

/** The person first, then the diagnosis: the one order of locks. */
export async function lockDiagnosis(tx: Transaction, id: string, field: string): Promise<DiagnosisRow> {
  const visible = sql`select ${diagnoses.columns} from iae_diagnosis
    where iae_diagnosis.id = ${id} and ${diagnoses.scope(tx.viewer)}`;
  const before = subjectOf(id) === 'IaeDiagnosis' ? await firstRow<DiagnosisRow>(tx, visible) : null;
  await lockPerson(tx, found(before, field).personId, field);
  return found(await firstRow<DiagnosisRow>(tx, visible), field);
}

/** Criteria are written by who saw them and not read back: what the law closes to an employer stays closed to it. */
export async function saveNewDiagnosis(
  tx: Transaction,
  row: Partial<DiagnosisRow> & { id: string; personId: string },
  stated: readonly IaeCriterion[],
): Promise<void> {
  await tx.change(insertInto(diagnoses, { ...row, createdAt: tx.now, updatedAt: tx.now }), 1);
  for (const criterion of new Set(stated))
    await tx.change(insertInto(criteria, { diagnosisId: row.id, personId: row.personId, criterion }), 1);
}

export async function saveDiagnosis(
  tx: Transaction,
  before: DiagnosisRow,
  change: Partial<DiagnosisRow>,
): Promise<number> {
  const version = before.version + 1;
  const set = assignments<DiagnosisRow>({ ...change, version, updatedAt: tx.now });
  await tx.change(sql`update iae_diagnosis set ${set} where id = ${before.id}`, 1);
  return version;
}
