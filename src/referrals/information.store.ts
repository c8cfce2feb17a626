import sql, { type Sql } from 'sql-template-tag';
import { insertInto, nobody, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { grouped } from '../graphql/loaders.ts';
import { hasScope, type Viewer } from '../kernel/viewer.ts';
import { reaches } from '../people/access.ts';
import { InformationRequestRow } from './information.row.ts';
import type { AnsweredQuestion, InformationState } from './information.rules.ts';

/** Seen with its referral. */
function scope(viewer: Viewer): Sql {
  if (viewer.kind === 'HUB') return sql`true`;
  if (!hasScope(viewer, 'referrals:read')) return nobody;
  const { organisation } = viewer;
  return sql`(information_request.sender_id = ${organisation} or information_request.receiver_id = ${organisation}
    or ${reaches(viewer, sql`information_request.person_id`, 'PATHWAY')})`;
}

const requests = table('information_request', InformationRequestRow, scope);

export const requestsOf = grouped<InformationRequestRow, string>(
  (reader, ids) =>
    reader.rows(sql`select ${requests.columns} from information_request
      where referral_id = any(${[...ids]}) and ${requests.scope(reader.viewer)} order by information_request.id`),
  (row) => row.referralId,
);

export async function saveRequest(tx: Transaction, row: InformationRequestRow): Promise<void> {
  await tx.change(insertInto(requests, row), 1);
}

/** Ends the open request of a referral; answers how many there were. */
export function endRequest(
  tx: Transaction,
  referral: string,
  state: Exclude<InformationState, 'OPEN'>,
  answers: readonly AnsweredQuestion[] | null = null,
): Promise<number> {
  return tx.change(sql`update information_request set state = ${state}, ended_at = ${tx.now},
      answers = ${answers && JSON.stringify(answers)}
    where referral_id = ${referral} and state = 'OPEN'`);
}
