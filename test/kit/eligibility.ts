import sql from 'sql-template-tag';
import { newId } from '../../src/kernel/ids.ts';
import { hubViewer } from '../../src/kernel/viewer.ts';
import type { Client } from './client.ts';
import type { Partner } from './world.ts';

/** Makes a partner a structure of insertion by work of this kind, since long. */
export const accredited = ({ id }: Partner, kind: string) =>
  sql`insert into accreditation (organisation_id, kind, number, from_day) values (${id}, ${kind}, 'N-1', '2020-01-01')`;

/** Makes a partner an authorised prescriber, since long. */
export const authorised = ({ id }: Partner) =>
  sql`update organisation set authorised_prescriber = 'PLIE', authorised_prescriber_since = '2021-01-01' where id = ${id}`;

/** An employer's own diagnosis straight in its tables, on a criterion. */
export async function diagnosedBy(
  employer: Partner,
  { person, criterion }: { person: string; criterion: string },
): Promise<string> {
  const id = newId('IaeDiagnosis');
  await employer.world.db.write(hubViewer('test'), async (tx) => {
    await tx.change(sql`insert into iae_diagnosis (id, person_id, organisation_id, kind, siae_kind, on_day, valid_until, created_at, updated_at)
      values (${id}, ${person}, ${employer.id}, 'EMPLOYER', 'EI', '2026-11-02', '2027-05-02', ${tx.now}, ${tx.now})`);
    await tx.change(
      sql`insert into iae_criterion (diagnosis_id, person_id, criterion) values (${id}, ${person}, ${criterion})`,
    );
  });
  return id;
}

const passSelection =
  'pass { id number from to endsOn suspendedFrom suspendedUntil prolongedTo checkedOn withdrawnAt withdrawReason version checkedBy { id } person { id } }';
const diagnosisSelection =
  'diagnosis { id kind siaeKind on validUntil withdrawnAt withdrawReason version criteria by { id } person { id } }';
export const recordPass = (by: Client, input: object) =>
  by.run('recordPass', 'NewPass', input, passSelection);
export const suspendPass = (by: Client, input: object) =>
  by.run('suspendPass', 'PassSuspension', input, passSelection);
export const prolongPass = (by: Client, input: object) =>
  by.run('prolongPass', 'PassProlongation', input, passSelection);
export const withdrawPass = (by: Client, input: object) =>
  by.run('withdrawPass', 'PassWithdrawal', input, passSelection);
export const recordDiagnosis = (by: Client, input: object) =>
  by.run('recordDiagnosis', 'NewDiagnosis', input, diagnosisSelection);
export const withdrawDiagnosis = (by: Client, input: object) =>
  by.run('withdrawDiagnosis', 'DiagnosisWithdrawal', input, diagnosisSelection);
