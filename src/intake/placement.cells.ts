import { ContractKind } from '../placements/contract.rules.ts';
import { Certification, EndReason, OutcomeKind } from '../placements/outcome.rules.ts';
import type { NewContract, PlacementEnd, PlacementStart } from '../placements/placement.inputs.ts';
import { OverlapReason } from '../placements/placement.rules.ts';
import { AgreementHow, DirectOrigin } from '../referrals/referral.rules.ts';
import type { PersonAgreement } from '../referrals/referral.inputs.ts';
import { type Cells, codeIn, dayIn, numberIn, required } from './cell.rules.ts';
import type { Column } from './columns.ts';

/** What the cells of a row of placements say, in the words of the inputs. */

export const columns: readonly Column[] = [
  { name: 'externalReference', headings: ['numero', 'reference', 'external_reference'], required: true },
  { name: 'referral', headings: ['orientation', 'referral'] },
  { name: 'person', headings: ['personne', 'person'] },
  { name: 'offer', headings: ['offre', 'offer'] },
  { name: 'vacancy', headings: ['poste', 'vacancy'] },
  { name: 'startedOn', headings: ['debut', 'started_on'], required: true },
  { name: 'contractKind', headings: ['contrat', 'contract_kind'], path: 'contract.kind' },
  { name: 'contractTo', headings: ['fin_de_contrat', 'contract_to'], path: 'contract.to' },
  { name: 'weeklyHours', headings: ['heures_par_semaine', 'weekly_hours'], path: 'contract.weeklyHours' },
  { name: 'origin', headings: ['origine', 'origin'] },
  { name: 'agreementOn', headings: ['accord_le', 'agreement_on'], path: 'personAgreement.on' },
  { name: 'agreementHow', headings: ['accord_comment', 'agreement_how'], path: 'personAgreement.how' },
  { name: 'overlapReason', headings: ['motif_de_cumul', 'overlap_reason'] },
  { name: 'endedOn', headings: ['fin', 'ended_on'] },
  { name: 'endReason', headings: ['motif_de_fin', 'end_reason'] },
  { name: 'outcome', headings: ['suite', 'outcome'], path: 'outcome.kind' },
  { name: 'outcomeContract', headings: ['suite_contrat', 'outcome_contract'], path: 'outcome.contract' },
  {
    name: 'outcomeCertification',
    headings: ['suite_certification', 'outcome_certification'],
    path: 'outcome.certification',
  },
];

export type Started = Pick<PlacementStart, 'startedOn' | 'contract' | 'overlapReason'>;

export function startIn(cells: Cells): Started {
  required(cells, 'startedOn');
  const overlapReason = codeIn(OverlapReason, cells, 'overlapReason');
  return {
    startedOn: dayIn(cells, 'startedOn')!,
    contract: contractIn(cells),
    ...(overlapReason && { overlapReason }),
  };
}

function contractIn(cells: Cells): NewContract | null {
  const kind = codeIn(ContractKind, cells, 'contractKind');
  const to = dayIn(cells, 'contractTo') ?? null;
  const weeklyHours = numberIn(cells, 'weeklyHours') ?? null;
  if (kind === undefined && (to !== null || weeklyHours !== null)) required(cells, 'contractKind');
  return kind ? { kind, to, weeklyHours } : null;
}

export function originIn(cells: Cells): DirectOrigin {
  required(cells, 'origin');
  return codeIn(DirectOrigin, cells, 'origin')!;
}

export function agreementIn(cells: Cells): PersonAgreement {
  for (const name of ['agreementOn', 'agreementHow']) required(cells, name);
  return { given: true, on: dayIn(cells, 'agreementOn')!, how: codeIn(AgreementHow, cells, 'agreementHow')! };
}

/** How a placement ended and what came next, where the row says that it ended. */
export function endIn(cells: Cells): Omit<PlacementEnd, 'placement'> | null {
  const endedOn = dayIn(cells, 'endedOn');
  if (endedOn === undefined) return null;
  const contract = codeIn(ContractKind, cells, 'outcomeContract');
  const certification = codeIn(Certification, cells, 'outcomeCertification');
  const kind = codeIn(OutcomeKind, cells, 'outcome') ?? 'NOT_YET_KNOWN';
  return {
    endedOn,
    endReason: codeIn(EndReason, cells, 'endReason') ?? 'NOT_STATED',
    outcome: { kind, ...(contract && { contract }), ...(certification && { certification }) },
  };
}
