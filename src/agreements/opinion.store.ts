import sql from 'sql-template-tag';
import { constraintMeans } from '../db/constraints.ts';
import { firstRow } from '../db/reader.ts';
import { assignments, insertInto, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { grouped } from '../graphql/loaders.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import { withAgreement } from './agreement.store.ts';
import { OpinionRow, ReservationRow } from './opinion.row.ts';

constraintMeans('agreement_opinion_once', 'WRONG_STATE', 'agreement');
constraintMeans('agreement_opinion_decided', 'WRONG_STATE', 'agreement');

const opinions = table('agreement_opinion', OpinionRow, withAgreement(sql`agreement_opinion.agreement_id`));
const reservations = table(
  'agreement_reservation',
  ReservationRow,
  withAgreement(sql`agreement_reservation.agreement_id`),
);

export const opinionsOf = grouped<OpinionRow, string>(
  (reader, ids) =>
    reader.rows(sql`select ${opinions.columns} from agreement_opinion
      where agreement_opinion.agreement_id = any(${ids}) and ${opinions.scope(reader.viewer)}
      order by agreement_id, session_on`),
  (row) => row.agreementId,
);

export const reservationsOf = grouped<ReservationRow, string>(
  (reader, ids) =>
    reader.rows(sql`select ${reservations.columns} from agreement_reservation
      where agreement_reservation.opinion_id = any(${ids}) and ${reservations.scope(reader.viewer)} order by opinion_id, nth`),
  (row) => row.opinionId,
);

export async function saveOpinion(
  tx: Transaction,
  row: OpinionRow,
  said: readonly ReservationRow[],
): Promise<void> {
  await tx.change(insertInto(opinions, row), 1);
  for (const reservation of said) await tx.change(insertInto(reservations, reservation), 1);
}

/** The agreement’s lock is taken after: whose it is, is read here. */
export async function knownReservation(tx: Transaction, id: string, field: string): Promise<ReservationRow> {
  if (subjectOf(id) !== 'AgreementReservation') return found<ReservationRow>(null, field);
  const one = sql`select ${reservations.columns} from agreement_reservation
    where agreement_reservation.id = ${id} and ${reservations.scope(tx.viewer)}`;
  return found(await firstRow<ReservationRow>(tx, one), field);
}

export async function saveReservation(
  tx: Transaction,
  id: string,
  change: Partial<ReservationRow>,
): Promise<void> {
  await tx.change(sql`update agreement_reservation set ${assignments(change)} where id = ${id}`, 1);
}
