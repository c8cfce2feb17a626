import sql from 'sql-template-tag';
import { grouped } from '../graphql/loaders.ts';
import type { FollowUpFigures } from './follow-up.rules.ts';
import { placements } from './placement.store.ts';

const today = sql`(select (app.clock() at time zone 'Europe/Paris')::date)`;

/**
 * Of each receiver, what became of the follow-ups that came due within twelve months, 1, 3 and 6 months after the end: of
 * the placements this viewer sees one by one, so that a figure never tells of a person what its rows would not.
 */
export const followUpsOfReceiver = grouped<FollowUpFigures & { receiver: string }, string>(
  (reader, receivers) =>
    reader.rows(sql`select placement.receiver_id as receiver, follow_up.months, count(*)::integer as due,
        count(*) filter (where situation not in ('UNREACHABLE', 'DECLINED'))::integer as reached,
        count(*) filter (where situation = 'UNREACHABLE')::integer as unreachable,
        count(*) filter (where situation = 'DECLINED')::integer as declined,
        count(*) filter (where situation is null)::integer as open
      from placement join follow_up on follow_up.placement_id = placement.id
      where placement.receiver_id = any(${[...receivers]}) and placement.state = 'ENDED'
        and follow_up.due_on between ${today} - interval '12 months' and ${today}
        and ${placements.scope(reader.viewer)}
      group by 1, 2 order by 1, 2`),
  (row) => row.receiver,
);
