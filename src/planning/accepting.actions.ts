import sql, { join } from 'sql-template-tag';
import { allow } from '../auth/policy.ts';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import { Refusal } from '../kernel/refusal.ts';
import { handlesOf } from '../people/count.store.ts';
import { lockPerson } from '../people/person.store.ts';
import { placements } from '../placements/placement.store.ts';
import { shareOffers, shareVacancy } from '../referrals/destination.store.ts';
import { referPerson } from '../referrals/send.actions.ts';
import type { AssignmentLineRow } from './line.row.ts';
import { awaitingPlace, knownLine, saveLine } from './line.store.ts';
import type { AssignmentLineAcceptance } from './run.inputs.ts';
import type { AssignmentRunRow } from './run.row.ts';
import { lockRun, saveRun } from './run.store.ts';
import { tellRun } from './telling.actions.ts';

/** A member takes a line for their own: it becomes a referral by all the rules of one, or stays a line and says why. */
export async function acceptLine(tx: Transaction, run: string, asked: AssignmentLineAcceptance) {
  allow(tx.viewer, 'acceptAssignments');
  const row = await lockRun(tx, run, 'run');
  if (row.state !== 'DONE') throw new Refusal('WRONG_STATE', { state: row.state }, 'run');
  const line = await knownLine(tx, row.id, asked.line);
  if (line.referralId !== null) throw new Refusal('WRONG_STATE', { reason: 'LINE_ACCEPTED', state: 'ACCEPTED' }, 'line');
  if (line.vacancyId === null) throw new Refusal('WRONG_STATE', { reason: 'LINE_WITHOUT_PLACE', state: 'OPEN' }, 'line');
  await lockPerson(tx, line.personId, 'line');
  await refusePlaced(tx, line.personId);
  await refuseFull(tx, row, line.vacancyId);
  return accepted(tx, { run: row, line, asked });
} // prettier-ignore

interface Accepted {
  run: AssignmentRunRow;
  line: AssignmentLineRow;
  asked: AssignmentLineAcceptance;
}

async function accepted(tx: Transaction, { run, line, asked }: Accepted) {
  const { send, personAgreement = null, disclose = null, despiteRefusal = null } = asked;
  const referral = await referPerson(tx, {
    ...{ person: line.personId, vacancy: line.vacancyId, send },
    ...{ personAgreement, disclose, despiteRefusal },
  });
  const { member } = tx.viewer;
  await saveLine(tx, line.id, { referralId: referral.id, acceptedBy: member, acceptedAt: tx.now });
  await tellRun(tx, await saveRun(tx, run.id, {}), 'line_accepted');
  return { id: line.id };
}

/** Placed since, as far as the viewer may know: elsewhere one may be placed at a time. */
async function refusePlaced(tx: Transaction, person: string): Promise<void> {
  const query = sql`select 1 from placement where placement.person_id = any(${handlesOf(person)}) and placement.exclusive
    and placement.state in (${join(['STARTED', 'SUSPENDED'])}) and ${placements.scope(tx.viewer)} limit 1`;
  if (await firstRow(tx, query))
    throw new Refusal('WRONG_STATE', { reason: 'PLACED_ELSEWHERE', state: 'PLACED' }, 'line');
}

/** A line is worth a place, not a rank on a list: of what is free, as much as the lines before it have not asked for. */
async function refuseFull(tx: Transaction, run: AssignmentRunRow, id: string): Promise<void> {
  await shareOffers(tx, { offers: [], vacancy: id });
  const { state, free } = await shareVacancy(tx, id, 'line');
  if (state !== 'OPEN') throw new Refusal('NO_PLACE_LEFT', { reason: 'VACANCY_CLOSED' }, 'line');
  if (free !== null && free - (await awaitingPlace(tx, run.id, id)) < 1) throw new Refusal('NO_PLACE_LEFT', {}, 'line');
} // prettier-ignore
