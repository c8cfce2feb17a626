import sql, { raw } from 'sql-template-tag';
import { grouped } from '../graphql/loaders.ts';
import type { DisclosureFacts } from './disclosure.rules.ts';
import { openStates } from './referral.rules.ts';
import { quoted, referrals } from './referral.store.ts';

/** The referrals of a person that the viewer received and has not decided yet. */
export const receivedOf = grouped<DisclosureFacts & { personId: string }, string>(
  (reader, people) =>
    reader.rows(sql`select referral.person_id as "personId", referral.state, referral.disclose,
        referral.acknowledged_at as "acknowledgedAt", referral.met_at as "metAt"
      from referral where referral.person_id = any(${[...people]})
        and referral.receiver_id = ${reader.viewer.organisation}
        and referral.state in (${raw(quoted(openStates))}) and ${referrals.scope(reader.viewer)}`),
  (row) => row.personId,
);
